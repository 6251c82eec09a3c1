//! Reminders to who has not voted: at set times by themselves, and by a worker's button; never more in one vote
//! than the rules allow. A reminder is numbered, and the number is its place in the table: whoever comes second
//! with the same number sends nothing.
//!
//! A background job tells the roll part by part, as [`super::tell`] does; who has voted by the time their part is
//! told hears nothing.

mod store;

use super::periods::{DAY, HOUR};
use super::store::roll::Persons;
use super::store::{self as votes, Vote, roll};
use super::{ROOM, topic};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::inbox::{self, NewNote};
use crate::jobs::{self, Handlers};
use contract::ids::{PersonId, VoteId};
use contract::voting::{Phase, Reminder, Reminders};
use contract::{Error, Millis, Refusal, local};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The kind of job that tells one part of a roll.
const KIND: &str = "voting.remind";
/// The kind of job that sends a reminder when its time has come.
const DUE: &str = "voting.remind_due";
/// Persons told in one transaction.
const PART: i64 = 200;
/// Least time between two reminders: half a day.
const APART: Millis = 12 * HOUR;
/// A poll of this length or more is long: a week.
const LONG: Millis = 7 * DAY;
/// Who sends at a set time.
const SYSTEM: &str = "system";

/// A job's payload: whom to tell next.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Part {
    vote: VoteId,
    number: i64,
    after: Option<PersonId>,
}

/// A set time has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Due {
    vote: VoteId,
}

/// Adds the jobs.
pub(super) fn jobs(handlers: Handlers) -> Handlers {
    handlers.on(KIND, tell).on(DUE, due)
}

/// Queues the reminders that need no hand: when half of a long poll is over, and a day before any poll closes that
/// is longer. They are numbered like those of a worker's hand, and bound by the same rules.
pub(super) async fn queue(tx: &mut Tx, vote: &Vote) -> Result<()> {
    let (length, closing) = (vote.closes_at - vote.opens_at, vote.closes_at - DAY);
    if length >= LONG {
        queue_due(tx, vote, "half", vote.opens_at + length / 2).await?;
    }
    if closing > vote.opens_at.max(tx.now()) {
        queue_due(tx, vote, "closing", closing).await?;
    }
    Ok(())
}

async fn queue_due(tx: &mut Tx, vote: &Vote, which: &str, at: Millis) -> Result<()> {
    let key = format!("{DUE}/{}/{which}", vote.id);
    jobs::enqueue(tx, DUE, &Due { vote: vote.id.clone() }, Some(&key), at).await.map(drop)
}

/// What was sent in a vote so far, and whether another may be.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub async fn reminders(caller: &Caller, core: &Core, vote: &VoteId) -> Result<Reminders> {
    caller.allow_somewhere(Verb::VotingRemind)?;
    let mut conn = core.db.read().await?;
    let found = votes::find(&mut conn, vote).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::VotingRemind, &found.area)?;
    let sent = store::sent(&mut conn, vote).await?;
    let most = found.rules().reminders;
    let now = core.clock.now();
    let may_send = found.phase(now) == Phase::Open && may(&sent, most, now);
    Ok(Reminders { most, sent, may_send })
}

fn may(sent: &[Reminder], most: i64, now: Millis) -> bool {
    let count = i64::try_from(sent.len()).unwrap_or(i64::MAX);
    count < most && sent.last().is_none_or(|last| now >= last.at + APART)
}

/// Reminds everybody who has not voted.
///
/// # Errors
/// `NotFound`, `Forbidden`; [`Refusal::VoteNotOpen`], [`Refusal::VoteClosed`]; [`Refusal::RemindedEnough`] when the
/// rules allow no more, or the last is less than half a day old.
pub async fn remind(caller: &Caller, core: &Core, vote: &VoteId) -> Result<()> {
    caller.allow_somewhere(Verb::VotingRemind)?;
    let done = core.db.write((caller.clone(), vote.clone()), |tx, (caller, id)| {
        Box::pin(async move {
            let now = tx.now();
            let vote = votes::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
            caller.allow(Verb::VotingRemind, &vote.area)?;
            match vote.phase(now) {
                Phase::Open => {}
                Phase::Draft | Phase::Announced => return Err(Refusal::VoteNotOpen.into()),
                _ => return Err(Refusal::VoteClosed.into()),
            }
            match send(tx, &vote, caller.actor()).await? {
                true => Ok(()),
                false => Err(Refusal::RemindedEnough.into()),
            }
        })
    });
    // Two at once: one of them is sent.
    done.await.map_err(|error| if error.is_unique_violation() { Refusal::RemindedEnough.into() } else { error })
}

/// Takes the next number and queues the telling; false when the rules allow no more now.
async fn send(tx: &mut Tx, vote: &Vote, by: &str) -> Result<bool> {
    let now = tx.now();
    let sent = store::sent(tx.conn(), &vote.id).await?;
    if !may(&sent, vote.rules().reminders, now) {
        return Ok(false);
    }
    let number = sent.last().map_or(1, |last| last.number + 1);
    store::insert(tx.conn(), &vote.id, number, by, now).await?;
    queue_part(tx, &Part { vote: vote.id.clone(), number, after: None }).await?;
    let payload = json!({ "number": number });
    let event = Event { room: ROOM, verb: "remind", area: &vote.area, subject: vote.id.as_str(), payload };
    events::record_as(tx, by, event).await?;
    tx.change(topic(&vote.id));
    Ok(true)
}

async fn queue_part(tx: &mut Tx, part: &Part) -> Result<()> {
    let now = tx.now();
    let after = part.after.as_ref().map_or("", PersonId::as_str);
    let key = format!("{KIND}/{}/{}/{after}", part.vote, part.number);
    jobs::enqueue(tx, KIND, part, Some(&key), now).await.map(drop)
}

async fn due(core: Core, due: Due) -> Result<()> {
    let done = core.db.write(due, |tx, Due { vote }| {
        Box::pin(async move {
            let now = tx.now();
            let vote = votes::find(tx.conn(), vote).await?.filter(|vote| vote.phase(now) == Phase::Open);
            match vote {
                Some(vote) => send(tx, &vote, SYSTEM).await.map(drop),
                None => Ok(()),
            }
        })
    });
    // A worker's hand was quicker: what was due is sent.
    done.await.or_else(|error| if error.is_unique_violation() { Ok(()) } else { Err(error) })
}

async fn tell(core: Core, part: Part) -> Result<()> {
    core.db.write(part, |tx, part| Box::pin(tell_part(tx, part))).await
}

async fn tell_part(tx: &mut Tx, part: &Part) -> Result<()> {
    let now = tx.now();
    let vote = votes::find(tx.conn(), &part.vote).await?.filter(|vote| vote.phase(now) == Phase::Open);
    let Some(vote) = vote else { return Ok(()) };
    let after = part.after.as_ref().map_or("", PersonId::as_str);
    let persons = roll::persons_after(tx.conn(), &vote.id, after, Persons::Waiting, PART).await?;
    let at = local::minute(vote.closes_at);
    let note = NewNote {
        kind: "voting.note.closing".to_owned(),
        params: [("title".to_owned(), vote.title.clone()), ("at".to_owned(), at)].into(),
        link: format!("/voting/{}", vote.id),
        unique_key: format!("voting/{}/reminder/{}", vote.id, part.number),
    };
    inbox::send_many(tx, &persons, &note).await?;
    match persons.last() {
        Some(last) => queue_part(tx, &Part { after: Some(last.clone()), ..part.clone() }).await,
        None => Ok(()),
    }
}
