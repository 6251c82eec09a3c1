//! What a granted objection changes in a roll, while its poll has not opened.

use crate::db::Tx;
use crate::error::Result;
use crate::identity::Caller;
use crate::people;
use crate::voting::announce::{self, roll_sha256};
use crate::voting::store::relist::{self, Listed, Traced};
use crate::voting::store::roll::Head;
use crate::voting::store::{Vote, amend};
use crate::voting::{mandates, record};
use contract::Refusal;
use contract::ids::{ObjectionId, PersonId};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// One change.
pub(super) enum Change {
    /// Heads are listed as the registry has them; what other heads counted of their dwellings goes over to them.
    List(Vec<Head>),
    /// A head counts with another area.
    Area { head: String, area_dm2: i64 },
    /// One person alone casts a head's ballot.
    Voter { head: String, to: PersonId },
    /// A person is taken off a head, and the head with its last person.
    Remove { head: String, person: PersonId },
}

/// Changes the roll, keeps of every head that was touched how it stood before and stands after, and publishes
/// the roll's hash anew. A mandate ends whose owner casts the head's ballot no more.
///
/// # Errors
/// [`Refusal::RollClosed`] once the poll is open; [`Refusal::NotOnRoll`] for a person who is not of the head.
pub(super) async fn apply(
    tx: &mut Tx,
    caller: &Caller,
    vote: &Vote,
    (objection, reason): (&ObjectionId, &str),
    change: Change,
) -> Result<()> {
    let now = tx.now();
    if !amend::roll_is_open(tx.conn(), &vote.id, now).await? {
        return Err(Refusal::RollClosed.into());
    }
    let mut touched = Vec::new();
    for head in touched_by(tx, vote, &change).await? {
        touched.push((relist::listed(tx.conn(), &vote.id, &head).await?, head));
    }
    carry_out(tx, vote, change).await?;
    let mut changes = Vec::with_capacity(touched.len());
    for (before, head) in touched {
        let after = relist::listed(tx.conn(), &vote.id, &head).await?;
        mandates::outlived(tx, vote, &head, caller.actor()).await?;
        changes.push(told(&head, before.as_ref(), after.as_ref()));
        let traced = Traced {
            objection: objection.as_str(),
            vote: &vote.id,
            head: &head,
            before: before.as_ref(),
            after: after.as_ref(),
            reason,
            at: now,
        };
        relist::trace(tx.conn(), &traced).await?;
    }
    publish(tx, caller, vote, json!({ "objection": objection, "reason": reason, "changes": changes })).await
}

/// One head's change for the log.
fn told(head: &str, before: Option<&Listed>, after: Option<&Listed>) -> Value {
    let area = |listed: Option<&Listed>| listed.map(|listed| listed.area_dm2);
    let building = |listed: Option<&Listed>| listed.map(|listed| listed.building.clone());
    let persons = |listed: Option<&Listed>| json!(listed.map(|listed| &listed.persons));
    json!({
        "head": head, "building_before": building(before), "building_after": building(after),
        "area_before": area(before), "area_after": area(after),
        "persons_before": persons(before), "persons_after": persons(after),
    })
}

/// The roll's new sums and hash, on the vote and in the log.
async fn publish(tx: &mut Tx, caller: &Caller, vote: &Vote, mut payload: Value) -> Result<()> {
    let now = tx.now();
    let heads = amend::heads(tx.conn(), &vote.id).await?;
    let area_dm2 = heads.iter().map(|head| head.area_dm2).sum::<i64>();
    let count = i64::try_from(heads.len()).map_err(crate::Error::internal)?;
    let hash = roll_sha256(&heads);
    if !amend::set_roll(tx.conn(), &vote.id, (count, area_dm2), &hash, now).await? {
        return Err(Refusal::RollClosed.into());
    }
    payload["heads"] = count.into();
    payload["area_dm2"] = area_dm2.into();
    payload["roll_sha256"] = hash.into();
    record(tx, caller, vote, "roll_change", payload).await
}

/// Every head that a change has a part in.
async fn touched_by(tx: &mut Tx, vote: &Vote, change: &Change) -> Result<BTreeSet<String>> {
    Ok(match change {
        Change::Area { head, .. } | Change::Voter { head, .. } | Change::Remove { head, .. } => [head.clone()].into(),
        Change::List(heads) => {
            let mut touched = BTreeSet::new();
            for head in heads {
                touched.insert(head.head.clone());
                for (dwelling, _) in &head.homes {
                    touched.extend(relist::counted_by(tx.conn(), &vote.id, dwelling).await?.map(|(by, _)| by));
                }
            }
            touched
        }
    })
}

async fn carry_out(tx: &mut Tx, vote: &Vote, change: Change) -> Result<()> {
    match change {
        Change::List(heads) => {
            for head in &heads {
                list(tx, vote, head).await?;
            }
        }
        Change::Area { head, area_dm2 } => amend::set_area(tx.conn(), &vote.id, &head, area_dm2).await?,
        Change::Voter { head, to } => amend::set_voter(tx.conn(), &vote.id, &head, &to).await?,
        Change::Remove { head, person } => {
            let known = people::find(tx.conn(), &person).await?;
            let name = known.map(|known| known.name).unwrap_or_default();
            if !amend::remove(tx.conn(), &vote.id, &head, (&person, &name)).await? {
                return Err(Refusal::NotOnRoll.into());
            }
        }
    }
    Ok(())
}

/// Lists one head with all its owners and dwellings.
async fn list(tx: &mut Tx, vote: &Vote, head: &Head) -> Result<()> {
    for (building, name) in announce::named_buildings(tx, std::slice::from_ref(head)).await? {
        amend::add_building(tx.conn(), &vote.id, &building, &name).await?;
    }
    let before = relist::listed(tx.conn(), &vote.id, &head.head).await?;
    relist::put(tx.conn(), &vote.id, head).await?;
    let acting: BTreeSet<(&PersonId, bool)> = head.members.iter().map(|one| (&one.person, one.acts)).collect();
    let same = before.as_ref().is_some_and(|before| {
        before.persons.iter().map(|one| (&one.person, one.acts == 1)).collect::<BTreeSet<_>>() == acting
    });
    if !same {
        relist::put_members(tx.conn(), &vote.id, head).await?;
    }
    for home in &head.homes {
        let by = relist::counted_by(tx.conn(), &vote.id, &home.0).await?;
        relist::count_home(tx.conn(), &vote.id, &head.head, home).await?;
        if let Some((by, area_dm2)) = by.filter(|(by, _)| *by != head.head) {
            relist::lighten(tx.conn(), &vote.id, &by, area_dm2).await?;
            give_way(tx, vote, &by, &head.head).await?;
        }
    }
    Ok(())
}

/// A head that lost its last dwelling goes; one that kept some is shown at the first of them.
async fn give_way(tx: &mut Tx, vote: &Vote, head: &str, to: &str) -> Result<()> {
    let left = relist::listed(tx.conn(), &vote.id, head).await?;
    if left.is_some_and(|left| left.dwellings < 1) {
        return Ok(relist::give_way(tx.conn(), &vote.id, head, to).await?);
    }
    let heads = announce::heads(tx, vote, vote.rules()).await?;
    if let Some(now) = heads.iter().find(|now| now.head == head) {
        relist::set_place(tx.conn(), &vote.id, head, (&now.building, &now.place)).await?;
    }
    Ok(())
}
