//! Entering areas, dwellings, people, households and tenure, many at a time.

use super::rules::normal_id_number;
use super::{ID_NUMBER, PHONE};
use crate::Result;
use crate::crypto::Keys;
use crate::db::rows::{self, Bound, Row};
use contract::AreaId;
use contract::area::AreaKind;
use contract::ids::{DwellingId, HouseholdId, PersonId};
use contract::people::DwellingKind;
use sqlx::AnyConnection;

/// A human being, in `persons.kind`.
pub(super) const NATURAL: &str = "natural";
/// A company or authority, in `persons.kind`.
pub(super) const ORGANISATION: &str = "organisation";

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
    /// What it is used for.
    pub kind: DwellingKind,
    /// The organisation that built it, where it owns it still or has not handed it over.
    pub developer: Option<PersonId>,
    /// Was it handed over to who bought it?
    pub delivered: bool,
}

impl NewDwelling {
    /// A flat, sold and handed over long ago; `address` already by [`super::normal_address`].
    pub fn flat(id: DwellingId, area: AreaId, label: String, address: String, area_dm2: i64) -> Self {
        Self { id, area, label, address, area_dm2, kind: DwellingKind::Home, developer: None, delivered: true }
    }
}

/// A person to enter; made by [`Sealer::person`] or [`Sealer::organisation`].
#[derive(Clone, Debug)]
pub struct NewPerson {
    id: PersonId,
    name: String,
    born: String,
    phone: Option<(String, String)>,
    id_number: Option<(String, String)>,
    area: AreaId,
    kind: &'static str,
    guardian: Option<PersonId>,
}

impl NewPerson {
    /// A minor, for whom `guardian` acts.
    #[must_use]
    pub fn under(mut self, guardian: PersonId) -> Self {
        self.guardian = Some(guardian);
        self
    }
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
        let phone = phone.map(|phone| both(PHONE, phone));
        NewPerson { id, name, born, phone, id_number, area, kind: NATURAL, guardian: None }
    }

    /// An organisation with its unified social credit code (GB 32100), seated in `area`.
    pub fn organisation(&self, id: PersonId, name: String, area: AreaId, code: Option<&str>) -> NewPerson {
        NewPerson { kind: ORGANISATION, ..self.person(id, name, String::new(), area, None, code) }
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
    const INTO: &'static str = "dwellings (id, area_id, label, address, area_dm2, kind, developer, delivered)";

    fn bind(&self, bound: Bound) -> Bound {
        let bound = bound.bind(self.id.clone()).bind(self.area.clone()).bind(self.label.clone());
        let bound = bound.bind(self.address.clone()).bind(self.area_dm2).bind(self.kind.code());
        bound.bind(self.developer.clone()).bind(i64::from(self.delivered))
    }
}

impl Row for NewPerson {
    const INTO: &'static str =
        "persons (id, name, born, phone, phone_index, id_number, id_index, area_id, community, kind, guardian)";

    fn bind(&self, bound: Bound) -> Bound {
        let community = self.area.up_to(AreaKind::Community).unwrap_or_else(|| self.area.clone());
        let (phone, phone_index) = self.phone.clone().unzip();
        let (id_number, id_index) = self.id_number.clone().unzip();
        let bound = bound.bind(self.id.clone()).bind(self.name.clone()).bind(self.born.clone());
        let bound = bound.bind(phone).bind(phone_index).bind(id_number).bind(id_index);
        let bound = bound.bind(self.area.clone()).bind(community).bind(self.kind);
        bound.bind(self.guardian.clone())
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
