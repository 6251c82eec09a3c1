//! Announcing: paper and rules are fixed and the roll is frozen from the registry.

use super::periods::{self, Holidays};
use super::store::roll::{self, Head};
use super::store::{self, Announced, Vote};
use super::{heads, keys, record, regulations, tell};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::ids::Ids;
use crate::people;
use contract::ids::VoteId;
use contract::voting::{HeadUnit, Item, Rules};
use contract::{AreaId, Error, Issue, Millis, Refusal};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Announces a draft: whoever owns (or, for a poll, lives) in its area now is on the roll, the rules in force
/// hold for it, and nothing of the vote changes any more. One transaction, also for 20,000 owners.
///
/// # Errors
/// `NotFound`, `Forbidden`; [`Refusal::WrongState`] when it is no draft; [`Refusal::TooFewCandidates`];
/// [`Refusal::ListUnderWay`] while a list is being entered there; [`Refusal::EmptyRoll`]; [`Refusal::NoOpeningKeys`]; [`Refusal::AnnouncedTooShort`]; `Invalid` (`closes_at`:
/// `NotFuture`, or `TooSmall` with the days that a poll must stay open).
pub async fn announce(caller: &Caller, core: &Core, vote: &VoteId) -> Result<()> {
    core.db
        .write((caller.clone(), core.ids.clone(), vote.clone()), |tx, (caller, ids, id)| {
            Box::pin(async move {
                let vote = announceable(tx, caller, id).await?;
                let now = tx.now();
                let rules = regulations::in_force(tx.conn(), &vote.area, now).await?;
                let holidays = regulations::holidays(tx.conn(), &vote.area).await?;
                in_time(&vote, &rules, now, &holidays)?;
                let heads = heads(tx, &vote, &rules).await?;
                freeze(tx, caller, ids, &vote, (&heads, &rules)).await
            })
        })
        .await
}

/// The draft, if it can be announced now.
pub(super) async fn announceable(tx: &mut Tx, caller: &Caller, id: &VoteId) -> Result<Vote> {
    let vote = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::VotingOrganise, &vote.area)?;
    if vote.state != "draft" {
        return Err(Refusal::WrongState.into());
    }
    if people::import_under_way(tx.conn(), &vote.area).await? {
        return Err(Refusal::ListUnderWay.into());
    }
    let items = store::items(tx.conn(), id).await?;
    let enough = |item: &Item| usize::try_from(item.most).is_ok_and(|most| item.options.len() >= most);
    if items.is_empty() || !items.iter().all(enough) {
        return Err(Refusal::TooFewCandidates.into());
    }
    if vote.closes_at <= tx.now() {
        return Err(crate::Error::field("closes_at", Issue::NotFuture));
    }
    Ok(vote)
}

/// Does the announcement stand long enough, and the poll? A poll of opinions needs neither.
fn in_time(vote: &Vote, rules: &Rules, now: Millis, holidays: &Holidays) -> Result<()> {
    if vote.unit() != HeadUnit::Owners {
        return Ok(());
    }
    if vote.opens_at < periods::end(now, rules.announce_days, holidays) {
        return Err(Refusal::AnnouncedTooShort.into());
    }
    if vote.closes_at < periods::end(vote.opens_at, rules.poll_days, holidays) {
        return Err(crate::Error::field("closes_at", Issue::TooSmall(rules.poll_days)));
    }
    Ok(())
}

/// Who is on the roll, from the registry as it is now.
pub(super) async fn heads(tx: &mut Tx, vote: &Vote, rules: &Rules) -> Result<Vec<Head>> {
    let now = tx.now();
    Ok(match vote.unit() {
        HeadUnit::Owners => heads::of_owners(&people::holdings_under(tx.conn(), &vote.area).await?, rules.parking, now),
        unit => heads::of_residents(&people::dwellers_under(tx.conn(), &vote.area).await?, unit, now),
    })
}

/// Makes the urn, writes the roll, announces the vote and queues its messages.
pub(super) async fn freeze(
    tx: &mut Tx,
    caller: &Caller,
    ids: &Ids,
    vote: &Vote,
    (heads, rules): (&[Head], &Rules),
) -> Result<()> {
    if heads.is_empty() {
        return Err(Refusal::EmptyRoll.into());
    }
    let public_key = keys::make_urn(tx, ids, &vote.id).await?;
    let area_dm2: i64 = heads.iter().map(|head| head.area_dm2).sum();
    let count = i64::try_from(heads.len()).map_err(crate::Error::internal)?;
    let hash = roll_sha256(heads);
    let text = serde_json::to_string(rules).map_err(crate::Error::internal)?;
    let holidays = regulations::holidays(tx.conn(), &vote.area).await?;
    let fixed = Announced {
        now: tx.now(),
        objections_until: vote.opens_at.min(periods::end(tx.now(), rules.objection_days, &holidays)),
        heads: count,
        area_dm2,
        roll_sha256: &hash,
        public_key: &public_key,
        rules: &text,
    };
    if !store::set_announced(tx.conn(), &vote.id, &fixed).await? {
        return Err(Refusal::WrongState.into());
    }
    let buildings = named_buildings(tx, heads).await?;
    roll::insert_buildings(tx.conn(), &vote.id, &buildings).await?;
    roll::insert(tx.conn(), &vote.id, heads).await?;
    let payload = json!({
        "heads": count, "area_dm2": area_dm2, "roll_sha256": hash, "public_key": public_key, "rules": rules,
    });
    record(tx, caller, vote, "announce", payload).await?;
    tell::queue_announced(tx, vote).await
}

/// The roll's buildings with their names; a building that the registry does not name goes by its id.
pub(super) async fn named_buildings(tx: &mut Tx, heads: &[Head]) -> Result<Vec<(AreaId, String)>> {
    let ids: BTreeSet<&AreaId> = heads.iter().map(|head| &head.building).collect();
    let mut named = Vec::with_capacity(ids.len());
    for id in ids {
        let known = people::area(tx.conn(), id).await?;
        named.push((id.clone(), known.map_or_else(|| id.to_string(), |area| area.name)));
    }
    Ok(named)
}

/// SHA-256 over the roll in the order of heads, one line a head: `head building area_dm2`.
pub(super) fn roll_sha256(heads: &[Head]) -> String {
    let mut lines: Vec<String> =
        heads.iter().map(|head| format!("{} {} {}\n", head.head, head.building, head.area_dm2)).collect();
    lines.sort_unstable();
    hex::encode(Sha256::digest(lines.concat()))
}
