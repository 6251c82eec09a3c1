//! Forms, pictures and the workbook of objections.

use axum::Router;
use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use contract::ids::{ObjectionId, VoteId};
use contract::voting::{DecisionForm, Ground, ObjectionFilter, ObjectionForm, ObjectionState};
use serde::Deserialize;
use server::Core;
use server::identity::Caller;
use server::voting::{self, ObjectionTexts};

use crate::ui::download::{XLSX, file, private_picture};
use crate::ui::form::Upload;
use crate::ui::*;
use crate::voting::attachments::{keep, with_picture};

/// Posts and downloads.
pub fn forms() -> Router<Site> {
    let say = post(object).layer(with_picture());
    Router::new()
        .route("/voting/{id}/objections", say)
        .route("/voting/{id}/objections/withdraw", post(withdraw))
        .route("/voting/{id}/objections/{objection}/photo.jpg", get(photo))
        .route("/console/voting/{id}/objections", post(decide))
        .route("/console/voting/{id}/objections/list.xlsx", get(list))
}

async fn object(Path(vote): Path<VoteId>, Upload(mut form, files, posted): Upload<ObjectionForm>) -> Response {
    match keep(&posted, files).await {
        Ok(photo) => form.photo = photo.unwrap_or_default(),
        Err(error) => return posted.answer(Err(error)).await,
    }
    let done = voting::object(posted.caller(), posted.core(), &vote, form).await;
    posted.answer(done.map(|_| format!("/voting/{vote}/objections"))).await
}

#[derive(Debug, Deserialize)]
struct Taken {
    objection: ObjectionId,
}

async fn withdraw(Path(vote): Path<VoteId>, Post(Taken { objection }, posted): Post<Taken>) -> Response {
    let page = format!("/voting/{vote}/objections");
    let posted = posted.shown_at(&page);
    let done = voting::withdraw_objection(posted.caller(), posted.core(), &objection).await;
    posted.answer(done.map(|_| page)).await
}

async fn photo(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path((_, objection)): Path<(VoteId, ObjectionId)>,
) -> Response {
    private_picture(voting::objection_photo(&caller, &core, &objection).await)
}

async fn decide(Path(vote): Path<VoteId>, Post(form, posted): Post<DecisionForm>) -> Response {
    let shown = format!("/console/voting/{vote}/objections?show={}", form.objection);
    let posted = posted.shown_at(&shown);
    let done = voting::decide_objection(posted.caller(), posted.core(), form).await;
    posted.answer(done.map(|_| shown)).await
}

async fn list(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
    Query(filter): Query<ObjectionFilter>,
) -> Response {
    let ui = Ui { locale: caller.locale, ..Ui::default() };
    let heads = ["at", "name", "address", "ground", "text", "state", "decided_at", "reason"].map(|head| {
        let key = format!("voting.objection.head.{head}");
        tr!(ui, &key)
    });
    let grounds = Ground::ALL.iter().map(|ground| {
        let key = format!("voting.ground.{}", ground.code());
        tr!(ui, &key)
    });
    let states = ObjectionState::ALL.iter().map(|state| {
        let key = format!("voting.objection.state.{}", state.code());
        tr!(ui, &key)
    });
    let sheet = tr!(ui, "voting.objection.title");
    let texts = ObjectionTexts { sheet, heads, grounds: grounds.collect(), states: states.collect() };
    file(voting::export_objections(&caller, &core, &vote, filter, texts).await, XLSX)
}
