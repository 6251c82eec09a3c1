//! A lane brings one channel's messages of a notice to their people, in rounds.

use super::channel::{Carrier, Message, Outcome};
use super::store::queue::{self, Claimed};
use super::store::{self, Notice};
use super::{ROOM, rules, topic};
use crate::core::Core;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::inbox::{self, NewNote};
use crate::{jobs, people};
use contract::Millis;
use contract::ids::NoticeId;
use contract::notices::{Channel, Why};
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use zeroize::Zeroizing;

/// The kind of job that is one round of a lane.
pub(super) const KIND: &str = "notices.send";
/// The same to a gateway outside: with workers of its own, so that one that does not answer holds up no other work.
pub(super) const OUTSIDE: &str = "notices.carry";
/// People told in the app in one transaction: others' writes wait at most for so many.
const IN_APP: i64 = 500;
/// Messages under way to a gateway at a time.
const AT_ONCE: usize = 64;
/// A round takes up no more messages after this time: other work has its turn.
const ROUND: Duration = Duration::from_secs(10);
/// How long a message that was taken up is nobody else's, in milliseconds: longer than a gateway's patience
/// and the noting of its answer.
const CLAIM: Millis = 30_000;
/// Least time until the next round, in milliseconds, where something is left for later.
const BREATH: Millis = 1_000;

/// A job's payload.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Lane {
    notice: NoticeId,
    version: i64,
    channel: Channel,
    /// Counts the rounds, so that each is queued once.
    round: i64,
}

impl Lane {
    fn kind(&self) -> &'static str {
        if self.channel == Channel::App { KIND } else { OUTSIDE }
    }

    fn of(&self) -> (&NoticeId, i64, Channel) {
        (&self.notice, self.version, self.channel)
    }
}

/// Queues the first round of a lane.
pub(super) async fn queue_first(tx: &mut Tx, notice: &NoticeId, version: i64, channel: Channel) -> Result<()> {
    let now = tx.now();
    queue_round(tx, &Lane { notice: notice.clone(), version, channel, round: 0 }, now).await
}

async fn queue_round(tx: &mut Tx, lane: &Lane, at: Millis) -> Result<()> {
    let key = format!("{KIND}/{}/{}/{}/{}", lane.notice, lane.version, lane.channel.code(), lane.round);
    jobs::enqueue(tx, lane.kind(), lane, Some(&key), at).await.map(drop)
}

/// One round: hands over what is due, then queues the next or notes that all is done.
pub(super) async fn round(core: Core, lane: Lane) -> Result<()> {
    let notice = store::find(&mut *core.db.read().await?, &lane.notice).await?;
    let Some(notice) = notice.filter(|notice| notice.is_sending(lane.version)) else { return Ok(()) };
    let silent_until = match lane.channel {
        Channel::App => None,
        _ if notice.urgent == 1 => None,
        _ => Some(core.quiet.first_loud(core.clock.now())),
    };
    let rested = match (lane.channel, silent_until) {
        (_, Some(loud)) if loud > core.clock.now() => Some(loud),
        (Channel::App, _) => {
            tell(&core, &lane, note(&notice)).await?;
            None
        }
        _ => {
            hand_over(&core, &lane, &notice).await?;
            None
        }
    };
    core.db.write((lane, rested), |tx, (lane, rested)| Box::pin(settle(tx, lane, *rested))).await
}

/// What comes after a round.
async fn settle(tx: &mut Tx, lane: &Lane, not_before: Option<Millis>) -> Result<()> {
    let notice = store::find(tx.conn(), &lane.notice).await?;
    let Some(notice) = notice.filter(|notice| notice.is_sending(lane.version)) else { return Ok(()) };
    let now = tx.now();
    if let Some(due) = queue::next_due(tx.conn(), lane.of()).await? {
        let next = Lane { round: lane.round + 1, ..lane.clone() };
        let at = if due > now { due.max(now + BREATH) } else { now };
        return queue_round(tx, &next, at.max(not_before.unwrap_or(now))).await;
    }
    if store::finish(tx.conn(), &notice.id, notice.version).await? {
        let payload = json!({ "version": notice.version, "recipients": notice.recipients });
        let event = Event { room: ROOM, verb: "sent", area: &notice.area, subject: notice.id.as_str(), payload };
        events::record_as(tx, ROOM, event).await?;
        tx.change(topic(&notice.id));
    }
    Ok(())
}

/// The message in the app.
fn note(notice: &Notice) -> NewNote {
    let kind = if notice.version > 1 { "notices.note.corrected" } else { "notices.note.sent" };
    NewNote {
        kind: kind.to_owned(),
        params: BTreeMap::from([
            ("title".to_owned(), notice.title.clone()),
            ("place".to_owned(), notice.area_name.clone()),
        ]),
        link: format!("/notices/{}", notice.id),
        unique_key: note_key(&notice.id, notice.version),
    }
}

/// What the message of a version in the app is known by.
pub(super) fn note_key(notice: &NoticeId, version: i64) -> String {
    format!("{ROOM}/{notice}/{version}")
}

/// Tells everybody queued in the app. Message and row are written together: it happens wholly, or not at all.
async fn tell(core: &Core, lane: &Lane, note: NewNote) -> Result<()> {
    let until = Instant::now() + ROUND;
    while Instant::now() < until {
        let part = core.db.write((lane.clone(), note.clone()), |tx, (lane, note)| Box::pin(tell_part(tx, lane, note)));
        if !part.await? {
            break;
        }
    }
    Ok(())
}

