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

/// Whom the co-owners of which head named at the desk.
#[derive(Debug, Deserialize)]
pub struct Appointed {
    head: String,
    person: PersonId,
    #[serde(default)]
    reason: String,
}

/// Notes a voter whom co-owners named at the desk.
pub async fn appoint(Path(vote): Path<VoteId>, Post(appointed, posted): Post<Appointed>) -> Response {
    let Appointed { head, person, reason } = appointed;
    let page = format!("/console/voting/{vote}/roll?show={head}");
    let posted = posted.shown_at(&page);
    let name = NameVoter { vote, head, person };
    let done = voting::appoint_voter(posted.caller(), posted.core(), name, reason).await;
    posted.answer(done.map(|()| page)).await
}
