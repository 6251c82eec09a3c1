//! Sending: what would be sent, now or at a moment.

use super::store::{self, Notice};
use super::{ROOM, audience, console, draft, freeze, topic};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::Caller;
use crate::jobs;
use contract::ids::NoticeId;
use contract::notices::{NoticeState, Preview, SendForm};
use contract::{Millis, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The kind of job that begins what was scheduled.
pub(super) const KIND: &str = "notices.begin";

/// A job's payload.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Begin {
    notice: NoticeId,
    at: Millis,
}

/// A draft or scheduled notice as it would go out now: to how many, and when over SMS and WeChat.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas; [`Refusal::NoticeState`] once it is out.
pub async fn preview(caller: &Caller, core: &Core, notice: &NoticeId) -> Result<Preview> {
    let mut conn = core.db.read().await?;
    let stored = draft::own(caller, &mut conn, notice).await?;
    if stored.state().is_out() {
        return Err(Refusal::NoticeState.into());
    }
    let now = core.clock.now();
    let (recipients, phones) = audience::count(&mut conn, &stored.audience(), now).await?;
    let loud = core.quiet.first_loud(now);
    let waits = loud > now && stored.urgent == 0 && !stored.outside().is_empty();
    let detail = console::whole(&mut conn, stored).await?;
    Ok(Preview { detail, recipients, phones, waits_until: waits.then_some(loud) })
}

/// Sends a draft, now or at the moment chosen.
///
/// # Errors
/// As [`preview`]; `Invalid` (`at`); [`Refusal::NoticeState`] when it is no draft, unless it is out, or scheduled
/// for that moment, already; for now: [`Refusal::EmptyAudience`].
pub async fn send(caller: &Caller, core: &Core, notice: &NoticeId, form: SendForm) -> Result<()> {
    let at = form.moment(core.clock.now())?;
    core.db
        .write((caller.clone(), notice.clone(), at), |tx, (caller, id, at)| {
            Box::pin(async move {
                let notice = draft::own(caller, tx.conn(), id).await?;
                match at {
                    Some(at) => schedule(tx, caller, &notice, *at).await,
                    None => send_now(tx, caller, &notice).await,
                }
            })
        })
        .await
}

async fn schedule(tx: &mut Tx, caller: &Caller, notice: &Notice, at: Millis) -> Result<()> {
    if notice.state() == NoticeState::Scheduled && notice.at == Some(at) {
        // The same form again: it is so already.
        return Ok(());
    }
    let step = (NoticeState::Draft, NoticeState::Scheduled);
    if !store::set_state(tx.conn(), &notice.id, step, Some(at)).await? {
        return Err(Refusal::NoticeState.into());
    }
    let begin = Begin { notice: notice.id.clone(), at };
    jobs::enqueue(tx, KIND, &begin, Some(&format!("{KIND}/{}/{at}", notice.id)), at).await?;
    record(tx, caller, notice, "schedule", at).await
}

async fn send_now(tx: &mut Tx, caller: &Caller, notice: &Notice) -> Result<()> {
    if matches!(notice.state(), NoticeState::Sending | NoticeState::Sent) {
        // The same form again: it is out already.
        return Ok(());
    }
    let now = tx.now();
    let (first, _) = audience::page(tx.conn(), &notice.audience(), now, &audience::Walk::default()).await?;
    if first.is_empty() && audience::count(tx.conn(), &notice.audience(), now).await?.0 == 0 {
        return Err(Refusal::EmptyAudience.into());
    }
    if !store::set_state(tx.conn(), &notice.id, (NoticeState::Draft, NoticeState::Sending), Some(now)).await? {
        return Err(Refusal::NoticeState.into());
    }
    freeze::queue_first(tx, &notice.id).await?;
    record(tx, caller, notice, "send", now).await
}

/// Begins what is due, unless it was put off or taken back since.
pub(super) async fn begin(core: Core, begin: Begin) -> Result<()> {
    core.db
        .write(begin, |tx, begin| {
            Box::pin(async move {
                if !store::begin(tx.conn(), &begin.notice, begin.at).await? {
                    return Ok(());
                }
                freeze::queue_first(tx, &begin.notice).await?;
                tx.change(topic(&begin.notice));
                Ok(())
            })
        })
        .await
}

/// Makes a scheduled notice a draft again.
///
/// # Errors
/// As [`preview`]; [`Refusal::NoticeState`] when it is not scheduled any more.
pub async fn unschedule(caller: &Caller, core: &Core, notice: &NoticeId) -> Result<()> {
    core.db
        .write((caller.clone(), notice.clone()), |tx, (caller, id)| {
            Box::pin(async move {
                let notice = draft::own(caller, tx.conn(), id).await?;
                if !store::set_state(tx.conn(), id, (NoticeState::Scheduled, NoticeState::Draft), None).await? {
                    return Err(Refusal::NoticeState.into());
                }
                let now = tx.now();
                record(tx, caller, &notice, "unschedule", now).await
            })
        })
        .await
}

async fn record(tx: &mut Tx, caller: &Caller, notice: &Notice, verb: &'static str, at: Millis) -> Result<()> {
    let payload = json!({ "at": at, "version": notice.version });
    let event = Event { room: ROOM, verb, area: &notice.area, subject: notice.id.as_str(), payload };
    events::record(tx, caller, event).await?;
    tx.change(topic(&notice.id));
    Ok(())
}
