//! What is remembered between the two steps of signing in, sealed for the browser to carry.

use crate::core::Core;
use crate::error::{Error, Result};
use contract::identity::Pending;

const SEALED_PENDING: &str = "identity.pending";

/// Seals it for a cookie.
///
/// # Errors
/// None in practice: the value always has a JSON form.
pub fn seal_pending(core: &Core, pending: &Pending) -> Result<String> {
    Ok(core.keys.seal(SEALED_PENDING, &serde_json::to_string(pending).map_err(Error::internal)?))
}

/// Opens it again; none when it is not ours, or its code has expired.
pub fn open_pending(core: &Core, sealed: &str) -> Option<Pending> {
    let text = core.keys.open(SEALED_PENDING, sealed).ok()?;
    let pending: Pending = serde_json::from_str(&text).ok()?;
    (pending.sent.expires_at > core.clock.now()).then_some(pending)
}
