//! What a checked row does to the registry.

use contract::area::AreaKind;
use contract::ids::{DwellingId, HouseholdId, PersonId};
use contract::people::{Column, SheetKind};
use contract::{AreaId, Issue};
use std::collections::{HashMap, HashSet};

use super::apply::{Outcome, Part, changed};
use super::compare::{self, Found, Group, Tenure};
use super::rows::{DwellingRow, OwnerRow, ResidentRow};
use crate::Result;
use crate::db::{Tx, rows as many};
use crate::events::{self, Event};
use crate::people::store::bulk::{self, By, PersonRow};
use crate::people::store::change::{self, Stake};
use crate::people::unmask::ROOM;
use crate::people::write::{NewDwelling, NewHousehold, NewOwner, NewPerson, NewResident, Sealer, Since};
use crate::people::{ID_NUMBER, PHONE};

/// Enters dwellings, and the developers that they name.
pub(super) async fn dwellings(
    tx: &mut Tx,
    part: &Part,
    rows: &[(i64, DwellingRow)],
    outcome: &mut Outcome,
) -> Result<()> {
    let asked: Vec<&DwellingRow> = rows.iter().map(|(_, row)| row).collect();
    let developers = developers(tx, part, &asked).await?;
    let found = compare::dwellings(tx.conn(), &part.keys, &asked).await?;
    let moment = part.import.moment;
    let mut new = Vec::new();
    for ((line, row), found) in rows.iter().zip(found) {
        let developer = row.developer.as_ref().and_then(|(_, code)| developers.get(code)).cloned();
        outcome.note(SheetKind::Dwellings, *line, &found);
        match found {
            Found::Unchanged(_) | Found::Refused(..) => {}
            Found::New => new.push(NewDwelling {
                id: tx.id(),
                area: row.door.area.clone(),
                label: row.door.label.clone(),
                address: row.door.address.clone(),
                area_dm2: row.area_dm2,
                kind: row.kind,
                developer,
                delivered: row.delivered,
            }),
            Found::Changed(old) => {
                let now = bulk::DwellingRow {
                    address: row.door.address.clone(),
                    area_dm2: row.area_dm2,
                    kind: row.kind.code().to_owned(),
                    developer,
                    delivered: i64::from(row.delivered),
                    ..old.clone()
                };
                change::dwelling(tx.conn(), &old, &now, moment).await?;
            }
        }
    }
    let new: Vec<_> = new.iter().map(|row| Since(row, moment)).collect();
    Ok(many::insert(tx.conn(), &new).await?)
}

/// The developers by their codes, entered where the registry does not have them.
async fn developers(tx: &mut Tx, part: &Part, rows: &[&DwellingRow]) -> Result<HashMap<String, PersonId>> {
    let mut known = compare::developers(tx.conn(), &part.keys, rows).await?;
    let mut new = Vec::new();
    for row in rows {
        let Some((name, code)) = row.developer.as_ref().filter(|(_, code)| !known.contains_key(code)) else { continue };
        let id: PersonId = tx.id();
        let seat = seat(&row.door.area, AreaKind::Compound);
        new.push(Sealer(&part.keys).organisation(id.clone(), name.clone(), seat, Some(code)));
        known.insert(code.clone(), id);
    }
    let new: Vec<_> = new.iter().map(|row| Since(row, part.import.moment)).collect();
    many::insert(tx.conn(), &new).await?;
    Ok(known)
}

/// Where somebody belongs of whom the registry does not know where they live: around what they own.
fn seat(door: &AreaId, kind: AreaKind) -> AreaId {
    door.up_to(kind).unwrap_or_else(|| door.clone())
}

