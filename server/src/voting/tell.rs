//! Messages of a vote. Everyone on the roll hears once that it is announced, that it is open and that its
//! result is published. Who has not voted is reminded by [`reminders`].
//!
//! Background jobs tell the roll part by part. The transaction that tells one part also queues the next, so
//! that a killed server costs one part at most; and a message carries a key that is unique for its reader,
//! so that a part told again tells nobody twice. A job that comes late, or to a vote that has moved on,
//! tells nothing.

use super::store::roll::Persons;
use super::store::{self, Vote, roll};
use super::{objections, purge, reminders};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::inbox::{self, NewNote};
use crate::jobs::{self, Handlers};
use contract::ids::{PersonId, VoteId};
use contract::voting::Phase;
use contract::{Millis, local};
use serde::{Deserialize, Serialize};

/// The kind of job that tells one part of a roll.
const KIND: &str = "voting.tell";
/// Persons told in one transaction: others' writes wait at most for so many.
pub(super) const PART: i64 = 200;

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Occasion {
    Announced,
    Opened,
    Published,
}

/// A job's payload: whom to tell next.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Part {
    pub vote: VoteId,
    pub occasion: Occasion,
    /// The last person told; none at the roll's beginning.
    pub after: Option<PersonId>,
}

/// Adds the room's jobs.
pub fn jobs(handlers: Handlers) -> Handlers {
    objections::jobs(reminders::jobs(purge::jobs(handlers.on(KIND, tell))))
}

/// Queues everything that follows from an announcement by the clock. A poll that is open at once is told as open.
pub(super) async fn queue_announced(tx: &mut Tx, vote: &Vote) -> Result<()> {
    let now = tx.now();
    if now < vote.opens_at {
        queue_first(tx, vote, Occasion::Announced, now).await?;
    }
    queue_first(tx, vote, Occasion::Opened, vote.opens_at).await?;
    reminders::queue(tx, vote).await?;
    objections::queue(tx, vote).await
}

/// Queues the news of a result, for now.
pub(super) async fn queue_published(tx: &mut Tx, vote: &Vote) -> Result<()> {
    let now = tx.now();
    queue_first(tx, vote, Occasion::Published, now).await
}

async fn queue_first(tx: &mut Tx, vote: &Vote, occasion: Occasion, run_at: Millis) -> Result<()> {
    queue(tx, &Part { vote: vote.id.clone(), occasion, after: None }, run_at).await
}

async fn queue(tx: &mut Tx, part: &Part, run_at: Millis) -> Result<()> {
    let after = part.after.as_ref().map_or("", PersonId::as_str);
    let key = format!("{KIND}/{}/{}/{after}", part.vote, part.occasion.code());
    jobs::enqueue(tx, KIND, part, Some(&key), run_at).await.map(drop)
}

/// Tells one part of the roll and queues the next.
pub(super) async fn tell(core: Core, part: Part) -> Result<()> {
    core.db.write(part, |tx, part| Box::pin(tell_part(tx, part))).await
}

async fn tell_part(tx: &mut Tx, part: &Part) -> Result<()> {
    let now = tx.now();
    let Some(vote) = store::find(tx.conn(), &part.vote).await?.filter(|vote| part.occasion.holds(vote, now)) else {
        return Ok(());
    };
    let after = part.after.as_ref().map_or("", PersonId::as_str);
    let persons = roll::persons_after(tx.conn(), &vote.id, after, Persons::All, PART).await?;
    inbox::send_many(tx, &persons, &part.occasion.note(&vote)).await?;
    match persons.last() {
        Some(last) => queue(tx, &Part { after: Some(last.clone()), ..part.clone() }, now).await,
        None => Ok(()),
    }
}

impl Occasion {
    /// Its name in keys and in the texts.
    fn code(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Opened => "opened",
            Self::Published => "published",
        }
    }

    /// Is it still so? The vote may have moved on since the job was queued.
    fn holds(self, vote: &Vote, now: Millis) -> bool {
        let phase = vote.phase(now);
        match self {
            Self::Announced => phase == Phase::Announced,
            Self::Opened => phase == Phase::Open,
            Self::Published => phase == Phase::Published,
        }
    }

    fn note(self, vote: &Vote) -> NewNote {
        let (at, page) = match self {
            Self::Announced => (vote.opens_at, ""),
            Self::Opened => (vote.closes_at, ""),
            Self::Published => (vote.closes_at, "/result"),
        };
        let at = local::minute(at);
        NewNote {
            kind: format!("voting.note.{}", self.code()),
            params: [("title".to_owned(), vote.title.clone()), ("at".to_owned(), at)].into(),
            link: format!("/voting/{}{page}", vote.id),
            unique_key: format!("voting/{}/{}", vote.id, self.code()),
        }
    }
}
