//! The turnout live, as server-sent events.

use std::convert::Infallible;

use axum::extract::{Extension, Path, State};
use axum::response::Response;
use axum::response::sse::Event;
use contract::ids::VoteId;
use futures::Stream;
use server::Core;
use server::identity::Caller;
use server::voting::{self, Latest};
use tokio::time::{Instant, timeout_at};

use crate::ui::download::status;
use crate::ui::stream::{LONGEST, respond};

/// Each message is the [`Turnout`](contract::voting::Turnout) as JSON, at once and after each change.
pub async fn turnout(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
) -> Response {
    match voting::watch_turnout(&caller, &core, &vote).await {
        Ok(latest) => respond(&core, &caller, messages(latest)),
        Err(error) => status(&error),
    }
}

fn messages(mut latest: Latest) -> impl Stream<Item = Result<Event, Infallible>> {
    let end = Instant::now() + LONGEST;
    latest.mark_changed();
    futures::stream::unfold(latest, move |mut latest| async move {
        timeout_at(end, latest.changed()).await.ok()?.ok()?;
        let turnout = latest.borrow_and_update().clone();
        Some((Ok(Event::default().data(&*turnout)), latest))
    })
}
