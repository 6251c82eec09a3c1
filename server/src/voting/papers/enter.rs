//! Entering what stands on a paper: twice, and a third time where the two differ.

use super::store::{self, Entry as Stored, Row};
use super::{enterable, receive, turn};
use crate::core::Core;
use crate::crypto::Keys;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::identity::{Caller, Verb};
use crate::ids::Ids;
use crate::voting::cast::{self, OnPaper};
use crate::voting::choices::Choices;
use crate::voting::found::worked;
use crate::voting::store::{self as votes, Vote};
use crate::voting::{record, topic};
use contract::ids::VoteId;
use contract::voting::{Entered, Marked, PaperState};
use contract::{Error as Told, Issue, Refusal};
use serde_json::json;
use std::sync::Arc;

/// What one worker reads off a paper.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The paper.
    pub number: i64,
    /// What stands on it.
    pub marked: Marked,
    /// Its scan as [`super::keep_scan`] kept it; the first entry needs one.
    pub scan: Option<String>,
}

struct Entering {
    caller: Caller,
    vote: VoteId,
    entry: Entry,
    keys: Arc<Keys>,
    ids: Ids,
}

/// Enters a paper. The first entry is kept sealed; the second, by another worker, either agrees with it and the
/// ballot goes into the urn, or differs and waits for a third person, whose entry settles it.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` by the paper's fields, `scan`: `Required` for a first entry without one;
/// [`Refusal::VoteNotOpen`]; [`Refusal::VoteClosed`] once the time for papers is over; [`Refusal::SameWorker`]
/// for who has entered it before; [`Refusal::Stale`] when nothing is left to enter.
pub async fn enter_paper(caller: &Caller, core: &Core, vote: &VoteId, entry: Entry) -> Result<Entered> {
    caller.account()?;
    let (keys, ids) = (core.keys.clone(), core.ids.clone());
    let entering = Entering { caller: caller.clone(), vote: vote.clone(), entry, keys, ids };
    let done = core.db.write(entering, |tx, entering| Box::pin(enter(tx, entering))).await;
    // Two workers at the same turn, or one worker twice: the constraint spoke.
    done.map_err(|error| if error.is_unique_violation() { Refusal::Stale.into() } else { error })
}

async fn enter(tx: &mut Tx, entering: &Entering) -> Result<Entered> {
    let Entering { caller, entry, keys, .. } = entering;
    let now = tx.now();
    let vote = worked(caller, tx.conn(), Verb::VotingPaper, &entering.vote).await?;
    enterable(&vote, now)?;
    let paper = store::find(tx.conn(), &vote.id, entry.number).await?.ok_or(Told::NotFound)?;
    let turn = turn(paper.state()).ok_or(Refusal::Stale)?;
    if let Some(scan) = &entry.scan {
        store::insert_scan(tx.conn(), (&vote.id, paper.number), scan, (caller.actor(), now)).await?;
        log(tx, caller, &vote, paper.number, json!({ "scan": scan })).await?;
    }
    if paper.voted_at.is_some() {
        return clash(tx, caller, &vote, &paper).await;
    }
    let items = votes::items(tx.conn(), &vote.id).await?;
    entry.marked.check(&items)?;
    if turn == 1 && entry.scan.is_none() && store::scans(tx.conn(), &vote.id, paper.number).await?.is_empty() {
        return Err(Error::field("scan", Issue::Required));
    }
    let before = store::entries(tx.conn(), &vote.id, paper.number).await?;
    if before.iter().any(|before| before.worker == caller.hand()) {
        return Err(Refusal::SameWorker.into());
    }
    // Whoever enters a paper has it in their hands.
    if matches!(paper.state(), PaperState::Issued | PaperState::Delivered) {
        receive::note(tx, caller, &vote, &paper).await?;
    }
    let paper = store::find(tx.conn(), &vote.id, entry.number).await?.ok_or(Told::NotFound)?;
    let text = text(&entry.marked, items.len());
    let sealed = keys.seal(&purpose(&vote.id, &paper.number.to_string()), &text);
    let stored = Stored { turn, worker: caller.hand().to_owned(), marks: Some(sealed) };
    store::insert_entry(tx.conn(), (&vote.id, paper.number), &stored, now).await?;
    log(tx, caller, &vote, paper.number, json!({ "turn": turn })).await?;
    let agree = turn == 2 && opened(keys, &vote.id, paper.number, &before[0])? == text;
    match (turn, agree) {
        (1, _) => moved(tx, &vote, &paper, PaperState::Entered).await.map(|()| Entered::First),
        (2, false) => moved(tx, &vote, &paper, PaperState::Differs).await.map(|()| Entered::Differs),
        _ => settle(tx, entering, &vote, &paper, items.len()).await,
    }
}

