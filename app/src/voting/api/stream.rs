//! The turnout live, as server-sent events.

use axum::extract::{Extension, Path, State};
use axum::response::Response;
use contract::ids::VoteId;
use server::Core;
use server::identity::Caller;
use server::voting;

use crate::ui::download::status;
use crate::ui::stream::figures;

/// Each message is the [`Turnout`](contract::voting::Turnout) as JSON, at once and after each change.
pub async fn turnout(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
) -> Response {
    if let Err(error) = voting::detail(&caller, &core, &vote).await {
        return status(&error);
    }
    let around = core.clone();
    figures(around, voting::topic(&vote), move || {
        let (caller, core, vote) = (caller.clone(), core.clone(), vote.clone());
        async move { voting::turnout(&caller, &core, &vote).await }
    })
    .await
}
