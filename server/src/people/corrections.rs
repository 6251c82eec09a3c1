//! Corrections: a resident asks, a worker decides, the registry follows with its history.

use contract::area::AreaKind;
use contract::check::{mask_id_number, mask_phone};
use contract::ids::{CorrectionId, HouseholdId, PersonId};
use contract::people::{
    AskCorrection, CorrectedField, CorrectionFilter, CorrectionLine, CorrectionReason, CorrectionState,
    DecideCorrection, SealedField, UnmaskReason,
};
use contract::{AreaId, Error, Issue, Page, Refusal};
use serde_json::json;
use sqlx::AnyConnection;
use std::collections::BTreeMap;

use super::export::cut;
use super::rules::normal_address;
use super::store::bulk::{self, By, PersonRow};
use super::store::change;
use super::store::corrections::{self as store, Correction};
use super::store::{persons, search};
use super::unmask::{ROOM, looked_at};
use super::write::NewHousehold;
use super::{ID_NUMBER, PHONE};
use crate::crypto::Keys;
use crate::db::{Tx, rows};
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::inbox::{self, NewNote};
use crate::sheets::{Cell, workbook};
use crate::{Core, Result};

/// What values asked for are sealed for.
const WANTED: &str = "people.correction";
/// Corrections shown beside one's record.
const OWN: i64 = 20;

/// Asks for a correction of the caller's own record.
///
/// # Errors
/// `SignIn`, `NotBound`; `Invalid` (`field`, `value`: an address that the community does not have, or what the
/// registry says already); [`Refusal::AlreadyPending`] while one of the same field waits.
pub async fn ask_correction(caller: &Caller, core: &Core, input: AskCorrection) -> Result<CorrectionId> {
    caller.allow(Verb::PeopleOwn, &AreaId::city())?;
    let person = caller.person()?.clone();
    let (field, value) = input.check()?;
    let mut conn = core.db.read().await?;
    let stored = one(&mut conn, &person).await?;
    let community = stored.area_id.up_to(AreaKind::Community).unwrap_or_else(|| stored.area_id.clone());
    let place = match field {
        CorrectedField::Address => Some(place(&mut conn, &community, &value).await?),
        _ => None,
    };
    let same = match field {
        CorrectedField::Name => stored.name == value,
        CorrectedField::Phone => stored.phone_index == Some(core.keys.blind(PHONE, &value)),
        CorrectedField::IdNumber => stored.id_index == Some(core.keys.blind(ID_NUMBER, &value)),
        CorrectedField::Address => place.as_ref() == Some(&stored.area_id),
    };
    drop(conn);
    if same {
        return Err(crate::Error::field("value", Issue::Taken));
    }
    let sealed = core.keys.seal(WANTED, &value);
    let asked = (caller.clone(), field, sealed, place, community, stored);
    core.db
        .write(asked, |tx, (caller, field, sealed, place, community, stored)| {
            Box::pin(async move {
                let new = Correction {
                    id: tx.id(),
                    person: stored.id.clone(),
                    field: field.code().to_owned(),
                    sealed: sealed.clone(),
                    place: place.clone(),
                    community: community.clone(),
                    area: stored.area_id.clone(),
                    asked_at: tx.now(),
                    state: CorrectionState::Pending.code().to_owned(),
                    decided_at: None,
                    reason: None,
                };
                if !store::insert(tx.conn(), &new).await? {
                    return Err(Refusal::AlreadyPending.into());
                }
                record(tx, caller, "correction_asked", &new, None).await?;
                Ok(new.id)
            })
        })
        .await
}

/// The dwelling at an address of the community.
async fn place(conn: &mut AnyConnection, community: &AreaId, address: &str) -> Result<AreaId> {
    let address = normal_address(address);
    let found = search::dwelling_at(conn, community, &address).await?;
    found.ok_or_else(|| crate::Error::field("value", Issue::Unknown))
}

async fn one(conn: &mut AnyConnection, person: &PersonId) -> Result<PersonRow> {
    Ok(bulk::persons(conn, By::Id, &[person.as_str()]).await?.pop().ok_or(Error::NotFound)?)
}

