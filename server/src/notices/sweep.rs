//! What is still queued when a notice is withdrawn or corrected is left out, part by part. Nothing of it goes
//! out meanwhile: a lane takes up what belongs to a sending notice's newest version alone.

use super::store::{self, queue};
use super::topic;
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::jobs;
use contract::ids::NoticeId;
use contract::notices::Why;
use serde::{Deserialize, Serialize};

/// The kind of job that leaves out what is queued.
pub(super) const KIND: &str = "notices.sweep";
/// Messages left out in one transaction.
const PART: i64 = 2_000;

/// A job's payload.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Sweep {
    notice: NoticeId,
    version: i64,
    why: Why,
}

/// Queues the sweep of a version.
pub(super) async fn queue(tx: &mut Tx, notice: &NoticeId, version: i64, why: Why) -> Result<()> {
    let now = tx.now();
    let key = format!("{KIND}/{notice}/{version}/{}", why.code());
    jobs::enqueue(tx, KIND, &Sweep { notice: notice.clone(), version, why }, Some(&key), now).await.map(drop)
}

/// Leaves out all that is queued.
pub(super) async fn sweep(core: Core, sweep: Sweep) -> Result<()> {
    while core.db.write(sweep.clone(), |tx, sweep| Box::pin(part(tx, sweep))).await? > 0 {}
    Ok(())
}

async fn part(tx: &mut Tx, sweep: &Sweep) -> Result<u64> {
    let Some(notice) = store::find(tx.conn(), &sweep.notice).await? else { return Ok(0) };
    let (now, mut count) = (tx.now(), 0);
    for channel in notice.channels() {
        let of = (&sweep.notice, sweep.version, channel);
        count += queue::sweep(tx.conn(), of, sweep.why, now, PART).await?;
    }
    tx.change(topic(&sweep.notice));
    Ok(count)
}
