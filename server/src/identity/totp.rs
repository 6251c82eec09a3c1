//! The second factor of staff: time-based codes (RFC 6238), each used once (等保三级 asks for two
//! factors of whoever administers).

use super::limit::Limit;
use super::session::Token;
use super::store::{accounts, limits, sessions};
use super::{Caller, Verb};
use crate::core::Core;
use crate::db::Tx;
use crate::error::{Error as ServerError, Result};
use crate::events::{self, Event};
use contract::identity::{SecondFactor, SecondFactorState};
use contract::ids::{AccountId, SessionId};
use contract::{AreaId, Error, Issue, Millis};
use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Seconds a code stands for.
const STEP: u64 = 30;
/// Steps before and after that are taken too: clocks differ (RFC 6238 §5.2 recommends one).
const SKEW: u16 = 1;
/// Bytes of a secret: as long as SHA-1's output (RFC 4226 §4).
const SECRET: usize = 20;
/// Wrong codes per account.
const WRONG: Limit = Limit { most: 5, window: 5 * 60_000 };
const ISSUER: &str = "HS慧力生活";
/// Where the secret is sealed.
pub(super) const SEALED_TOTP: &str = "identity.totp";

/// A secret as it is sealed: base32.
pub(super) fn fresh_secret(core: &Core) -> String {
    Secret::from(core.ids.bytes::<SECRET>().to_vec()).to_base32()
}

pub(super) fn totp(secret: &str, account: &str) -> Result<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(SKEW)
        .with_step_duration(STEP)
        .with_secret(Secret::try_from_base32(secret).map_err(ServerError::internal)?)
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(ServerError::internal)
}

/// What the page of the second factor shows to the caller.
///
/// # Errors
/// [`Error::SignIn`] without a session.
pub async fn second_factor(caller: &Caller, core: &Core) -> Result<SecondFactorState> {
    caller.allow(Verb::Settings, &AreaId::city())?;
    let mut conn = core.db.read().await?;
    let kept = accounts::totp(&mut conn, caller.account()?).await?.ok_or(Error::NotFound)?;
    let Some(sealed) = kept.totp_sealed else { return Ok(SecondFactorState::None) };
    let secret = core.keys.open(SEALED_TOTP, &sealed)?;
    let phone = core.keys.open(super::sign_in::SEALED_PHONE, &kept.phone_sealed)?;
    let totp = totp(&secret, &contract::check::mask_phone(&phone))?;
    if kept.totp_confirmed == 1 {
        let shown = core.config.demo.then(|| next_code(&totp, core.clock.now(), kept.totp_step)).flatten();
        return Ok(SecondFactorState::Ready { shown });
    }
    let url = totp.to_url().map_err(ServerError::internal)?;
    let code = QrCode::new(url).map_err(ServerError::internal)?;
    // Black on white in light and dark alike: not every camera reads an inverted code.
    let picture = code.render::<svg::Color<'_>>().min_dimensions(220, 220).build();
    let qr = picture.split_once("?>").map_or(picture.as_str(), |(_, svg)| svg).to_owned();
    Ok(SecondFactorState::Enrolling { qr, secret })
}

/// The first code at hand that was not used yet; none when the next half minute must be waited for.
fn next_code(totp: &Totp, now: Millis, used: i64) -> Option<String> {
    let current = step_of(now);
    (current.saturating_sub(SKEW.into())..=current + u64::from(SKEW))
        .filter(|step| i64::try_from(*step).is_ok_and(|step| step > used) && *step >= current)
        .map(|step| totp.generate(step * STEP).to_string())
        .next()
}

fn step_of(now: Millis) -> u64 {
    u64::try_from(now / 1000).unwrap_or(0) / STEP
}

/// Begins to set up the second factor: makes a secret that waits for its first code. A secret that is
/// confirmed stays as it is.
///
/// # Errors
/// [`Error::SignIn`] without a session.
pub async fn enrol(caller: &Caller, core: &Core) -> Result<()> {
    caller.allow(Verb::Settings, &AreaId::city())?;
    let sealed = core.keys.seal(SEALED_TOTP, &fresh_secret(core));
    core.db
        .write((caller.account()?.clone(), sealed), |tx, (account, sealed)| {
            Box::pin(async move { Ok(accounts::put_totp(tx.conn(), account, sealed, false).await.map(|_| ())?) })
        })
        .await
}

struct Raise {
    caller: Caller,
    account: AccountId,
    session: SessionId,
    /// The secret as sealed, and the step whose code was given; none when the code is wrong.
    matched: Option<(String, i64)>,
    token: Token,
}

enum Outcome {
    Raised,
    Wrong,
    TooMany(u32),
}

/// Takes the caller's code; the session passes the second factor and goes on under the token given back.
///
/// # Errors
/// Field `code`: wrong, or used before; [`Error::TooMany`] after too many wrong ones.
pub async fn verify_second_factor(caller: &Caller, core: &Core, input: SecondFactor) -> Result<String> {
    caller.allow(Verb::Settings, &AreaId::city())?;
    let code = input.check()?;
    let account = caller.account()?.clone();
    let session = caller.session.clone().ok_or(Error::SignIn)?;
    let mut conn = core.db.read().await?;
    let kept = accounts::totp(&mut conn, &account).await?.ok_or(Error::NotFound)?;
    drop(conn);
    let matched = kept.totp_sealed.map(|sealed| matched(core, sealed, &code)).transpose()?.flatten();
    let token = Token::fresh(&core.ids);
    let secret = token.secret.clone();
    let raise = Raise { caller: caller.clone(), account, session, matched, token };
    match core.db.write(raise, |tx, raise| Box::pin(use_code(tx, raise))).await? {
        Outcome::Raised => Ok(secret),
        Outcome::Wrong => Err(Error::field("code", Issue::WrongCode).into()),
        Outcome::TooMany(retry_after_s) => Err(Error::TooMany { retry_after_s }.into()),
    }
}

fn matched(core: &Core, sealed: String, code: &str) -> Result<Option<(String, i64)>> {
    let secret = core.keys.open(SEALED_TOTP, &sealed)?;
    let now = u64::try_from(core.clock.now() / 1000).unwrap_or(0);
    let step = totp(&secret, "account")?.check(code, now);
    Ok(step.and_then(|step| i64::try_from(step).ok()).map(|step| (sealed, step)))
}

async fn use_code(tx: &mut Tx, raise: &Raise) -> Result<Outcome> {
    let now = tx.now();
    let bucket = format!("totp:{}", raise.account);
    if let Some(wait) = WRONG.hit(tx.conn(), &bucket, now).await? {
        return Ok(Outcome::TooMany(wait));
    }
    let Some((sealed, step)) = &raise.matched else { return Ok(Outcome::Wrong) };
    if !accounts::use_step(tx.conn(), &raise.account, sealed, *step).await? {
        return Ok(Outcome::Wrong);
    }
    limits::give_back(tx.conn(), &bucket).await?;
    sessions::raise(tx.conn(), &raise.session, &raise.token.hash, now).await?;
    let event = Event {
        room: "identity",
        verb: "second_factor",
        area: &AreaId::city(),
        subject: raise.account.as_str(),
        payload: serde_json::json!({ "session": raise.session }),
    };
    events::record(tx, &raise.caller, event).await?;
    Ok(Outcome::Raised)
}
