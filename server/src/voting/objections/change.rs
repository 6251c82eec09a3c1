//! What a granted objection changes in a roll, while its poll has not opened.

use super::store;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::Caller;
use crate::people;
use crate::voting::ROOM;
use crate::voting::announce::roll_sha256;
use crate::voting::store::roll::{self, Head, Member};
use crate::voting::store::{Vote, amend};
use contract::area::AreaKind;
use contract::check::mask_name;
use contract::ids::{ObjectionId, PersonId};
use contract::people::Home;
use contract::voting::RollEntry;
use contract::{Error, Issue, Refusal};
use serde_json::json;

/// One change.
pub(super) enum Change {
    /// An owner is listed with a head of their own; the area is the registry's unless it was typed.
    Add { person: PersonId, area_dm2: Option<i64> },
    /// A head counts with another area.
    Area { person: PersonId, head: Option<String>, area_dm2: i64 },
    /// Another of its owners casts a head's ballot.
    Voter { from: PersonId, head: Option<String>, to: PersonId },
    /// A person is taken off a head, and the head with its last person.
    Remove { person: PersonId, head: Option<String> },
}

/// Changes the roll, keeps the change, and publishes the roll's hash anew.
///
/// # Errors
/// [`Refusal::RollClosed`] once the poll is open; [`Refusal::NotOnRoll`], [`Refusal::AlreadyOnRoll`]; `area`:
/// `Required` for who owns nothing there by the registry.
pub(super) async fn apply(
    tx: &mut Tx,
    caller: &Caller,
    vote: &Vote,
    objection: &ObjectionId,
    change: Change,
) -> Result<()> {
    let now = tx.now();
    if !amend::roll_is_open(tx.conn(), &vote.id, now).await? {
        return Err(Refusal::RollClosed.into());
    }
    let (head, before, after) = match change {
        Change::Add { person, area_dm2 } => add(tx, vote, &person, area_dm2).await?,
        Change::Area { person, head, area_dm2 } => {
            let entry = entry(tx, vote, &person, head).await?;
            amend::set_area(tx.conn(), &vote.id, &entry.head, area_dm2).await?;
            (entry.head, Some(entry.area_dm2), Some(area_dm2))
        }
        Change::Voter { from, head, to } => {
            let entry = entry(tx, vote, &from, head).await?;
            amend::set_voter(tx.conn(), &vote.id, &entry.head, &to).await?;
            (entry.head, Some(entry.area_dm2), Some(entry.area_dm2))
        }
        Change::Remove { person, head } => {
            let entry = entry(tx, vote, &person, head).await?;
            let gone = amend::remove(tx.conn(), &vote.id, &entry.head, &person).await?;
            (entry.head, Some(entry.area_dm2), (!gone).then_some(entry.area_dm2))
        }
    };
    store::insert_change(tx.conn(), (objection, &vote.id, &head), (before, after), now).await?;
    let heads = amend::heads(tx.conn(), &vote.id).await?;
    let (count, area_dm2) = (heads.len(), heads.iter().map(|head| head.area_dm2).sum::<i64>());
    let hash = roll_sha256(&heads);
    let counted = i64::try_from(count).map_err(crate::Error::internal)?;
    if !amend::set_roll(tx.conn(), &vote.id, (counted, area_dm2), &hash, now).await? {
        return Err(Refusal::RollClosed.into());
    }
    let payload = json!({
        "objection": objection, "head": head, "area_before": before, "area_after": after,
        "heads": count, "area_dm2": area_dm2, "roll_sha256": hash,
    });
    let event = Event { room: ROOM, verb: "roll_change", area: &vote.area, subject: vote.id.as_str(), payload };
    events::record(tx, caller, event).await.map(drop)
}

/// The head of a person that is meant.
async fn entry(tx: &mut Tx, vote: &Vote, person: &PersonId, head: Option<String>) -> Result<RollEntry> {
    let entries = roll::entries(tx.conn(), &vote.id, person).await?;
    let mut meant = entries.into_iter().filter(|entry| head.as_ref().is_none_or(|head| *head == entry.head));
    Ok(meant.next().ok_or(Refusal::NotOnRoll)?)
}

type Changed = (String, Option<i64>, Option<i64>);

async fn add(tx: &mut Tx, vote: &Vote, person: &PersonId, area_dm2: Option<i64>) -> Result<Changed> {
    if !roll::entries(tx.conn(), &vote.id, person).await?.is_empty() {
        return Err(Refusal::AlreadyOnRoll.into());
    }
    let known = people::find(tx.conn(), person).await?.ok_or(Error::NotFound)?;
    let mut homes = people::homes(tx.conn(), person).await?;
    homes.retain(|home| vote.area.holds(&home.area));
    let whole = |home: &Home| home.area_dm2 * home.share.num / home.share.den;
    let owned: i64 = homes.iter().map(whole).sum();
    let area_dm2 = area_dm2.or((owned > 0).then_some(owned));
    let area_dm2 = area_dm2.ok_or_else(|| crate::Error::field("area", Issue::Required))?;
    let first = homes.first();
    let area = first.map_or(&known.area, |home| &home.area);
    let building = area.up_to(AreaKind::Building).unwrap_or_else(|| vote.area.clone());
    let name = people::area(tx.conn(), &building).await?.map_or_else(|| building.to_string(), |area| area.name);
    let head = Head {
        head: person.to_string(),
        building: building.clone(),
        place: first.map(|home| home.address.clone()).unwrap_or_default(),
        names: mask_name(&known.name),
        dwellings: i64::try_from(homes.len()).map_err(crate::Error::internal)?,
        area_dm2,
        members: vec![Member { person: person.clone(), acts: true, may_vote: true }],
    };
    amend::add_building(tx.conn(), &vote.id, &building, &name).await?;
    roll::insert(tx.conn(), &vote.id, std::slice::from_ref(&head)).await?;
    Ok((head.head, None, Some(area_dm2)))
}
