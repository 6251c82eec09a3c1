//! Papers that were handed in: noted at the door or at the desk before anybody reads them. From then on the head
//! votes online no more, and the urn does not open before the paper is entered or given back.

use super::enterable;
use super::store::{self, Row};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::voting::found::worked;
use crate::voting::record;
use crate::voting::store::{Vote, amend};
use contract::ids::VoteId;
use contract::{Error, Issue, Refusal};
use serde_json::json;

/// Characters of a reason at most.
const REASON: usize = 200;

/// Notes that a paper was handed in.
///
/// # Errors
/// `NotFound`, `Forbidden`; [`Refusal::VoteNotOpen`]; [`Refusal::VoteClosed`] once the time for papers is over;
/// [`Refusal::Stale`] when it is noted already, or the head has voted.
pub async fn receive_paper(caller: &Caller, core: &Core, vote: &VoteId, number: i64) -> Result<()> {
    core.db
        .write((caller.clone(), vote.clone(), number), |tx, (caller, vote, number)| {
            Box::pin(async move {
                let vote = worked(caller, tx.conn(), Verb::VotingPaper, vote).await?;
                enterable(&vote, tx.now())?;
                let paper = store::find(tx.conn(), &vote.id, *number).await?.ok_or(Error::NotFound)?;
                note(tx, caller, &vote, &paper).await
            })
        })
        .await
}

/// The head's ballot is this paper now, unless another came before.
pub(super) async fn note(tx: &mut Tx, caller: &Caller, vote: &Vote, paper: &Row) -> Result<()> {
    let now = tx.now();
    let first = amend::set_paper(tx.conn(), &vote.id, &paper.head, Some(now)).await?;
    if !first || !store::set_received(tx.conn(), (&vote.id, paper.number), (caller.actor(), now)).await? {
        return Err(Refusal::Stale.into());
    }
    record(tx, caller, vote, "paper_receive", json!({ "paper": paper.number })).await
}

/// Takes back that a paper was handed in, with what was read off it: it was lost, torn before it was read, or noted
/// by mistake. The head may vote again while the poll is open.
///
/// # Errors
/// `NotFound`, `Forbidden`; `reason`: `Required`, `TooLong`; [`Refusal::Stale`] when the paper is settled or was not
/// handed in.
pub async fn waive_paper(caller: &Caller, core: &Core, vote: &VoteId, number: i64, reason: &str) -> Result<()> {
    let reason = reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > REASON {
        let issue = if reason.is_empty() { Issue::Required } else { Issue::TooLong(200) };
        return Err(crate::Error::field("reason", issue));
    }
    core.db
        .write((caller.clone(), vote.clone(), number, reason), |tx, (caller, vote, number, reason)| {
            Box::pin(async move {
                let vote = worked(caller, tx.conn(), Verb::VotingOrganise, vote).await?;
                let paper = store::find(tx.conn(), &vote.id, *number).await?.ok_or(Error::NotFound)?;
                let open = vote.state == "announced";
                if !open || !store::unset_received(tx.conn(), (&vote.id, paper.number)).await? {
                    return Err(Refusal::Stale.into());
                }
                amend::set_paper(tx.conn(), &vote.id, &paper.head, None).await?;
                record(tx, caller, &vote, "paper_waive", json!({ "paper": number, "reason": reason })).await
            })
        })
        .await
}