/// Enters residents with their households.
pub(super) async fn residents(
    tx: &mut Tx,
    part: &Part,
    rows: &[(i64, ResidentRow)],
    outcome: &mut Outcome,
) -> Result<()> {
    let asked: Vec<&ResidentRow> = rows.iter().map(|(_, row)| row).collect();
    let found = compare::residents(tx.conn(), &part.keys, &part.import.area, &asked).await?;
    let mut homes = Homes::load(tx, &asked, &found).await?;
    let mut people = Vec::new();
    let mut entered = HashSet::new();
    for ((line, row), found) in rows.iter().zip(found) {
        // The check lets nobody stand in two rows; should the registry have made two people one since, the second
        // row would undo what the first says.
        let twice = found.stored().is_some_and(|stored| !entered.insert(stored.id.clone()));
        let found = if twice { Found::Refused(Column::IdNumber, Issue::Taken) } else { found };
        outcome.note(SheetKind::Residents, *line, &found);
        match found {
            Found::Unchanged(_) | Found::Refused(..) => {}
            Found::New => {
                let id: PersonId = tx.id();
                people.push(newcomer(part, id.clone(), row));
                homes.live(tx, id, &row.home.area);
            }
            Found::Changed(old) => {
                let now = updated(part, &old, row);
                change::person(tx.conn(), &old, &now, part.import.moment).await?;
                changed(tx, &part.import, (&old.id, &now.area_id), &differing(&old, &now)).await?;
                homes.move_to(tx, &old, &row.home.area).await?;
            }
        }
    }
    let people: Vec<_> = people.iter().map(|row| Since(row, part.import.moment)).collect();
    many::insert(tx.conn(), &people).await?;
    homes.write(tx).await
}

fn newcomer(part: &Part, id: PersonId, row: &ResidentRow) -> NewPerson {
    let home = row.home.area.clone();
    let (phone, number) = (row.phone.clear(), row.who.id_number.clear());
    Sealer(&part.keys).person(id, row.who.name.clone(), row.born.clone(), home, phone, number)
}

/// The person as the row says; what it leaves empty stays.
fn updated(part: &Part, old: &PersonRow, row: &ResidentRow) -> PersonRow {
    let mut now = PersonRow { name: row.who.name.clone(), area_id: row.home.area.clone(), ..old.clone() };
    if !row.born.is_empty() {
        now.born.clone_from(&row.born);
    }
    let keys = &part.keys;
    if let Some(phone) = row.phone.clear().filter(|phone| old.phone_index != Some(keys.blind(PHONE, phone))) {
        (now.phone, now.phone_index) = (Some(keys.seal(PHONE, phone)), Some(keys.blind(PHONE, phone)));
    }
    let number = row.who.id_number.clear().filter(|number| old.id_index != Some(keys.blind(ID_NUMBER, number)));
    if let Some(number) = number {
        (now.id_number, now.id_index) = (Some(keys.seal(ID_NUMBER, number)), Some(keys.blind(ID_NUMBER, number)));
    }
    now
}

