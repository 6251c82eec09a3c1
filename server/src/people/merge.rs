//! Two entries that are one person: found, shown side by side, made one.
//!
//! The kept entry takes over tenure, households, wards, account, messages, notices, points; on rolls of votes that
//! were frozen before, in mandates and objections it stands in the lost one's place ([`voting::adopt`]): heads and
//! areas of a roll, and with them its hash, stay as they were frozen. The lost entry stays as history: its id goes on
//! leading to the kept one ([`canonical`]), and what was done with its data before is found through [`formerly`].

use contract::area::AreaKind;
use contract::check::born_of;
use contract::ids::PersonId;
use contract::people::{MergePersons, SideBySide, Twins, TwinsFound};
use contract::{AreaId, Error, Page, PageRequest, Refusal};
use sqlx::AnyConnection;

use super::detail::{whole, within};
use super::rules::lowest;
use super::search::masked;
use super::store::bulk::{self, By, PersonRow};
use super::store::change::{self, Stake};
use super::store::{merged as store, persons, tenure};
use super::unmask::ROOM;
use super::{ID_NUMBER, areas, write::NATURAL};
use crate::crypto::Keys;
use crate::db::Tx;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb, adopt_account};
use crate::{Core, Result, inbox, notices, points, voting};

/// The entry that an id stands for now: itself, or the one that it became part of.
///
/// # Errors
/// The database's own.
pub async fn canonical(conn: &mut AnyConnection, id: &PersonId) -> Result<PersonId> {
    Ok(store::kept(conn, id).await?.unwrap_or_else(|| id.clone()))
}

/// The ids under which a person was known before: entries that became part of theirs.
///
/// # Errors
/// The database's own.
pub async fn formerly(conn: &mut AnyConnection, id: &PersonId) -> Result<Vec<PersonId>> {
    Ok(store::lost(conn, id).await?.into_iter().map(|(lost, _)| lost).collect())
}

/// Pairs of a community that may be one person: one name, and one day of birth or one phone.
///
/// # Errors
/// `Forbidden` outside the caller's areas.
pub async fn twins(caller: &Caller, core: &Core, area: Option<AreaId>, page: PageRequest) -> Result<TwinsFound> {
    caller.allow_somewhere(Verb::PeopleMerge)?;
    let own = caller.areas(Verb::PeopleMerge).into_iter().next();
    let area = area.or(own).ok_or(Error::Forbidden)?;
    caller.allow(Verb::PeopleMerge, &area)?;
    let mut conn = core.db.read().await?;
    let mut trail = areas::trail_names(&mut conn, &area).await?;
    trail.retain(|around| caller.allow(Verb::PeopleMerge, &around.id).is_ok());
    let Some(community) = area.up_to(AreaKind::Community) else {
        let inside = areas::children(&mut conn, &area).await?;
        return Ok(TwinsFound { trail, inside, pairs: Page { rows: Vec::new(), next: None } });
    };
    let after = page.after.clone().unwrap_or_default();
    let mut key = after.split('~');
    let after = (key.next().unwrap_or_default(), key.next().unwrap_or_default(), key.next().unwrap_or_default());
    let rows = store::twins(&mut conn, (&community, &area), after, page.limit() + 1).await?;
    let rows = Page::from_overfetch(rows, page.limit(), |(name, a, b, _)| format!("{name}~{a}~{b}"));
    let ids: Vec<&str> = rows.rows.iter().flat_map(|(_, a, b, _)| [a.as_str(), b.as_str()]).collect();
    let entries = persons::many(&mut conn, &ids).await?;
    let mut pairs = Vec::with_capacity(rows.rows.len());
    for (_, a, b, same_day) in rows.rows {
        let (Some(a), Some(b)) = (entries.get(&a).cloned(), entries.get(&b).cloned()) else { continue };
        let (first, second) = (masked(&core.keys, a)?, masked(&core.keys, b)?);
        pairs.push(Twins { first, second, same_day: same_day == 1 });
    }
    Ok(TwinsFound { trail, inside: Vec::new(), pairs: Page { rows: pairs, next: rows.next } })
}

/// Two entries side by side, for the decision.
///
/// # Errors
/// `NotFound` when one of them is outside the caller's areas.
pub async fn side_by_side(caller: &Caller, core: &Core, pair: MergePersons) -> Result<SideBySide> {
    caller.allow_somewhere(Verb::PeopleMerge)?;
    let mut conn = core.db.read().await?;
    let (keep, _) = within(&mut conn, caller, Verb::PeopleMerge, &pair.keep).await?;
    let (lose, _) = within(&mut conn, caller, Verb::PeopleMerge, &pair.lose).await?;
    let before = store::lost(&mut conn, &pair.keep).await?.into_iter().map(|(_, at)| at).collect();
    let keep = whole(&mut conn, &core.keys, keep).await?;
    let lose = whole(&mut conn, &core.keys, lose).await?;
    Ok(SideBySide { keep, lose, before })
}

