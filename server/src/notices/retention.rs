//! How long it is kept who was told what and who has read it. Afterwards only the counts are: a record of persons
//! is kept no longer than it is needed (个人信息保护法 art. 19), and logs no shorter than six months (网络安全法, of
//! 2026 art. 23).

use super::ROOM;
use super::store::purge as store;
use crate::core::Core;
use crate::dated::Dated;
use crate::db::{self, Tx};
use crate::error::{Error, Result};
use crate::events::{self, Event};
use contract::Millis;
use serde_json::json;
use std::str::FromStr;

const DAY: Millis = 86_400_000;
/// Six months are at least so many days.
const LEAST: i64 = 184;
/// Rows deleted in one transaction: others' writes wait at most for so many.
const PART: i64 = 1_000;
/// As [`crate::jobs::run_purger`]'s own.
const LEASE: Millis = 3_660_000;

/// The days for which deliveries are kept, as dated rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention(Dated<i64>);

impl FromStr for Retention {
    type Err = Error;

    /// `365`, and after semicolons what holds from later days on: `2027-01-01=400`; never below six months.
    fn from_str(text: &str) -> Result<Self, Error> {
        let days = |text: &str| text.parse().ok().filter(|days| *days >= LEAST);
        Ok(Self(Dated::read(text, ("HS_NOTICES_KEPT", "365;2027-01-01=400, 184 days or more"), days)?))
    }
}

impl Retention {
    /// Before when a notice must have gone out for its deliveries to go; none where no rule holds yet.
    fn before(&self, now: Millis) -> Option<Millis> {
        self.0.at(now).map(|days| now - days * DAY)
    }
}

/// Purges what was kept long enough, part by part; how many rows went. None while another server holds the lease.
///
/// # Errors
/// The database's own trouble.
pub(crate) async fn purge(core: &Core) -> Result<u64> {
    let Some(before) = core.retention.before(core.clock.now()) else { return Ok(0) };
    while core.db.write((core.node.clone(), before), |tx, (node, before)| Box::pin(begin(tx, node, *before))).await? {}
    let mut purged = 0;
    while let Some(part) = core.db.write(core.node.clone(), |tx, node| Box::pin(go_on(tx, node))).await? {
        purged += part;
    }
    Ok(purged)
}

async fn held(tx: &mut Tx, node: &str) -> Result<bool> {
    let now = tx.now();
    Ok(db::lease(tx.conn(), "notices.purge", node, now, now + LEASE).await?)
}

/// Writes down the counts of one notice that is due; false when there is none.
async fn begin(tx: &mut Tx, node: &str, before: Millis) -> Result<bool> {
    if !held(tx, node).await? {
        return Ok(false);
    }
    let Some((notice, area)) = store::due(tx.conn(), before).await? else { return Ok(false) };
    store::total(tx.conn(), &notice).await?;
    store::begin(tx.conn(), &notice).await?;
    let event = Event { room: ROOM, verb: "purge", area: &area, subject: notice.as_str(), payload: json!({}) };
    events::record_as(tx, "system", event).await?;
    Ok(true)
}

/// Deletes some rows of a notice whose counts are written down; none when no notice has any.
async fn go_on(tx: &mut Tx, node: &str) -> Result<Option<u64>> {
    if !held(tx, node).await? {
        return Ok(None);
    }
    let Some(notice) = store::begun(tx.conn()).await? else { return Ok(None) };
    let part = store::delete(tx.conn(), &notice, PART).await?;
    if part == 0 {
        store::done(tx.conn(), &notice).await?;
    }
    Ok(Some(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::local;

    #[test]
    fn a_rule_holds_from_its_day_on_and_is_never_shorter_than_six_months() {
        let kept: Retention = "365;2027-01-01=400".parse().unwrap();
        let before = |day: &str| local::format(kept.before(local::day(day).unwrap()).unwrap());
        assert_eq!(before("2026-12-31"), "2025-12-31T00:00");
        assert_eq!(before("2027-01-01"), "2025-11-27T00:00");
        for wrong in ["", "183", "365;", "ever", "2027-02-30=365"] {
            assert!(wrong.parse::<Retention>().is_err(), "{wrong}");
        }
    }
}
