//! The offline half of the room: objections, mandates, papers, reminders, what is printed.

use axum::Router;
use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use contract::AreaId;
use contract::ids::VoteId;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};
use serde::Deserialize;
use server::Core;
use server::document::PDF;
use server::identity::Caller;
use server::voting::{self, Printout};

use super::mandates::{self, MandateBallot, MandateDesk, MandateReview, MandateTable, MandatesPage};
use super::objections::{self, ObjectionTable, ObjectionsPage};
use super::papers::{self, EnterPaper, FindPaper, PaperTable};
use crate::ui::download::file;
use crate::ui::{Post, Site};

/// The pages.
#[component(transparent)]
pub fn OfflineRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/voting/:id/objections") view=ObjectionsPage ssr=SsrMode::Async />
        <Route path=path!("/voting/:id/mandates") view=MandatesPage ssr=SsrMode::Async />
        <Route path=path!("/voting/:id/mandates/:mandate") view=MandateBallot ssr=SsrMode::Async />
        <Route path=path!("/voting/:id/mandates/:mandate/review") view=MandateReview ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/objections") view=ObjectionTable ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/mandates") view=MandateTable ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/mandates/new") view=MandateDesk ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/papers") view=PaperTable ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/papers/enter") view=FindPaper ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/papers/:number") view=EnterPaper ssr=SsrMode::Async />
    }
    .into_inner()
}

/// Posts and downloads.
pub fn forms() -> Router<Site> {
    let printed = |printout: Printout| get(result).layer(Extension(printout));
    Router::new()
        .merge(objections::forms())
        .merge(mandates::forms())
        .merge(papers::forms())
        .route("/voting/{id}/minutes.pdf", printed(Printout::Minutes))
        .route("/voting/{id}/notice.pdf", printed(Printout::Notice))
        .route("/console/voting/{id}/doorstep.pdf", get(doorstep))
        .route("/console/voting/{id}/remind", post(remind))
}

/// Minutes or notice of a counted vote.
async fn result(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
    Extension(printout): Extension<Printout>,
) -> Response {
    file(voting::result_document(&caller, &core, &vote, printout).await, PDF)
}

/// One building, or none for all.
#[derive(Debug, Deserialize)]
struct Wanted {
    building: Option<AreaId>,
}

async fn doorstep(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
    Query(Wanted { building }): Query<Wanted>,
) -> Response {
    file(voting::print_doorstep(&caller, &core, &vote, building.as_ref()).await, PDF)
}

/// A button's form: its content is the path.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

async fn remind(Path(vote): Path<VoteId>, Post(Nothing {}, posted): Post<Nothing>) -> Response {
    let page = format!("/console/voting/{vote}");
    let posted = posted.shown_at(&page);
    let done = voting::remind(posted.caller(), posted.core(), &vote).await;
    posted.answer(done.map(|()| page)).await
}