/// Tells some; false when nobody is left.
async fn tell_part(tx: &mut Tx, lane: &Lane, note: &NewNote) -> Result<bool> {
    let notice = store::find(tx.conn(), &lane.notice).await?;
    if notice.is_none_or(|notice| !notice.is_sending(lane.version)) {
        return Ok(false);
    }
    let people = queue::next_in_app(tx.conn(), &lane.notice, lane.version, IN_APP).await?;
    let (Some(first), Some(last)) = (people.first(), people.last()) else { return Ok(false) };
    let (now, ends) = (tx.now(), (first, last));
    inbox::send_many(tx, &people, note).await?;
    queue::deliver_in_app(tx.conn(), &lane.notice, lane.version, ends, now).await?;
    tx.change(topic(&lane.notice));
    Ok(true)
}

/// Hands messages to a gateway: some under way at all times, answers noted as they come.
async fn hand_over(core: &Core, lane: &Lane, notice: &Notice) -> Result<()> {
    let carrier = core.channels.carrier(lane.channel);
    let (until, mut flying, mut dry) = (Instant::now() + ROUND, FuturesUnordered::new(), false);
    loop {
        if !dry && flying.len() <= AT_ONCE / 2 && Instant::now() < until {
            let claimed = claim(core, lane, AT_ONCE - flying.len()).await?;
            dry = claimed.is_empty();
            for message in messages(core, notice, claimed).await? {
                flying.push(attempt(carrier.clone(), message));
            }
        }
        let Some(first) = flying.next().await else { return Ok(()) };
        let mut done = vec![first];
        while let Some(Some(next)) = flying.next().now_or_never() {
            done.push(next);
        }
        record(core, lane, done).await?;
    }
}

async fn claim(core: &Core, lane: &Lane, limit: usize) -> Result<Vec<Claimed>> {
    let limit = i64::try_from(limit).unwrap_or(0);
    let claimed = core.db.write((lane.clone(), limit), |tx, (lane, limit)| {
        Box::pin(async move {
            let now = tx.now();
            Ok(queue::claim(tx.conn(), lane.of(), now, now + CLAIM, *limit).await?)
        })
    });
    claimed.await
}

/// The messages of what was taken up, phones opened.
async fn messages(core: &Core, notice: &Notice, claimed: Vec<Claimed>) -> Result<Vec<(Claimed, Message)>> {
    let mut conn = core.db.read().await?;
    let mut messages = Vec::with_capacity(claimed.len());
    for one in claimed {
        let phone = match people::phone_for_message(&mut conn, &core.keys, &one.person).await {
            // One that no key opens must not hold up the others: it goes as if there were none.
            Err(Error::Internal(error)) => {
                tracing::error!(error, person = %one.person, "a phone cannot be opened");
                None
            }
            other => other?,
        };
        let message = Message {
            key: one.key.clone(),
            person: one.person.clone(),
            phone: phone.map(Zeroizing::new),
            title: notice.title.clone(),
            place: notice.area_name.clone(),
            link: format!("{}/notices/{}", core.config.public_url, notice.id),
            at: notice.at.unwrap_or_default(),
            corrected: notice.version > 1,
        };
        messages.push((one, message));
    }
    Ok(messages)
}

async fn attempt(carrier: Option<Arc<dyn Carrier>>, (claimed, message): (Claimed, Message)) -> (Claimed, Outcome) {
    let outcome = match carrier {
        Some(carrier) => carrier.carry(&message).await,
        None => Outcome::Refused(Why::NoGateway),
    };
    (claimed, outcome)
}

/// Writes down what came of some attempts.
async fn record(core: &Core, lane: &Lane, done: Vec<(Claimed, Outcome)>) -> Result<()> {
    for (_, outcome) in &done {
        let outcome = match outcome {
            Outcome::Taken => "taken",
            Outcome::Refused(_) => "refused",
            Outcome::Later(_) => "later",
        };
        metrics::counter!("notices_attempts_total", "channel" => lane.channel.code(), "outcome" => outcome)
            .increment(1);
    }
    let written = core.db.write((lane.notice.clone(), done), |tx, (notice, done)| {
        Box::pin(async move {
            for (claimed, outcome) in done {
                note_outcome(tx, claimed, *outcome).await?;
            }
            tx.change(topic(notice));
            Ok(())
        })
    });
    written.await
}

async fn note_outcome(tx: &mut Tx, claimed: &Claimed, outcome: Outcome) -> Result<()> {
    let now = tx.now();
    match outcome {
        Outcome::Taken => queue::set_sent(tx.conn(), &claimed.key, now).await?,
        Outcome::Refused(why) => queue::set_failed(tx.conn(), claimed, why, now).await?,
        Outcome::Later(_) if claimed.attempts >= rules::MAX_ATTEMPTS => {
            queue::set_failed(tx.conn(), claimed, Why::GaveUp, now).await?;
        }
        Outcome::Later(asked) => {
            queue::put_off(tx.conn(), claimed, now + rules::pause(claimed.attempts, asked)).await?;
        }
    }
    Ok(())
}
