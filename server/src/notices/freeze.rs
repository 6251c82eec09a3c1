//! Freezing the audience: one row a person and channel, part by part. A part done twice changes nothing, so
//! that a killed server costs what its job had done, some parts, and the time until its lease has run out.

use super::audience::{self, Walk};
use super::store::queue::{self, Queued};
use super::store::{self, Notice, deliveries};
use super::{lane, topic};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::jobs;
use contract::ids::{NoticeId, PersonId};
use contract::notices::{Channel, Why};
use contract::{AreaId, Millis};
use serde::{Deserialize, Serialize};

/// The kind of job that freezes some parts of an audience.
pub(super) const KIND: &str = "notices.freeze";
/// Parts of one job: after them, other work has its turn.
const PARTS: usize = 20;

/// A job's payload: how far it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Freeze {
    notice: NoticeId,
    version: i64,
    from: Source,
}

/// Where the people come from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    /// The registry, as it is now.
    Registry(Walk),
    /// The version before, on the n-th of its channels, after this person.
    Earlier(usize, String),
}

/// Queues the freezing of a notice's first version.
pub(super) async fn queue_first(tx: &mut Tx, notice: &NoticeId) -> Result<()> {
    let from = Source::Registry(Walk::default());
    queue_next(tx, &Freeze { notice: notice.clone(), version: 1, from }).await
}

/// Queues the same audience again for a correction.
pub(super) async fn queue_again(tx: &mut Tx, notice: &NoticeId, version: i64) -> Result<()> {
    let from = Source::Earlier(0, String::new());
    queue_next(tx, &Freeze { notice: notice.clone(), version, from }).await
}

async fn queue_next(tx: &mut Tx, freeze: &Freeze) -> Result<()> {
    let (now, place) = (tx.now(), serde_json::to_string(&freeze.from).map_err(crate::Error::internal)?);
    let key = format!("{KIND}/{}/{}/{place}", freeze.notice, freeze.version);
    jobs::enqueue(tx, KIND, freeze, Some(&key), now).await.map(drop)
}

/// Freezes the next parts and queues what is left, or the lanes at the end.
pub(super) async fn freeze(core: Core, freeze: Freeze) -> Result<()> {
    let mut at = Some(freeze);
    for left in (0..PARTS).rev() {
        let Some(part) = at else { break };
        at = core.db.write((part, left == 0), |tx, (part, last)| Box::pin(one(tx, part, *last))).await?;
    }
    Ok(())
}

/// One part; the next, or none at the end and after the job's `last`.
async fn one(tx: &mut Tx, part: &Freeze, last: bool) -> Result<Option<Freeze>> {
    let notice = store::find(tx.conn(), &part.notice).await?;
    let Some(notice) = notice.filter(|notice| notice.is_sending(part.version) && notice.recipients.is_none()) else {
        return Ok(None);
    };
    let at = notice.at.unwrap_or_else(|| tx.now());
    let next = match &part.from {
        Source::Registry(walk) => {
            let (people, next) = audience::page(tx.conn(), &notice.audience(), at, walk).await?;
            let rows: Vec<Listed> = people
                .into_iter()
                .map(|person| Listed {
                    building: audience::building(&person),
                    phone: person.phone == 1,
                    person: person.person,
                })
                .collect();
            put(tx, &notice, &notice.channels(), &rows, at).await?;
            next.map(Source::Registry)
        }
        Source::Earlier(number, after) => again(tx, &notice, *number, after, at).await?,
    };
    tx.change(topic(&notice.id));
    let Some(from) = next else {
        finish(tx, &notice).await?;
        return Ok(None);
    };
    let next = Freeze { from, ..part.clone() };
    if last {
        queue_next(tx, &next).await?;
        return Ok(None);
    }
    Ok(Some(next))
}

/// Somebody to be listed.
struct Listed {
    person: PersonId,
    building: AreaId,
    phone: bool,
}

async fn put(tx: &mut Tx, notice: &Notice, channels: &[Channel], people: &[Listed], at: Millis) -> Result<()> {
    let mut rows = Vec::with_capacity(people.len() * channels.len());
    for channel in channels {
        for Listed { person, building, phone } in people {
            let unreachable = *channel == Channel::Sms && !phone;
            rows.push(Queued {
                notice: &notice.id,
                version: notice.version,
                channel: *channel,
                person: person.clone(),
                building: building.clone(),
                at,
                key: tx.id(),
                skipped: unreachable.then_some(Why::NoPhone),
            });
        }
    }
    Ok(queue::insert(tx.conn(), &rows).await?)
}

/// The next people of the version before, on one channel after the other.
async fn again(tx: &mut Tx, notice: &Notice, number: usize, after: &str, at: Millis) -> Result<Option<Source>> {
    let channels = notice.channels();
    let Some(channel) = channels.get(number) else { return Ok(None) };
    let of = (&notice.id, notice.version - 1, *channel);
    let earlier = queue::earlier(tx.conn(), of, after, audience::PAGE).await?;
    let rows: Vec<Listed> = earlier
        .into_iter()
        .map(|row| Listed {
            phone: row.why.as_deref() != Some(Why::NoPhone.code()),
            person: row.person,
            building: row.building,
        })
        .collect();
    put(tx, notice, &[*channel], &rows, at).await?;
    Ok(match rows.last() {
        Some(last) => Some(Source::Earlier(number, last.person.to_string())),
        None => (number + 1 < channels.len()).then(|| Source::Earlier(number + 1, String::new())),
    })
}

/// The audience is whole: who opted out is left out, and each channel's lane begins.
async fn finish(tx: &mut Tx, notice: &Notice) -> Result<()> {
    if notice.urgent == 0 {
        for channel in notice.outside() {
            queue::skip_opted_out(tx.conn(), &notice.id, notice.version, channel).await?;
        }
    }
    let recipients = deliveries::count_all(tx.conn(), &notice.id, notice.version).await?;
    if store::set_frozen(tx.conn(), &notice.id, notice.version, recipients).await? {
        for channel in notice.channels() {
            lane::queue_first(tx, &notice.id, notice.version, channel).await?;
        }
    }
    Ok(())
}