/// Which fields differ, by their names in the log.
pub(in crate::people) fn differing(old: &PersonRow, now: &PersonRow) -> Vec<&'static str> {
    let fields = [
        ("name", old.name != now.name),
        ("born", old.born != now.born),
        ("phone", old.phone_index != now.phone_index),
        ("id_number", old.id_index != now.id_index),
        ("address", old.area_id != now.area_id),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

/// Households behind the doors of a part.
struct Homes {
    dwellings: HashMap<AreaId, DwellingId>,
    households: HashMap<DwellingId, HouseholdId>,
    members: HashMap<PersonId, Vec<(HouseholdId, DwellingId)>>,
    new_households: Vec<NewHousehold>,
    new_residents: Vec<NewResident>,
    moved: Vec<(PersonId, Vec<HouseholdId>, HouseholdId)>,
}

impl Homes {
    async fn load(tx: &mut Tx, rows: &[&ResidentRow], found: &[Found<PersonRow>]) -> Result<Self> {
        let old = || {
            found.iter().filter_map(|found| match found {
                Found::Changed(old) => Some(old),
                _ => None,
            })
        };
        let places = rows.iter().map(|row| row.home.area.as_str()).chain(old().map(|old| old.area_id.as_str()));
        let dwellings = bulk::dwellings_at(tx.conn(), &places.collect::<Vec<_>>()).await?;
        let ids: Vec<&str> = dwellings.iter().map(|row| row.id.as_str()).collect();
        let mut households = HashMap::new();
        for (dwelling, household) in bulk::households(tx.conn(), &ids).await? {
            households
                .entry(dwelling)
                .and_modify(|kept: &mut HouseholdId| *kept = household.clone().min(kept.clone()))
                .or_insert(household);
        }
        let mut members: HashMap<PersonId, Vec<_>> = HashMap::new();
        let people: Vec<&str> = old().map(|old| old.id.as_str()).collect();
        for (person, household, dwelling) in bulk::memberships(tx.conn(), &people).await? {
            members.entry(person).or_default().push((household, dwelling));
        }
        let dwellings = dwellings.into_iter().map(|row| (row.area_id, row.id)).collect();
        let (new_households, new_residents, moved) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { dwellings, households, members, new_households, new_residents, moved })
    }

    /// The household behind a door, made when there is none; none for a door without a dwelling.
    fn household(&mut self, tx: &Tx, door: &AreaId) -> Option<HouseholdId> {
        let dwelling = self.dwellings.get(door)?.clone();
        if let Some(known) = self.households.get(&dwelling) {
            return Some(known.clone());
        }
        let id: HouseholdId = tx.id();
        self.new_households.push(NewHousehold { id: id.clone(), dwelling: dwelling.clone() });
        self.households.insert(dwelling, id.clone());
        Some(id)
    }

    /// Somebody new lives behind a door.
    fn live(&mut self, tx: &Tx, person: PersonId, door: &AreaId) {
        if let Some(household) = self.household(tx, door) {
            self.new_residents.push(NewResident { household, person });
        }
    }

    /// Somebody known lives behind this door now, and no more where they lived.
    async fn move_to(&mut self, tx: &mut Tx, old: &PersonRow, door: &AreaId) -> Result<()> {
        let left = self.dwellings.get(&old.area_id).cloned();
        let Some(household) = self.household(tx, door) else { return Ok(()) };
        let members = self.members.remove(&old.id).unwrap_or_default();
        if members.iter().any(|(member, _)| *member == household) {
            return Ok(());
        }
        let before = members.into_iter().filter(|(_, dwelling)| Some(dwelling) == left.as_ref());
        self.moved.push((old.id.clone(), before.map(|(household, _)| household).collect(), household));
        Ok(())
    }

    async fn write(self, tx: &mut Tx) -> Result<()> {
        many::insert(tx.conn(), &self.new_households).await?;
        many::insert(tx.conn(), &self.new_residents).await?;
        for (person, before, now) in &self.moved {
            change::household(tx.conn(), person, before, now).await?;
        }
        Ok(())
    }
}

/// Lets guardians act for the minors of a part.
pub(super) async fn guardians(tx: &mut Tx, part: &Part, rows: &[(i64, ResidentRow)]) -> Result<()> {
    let asked: Vec<&ResidentRow> = rows.iter().map(|(_, row)| row).collect();
    let found = compare::residents(tx.conn(), &part.keys, &part.import.area, &asked).await?;
    let indexes: Vec<_> = asked.iter().filter_map(|row| row.guardian.clear()).collect();
    let indexes: Vec<String> = indexes.into_iter().map(|number| part.keys.blind(ID_NUMBER, number)).collect();
    let wanted: Vec<&str> = indexes.iter().map(String::as_str).collect();
    let known = bulk::persons(tx.conn(), By::IdIndex, &wanted).await?;
    let known: HashMap<_, _> = known.into_iter().filter_map(|row| Some((row.id_index?, row.id))).collect();
    for (row, found) in asked.iter().zip(found) {
        let index = row.guardian.clear().map(|number| part.keys.blind(ID_NUMBER, number));
        let guardian = index.and_then(|index| known.get(&index));
        if let (Found::Changed(minor), Some(guardian)) = (found, guardian) {
            change::guardian(tx.conn(), &minor.id, guardian).await?;
        }
    }
    Ok(())
}

