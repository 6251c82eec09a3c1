//! Two entries of the registry that are one person: on the rolls of votes under way as well.

use super::store::roll;
use crate::db::Tx;
use crate::error::Result;
use contract::ids::PersonId;

/// Puts who an entry of the registry became part of in its place among the members of every head, so that they
/// can act for it. Heads, their areas and with them the roll's hash stay as they were frozen; where both were
/// members of one head, both stay.
///
/// # Errors
/// The database's own trouble.
pub async fn adopt(tx: &mut Tx, lost: &PersonId, kept: &PersonId) -> Result<()> {
    Ok(roll::adopt(tx.conn(), lost, kept).await?)
}
