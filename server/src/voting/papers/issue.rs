//! Making papers and handing them out.

use super::running;
use super::store::{self, New};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::files::FileName;
use crate::identity::{Caller, Verb};
use crate::voting::found::worked;
use crate::voting::store::amend;
use crate::voting::{ROOM, record, topic};
use contract::check::Checks;
use contract::ids::VoteId;
use contract::{AreaId, Error, Issue, Refusal};
use serde_json::json;

/// Tries against others who number papers of the same vote at the same moment.
const TRIES: usize = 8;

/// Makes a paper for every head of an area that has neither voted nor a paper; how many.
///
/// # Errors
/// `NotFound`, `Forbidden`; [`Refusal::VoteClosed`].
pub async fn issue_papers(caller: &Caller, core: &Core, vote: &VoteId, area: Option<&AreaId>) -> Result<usize> {
    let mut tried = 0;
    loop {
        let input = (caller.clone(), vote.clone(), area.cloned());
        match core.db.write(input, |tx, (caller, vote, area)| Box::pin(issue(tx, caller, vote, area.as_ref()))).await {
            Err(error) if error.is_unique_violation() && tried < TRIES => tried += 1,
            done => return done,
        }
    }
}

async fn issue(tx: &mut Tx, caller: &Caller, vote: &VoteId, area: Option<&AreaId>) -> Result<usize> {
    let vote = worked(caller, tx.conn(), Verb::VotingPaper, vote).await?;
    let now = tx.now();
    running(&vote, now)?;
    let area = area.unwrap_or(&vote.area);
    if !super::of_owners(&vote) || !vote.area.holds(area) {
        return Err(Error::NotFound.into());
    }
    let heads = store::without(tx.conn(), &vote.id, area).await?;
    let last = store::last(tx.conn(), &vote.id).await?;
    let paper = |((head, building), number)| New { vote: vote.id.clone(), number, head, building, at: now };
    let papers: Vec<New> = heads.into_iter().zip(last + 1..).map(paper).collect();
    if papers.is_empty() {
        return Ok(0);
    }
    store::insert(tx.conn(), &papers).await?;
    let payload = json!({ "papers": papers.len(), "from": last + 1 });
    let event = Event { room: ROOM, verb: "paper_issue", area, subject: vote.id.as_str(), payload };
    events::record(tx, caller, event).await?;
    tx.change(topic(&vote.id));
    Ok(papers.len())
}

/// How a paper was handed out.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Delivery {
    /// The stored picture of the signed receipt or of the door; empty without one.
    pub photo: String,
    /// Where this head's receipt is kept, if there is no picture: a line of a signed list, a registered letter.
    pub receipt: String,
}

impl Delivery {
    /// The head's own proof.
    fn proof(&self) -> Option<&str> {
        [self.photo.trim(), self.receipt.trim()].into_iter().find(|proof| !proof.is_empty())
    }
}

/// Notes that a paper was handed out by the caller. With a proof of its own (a picture, a receipt), now or given
/// later, it counts where a ballot that does not come back has a meaning.
///
/// # Errors
/// `NotFound`, `Forbidden`; `photo`: `FileKind`; `receipt`: `TooLong`; [`Refusal::VoteClosed`]; [`Refusal::Stale`]
/// when it is noted already.
pub async fn deliver_paper(caller: &Caller, core: &Core, vote: &VoteId, number: i64, delivery: Delivery) -> Result<()> {
    if !delivery.photo.is_empty() && delivery.photo.parse::<FileName>().is_err() {
        return Err(crate::Error::field("photo", Issue::FileKind));
    }
    let mut checks = Checks::new();
    checks.text("receipt", &delivery.receipt, 0, 100);
    checks.done()?;
    core.db
        .write((caller.clone(), vote.clone(), number, delivery), |tx, (caller, vote, number, delivery)| {
            Box::pin(deliver(tx, caller, vote, *number, delivery))
        })
        .await
}

async fn deliver(tx: &mut Tx, caller: &Caller, vote: &VoteId, number: i64, delivery: &Delivery) -> Result<()> {
    let vote = worked(caller, tx.conn(), Verb::VotingPaper, vote).await?;
    let now = tx.now();
    running(&vote, now)?;
    let paper = store::find(tx.conn(), &vote.id, number).await?.ok_or(Error::NotFound)?;
    let proof = delivery.proof();
    if !store::set_delivered(tx.conn(), (&vote.id, number), (now, caller.actor()), proof).await? {
        return Err(Refusal::Stale.into());
    }
    if let Some(proof) = proof {
        amend::set_delivered(tx.conn(), &vote.id, &paper.head, proof).await?;
    }
    let payload = json!({ "paper": number, "proof": proof });
    record(tx, caller, &vote, "paper_deliver", payload).await
}