/// Takes a correction of one's own back.
///
/// # Errors
/// `NotFound` for what is not the caller's; [`Refusal::AlreadyDecided`].
pub async fn withdraw_correction(caller: &Caller, core: &Core, id: &CorrectionId) -> Result<()> {
    caller.allow(Verb::PeopleOwn, &AreaId::city())?;
    caller.person()?;
    core.db
        .write((caller.clone(), id.clone()), |tx, (caller, id)| {
            Box::pin(async move {
                let asked = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
                if caller.person()? != &asked.person {
                    return Err(Error::NotFound.into());
                }
                let (now, state) = (tx.now(), CorrectionState::Withdrawn.code());
                if !store::settle(tx.conn(), id, state, (now, caller.actor()), None).await? {
                    return Err(Refusal::AlreadyDecided.into());
                }
                record(tx, caller, "correction_withdrawn", &asked, None).await
            })
        })
        .await
}

/// The caller's own corrections, newest first.
///
/// # Errors
/// `SignIn`, `NotBound`.
pub async fn own_corrections(caller: &Caller, core: &Core) -> Result<Vec<CorrectionLine>> {
    caller.allow(Verb::PeopleOwn, &AreaId::city())?;
    let mut conn = core.db.read().await?;
    let rows = store::of_person(&mut conn, caller.person()?, OWN).await?;
    lines(&mut conn, &core.keys, rows).await
}

/// Corrections of all of the caller's areas, community by community, oldest first.
///
/// # Errors
/// `Forbidden`.
pub async fn corrections(caller: &Caller, core: &Core, filter: CorrectionFilter) -> Result<Page<CorrectionLine>> {
    caller.allow_somewhere(Verb::PeopleCorrect)?;
    let areas = caller.areas(Verb::PeopleCorrect);
    let first = areas.first().ok_or(Error::Forbidden)?;
    let state = CorrectionState::from_code(&filter.state).unwrap_or(CorrectionState::Pending);
    let field = CorrectedField::from_code(&filter.field).map_or("", CorrectedField::code);
    let limit = filter.page.limit();
    let community = first.up_to(AreaKind::Community).unwrap_or_else(|| first.clone());
    let after = filter.page.after.as_deref().and_then(|key| key.split_once('~')).unwrap_or((community.as_str(), ""));
    let after = (after.0.to_owned(), after.1.to_owned());
    let mut conn = core.db.read().await?;
    let rows = store::listed(&mut conn, (state.code(), field), &areas, after, limit + 1).await?;
    let page = Page::from_overfetch(rows, limit, |row| format!("{}~{}", row.community, row.id));
    Ok(Page { rows: lines(&mut conn, &core.keys, page.rows).await?, next: page.next })
}

/// One correction, for who decides it.
///
/// # Errors
/// `NotFound` outside the caller's areas.
pub async fn correction(caller: &Caller, core: &Core, id: &CorrectionId) -> Result<CorrectionLine> {
    let mut conn = core.db.read().await?;
    let asked = within(&mut conn, caller, id).await?;
    lines(&mut conn, &core.keys, vec![asked]).await?.pop().ok_or_else(|| Error::NotFound.into())
}

async fn within(conn: &mut AnyConnection, caller: &Caller, id: &CorrectionId) -> Result<Correction> {
    caller.allow_somewhere(Verb::PeopleCorrect)?;
    let asked = store::find(conn, id).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::PeopleCorrect, &asked.area).map_err(|_| Error::NotFound)?;
    Ok(asked)
}

/// The value asked for in clear, to compare with the card; a phone or a number shown is a look like any other.
///
/// # Errors
/// As [`correction`].
pub async fn show_correction(caller: &Caller, core: &Core, id: &CorrectionId) -> Result<String> {
    let asked = core
        .db
        .write((caller.clone(), id.clone()), |tx, (caller, id)| {
            Box::pin(async move {
                let asked = within(tx.conn(), caller, id).await?;
                let field = match CorrectedField::from_code(&asked.field) {
                    Some(CorrectedField::Phone) => Some(SealedField::Phone),
                    Some(CorrectedField::IdNumber) => Some(SealedField::IdNumber),
                    _ => None,
                };
                if let Some(field) = field {
                    looked_at(tx, caller, (&asked.person, &asked.area), field, UnmaskReason::Identity).await?;
                }
                Ok(asked)
            })
        })
        .await?;
    Ok(core.keys.open(WANTED, &asked.sealed)?)
}

