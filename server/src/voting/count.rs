//! Counting and publishing.

use super::browse::sum;
use super::choices::Choices;
use super::rules::{self, RollTotals};
use super::store::urn::Opened;
use super::store::{self, Vote, roll, urn};
use super::{ROOM, tell, topic};
use crate::core::Core;
use crate::crypto::Keys;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use contract::ids::VoteId;
use contract::voting::{ElectionResult, Phase, VoteResult};
use contract::{Error as Told, Refusal};
use serde_json::json;

/// Opens the urn of a closed vote and counts, in one transaction: what was sealed is deleted, what was
/// opened is kept in the order of the ballots' random ids.
///
/// # Errors
/// `NotFound`, `Forbidden`; [`Refusal::WrongState`] before the closing time or when counted before;
/// `Internal` while the keyring lacks a key that sealed a ballot.
pub async fn count(caller: &Caller, core: &Core, vote: &VoteId) -> Result<ElectionResult> {
    core.db
        .write((caller.clone(), core.keys.clone(), vote.clone()), |tx, (caller, keys, id)| {
            Box::pin(open_urn(tx, caller, keys, id))
        })
        .await
}

async fn open_urn(tx: &mut Tx, caller: &Caller, keys: &Keys, id: &VoteId) -> Result<ElectionResult> {
    let now = tx.now();
    let vote = store::find(tx.conn(), id).await?.ok_or(Told::NotFound)?;
    caller.allow(Verb::VotingCount, &vote.area)?;
    if vote.phase(now) != Phase::Closed {
        return Err(Refusal::WrongState.into());
    }
    let sealed = urn::all(tx.conn(), id).await?;
    let names = store::candidates(tx.conn(), id).await?.into_iter().map(|candidate| candidate.name).collect::<Vec<_>>();
    let opened = open(keys, &vote, &sealed)?;
    let seats = vote.summary(now).seats;
    let result = rules::tally(seats, &names, totals(tx, id).await?, &opened);
    let stored = serde_json::to_string(&result).map_err(Error::internal)?;
    if !store::set_counted(tx.conn(), id, now, &stored).await? {
        return Err(Refusal::WrongState.into());
    }
    urn::insert_counted(tx.conn(), id, &opened).await?;
    urn::clear(tx.conn(), id).await?;
    let payload = json!({
        "cast": result.cast, "blank": result.blank, "invalid": result.invalid,
        "ballots_sha256": result.ballots_sha256,
    });
    record(tx, caller, &vote, "count", payload).await?;
    Ok(result)
}

/// Opens each ballot; one that was changed or does not fit the paper is kept as invalid. A key that is
/// missing stops the count, for what it sealed may be good.
fn open(keys: &Keys, vote: &Vote, sealed: &[(String, String)]) -> Result<Vec<Opened>> {
    let ballot = |(id, choice): &(String, String)| {
        let choices = Choices::open(keys, &vote.id, id, choice)?;
        let choices = choices.filter(|choices| choices.fit(vote.seats, vote.candidates));
        Ok(Opened { id: id.clone(), choices })
    };
    sealed.iter().map(ballot).collect()
}

async fn totals(tx: &mut Tx, id: &VoteId) -> Result<RollTotals> {
    let turnout = sum(roll::turnout(tx.conn(), id).await?);
    Ok(RollTotals {
        heads: turnout.heads,
        area_dm2: turnout.area_dm2,
        voted: turnout.voted,
        voted_area_dm2: turnout.voted_area_dm2,
    })
}

/// Shows the result of a counted vote to everybody.
///
/// # Errors
/// `NotFound`, `Forbidden`; [`Refusal::WrongState`] when it is not counted or already published.
pub async fn publish(caller: &Caller, core: &Core, vote: &VoteId) -> Result<()> {
    core.db
        .write((caller.clone(), vote.clone()), |tx, (caller, id)| {
            Box::pin(async move {
                let vote = store::find(tx.conn(), id).await?.ok_or(Told::NotFound)?;
                caller.allow(Verb::VotingOrganise, &vote.area)?;
                if !store::set_published(tx.conn(), id).await? {
                    return Err(Refusal::WrongState.into());
                }
                tell::queue_published(tx, &vote).await?;
                record(tx, caller, &vote, "publish", json!({})).await
            })
        })
        .await
}

async fn record(
    tx: &mut Tx,
    caller: &Caller,
    vote: &Vote,
    verb: &'static str,
    payload: serde_json::Value,
) -> Result<()> {
    let event = Event { room: ROOM, verb, area: &vote.area, subject: vote.id.as_str(), payload };
    events::record(tx, caller, event).await?;
    tx.change(topic(&vote.id));
    Ok(())
}

/// The result of a vote: for everybody once published, for its workers once counted.
///
/// # Errors
/// `NotFound` (unknown, or a draft); [`Refusal::WrongState`] while there is no result to be seen.
pub async fn result(caller: &Caller, core: &Core, vote: &VoteId) -> Result<VoteResult> {
    let mut conn = core.db.read().await?;
    let stored = visible(caller, store::find(&mut conn, vote).await?)?;
    let result = stored.result.as_deref().ok_or(Refusal::WrongState)?;
    let result = serde_json::from_str(result).map_err(Error::internal)?;
    Ok(VoteResult { vote: stored.summary(core.clock.now()), result })
}

/// The vote, if its result may be seen by the caller.
pub(super) fn visible(caller: &Caller, vote: Option<Vote>) -> Result<Vote> {
    let vote = vote.filter(|vote| vote.state != "draft").ok_or(Told::NotFound)?;
    caller.allow(Verb::VotingResult, &vote.area)?;
    match vote.state.as_str() {
        "published" => Ok(vote),
        "counted" if caller.allow(Verb::VotingList, &vote.area).is_ok() => Ok(vote),
        _ => Err(Refusal::WrongState.into()),
    }
}
