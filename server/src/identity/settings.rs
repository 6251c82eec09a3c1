//! How somebody wants pages to look and speak, remembered with the account.

use super::store::accounts;
use super::{Caller, Verb};
use crate::core::Core;
use crate::error::Result;
use contract::identity::{Settings, Theme};
use contract::ids::AccountId;
use contract::{AreaId, Locale};

/// Remembers the caller's settings.
///
/// # Errors
/// [`contract::Error::SignIn`] without a session.
pub async fn settings_save(caller: &Caller, core: &Core, settings: Settings) -> Result<()> {
    caller.allow(Verb::Settings, &AreaId::city())?;
    let account = caller.account()?.clone();
    core.db
        .write((account, settings), |tx, (account, settings)| {
            Box::pin(async move {
                let (locale, theme) = (settings.locale.tag(), settings.theme.code());
                Ok(accounts::put_settings(tx.conn(), account, locale, settings.elder, theme).await?)
            })
        })
        .await
}

/// What is remembered with an account, if anything.
pub(super) async fn of_account(core: &Core, account: &AccountId) -> Result<Option<Settings>> {
    let mut conn = core.db.read().await?;
    let row = accounts::settings(&mut conn, account).await?;
    Ok(row.map(|(locale, elder, theme)| Settings {
        locale: Locale::of(&locale),
        elder: elder == 1,
        theme: Theme::of(&theme),
    }))
}
