//! Background work: a queue in the database that several servers share.
//!
//! A job is queued in the transaction of the business that needs it, so that there is never one
//! without the other. A worker takes it under a lease and renews that while it works; when a server
//! is killed, the lease runs out and another takes the job up again. A handler therefore runs at
//! least once and must bear running twice (its writes carry an idempotency key).

mod handlers;
mod purge;
mod store;
#[cfg(test)]
mod tests;
mod worker;

use contract::ids::JobId;
use contract::jobs::DeadJob;
use contract::{AreaId, Millis, Page, PageRequest};
use serde::Serialize;
use sqlx::AnyConnection;

pub use handlers::{Group, Handlers};
pub use purge::run_purger;
pub use worker::{MAX_ATTEMPTS, run, work_off, work_once};

use crate::core::Core;
use crate::db::Tx;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::{Error, Result};

/// The topic announced when there is work.
const TOPIC: &str = "jobs";

/// Queues a job within the transaction at hand, not before `run_at`. With a `unique_key` it is
/// queued only once; false when it already was. A key is free again some days after its job is done (see
/// [`run_purger`]): what must never happen twice says so in its own writes.
///
/// # Errors
/// The database's own trouble, or a payload that is no JSON.
pub async fn enqueue<P: Serialize>(
    tx: &mut Tx,
    kind: &str,
    payload: &P,
    unique_key: Option<&str>,
    run_at: Millis,
) -> Result<bool> {
    let payload = serde_json::to_string(payload).map_err(Error::internal)?;
    let (id, now): (JobId, Millis) = (tx.id(), tx.now());
    let queued = store::insert(tx.conn(), &id, kind, &payload, unique_key, run_at, now).await?;
    if queued {
        tx.change(TOPIC);
    }
    Ok(queued)
}

/// Was the job of this unique key given up?
///
/// # Errors
/// The database's own trouble.
pub async fn given_up(conn: &mut AnyConnection, unique_key: &str) -> Result<bool> {
    Ok(store::given_up(conn, unique_key).await?)
}

/// The jobs given up, oldest first.
///
/// # Errors
/// When the caller may not see them, or the database's own trouble.
pub async fn dead(caller: &Caller, core: &Core, page: PageRequest) -> Result<Page<DeadJob>> {
    caller.allow(Verb::JobsRead, &AreaId::city())?;
    let limit = page.limit();
    let mut conn = core.db.read().await?;
    let rows = store::dead(&mut conn, page.after.as_deref().unwrap_or(""), limit + 1).await?;
    Ok(Page::from_overfetch(rows, limit, |row| row.id.to_string()).map(DeadJob::from))
}

/// Gives a dead job another round of attempts, from now on.
///
/// # Errors
/// When the caller may not, no dead job has the id, or the database's own trouble.
pub async fn retry(caller: &Caller, core: &Core, id: JobId) -> Result<()> {
    caller.allow(Verb::JobsRetry, &AreaId::city())?;
    core.db
        .write((caller.clone(), id), |tx, (caller, id)| {
            Box::pin(async move {
                let now = tx.now();
                if !store::revive(tx.conn(), id, now).await? {
                    return Err(contract::Error::NotFound.into());
                }
                let area = AreaId::city();
                let event = Event { room: "jobs", verb: "retry", area: &area, subject: id.as_str(), payload: () };
                events::record(tx, caller, event).await?;
                tx.change(TOPIC);
                Ok(())
            })
        })
        .await
}
