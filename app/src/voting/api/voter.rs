//! Naming who votes for a head.

use axum::extract::Path;
use axum::response::Response;
use contract::Issue;
use contract::ids::{PersonId, VoteId};
use contract::voting::NameVoter;
use serde::Deserialize;
use server::voting;

use crate::ui::Post;

/// Whom for which head.
#[derive(Debug, Deserialize)]
pub struct Named {
    head: String,
    /// Nothing where nobody was chosen.
    person: Option<PersonId>,
}

/// Who was chosen.
fn chosen(person: Option<PersonId>) -> server::Result<PersonId> {
    person.ok_or_else(|| server::Error::field("person", Issue::Required))
}

/// Names a voter.
pub async fn name(Path(vote): Path<VoteId>, Post(Named { head, person }, posted): Post<Named>) -> Response {
    let page = format!("/voting/{vote}/voter");
    let done = match chosen(person) {
        Ok(person) => voting::name_voter(posted.caller(), posted.core(), NameVoter { vote, head, person }).await,
        Err(error) => Err(error),
    };
    posted.answer(done.map(|_| page)).await
}

/// Whom the co-owners of which head named at the desk.
#[derive(Debug, Deserialize)]
pub struct Appointed {
    head: String,
    /// Nothing where nobody was chosen.
    person: Option<PersonId>,
    #[serde(default)]
    reason: String,
}

/// Notes a voter whom co-owners named at the desk.
pub async fn appoint(Path(vote): Path<VoteId>, Post(appointed, posted): Post<Appointed>) -> Response {
    let Appointed { head, person, reason } = appointed;
    let page = format!("/console/voting/{vote}/roll?show={head}");
    let posted = posted.shown_at(&page);
    let done = match chosen(person) {
        Ok(person) => {
            let name = NameVoter { vote, head, person };
            voting::appoint_voter(posted.caller(), posted.core(), name, reason).await
        }
        Err(error) => Err(error),
    };
    posted.answer(done.map(|()| page)).await
}
