//! On which channels somebody wants to hear of what is not urgent.

use super::store::preferences as store;
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use contract::notices::{Preferences, PreferencesChange};

/// What the caller said; both channels for who has said nothing.
///
/// # Errors
/// `SignIn`, `NotBound`.
pub async fn preferences(caller: &Caller, core: &Core) -> Result<Preferences> {
    caller.allow_somewhere(Verb::NoticesPreferences)?;
    Ok(store::find(&mut *core.db.read().await?, caller.person()?).await?)
}

/// Keeps what the caller says of some channels; the others stay as they are. It holds for notices sent from now on.
///
/// # Errors
/// As [`preferences()`].
pub async fn set_preferences(caller: &Caller, core: &Core, change: PreferencesChange) -> Result<()> {
    caller.allow_somewhere(Verb::NoticesPreferences)?;
    core.db
        .write((caller.person()?.clone(), change), |tx, (person, change)| {
            Box::pin(async move { Ok(store::put(tx.conn(), person, *change).await?) })
        })
        .await
}
