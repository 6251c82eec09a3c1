//! Naming who votes for a head.

use axum::extract::Path;
use axum::response::Response;
use contract::ids::{PersonId, VoteId};
use contract::voting::NameVoter;
use serde::Deserialize;
use server::voting;

use crate::ui::Post;

/// Whom for which head.
#[derive(Debug, Deserialize)]
pub struct Named {
    head: String,
    person: PersonId,
}

/// Names a voter.
pub async fn name(Path(vote): Path<VoteId>, Post(Named { head, person }, posted): Post<Named>) -> Response {
    let page = format!("/voting/{vote}/voter");
    let done = voting::name_voter(posted.caller(), posted.core(), NameVoter { vote, head, person }).await;
    posted.answer(done.map(|_| page)).await
}
