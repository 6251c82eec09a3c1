//! A vote that was announced, for whoever may work on it.

use super::store::{self, Vote};
use crate::error::Result;
use crate::identity::{Caller, Verb};
use contract::Error;
use contract::ids::VoteId;
use sqlx::AnyConnection;

/// The vote with this id.
///
/// # Errors
/// `NotFound` when it is unknown or still a draft.
pub(super) async fn announced(conn: &mut AnyConnection, id: &VoteId) -> Result<Vote> {
    Ok(store::find(conn, id).await?.filter(|vote| vote.state != "draft").ok_or(Error::NotFound)?)
}

/// The same for who may do this to it.
///
/// # Errors
/// `NotFound`; `SignIn`, `SecondFactor`, `Forbidden`.
pub(super) async fn worked(caller: &Caller, conn: &mut AnyConnection, verb: Verb, id: &VoteId) -> Result<Vote> {
    caller.allow_somewhere(verb)?;
    let vote = announced(conn, id).await?;
    caller.allow(verb, &vote.area)?;
    Ok(vote)
}
