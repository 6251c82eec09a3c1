//! Rows beside what the registry says: new, changed, unchanged, or in contradiction. Checking and entering
//! ask the same questions, so that what a worker was shown is what is entered.

use contract::area::AreaKind;
use contract::check::{mask_id_number, mask_phone};
use contract::ids::PersonId;
use contract::people::Column;
use contract::{AreaId, Issue};
use sqlx::AnyConnection;
use std::collections::{HashMap, HashSet};

use super::rows::{DwellingRow, Given, OwnerRow, ResidentRow, Who};
use crate::Result;
use crate::crypto::Keys;
use crate::people::store::bulk::{self, By};
use crate::people::{ID_NUMBER, PHONE};

/// What a row means for the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found<T> {
    /// The registry has nothing of the kind.
    New,
    /// The registry says otherwise.
    Changed(T),
    /// The registry says the same.
    Unchanged(T),
    /// The row cannot be true beside what the registry says.
    Refused(Column, Issue),
}

impl<T> Found<T> {
    /// What the registry has.
    pub fn stored(&self) -> Option<&T> {
        match self {
            Self::Changed(stored) | Self::Unchanged(stored) => Some(stored),
            Self::New | Self::Refused(..) => None,
        }
    }
}

type Refused = (Column, Issue);

/// Dwellings beside those of the registry.
///
/// # Errors
/// The database's own.
pub(super) async fn dwellings(
    conn: &mut AnyConnection,
    keys: &Keys,
    rows: &[&DwellingRow],
) -> Result<Vec<Found<bulk::DwellingRow>>> {
    let places: Vec<&str> = rows.iter().map(|row| row.door.area.as_str()).collect();
    let stored = bulk::dwellings_at(conn, &places).await?;
    let stored: HashMap<AreaId, _> = stored.into_iter().map(|row| (row.area_id.clone(), row)).collect();
    let developers = developers(conn, keys, rows).await?;
    let found = rows.iter().map(|row| {
        let Some(stored) = stored.get(&row.door.area) else { return Found::New };
        if stored.label != row.door.label {
            // Two doors that the tree cannot tell apart, such as B-12 and B12.
            return Found::Refused(Column::Door, Issue::Taken);
        }
        let developer = row.developer.as_ref().map(|(_, code)| developers.get(code));
        let same = stored.address == row.door.address
            && stored.area_dm2 == row.area_dm2
            && stored.kind == row.kind.code()
            && (stored.delivered == 1) == row.delivered
            && match developer {
                None => stored.developer.is_none(),
                Some(known) => known.is_some() && known == stored.developer.as_ref(),
            };
        if same { Found::Unchanged(stored.clone()) } else { Found::Changed(stored.clone()) }
    });
    Ok(found.collect())
}

/// The organisations that rows name as developers, by their credit codes.
pub(super) async fn developers(
    conn: &mut AnyConnection,
    keys: &Keys,
    rows: &[&DwellingRow],
) -> Result<HashMap<String, PersonId>> {
    let codes: HashSet<&str> = rows.iter().filter_map(|row| row.developer.as_ref()).map(|(_, code)| &**code).collect();
    let indexes: HashMap<String, &str> = codes.into_iter().map(|code| (keys.blind(ID_NUMBER, code), code)).collect();
    let wanted: Vec<&str> = indexes.keys().map(String::as_str).collect();
    let stored = bulk::persons(conn, By::IdIndex, &wanted).await?;
    let code = |row: &bulk::PersonRow| row.id_index.as_ref().and_then(|index| indexes.get(index)).copied();
    Ok(stored.iter().filter_map(|row| Some((code(row)?.to_owned(), row.id.clone()))).collect())
}

/// People of the registry whom rows may be about.
pub(super) struct People<'a> {
    keys: &'a Keys,
    by_index: HashMap<String, bulk::PersonRow>,
    by_id: HashMap<PersonId, bulk::PersonRow>,
}

impl<'a> People<'a> {
    /// Those whom rows name by number or identity number.
    ///
    /// # Errors
    /// The database's own.
    pub async fn load(conn: &mut AnyConnection, keys: &'a Keys, who: &[&Who]) -> Result<Self> {
        let numbers = who.iter().filter_map(|who| who.id_number.clear());
        let indexes: Vec<String> = numbers.map(|number| keys.blind(ID_NUMBER, number)).collect();
        let ids: Vec<&str> = who.iter().filter_map(|who| who.id.as_ref()).map(PersonId::as_str).collect();
        let mut people = Self { keys, by_index: HashMap::new(), by_id: HashMap::new() };
        people.add(conn, &indexes).await?;
        let rows = bulk::persons(conn, By::Id, &ids).await?;
        // An entry that became part of another has no place any more; nobody is entered under it.
        let rows = rows.into_iter().filter(|row| !row.area_id.as_str().is_empty());
        people.by_id.extend(rows.map(|row| (row.id.clone(), row)));
        Ok(people)
    }

