//! Notices from before: taken over with their text, for everybody to read. Nobody is told of them again.

use super::store;
use crate::db::Tx;
use crate::error::Result;
use contract::ids::NoticeId;
use contract::{AreaId, Millis};

/// A notice of an earlier time.
#[derive(Clone, Debug)]
pub struct Past {
    /// Its id, of the time when it went out: lists stand in the order of ids.
    pub id: NoticeId,
    /// The title.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// The place that it was for.
    pub area: AreaId,
    /// The place's name.
    pub area_name: String,
    /// When it went out.
    pub at: Millis,
}

/// Takes notices over; those that are there already stay as they are.
///
/// # Errors
/// The database's own.
pub async fn take_over(tx: &mut Tx, past: &[Past]) -> Result<()> {
    Ok(store::archive::insert(tx.conn(), past).await?)
}
