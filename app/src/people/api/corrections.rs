//! Corrections: asked for, taken back, decided.

use axum::Router;
use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use contract::ids::CorrectionId;
use contract::people::{AskCorrection, CorrectionFilter, DecideCorrection};
use serde::Deserialize;
use server::Core;
use server::identity::Caller;
use server::people::{self, CorrectionTexts};

use super::CLEAR;
use crate::people::pages::{CORRECT, CORRECTIONS, correction_at, field_text, state_text};
use crate::ui::download::{XLSX, file};
use crate::ui::*;

/// Posts and downloads.
pub fn forms() -> Router<Site> {
    Router::new()
        .route(CORRECT, post(ask))
        .route("/me/record/corrections/{id}/withdraw", post(withdraw))
        .route("/console/people/corrections.xlsx", get(list))
        .route("/console/people/corrections/{id}", post(decide))
        .route("/console/people/corrections/{id}/show", post(show))
}

/// A button's form: its content is the path.
#[derive(Debug, Deserialize)]
struct Nothing {}

async fn ask(Post(form, posted): Post<AskCorrection>) -> Response {
    let done = people::ask_correction(posted.caller(), posted.core(), form).await;
    posted.answer(done.map(|_| "/me/record".to_owned())).await
}

async fn withdraw(Path(id): Path<CorrectionId>, Post(Nothing {}, posted): Post<Nothing>) -> Response {
    let posted = posted.shown_at("/me/record");
    let done = people::withdraw_correction(posted.caller(), posted.core(), &id).await;
    posted.answer(done.map(|()| "/me/record".to_owned())).await
}

async fn decide(Path(id): Path<CorrectionId>, Post(form, posted): Post<DecideCorrection>) -> Response {
    let posted = posted.shown_at(&correction_at(&id));
    let done = people::decide_correction(posted.caller(), posted.core(), &id, form).await;
    posted.answer(done.map(|()| CORRECTIONS.to_owned())).await
}

/// Draws the page again with the value in clear, which is a look; it is never part of an address.
async fn show(Path(id): Path<CorrectionId>, Post(Nothing {}, mut posted): Post<Nothing>) -> Response {
    let done = people::show_correction(posted.caller(), posted.core(), &id).await;
    posted.replace(CLEAR, done.as_ref().ok().cloned().into_iter().collect());
    let posted = posted.shown_at(&correction_at(&id));
    match done {
        Ok(_) => posted.show().await,
        Err(error) => posted.answer(Err(error)).await,
    }
}

async fn list(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Query(filter): Query<CorrectionFilter>,
) -> Response {
    let ui = Ui { locale: caller.locale, ..Ui::default() };
    let heads = ["asked", "name", "field", "now", "wanted", "state"].map(|head| {
        let key = format!("people.correction.head.{head}");
        tr!(ui, &key)
    });
    let texts = CorrectionTexts {
        sheet: tr!(ui, "people.correction.title"),
        heads,
        more: tr!(ui, "people.export_cut", n = people::MOST),
        line: |line, locale| {
            let ui = Ui { locale, ..Ui::default() };
            [time::stamp(line.asked_at), field_text(ui, line.field), state_text(ui, line.state)]
        },
    };
    file(people::export_corrections(&caller, &core, filter, texts).await, XLSX)
}