    async fn add(&mut self, conn: &mut AnyConnection, indexes: &[String]) -> Result<()> {
        let wanted: Vec<&str> = indexes.iter().map(String::as_str).collect();
        for row in bulk::persons(conn, By::IdIndex, &wanted).await? {
            self.by_index.extend(row.id_index.clone().map(|index| (index, row)));
        }
        Ok(())
    }

    /// Who has an identity number.
    pub fn numbered(&self, number: &str) -> Option<&bulk::PersonRow> {
        self.by_index.get(&self.keys.blind(ID_NUMBER, number))
    }

    /// Whom a row is about; none when the registry does not have them.
    ///
    /// # Errors
    /// What the row says and the registry does not.
    pub fn find(&self, who: &Who) -> Result<Option<&bulk::PersonRow>, Refused> {
        let Some(id) = &who.id else {
            let found = who.id_number.clear().and_then(|number| self.numbered(number));
            return match found {
                // The number is somebody else's, or the name is wrong: either way a human has to look.
                Some(row) if row.name != who.name => Err((Column::Name, Issue::Mismatch)),
                found => Ok(found),
            };
        };
        let row = self.by_id.get(id).ok_or((Column::Number, Issue::Unknown))?;
        if let Given::Masked(masked) = &who.id_number {
            let stored = self.open(ID_NUMBER, row.id_number.as_deref());
            if stored.map(|number| mask_id_number(&number)).as_ref() != Some(masked) {
                return Err((Column::IdNumber, Issue::Mismatch));
            }
        }
        Ok(Some(row))
    }

    fn open(&self, purpose: &str, sealed: Option<&str>) -> Option<String> {
        sealed.and_then(|sealed| self.keys.open(purpose, sealed).ok())
    }
}

/// Residents beside the people of the registry; `area` is where the list belongs.
///
/// # Errors
/// The database's own.
pub(super) async fn residents(
    conn: &mut AnyConnection,
    keys: &Keys,
    area: &AreaId,
    rows: &[&ResidentRow],
) -> Result<Vec<Found<bulk::PersonRow>>> {
    let who: Vec<&Who> = rows.iter().map(|row| &row.who).collect();
    let mut people = People::load(conn, keys, &who).await?;
    let guardians = rows.iter().filter_map(|row| row.guardian.clear());
    let guardians: Vec<String> = guardians.map(|number| keys.blind(ID_NUMBER, number)).collect();
    people.add(conn, &guardians).await?;
    let neighbours = Neighbours::load(conn, area, rows).await?;
    let found = rows.iter().map(|row| {
        let stored = match people.find(&row.who) {
            Ok(Some(stored)) if !area.holds(&stored.area_id) => {
                // Who moves in from another community is taken in at the desk, with their card.
                return Found::Refused(Column::IdNumber, Issue::Taken);
            }
            Ok(Some(stored)) => stored,
            Ok(None) => match neighbours.find(row) {
                Ok(Some(stored)) => stored,
                Ok(None) => return Found::New,
                Err((column, issue)) => return Found::Refused(column, issue),
            },
            Err((column, issue)) => return Found::Refused(column, issue),
        };
        match differs(&people, row, stored) {
            Ok(true) => Found::Changed(stored.clone()),
            Ok(false) => Found::Unchanged(stored.clone()),
            Err((column, issue)) => Found::Refused(column, issue),
        }
    });
    Ok(found.collect())
}

/// Does the row say anything new of a person?
fn differs(people: &People<'_>, row: &ResidentRow, stored: &bulk::PersonRow) -> Result<bool, Refused> {
    let keys = people.keys;
    let number = match row.who.id_number.clear() {
        Some(number) => {
            if people.numbered(number).is_some_and(|other| other.id != stored.id) {
                return Err((Column::IdNumber, Issue::Taken));
            }
            stored.id_index.as_deref() != Some(keys.blind(ID_NUMBER, number).as_str())
        }
        None => false,
    };
    let phone = match &row.phone {
        Given::Nothing => false,
        Given::Clear(phone) => stored.phone_index.as_deref() != Some(keys.blind(PHONE, phone).as_str()),
        Given::Masked(masked) => {
            let known = people.open(PHONE, stored.phone.as_deref()).map(|phone| mask_phone(&phone));
            if known.as_ref() != Some(masked) {
                return Err((Column::Phone, Issue::Mismatch));
            }
            false
        }
    };
    let guardian = match row.guardian.clear() {
        Some(number) => {
            let known = people.numbered(number).map(|guardian| &guardian.id);
            known.is_none() || known != stored.guardian.as_ref()
        }
        None => false,
    };
    let born = !row.born.is_empty() && row.born != stored.born;
    Ok(number || phone || guardian || born || row.who.name != stored.name || row.home.area != stored.area_id)
}

/// People whom a row without a known identity number may be about.
struct Neighbours {
    /// Who lives behind the doors of the rows.
    inside: HashMap<AreaId, Vec<bulk::PersonRow>>,
    /// Who of the community has a name of the rows.
    named: HashMap<String, Vec<bulk::PersonRow>>,
}

