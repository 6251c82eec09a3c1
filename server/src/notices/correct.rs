//! What is out is corrected by a new version to the same people, or withdrawn with a reason.

use super::store::{self, Notice, VersionRow};
use super::{ROOM, draft, freeze, sweep, topic};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::identity::Caller;
use contract::Refusal;
use contract::ids::NoticeId;
use contract::notices::{CorrectionForm, NoticeCorrection, NoticeState, Why, WithdrawForm};
use serde_json::json;

/// The text as it stands, as the form of its correction.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas; [`Refusal::NoticeState`] when it is not out, is
/// withdrawn, its audience is still being frozen, or is known no more.
pub async fn correction_form(caller: &Caller, core: &Core, notice: &NoticeId) -> Result<CorrectionForm> {
    let mut conn = core.db.read().await?;
    let stored = correctable(draft::own(caller, &mut conn, notice).await?)?;
    let newest = store::versions(&mut conn, notice).await?.into_iter().next();
    let body = newest.map(|row| row.body).unwrap_or_default();
    Ok(CorrectionForm { title: stored.title, body, change: String::new(), version: stored.version.to_string() })
}

fn correctable(notice: Notice) -> Result<Notice> {
    let out = matches!(notice.state(), NoticeState::Sending | NoticeState::Sent);
    if out && notice.recipients.is_some() && !notice.is_purged() {
        Ok(notice)
    } else {
        Err(Refusal::NoticeState.into())
    }
}

/// Sends a new version to everybody whom the notice was for; what is still queued of the old one is left out.
///
/// # Errors
/// As [`correction_form`]; `Invalid` by the form's field names; [`Refusal::Stale`] when somebody corrected it
/// meanwhile.
pub async fn correct(caller: &Caller, core: &Core, notice: &NoticeId, form: CorrectionForm) -> Result<()> {
    let correction = form.parse()?;
    core.db
        .write((caller.clone(), notice.clone(), correction), |tx, (caller, id, correction)| {
            Box::pin(put(tx, caller, id, correction))
        })
        .await
}

async fn put(tx: &mut Tx, caller: &Caller, id: &NoticeId, correction: &NoticeCorrection) -> Result<()> {
    let notice = correctable(draft::own(caller, tx.conn(), id).await?)?;
    let now = tx.now();
    let NoticeCorrection { title, body, change, version } = correction.clone();
    if !store::correct(tx.conn(), id, version, &title, now).await? {
        let newest = store::versions(tx.conn(), id).await?.into_iter().next();
        let same =
            newest.is_some_and(|it| (it.version, it.title, it.body, it.change) == (version + 1, title, body, change));
        // The same form again, or somebody else's.
        return if same { Ok(()) } else { Err(Refusal::Stale.into()) };
    }
    let newest = version + 1;
    store::put_version(tx.conn(), id, &VersionRow { version: newest, title, body, change, at: now }).await?;
    sweep::queue(tx, id, version, Why::Corrected).await?;
    freeze::queue_again(tx, id, newest).await?;
    record(tx, caller, &notice, "correct", newest).await
}

/// Withdraws what is out: its readers see that and why, and no longer the text.
///
/// # Errors
/// `NotFound`; `Forbidden` outside the caller's areas; `Invalid` (`reason`); [`Refusal::NoticeState`] when it
/// is not out.
pub async fn withdraw(caller: &Caller, core: &Core, notice: &NoticeId, form: WithdrawForm) -> Result<()> {
    let reason = form.reason()?;
    core.db
        .write((caller.clone(), notice.clone(), reason), |tx, (caller, id, reason)| {
            Box::pin(async move {
                let notice = draft::own(caller, tx.conn(), id).await?;
                if notice.reason.as_ref() == Some(reason) {
                    // The same form again: it is withdrawn already.
                    return Ok(());
                }
                if !store::withdraw(tx.conn(), id, reason).await? {
                    return Err(Refusal::NoticeState.into());
                }
                sweep::queue(tx, id, notice.version, Why::Withdrawn).await?;
                record(tx, caller, &notice, "withdraw", notice.version).await
            })
        })
        .await
}

async fn record(tx: &mut Tx, caller: &Caller, notice: &Notice, verb: &'static str, version: i64) -> Result<()> {
    let payload = json!({ "version": version });
    let event = Event { room: ROOM, verb, area: &notice.area, subject: notice.id.as_str(), payload };
    events::record(tx, caller, event).await?;
    tx.change(topic(&notice.id));
    Ok(())
}
