//! The head of the chain: what an export cites.

use super::{hash, store};
use crate::error::Result;
use sqlx::AnyConnection;

/// The last sealed block; height 0 before the first.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// Its height.
    pub height: i64,
    /// Its hash, hexadecimal.
    pub hash: String,
}

/// Where the log ends now.
///
/// # Errors
/// The database's own trouble.
pub async fn head(conn: &mut AnyConnection) -> Result<Head> {
    let block = store::last_block(conn).await?;
    Ok(block.map_or_else(
        || Head { height: 0, hash: hash::GENESIS.to_owned() },
        |block| Head { height: block.height, hash: block.hash },
    ))
}
