//! The cookies that signing in sets and takes away.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use contract::identity::{Pending, cookie};
use server::Core;
use server::identity::http::{session_cookie, session_removal};
use server::identity::{open_pending, seal_pending};

/// Only the pages of the sign-in need what is pending.
const PENDING_PATH: &str = super::SIGN_IN;

/// A code was sent: which phone the next step is about.
pub fn pending(core: &Core, pending: &Pending) -> server::Result<CookieJar> {
    let cookie = Cookie::build((cookie::PENDING, seal_pending(core, pending)?))
        .path(PENDING_PATH)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(core.config.public_url.starts_with("https:"));
    Ok(CookieJar::new().add(cookie))
}

/// Which phone a step is about; none when its code has expired.
pub fn read_pending(core: &Core, jar: &CookieJar) -> Option<Pending> {
    open_pending(core, jar.get(cookie::PENDING)?.value())
}

/// Signed in: the session's token, and nothing pending any more.
pub fn signed_in(core: &Core, token: String) -> CookieJar {
    let done = Cookie::build((cookie::PENDING, "")).path(PENDING_PATH).removal();
    CookieJar::new().add(session_cookie(core, token)).add(done)
}

/// Signed out.
pub fn signed_out() -> CookieJar {
    CookieJar::new().add(session_removal())
}