/// Enters a correction, or refuses it; its person is told.
///
/// # Errors
/// `NotFound` outside the caller's areas; [`Refusal::OwnRecord`] for one that the caller asked for; `Invalid`
/// (`reason`); [`Refusal::AlreadyDecided`]; `Invalid` (`decision`: taken) for an identity number that another has.
pub async fn decide_correction(caller: &Caller, core: &Core, id: &CorrectionId, input: DecideCorrection) -> Result<()> {
    caller.allow_somewhere(Verb::PeopleCorrect)?;
    let refused = input.check()?;
    let asked = store::find(&mut *core.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    let wanted = Wanted::read(&core.keys, &asked)?;
    core.db
        .write((caller.clone(), id.clone(), refused, wanted), |tx, (caller, id, refused, wanted)| {
            Box::pin(async move {
                let asked = within(tx.conn(), caller, id).await?;
                if caller.is_person(&asked.person) {
                    return Err(Refusal::OwnRecord.into());
                }
                let state = if refused.is_some() { CorrectionState::Refused } else { CorrectionState::Approved };
                let (now, reason) = (tx.now(), refused.map(CorrectionReason::code));
                if !store::settle(tx.conn(), id, state.code(), (now, caller.actor()), reason).await? {
                    return Err(Refusal::AlreadyDecided.into());
                }
                if refused.is_none() {
                    enter(tx, &asked, wanted).await?;
                }
                record(tx, caller, "correction_decided", &asked, Some((state, *refused))).await?;
                inbox::send(tx, &asked.person, &note(&asked, state)).await.map(drop)
            })
        })
        .await
}

/// The value asked for, ready to be stored.
enum Wanted {
    Name(String),
    Phone(String, String),
    IdNumber(String, String, String),
    Place(AreaId),
}

impl Wanted {
    fn read(keys: &Keys, asked: &Correction) -> Result<Self> {
        let plain = keys.open(WANTED, &asked.sealed)?;
        Ok(match (CorrectedField::from_code(&asked.field), &asked.place) {
            (Some(CorrectedField::Phone), _) => Self::Phone(keys.seal(PHONE, &plain), keys.blind(PHONE, &plain)),
            (Some(CorrectedField::IdNumber), _) => {
                let born = contract::check::born_of(&plain).unwrap_or_default();
                Self::IdNumber(keys.seal(ID_NUMBER, &plain), keys.blind(ID_NUMBER, &plain), born)
            }
            (Some(CorrectedField::Address), Some(place)) => Self::Place(place.clone()),
            _ => Self::Name(plain),
        })
    }
}

async fn enter(tx: &mut Tx, asked: &Correction, wanted: &Wanted) -> Result<()> {
    let old = one(tx.conn(), &asked.person).await?;
    let mut now = old.clone();
    match wanted {
        Wanted::Name(name) => now.name.clone_from(name),
        Wanted::Phone(sealed, index) => (now.phone, now.phone_index) = (Some(sealed.clone()), Some(index.clone())),
        Wanted::IdNumber(sealed, index, born) => {
            let other = bulk::persons(tx.conn(), By::IdIndex, &[index.as_str()]).await?;
            if other.iter().any(|other| other.id != old.id) {
                return Err(crate::Error::field("decision", Issue::Taken));
            }
            (now.id_number, now.id_index) = (Some(sealed.clone()), Some(index.clone()));
            now.born.clone_from(born);
        }
        Wanted::Place(place) => {
            now.area_id = place.clone();
            move_home(tx, &old, place).await?;
        }
    }
    let at = tx.now();
    Ok(change::person(tx.conn(), &old, &now, at).await?)
}

/// From the households of the old home to the first one of the new.
pub(super) async fn move_home(tx: &mut Tx, old: &PersonRow, place: &AreaId) -> Result<()> {
    let dwellings = bulk::dwellings_at(tx.conn(), &[place.as_str(), old.area_id.as_str()]).await?;
    let new = dwellings.iter().find(|row| row.area_id == *place).ok_or(Error::NotFound)?;
    let left = dwellings.iter().find(|row| row.area_id == old.area_id).map(|row| &row.id);
    let known = bulk::households(tx.conn(), &[new.id.as_str()]).await?.into_iter().map(|(_, id)| id).min();
    let household: HouseholdId = match known {
        Some(known) => known,
        None => {
            let fresh = NewHousehold { id: tx.id(), dwelling: new.id.clone() };
            rows::insert(tx.conn(), std::slice::from_ref(&fresh)).await?;
            fresh.id
        }
    };
    let members = bulk::memberships(tx.conn(), &[old.id.as_str()]).await?.into_iter();
    let before: Vec<_> = members.filter(|(_, _, dwelling)| Some(dwelling) == left).map(|(_, id, _)| id).collect();
    Ok(change::household(tx.conn(), &old.id, &before, &household).await?)
}

async fn record(
    tx: &mut Tx,
    caller: &Caller,
    verb: &'static str,
    asked: &Correction,
    decided: Option<(CorrectionState, Option<CorrectionReason>)>,
) -> Result<()> {
    let payload = match decided {
        None => json!({ "correction": asked.id, "field": asked.field }),
        Some((state, reason)) => {
            let reason = reason.map(CorrectionReason::code);
            json!({ "correction": asked.id, "field": asked.field, "state": state.code(), "reason": reason })
        }
    };
    let event = Event { room: ROOM, verb, area: &asked.area, subject: asked.person.as_str(), payload };
    events::record(tx, caller, event).await.map(drop)
}

fn note(asked: &Correction, state: CorrectionState) -> NewNote {
    NewNote {
        kind: format!("people.note.correction.{}.{}", state.code(), asked.field),
        params: BTreeMap::new(),
        link: "/me/record".to_owned(),
        unique_key: format!("people.correction/{}", asked.id),
    }
}

/// Stored corrections as shown.
async fn lines(conn: &mut AnyConnection, keys: &Keys, rows: Vec<Correction>) -> Result<Vec<CorrectionLine>> {
    let mut lines = Vec::with_capacity(rows.len());
    let people = persons::many(conn, &rows.iter().map(|row| row.person.as_str()).collect::<Vec<_>>()).await?;
    for row in rows {
        let Some(field) = CorrectedField::from_code(&row.field) else { continue };
        let sealed = |purpose: &str, sealed: Option<&String>, mask: fn(&str) -> String| match sealed {
            Some(sealed) => keys.open(purpose, sealed).map(|plain| mask(&plain)),
            None => Ok(String::new()),
        };
        let person = people.get(&row.person).cloned().ok_or(Error::NotFound)?;
        let wanted = keys.open(WANTED, &row.sealed)?;
        let (now, wanted) = match field {
            CorrectedField::Name => (person.name.clone(), wanted),
            CorrectedField::Phone => (sealed(PHONE, person.phone.as_ref(), mask_phone)?, mask_phone(&wanted)),
            CorrectedField::IdNumber => {
                (sealed(ID_NUMBER, person.id_number.as_ref(), mask_id_number)?, mask_id_number(&wanted))
            }
            CorrectedField::Address => (person.address.clone().unwrap_or_default(), wanted),
        };
        lines.push(CorrectionLine {
            id: row.id,
            person: row.person,
            name: person.name,
            field,
            now,
            wanted,
            asked_at: row.asked_at,
            state: CorrectionState::from_code(&row.state).unwrap_or(CorrectionState::Pending),
            decided_at: row.decided_at,
            reason: row.reason.as_deref().and_then(CorrectionReason::from_code),
        });
    }
    Ok(lines)
}

/// The texts of the exported list, in the reader's language.
pub struct CorrectionTexts {
    /// The sheet's name.
    pub sheet: String,
    /// Asked, name, field, registered, wanted, state: the columns' heads.
    pub heads: [String; 6],
    /// What the last row says where there are more than [`super::MOST`].
    pub more: String,
    /// Moment, field and state of a line.
    pub line: fn(&CorrectionLine, contract::Locale) -> [String; 3],
}

/// The first [`super::MOST`] corrections of a filter as an XLSX workbook, masked as on the page; a last row says so
/// where there are more.
///
/// # Errors
/// As [`corrections`].
pub async fn export_corrections(
    caller: &Caller,
    core: &Core,
    filter: CorrectionFilter,
    texts: CorrectionTexts,
) -> Result<Vec<u8>> {
    let (mut cells, mut at) = (Vec::new(), contract::PageRequest { after: None, size: Some(200) });
    loop {
        let page = corrections(caller, core, CorrectionFilter { page: at.clone(), ..filter.clone() }).await?;
        for line in page.rows {
            let [asked, field, state] = (texts.line)(&line, caller.locale);
            cells.push([asked, line.name, field, line.now, line.wanted, state].map(Cell::Text).to_vec());
        }
        at.after = page.next;
        if at.after.is_none() || cells.len() >= super::MOST {
            break;
        }
    }
    let more = at.after.is_some() || cells.len() > super::MOST;
    cells.truncate(super::MOST);
    cells.extend(cut(more, texts.more));
    let heads: Vec<&str> = texts.heads.iter().map(String::as_str).collect();
    workbook(&texts.sheet, &heads, &cells)
}