impl Neighbours {
    async fn load(conn: &mut AnyConnection, area: &AreaId, rows: &[&ResidentRow]) -> Result<Self> {
        let rows: Vec<_> = rows.iter().filter(|row| row.who.id.is_none()).collect();
        let doors: HashSet<&str> = rows.iter().map(|row| row.home.area.as_str()).collect();
        let doors: Vec<&str> = doors.into_iter().collect();
        let mut inside: HashMap<AreaId, Vec<_>> = HashMap::new();
        for row in bulk::persons(conn, By::Area, &doors).await? {
            inside.entry(row.area_id.clone()).or_default().push(row);
        }
        let unnumbered = rows.iter().filter(|row| row.who.id_number == Given::Nothing);
        let names: HashSet<&str> = unnumbered.map(|row| row.who.name.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let community = area.up_to(AreaKind::Community).unwrap_or_else(|| area.clone());
        let mut named: HashMap<String, Vec<_>> = HashMap::new();
        for row in bulk::persons_named(conn, &community, &names).await? {
            named.entry(row.name.clone()).or_default().push(row);
        }
        Ok(Self { inside, named })
    }

    /// Who lives behind the row's door under that name and day of birth.
    ///
    /// # Errors
    /// A namesake born on the same day lives elsewhere in the community: whether it is the same person only
    /// an identity number can tell.
    fn find(&self, row: &ResidentRow) -> Result<Option<&bulk::PersonRow>, Refused> {
        let same = |stored: &&bulk::PersonRow| stored.name == row.who.name && stored.born == row.born;
        let numbered = row.who.id_number.clear().is_some();
        let here = self.inside.get(&row.home.area).into_iter().flatten().find(same);
        if let Some(here) = here.filter(|here| !numbered || here.id_index.is_none()) {
            return Ok(Some(here));
        }
        let twin = !numbered && self.named.get(&row.who.name).into_iter().flatten().any(|stored| same(&stored));
        if twin { Err((Column::IdNumber, Issue::Required)) } else { Ok(None) }
    }
}

/// The shares of one dwelling as a list gives them.
pub(super) type Group<'a> = Vec<&'a OwnerRow>;

/// One dwelling's tenure beside the registry's.
pub(super) struct Tenure {
    /// The dwelling; none when the registry does not have it.
    pub dwelling: Option<bulk::DwellingRow>,
    /// Its owners in the registry.
    pub before: Vec<bulk::OwnerRow>,
    /// For each row its person, if the registry has them, and what it means.
    pub rows: Vec<(Option<PersonId>, Found<()>)>,
}

impl Tenure {
    /// Owners of the registry whom the list leaves out.
    pub fn ended(&self) -> usize {
        let kept = |person: &PersonId| self.rows.iter().any(|(known, _)| known.as_ref() == Some(person));
        self.before.iter().filter(|row| !kept(&row.person_id)).count()
    }
}

/// The tenure of dwellings beside the registry's, in the order of `groups`.
///
/// # Errors
/// The database's own.
pub(super) async fn owners(conn: &mut AnyConnection, keys: &Keys, groups: &[Group<'_>]) -> Result<Vec<Tenure>> {
    let places: Vec<&str> = groups.iter().filter_map(|group| group.first()).map(|row| row.door.area.as_str()).collect();
    let dwellings = bulk::dwellings_at(conn, &places).await?;
    let mut dwellings: HashMap<AreaId, _> = dwellings.into_iter().map(|row| (row.area_id.clone(), row)).collect();
    let mut before: HashMap<AreaId, Vec<bulk::OwnerRow>> = HashMap::new();
    for row in bulk::owners_at(conn, &places).await? {
        before.entry(row.area_id.clone()).or_default().push(row);
    }
    let who: Vec<&Who> = groups.iter().flatten().map(|row| &row.who).collect();
    let people = People::load(conn, keys, &who).await?;
    let tenure = groups.iter().map(|group| {
        let place = group.first().map(|row| &row.door.area);
        let before = place.and_then(|place| before.remove(place)).unwrap_or_default();
        let rows = group.iter().map(|row| stake(&people, row, &before)).collect();
        Tenure { dwelling: place.and_then(|place| dwellings.remove(place)), before, rows }
    });
    Ok(tenure.collect())
}

/// One share: its person, if the registry has them, and what it means.
fn stake(people: &People<'_>, row: &OwnerRow, before: &[bulk::OwnerRow]) -> (Option<PersonId>, Found<()>) {
    let stored = match people.find(&row.who) {
        Ok(None) => return (None, Found::New),
        Ok(Some(stored)) if stored.name != row.who.name => {
            return (None, Found::Refused(Column::Name, Issue::Mismatch));
        }
        Ok(Some(stored)) => stored,
        Err((column, issue)) => return (None, Found::Refused(column, issue)),
    };
    let held = before.iter().find(|held| held.person_id == stored.id);
    let found = match held {
        Some(held) if equal((held.share_num, held.share_den), row.share) => Found::Unchanged(()),
        Some(_) => Found::Changed(()),
        None => Found::New,
    };
    (Some(stored.id.clone()), found)
}

/// Are two shares the same part of the whole?
fn equal((a, b): (i64, i64), (c, d): (i64, i64)) -> bool {
    i128::from(a) * i128::from(d) == i128::from(c) * i128::from(b)
}