/// Makes two entries one.
///
/// # Errors
/// `NotFound` when one of them is outside the caller's areas (or was lost before);
/// [`Refusal::OwnRecord`] for the caller's own entry; [`Refusal::DifferentPeople`] for two identity numbers, an
/// organisation, or an entry and itself.
pub async fn merge(caller: &Caller, core: &Core, pair: MergePersons) -> Result<()> {
    caller.allow_somewhere(Verb::PeopleMerge)?;
    core.db
        .write((caller.clone(), core.keys.clone(), pair), |tx, (caller, keys, pair)| {
            Box::pin(async move {
                within(tx.conn(), caller, Verb::PeopleMerge, &pair.keep).await?;
                let (_, place) = within(tx.conn(), caller, Verb::PeopleMerge, &pair.lose).await?;
                if caller.is_person(&pair.keep) || caller.is_person(&pair.lose) {
                    return Err(Refusal::OwnRecord.into());
                }
                let ids = [pair.keep.as_str(), pair.lose.as_str()];
                let mut rows = bulk::persons(tx.conn(), By::Id, &ids).await?;
                let lose = take(&mut rows, &pair.lose)?;
                let keep = take(&mut rows, &pair.keep)?;
                let numbers = keep.id_index.is_some() && lose.id_index.is_some();
                if numbers || [&keep, &lose].iter().any(|row| row.kind != NATURAL) {
                    return Err(Refusal::DifferentPeople.into());
                }
                unite(tx, (caller, keys), &keep, &lose).await?;
                let payload = serde_json::json!({ "kept": keep.id });
                let subject = lose.id.as_str();
                let event = Event { room: ROOM, verb: "merge", area: &place, subject, payload };
                events::record(tx, caller, event).await.map(drop)
            })
        })
        .await
}

/// One of two different rows.
fn take(rows: &mut Vec<PersonRow>, id: &PersonId) -> Result<PersonRow> {
    let at = rows.iter().position(|row| row.id == *id).ok_or(Refusal::DifferentPeople)?;
    Ok(rows.swap_remove(at))
}

async fn unite(tx: &mut Tx, (caller, keys): (&Caller, &Keys), keep: &PersonRow, lose: &PersonRow) -> Result<()> {
    let now = tx.now();
    let (kept, lost) = (&keep.id, &lose.id);
    for home in tenure::homes(tx.conn(), lost).await? {
        let before = bulk::owners_at(tx.conn(), &[home.area.as_str()]).await?;
        let stakes = united(&before, kept, lost);
        change::tenure(tx.conn(), &home.dwelling, &before, &stakes, now).await?;
    }
    store::households(tx.conn(), lost, kept).await?;
    store::guardian(tx.conn(), lost, kept).await?;
    store::corrections(tx.conn(), lost, (now, caller.actor())).await?;
    // The lost entry's last name and home go to the history, then it is emptied: an identity number is one
    // entry's at a time.
    let gone = PersonRow { area_id: AreaId::city(), ..lose.clone() };
    change::person(tx.conn(), lose, &gone, now).await?;
    store::empty(tx.conn(), lost).await?;
    let mut filled = keep.clone();
    if let (None, Some(number)) = (&filled.id_index, &lose.id_number) {
        (filled.id_number, filled.id_index) = (lose.id_number.clone(), lose.id_index.clone());
        // The day of birth is part of the number.
        filled.born = born_of(&keys.open(ID_NUMBER, number)?).unwrap_or(filled.born);
    }
    let other_phone = match &filled.phone_index {
        None => {
            (filled.phone, filled.phone_index) = (lose.phone.clone(), lose.phone_index.clone());
            None
        }
        Some(known) => lose.phone.clone().filter(|_| lose.phone_index.as_ref() != Some(known)),
    };
    filled.guardian = filled.guardian.or_else(|| lose.guardian.clone()).filter(|guardian| guardian != kept);
    change::person(tx.conn(), keep, &filled, now).await?;
    store::remember(tx.conn(), (lost, other_phone), kept, (now, caller.actor())).await?;
    adopt_account(tx, lost, kept).await?;
    inbox::adopt(tx, lost, kept).await?;
    notices::adopt(tx, lost, kept).await?;
    points::adopt(tx, lost, kept).await?;
    voting::adopt(tx, caller, lost, kept).await
}

/// The owners of a dwelling once two of them, or one under another id, are one.
fn united(before: &[bulk::OwnerRow], kept: &PersonId, lost: &PersonId) -> Vec<Stake> {
    let mut stakes: Vec<Stake> = Vec::with_capacity(before.len());
    for row in before {
        let person = if row.person_id == *lost { kept.clone() } else { row.person_id.clone() };
        match stakes.iter_mut().find(|stake| stake.person == person) {
            Some(stake) => {
                let num = stake.num * row.share_den + row.share_num * stake.den;
                (stake.num, stake.den) = lowest(num, stake.den * row.share_den);
            }
            None => stakes.push(Stake { person, num: row.share_num, den: row.share_den }),
        }
    }
    stakes
}
