//! Pages of people by the place that a message to them is for. A test reads the plans.

use contract::AreaId;
use contract::ids::PersonId;
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, Error};

/// Which people of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Who lives there.
    Residents,
    /// Who owns there, at their dwellings.
    Owners,
    /// The eldest of each household: the registry does not say who is its head.
    Households,
}

/// Somebody of an audience.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    /// Who.
    pub person: PersonId,
    /// The place that they belong to the set by: home or dwelling.
    pub area: AreaId,
    /// Day of birth, `1971-03-08`.
    pub born: String,
    /// 1 for who has a phone in the registry, else 0.
    pub phone: i64,
}

/// How far a walk has come: the last person, and the place they were listed at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    area: String,
    person: String,
}

impl Mark {
    /// Past this one.
    pub fn after(last: &Listed) -> Self {
        Self { area: last.area.to_string(), person: last.person.to_string() }
    }
}

macro_rules! phone {
    () => {
        "CAST(CASE WHEN p.phone IS NULL THEN 0 ELSE 1 END AS BIGINT) AS phone"
    };
}

/// Natural persons born by a day; whose day of birth is not known has no age, and belongs only where none is asked.
macro_rules! born {
    () => {
        "p.kind = 'natural' AND p.born <= $3 AND (p.born <> '' OR $3 = '9999-12-31')"
    };
}

macro_rules! residents {
    () => {
        concat!(
            "FROM persons p WHERE p.area_id >= $1 AND p.area_id < $2 AND ",
            born!(),
            " AND EXISTS (SELECT 1 FROM residents r WHERE r.person_id = p.id)"
        )
    };
}

macro_rules! owners {
    () => {
        concat!(
            "FROM dwellings d JOIN owners o ON o.dwelling_id = d.id JOIN persons p ON p.id = o.person_id \
             WHERE d.area_id >= $1 AND d.area_id < $2 AND ",
            born!()
        )
    };
}

macro_rules! households {
    () => {
        concat!(
            "FROM dwellings d JOIN households h ON h.dwelling_id = d.id JOIN residents r ON r.household_id = h.id \
             JOIN persons p ON p.id = r.person_id WHERE d.area_id >= $1 AND d.area_id < $2 AND ",
            born!(),
            " AND NOT EXISTS (SELECT 1 FROM residents s JOIN persons q ON q.id = s.person_id \
             WHERE s.household_id = h.id AND (q.born = '', q.born, q.id) < (p.born = '', p.born, p.id))"
        )
    };
}

macro_rules! page {
    ($area:literal, $from:expr) => {
        concat!(
            "SELECT p.id AS person, ",
            $area,
            " AS area, p.born AS born, ",
            phone!(),
            " ",
            $from,
            " AND (",
            $area,
            ", p.id) > ($1, $4) ORDER BY ",
            $area,
            ", p.id LIMIT $5"
        )
    };
}

macro_rules! count {
    ($each:literal, $from:expr) => {
        concat!(
            "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(phone), 0) AS BIGINT) FROM (SELECT ",
            $each,
            " p.id, ",
            phone!(),
            " ",
            $from,
            ") listed"
        )
    };
}

/// Pages of each set, as [`listed`] asks for them.
pub(in crate::people) const PAGES: [&str; 3] =
    [page!("p.area_id", residents!()), page!("d.area_id", owners!()), page!("d.area_id", households!())];
/// Counts of each set. A resident has one row; to look for a second one would lead past the index of places.
pub(in crate::people) const COUNTS: [&str; 3] =
    [count!("ALL", residents!()), count!("DISTINCT", owners!()), count!("DISTINCT", households!())];

impl Set {
    fn at(self) -> usize {
        match self {
            Self::Residents => 0,
            Self::Owners => 1,
            Self::Households => 2,
        }
    }
}

pub async fn listed(
    conn: &mut AnyConnection,
    set: Set,
    area: &AreaId,
    born_until: &str,
    after: &Mark,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    // Before the first row stands the area itself with no person.
    let from = if after.area.is_empty() { area.as_str() } else { &after.area };
    sqlx::query_as(PAGES[set.at()])
        .bind(from)
        .bind(area.end())
        .bind(born_until)
        .bind(&after.person)
        .bind(limit)
        .fetch_all(conn)
        .await
}

pub async fn count(conn: &mut AnyConnection, set: Set, area: &AreaId, born_until: &str) -> Result<(i64, i64), Error> {
    sqlx::query_as(COUNTS[set.at()]).bind(area).bind(area.end()).bind(born_until).fetch_one(conn).await
}