/// The ballot goes into the urn, unless the head has voted online in the meantime.
async fn settle(tx: &mut Tx, entering: &Entering, vote: &Vote, paper: &Row, items: usize) -> Result<Entered> {
    let choices = match entering.entry.marked.invalid {
        true => Choices::invalid(items),
        false => Choices::of(&entering.entry.marked.choices),
    };
    let put = OnPaper {
        caller: &entering.caller,
        vote,
        head: &paper.head,
        area_dm2: paper.area_dm2,
        choices,
        ids: &entering.ids,
    };
    if !cast::put_paper(tx, put).await? {
        let head = store::find(tx.conn(), &vote.id, paper.number).await?.ok_or(Told::NotFound)?;
        return match head.voted_at {
            Some(_) => clash(tx, &entering.caller, vote, paper).await,
            None => Err(Refusal::VoteClosed.into()),
        };
    }
    store::forget(tx.conn(), &vote.id, paper.number).await?;
    moved(tx, vote, paper, PaperState::Counted).await?;
    Ok(Entered::Counted)
}

/// The head voted online: the paper is kept, and does not count.
async fn clash(tx: &mut Tx, caller: &Caller, vote: &Vote, paper: &Row) -> Result<Entered> {
    store::forget(tx.conn(), &vote.id, paper.number).await?;
    moved(tx, vote, paper, PaperState::Clash).await?;
    log(tx, caller, vote, paper.number, json!({ "clash": "voted online" })).await?;
    Ok(Entered::Clash)
}

async fn moved(tx: &mut Tx, vote: &Vote, paper: &Row, to: PaperState) -> Result<()> {
    if !store::set_state(tx.conn(), (&vote.id, paper.number), paper.state(), to).await? {
        return Err(Refusal::Stale.into());
    }
    tx.change(topic(&vote.id));
    Ok(())
}

async fn log(tx: &mut Tx, caller: &Caller, vote: &Vote, number: i64, what: serde_json::Value) -> Result<()> {
    let payload = json!({ "paper": number, "what": what });
    record(tx, caller, vote, "paper_enter", payload).await
}

/// What a paper's entries are sealed for; the number as text.
pub(in crate::voting) fn purpose(vote: &VoteId, number: &str) -> String {
    format!("voting.paper/{vote}/{number}")
}

/// What was read, of one length whatever it is.
fn text(marked: &Marked, items: usize) -> String {
    match marked.invalid {
        true => "x".repeat(16 * items),
        false => Choices::of(&marked.choices).text(),
    }
}

fn opened(keys: &Keys, vote: &VoteId, number: i64, entry: &Stored) -> Result<String> {
    let sealed = entry.marks.as_deref().ok_or(Refusal::Stale)?;
    keys.open(&purpose(vote, &number.to_string()), sealed).map_err(Error::internal)
}

/// What an entry says, for who settles a difference.
pub(super) fn marked(keys: &Keys, vote: &VoteId, number: i64, entry: &Stored) -> Result<Marked> {
    let text = opened(keys, vote, number, entry)?;
    let choices = Choices::from_text(&text);
    let invalid = choices.is_none();
    Ok(Marked { choices: choices.map(|choices| choices.numbers()).unwrap_or_default(), invalid })
}
