//! Entering areas, dwellings, people, households and tenure, many at a time.

use super::rules::normal_id_number;
use super::{ID_NUMBER, PHONE};
use crate::Result;
use crate::crypto::Keys;
use crate::db::rows::{self, Bound, Row};
use contract::AreaId;
use contract::area::AreaKind;
use contract::ids::{DwellingId, HouseholdId, PersonId};
use sqlx::AnyConnection;

/// An area to enter.
#[derive(Clone, Debug)]
pub struct NewArea {
    /// Its place in the tree.
    pub id: AreaId,
    /// Its name.
    pub name: String,
    /// The official code, where there is one.
    pub code: Option<String>,
}

/// A dwelling to enter.
#[derive(Clone, Debug)]
pub struct NewDwelling {
    /// The dwelling.
    pub id: DwellingId,
    /// Its place, a household of the tree.
    pub area: AreaId,
    /// The door, e.g. `301`.
    pub label: String,
    /// The address, already by [`super::normal_address`].
    pub address: String,
    /// The registered area in 0.01 m².
    pub area_dm2: i64,
}

/// A person to enter; made by [`Sealer::person`].
#[derive(Clone, Debug)]
pub struct NewPerson {
    id: PersonId,
    name: String,
    born: String,
    phone: Option<(String, String)>,
    id_number: Option<(String, String)>,
    area: AreaId,
}

/// Seals what must not stand in the database in clear.
#[derive(Clone, Copy, Debug)]
pub struct Sealer<'a>(pub &'a Keys);

impl Sealer<'_> {
    /// A person with phone and identity number sealed; `born` is `1971-03-08`.
    pub fn person(
        &self,
        id: PersonId,
        name: String,
        born: String,
        area: AreaId,
        phone: Option<&str>,
        id_number: Option<&str>,
    ) -> NewPerson {
        let both = |purpose: &str, plain: &str| (self.0.seal(purpose, plain), self.0.blind(purpose, plain));
        let id_number = id_number.map(|number| both(ID_NUMBER, &normal_id_number(number)));
        NewPerson { id, name, born, phone: phone.map(|phone| both(PHONE, phone)), id_number, area }
    }
}

/// People living together in a dwelling.
#[derive(Clone, Debug)]
pub struct NewHousehold {
    /// The household.
    pub id: HouseholdId,
    /// Where.
    pub dwelling: DwellingId,
}

/// Somebody of a household.
#[derive(Clone, Debug)]
pub struct NewResident {
    /// The household.
    pub household: HouseholdId,
    /// Who.
    pub person: PersonId,
}

/// A share in a dwelling.
#[derive(Clone, Debug)]
pub struct NewOwner {
    /// The dwelling.
    pub dwelling: DwellingId,
    /// Who.
    pub person: PersonId,
    /// Parts held, of how many.
    pub share: (i64, i64),
}

/// What is entered together, all or nothing.
#[derive(Clone, Debug, Default)]
pub struct Registration {
    /// Areas.
    pub areas: Vec<NewArea>,
    /// Dwellings.
    pub dwellings: Vec<NewDwelling>,
    /// People.
    pub persons: Vec<NewPerson>,
    /// Households in those dwellings.
    pub households: Vec<NewHousehold>,
    /// Who lives in those households.
    pub residents: Vec<NewResident>,
    /// Who owns those dwellings.
    pub owners: Vec<NewOwner>,
}

impl Registration {
    /// Takes in another's rows.
    pub fn append(&mut self, mut other: Self) {
        self.areas.append(&mut other.areas);
        self.dwellings.append(&mut other.dwellings);
        self.persons.append(&mut other.persons);
        self.households.append(&mut other.households);
        self.residents.append(&mut other.residents);
        self.owners.append(&mut other.owners);
    }
}

/// Enters everything; what is there already (an area, a phone) breaks a constraint.
///
/// # Errors
/// The database's own.
pub async fn register(conn: &mut AnyConnection, all: &Registration) -> Result<()> {
    rows::insert(conn, &all.areas).await?;
    rows::insert(conn, &all.dwellings).await?;
    rows::insert(conn, &all.persons).await?;
    rows::insert(conn, &all.households).await?;
    rows::insert(conn, &all.residents).await?;
    rows::insert(conn, &all.owners).await?;
    Ok(())
}

impl Row for NewArea {
    const INTO: &'static str = "areas (id, parent, kind, name, code)";

    fn bind(&self, bound: Bound) -> Bound {
        let kind = self.id.kind().code();
        bound.bind(self.id.clone()).bind(self.id.parent()).bind(kind).bind(self.name.clone()).bind(self.code.clone())
    }
}

impl Row for NewDwelling {
    const INTO: &'static str = "dwellings (id, area_id, label, address, area_dm2)";

    fn bind(&self, bound: Bound) -> Bound {
        let bound = bound.bind(self.id.clone()).bind(self.area.clone()).bind(self.label.clone());
        bound.bind(self.address.clone()).bind(self.area_dm2)
    }
}

impl Row for NewPerson {
    const INTO: &'static str = "persons (id, name, born, phone, phone_index, id_number, id_index, area_id, community)";

    fn bind(&self, bound: Bound) -> Bound {
        let community = self.area.up_to(AreaKind::Community).unwrap_or_else(|| self.area.clone());
        let (phone, phone_index) = self.phone.clone().unzip();
        let (id_number, id_index) = self.id_number.clone().unzip();
        let bound = bound.bind(self.id.clone()).bind(self.name.clone()).bind(self.born.clone());
        let bound = bound.bind(phone).bind(phone_index).bind(id_number).bind(id_index);
        bound.bind(self.area.clone()).bind(community)
    }
}

impl Row for NewHousehold {
    const INTO: &'static str = "households (id, dwelling_id)";

    fn bind(&self, bound: Bound) -> Bound {
        bound.bind(self.id.clone()).bind(self.dwelling.clone())
    }
}

impl Row for NewResident {
    const INTO: &'static str = "residents (household_id, person_id)";

    fn bind(&self, bound: Bound) -> Bound {
        bound.bind(self.household.clone()).bind(self.person.clone())
    }
}

impl Row for NewOwner {
    const INTO: &'static str = "owners (dwelling_id, person_id, share_num, share_den)";

    fn bind(&self, bound: Bound) -> Bound {
        let (num, den) = self.share;
        bound.bind(self.dwelling.clone()).bind(self.person.clone()).bind(num).bind(den)
    }
}
