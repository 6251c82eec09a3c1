//! Accounts of the demo city, made by its filler in the same transaction as their people.

use super::store::accounts;
use super::{roles, sign_in, totp};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use contract::{AreaId, Role};

/// A demo login, sealed and indexed ahead, since keys are not at hand inside a transaction.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    phone_index: String,
    phone_sealed: String,
    totp_sealed: String,
}

impl DemoAccount {
    /// Prepares the account of a phone.
    pub fn of(core: &Core, phone: &str) -> Self {
        Self {
            phone_index: sign_in::phone_index(&core.keys, phone),
            phone_sealed: core.keys.seal(sign_in::SEALED_PHONE, phone),
            totp_sealed: core.keys.seal(totp::SEALED_TOTP, &totp::fresh_secret(core)),
        }
    }
}

/// Grants a role to a demo account and, for staff, sets the second factor up, whose codes the sign-in
/// page of the demo shows. Granting again changes nothing.
///
/// # Errors
/// The database's own trouble.
pub async fn demo_grant(tx: &mut Tx, demo: &DemoAccount, role: Role, area: &AreaId) -> Result<()> {
    let account = roles::account_of(tx, &demo.phone_index, &demo.phone_sealed).await?;
    roles::put(tx, &account, role, area).await?;
    if role.is_staff() {
        accounts::put_totp(tx.conn(), &account, &demo.totp_sealed, true).await?;
    }
    Ok(())
}
