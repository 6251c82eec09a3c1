//! SQL of the registry.

pub(super) mod areas;
pub(super) mod audience;
pub(super) mod bulk;
pub(super) mod change;
pub(super) mod corrections;
pub(super) mod imports;
pub(super) mod merged;
pub(super) mod persons;
pub(super) mod search;
pub(super) mod tenure;
pub(super) mod whole;

/// Columns of [`persons::Stored`], from `persons p LEFT JOIN dwellings d ON d.area_id = p.area_id`.
macro_rules! select_persons {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.name, p.born, p.phone, p.id_number, p.area_id, d.address AS address ",
            "FROM persons p LEFT JOIN dwellings d ON d.area_id = p.area_id ",
            $rest
        )
    };
}
use select_persons;
