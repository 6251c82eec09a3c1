//! Sessions: opaque tokens, known to the database by their hash, that lapse when not used.

use super::store::{codes, grants, limits, sessions};
use super::{Caller, Grant};
use crate::core::Core;
use crate::crypto::token_hash;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::ids::Ids;
use crate::people;
use contract::ids::{AccountId, SessionId};
use contract::{AreaId, Millis, Role};
use std::time::Duration;

const HOUR: Millis = 3_600_000;
/// A resident's session lapses after so long without use.
const RESIDENT_IDLE: Millis = 30 * 24 * HOUR;
/// A session of staff lapses after so long without use: a working day.
const STAFF_IDLE: Millis = 12 * HOUR;
/// A session's last use is written down this many times within its idle time at most.
const NOTES_PER_IDLE: Millis = 24;
/// Between two rounds of forgetting.
const ROUND: Duration = Duration::from_secs(3600);

/// A token about to be handed out.
pub(super) struct Token {
    pub secret: String,
    pub hash: String,
}

impl Token {
    /// 256 random bits in hexadecimal.
    pub fn fresh(ids: &Ids) -> Self {
        let secret = hex::encode(ids.bytes::<32>());
        Self { hash: token_hash(&secret), secret }
    }
}

pub(super) async fn open(tx: &mut Tx, id: &SessionId, token: &Token, account: &AccountId) -> Result<()> {
    let now = tx.now();
    Ok(sessions::insert(tx.conn(), id, &token.hash, account, now).await?)
}

/// Who holds this token; nobody in particular when it is unknown or has lapsed. Notes that the session
/// was used.
///
/// # Errors
/// The database's own trouble.
pub async fn caller_of(core: &Core, token: &str) -> Result<Caller> {
    let now = core.clock.now();
    let mut conn = core.db.read().await?;
    let Some(session) = sessions::find(&mut conn, &token_hash(token)).await? else { return Ok(Caller::anonymous()) };
    let mut grants: Vec<Grant> = grants::of_account(&mut conn, &session.account)
        .await?
        .into_iter()
        .filter_map(|(role, area)| Some(Grant { role: Role::from_code(&role)?, area }))
        .collect();
    let idle = idle(&grants);
    if now - session.seen_at >= idle {
        return Ok(Caller::anonymous());
    }
    let mut name = None;
    if let Some(person) = &session.person
        && let Some(known) = people::find(&mut conn, person).await?
    {
        let places = people::places(&mut conn, &known).await?;
        grants.extend(places.into_iter().map(|area| Grant { role: Role::Resident, area }));
        name = Some(known.name);
    }
    drop(conn);
    if now - session.seen_at >= idle / NOTES_PER_IDLE {
        let id = session.id.clone();
        core.db
            .write(id, |tx, id| {
                Box::pin(async move {
                    let now = tx.now();
                    Ok(sessions::touch(tx.conn(), id, now).await?)
                })
            })
            .await?;
    }
    Ok(Caller {
        account: Some(session.account),
        session: Some(session.id),
        person: session.person,
        name,
        grants,
        second_factor: session.second_factor == 1,
        ..Caller::default()
    })
}

/// How long a session of somebody who holds these roles lasts without use.
fn idle(grants: &[Grant]) -> Millis {
    if grants.iter().any(|grant| grant.role.is_staff()) { STAFF_IDLE } else { RESIDENT_IDLE }
}

/// Does the caller's session still hold? Asking is not using: an open live stream lets it lapse.
///
/// # Errors
/// The database's own trouble.
pub async fn still_holds(caller: &Caller, core: &Core) -> Result<bool> {
    let Some(session) = &caller.session else { return Ok(false) };
    let mut conn = core.db.read().await?;
    let seen_at = sessions::seen_at(&mut conn, session).await?;
    Ok(seen_at.is_some_and(|seen_at| core.clock.now() - seen_at < idle(&caller.grants)))
}

/// The topic of what ended for one account: a session, a role.
pub fn ended_topic(account: &AccountId) -> String {
    format!("session-ended:{account}")
}

/// Ends the caller's session. Without one there is nothing to do.
///
/// # Errors
/// The database's own trouble.
pub async fn sign_out(caller: &Caller, core: &Core) -> Result<()> {
    let (Some(session), Some(account)) = (caller.session.clone(), caller.account.clone()) else { return Ok(()) };
    core.db
        .write((session, account), |tx, (session, account)| {
            Box::pin(async move {
                sessions::end(tx.conn(), session).await?;
                tx.change(ended_topic(account));
                Ok(())
            })
        })
        .await
}

/// Ends every session of the caller's account, on every device.
///
/// # Errors
/// [`contract::Error::SignIn`] without a session.
pub async fn sign_out_everywhere(caller: &Caller, core: &Core) -> Result<()> {
    caller.allow(super::Verb::Settings, &AreaId::city())?;
    let account = caller.account()?.clone();
    core.db
        .write((caller.clone(), account), |tx, (caller, account)| {
            Box::pin(async move {
                let ended = sessions::end_all(tx.conn(), account).await?;
                tx.change(ended_topic(account));
                let event = Event {
                    room: "identity",
                    verb: "sign_out_everywhere",
                    area: &AreaId::city(),
                    subject: account.as_str(),
                    payload: serde_json::json!({ "sessions": ended }),
                };
                events::record(tx, caller, event).await.map(|_| ())
            })
        })
        .await
}

/// Forgets what has lapsed, once an hour until told to stop. Several servers may do it: each forgets
/// what the others left.
pub async fn run_forgetter(core: Core, mut stop: tokio::sync::watch::Receiver<bool>) {
    loop {
        if let Err(error) = forget_lapsed(&core).await {
            tracing::warn!(%error, "what has lapsed could not be forgotten, trying again in an hour");
        }
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Forgets what has lapsed: sessions, codes and counted attempts.
///
/// # Errors
/// The database's own trouble.
pub(super) async fn forget_lapsed(core: &Core) -> Result<()> {
    core.db
        .write((), |tx, ()| {
            Box::pin(async move {
                let now = tx.now();
                sessions::forget(tx.conn(), now - RESIDENT_IDLE).await?;
                codes::forget(tx.conn(), now - HOUR).await?;
                Ok(limits::forget(tx.conn(), now - 24 * HOUR).await?)
            })
        })
        .await
}
