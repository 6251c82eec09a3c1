//! Dropping lists that nobody decides: their rows are personal data, kept for the decision alone.

use contract::Millis;
use contract::ids::ImportId;

use super::{EXPIRE, Work, topic};
use crate::db::Tx;
use crate::events::{self, Event};
use crate::jobs;
use crate::people::store::imports as store;
use crate::people::unmask::ROOM;
use crate::{Core, Result};

/// How long after it was sent a list can be decided: 14 days, in milliseconds.
pub(super) const KEPT: Millis = 14 * 86_400_000;

/// Queues the end of a list that has just come.
pub(super) async fn queue(tx: &mut Tx, id: &ImportId) -> Result<()> {
    let at = tx.now() + KEPT;
    jobs::enqueue(tx, EXPIRE, &Work { import: id.clone() }, Some(&format!("{EXPIRE}/{id}")), at).await.map(drop)
}

/// The job: drops all that are too old, this one and any before it.
///
/// # Errors
/// The database's own; then it goes on where it was.
pub(super) async fn expire(core: Core, _: Work) -> Result<()> {
    while core.db.write((), |tx, ()| Box::pin(one(tx))).await? {}
    Ok(())
}

/// Drops one; false when there is none.
async fn one(tx: &mut Tx) -> Result<bool> {
    let before = tx.now() - KEPT + 1;
    let Some((id, area)) = store::expire(tx.conn(), before).await? else { return Ok(false) };
    let event = Event { room: ROOM, verb: "import_dropped", area: &area, subject: id.as_str(), payload: () };
    events::record_as(tx, "system", event).await?;
    tx.change(topic(&id));
    Ok(true)
}