/// Enters who owns what, dwelling by dwelling.
pub(super) async fn owners(tx: &mut Tx, part: &Part, rows: &[(i64, OwnerRow)], outcome: &mut Outcome) -> Result<()> {
    let groups: Vec<&[(i64, OwnerRow)]> = rows.chunk_by(|(_, a), (_, b)| a.door.area == b.door.area).collect();
    let asked: Vec<Group<'_>> = groups.iter().map(|group| group.iter().map(|(_, row)| row).collect()).collect();
    let tenure = compare::owners(tx.conn(), &part.keys, &asked).await?;
    let mut newcomers = Newcomers::default();
    let mut settled = Vec::new();
    for (group, tenure) in groups.into_iter().zip(tenure) {
        match stakes(tx, part, group, &tenure, &mut newcomers) {
            Some((dwelling, stakes)) => {
                outcome.counts.of(SheetKind::Owners).ended += i64::try_from(tenure.ended()).unwrap_or(0);
                for ((line, _), (_, found)) in group.iter().zip(&tenure.rows) {
                    outcome.note(SheetKind::Owners, *line, found);
                }
                settled.push((dwelling, tenure.before, stakes));
            }
            None => group.iter().for_each(|(line, _)| outcome.refuse(SheetKind::Owners, *line, None, &Issue::Mismatch)),
        }
    }
    let moment = part.import.moment;
    let people: Vec<_> = newcomers.people.iter().map(|row| Since(row, moment)).collect();
    many::insert(tx.conn(), &people).await?;
    let mut fresh = Vec::new();
    for (dwelling, before, stakes) in settled {
        if before.is_empty() {
            let owner = |stake: Stake| NewOwner {
                dwelling: dwelling.id.clone(),
                person: stake.person,
                share: (stake.num, stake.den),
            };
            fresh.extend(stakes.into_iter().map(owner));
        } else if change::tenure(tx.conn(), &dwelling.id, &before, &stakes, moment).await? > 0 {
            let payload = serde_json::json!({ "import": part.import.id });
            let (area, subject) = (&dwelling.area_id, dwelling.id.as_str());
            events::record_as(tx, &part.import.actor, Event { room: ROOM, verb: "tenure", area, subject, payload })
                .await?;
        }
    }
    let fresh: Vec<_> = fresh.iter().map(|row| Since(row, moment)).collect();
    Ok(many::insert(tx.conn(), &fresh).await?)
}

/// Owners whom the registry does not have, by the blind index of their numbers.
#[derive(Default)]
struct Newcomers {
    people: Vec<NewPerson>,
    known: HashMap<String, PersonId>,
}

/// The dwelling and its owners to be; none when a row no longer fits.
fn stakes(
    tx: &Tx,
    part: &Part,
    group: &[(i64, OwnerRow)],
    tenure: &Tenure,
    newcomers: &mut Newcomers,
) -> Option<(bulk::DwellingRow, Vec<Stake>)> {
    let dwelling = tenure.dwelling.clone()?;
    let mut stakes: Vec<Stake> = Vec::with_capacity(group.len());
    for ((_, row), (known, found)) in group.iter().zip(&tenure.rows) {
        if matches!(found, Found::Refused(..)) {
            return None;
        }
        let person = match (known, row.who.id_number.clear()) {
            (Some(known), _) => known.clone(),
            (None, Some(number)) => newcomers.enter(tx, part, row, number),
            (None, None) => return None,
        };
        if stakes.iter().any(|stake| stake.person == person) {
            return None;
        }
        stakes.push(Stake { person, num: row.share.0, den: row.share.1 });
    }
    Some((dwelling, stakes))
}

impl Newcomers {
    /// An owner who does not live here, entered once.
    fn enter(&mut self, tx: &Tx, part: &Part, row: &OwnerRow, number: &str) -> PersonId {
        let sealer = Sealer(&part.keys);
        let (name, seat) = (row.who.name.clone(), seat(&row.door.area, AreaKind::Building));
        self.known
            .entry(part.keys.blind(ID_NUMBER, number))
            .or_insert_with(|| {
                let id: PersonId = tx.id();
                let born = contract::check::born_of(number).unwrap_or_default();
                self.people.push(match row.who.organisation {
                    true => sealer.organisation(id.clone(), name, seat, Some(number)),
                    false => sealer.person(id.clone(), name, born, seat, None, Some(number)),
                });
                id
            })
            .clone()
    }
}
