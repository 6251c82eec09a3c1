//! Forms, pictures, prints and the workbook of papers.

use axum::Router;
use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use contract::AreaId;
use contract::ids::VoteId;
use contract::voting::{Marked, PaperFilter, PaperState};
use serde::Deserialize;
use server::Core;
use server::document::PDF;
use server::identity::Caller;
use server::voting::{self, Delivery, Entry, PaperTexts, Printed};

use super::HEADS;
use crate::ui::download::{XLSX, file, private_picture};
use crate::ui::form::{Upload, UploadedFile};
use crate::ui::*;
use crate::voting::attachments::{beside, keep, with_picture};
use crate::voting::offline::Nothing;

/// Posts and downloads.
pub fn forms() -> Router<Site> {
    let with_picture = with_picture();
    Router::new()
        .route("/console/voting/{id}/papers/issue", post(issue))
        .route("/console/voting/{id}/papers/papers.pdf", get(print))
        .route("/console/voting/{id}/papers/list.xlsx", get(list))
        .route("/console/voting/{id}/papers/{number}", post(enter).layer(with_picture))
        .route("/console/voting/{id}/papers/{number}/deliver", post(deliver).layer(with_picture))
        .route("/console/voting/{id}/papers/{number}/receive", post(receive))
        .route("/console/voting/{id}/papers/{number}/waive", post(waive))
        .route("/console/voting/{id}/papers/{number}/scan.jpg", get(scan))
}

#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(default)]
    building: String,
}

async fn issue(Path(vote): Path<VoteId>, Post(Wanted { building }, posted): Post<Wanted>) -> Response {
    let page = format!("/console/voting/{vote}/papers");
    let area: Option<AreaId> = building.parse().ok();
    let posted = posted.shown_at(&page);
    let done = voting::issue_papers(posted.caller(), posted.core(), &vote, area.as_ref()).await;
    posted.answer(done.map(|_| page)).await
}

async fn print(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
    Query(printed): Query<Printed>,
) -> Response {
    file(voting::print_papers(&caller, &core, &vote, printed).await, PDF)
}

/// The fields of an entry that are no marks.
#[derive(Debug, Deserialize)]
struct Flags {
    #[serde(default)]
    invalid: String,
}

async fn enter(Path((vote, number)): Path<(VoteId, i64)>, Upload(flags, files, posted): Upload<Flags>) -> Response {
    let done = entry(&posted, &vote, number, &flags, files).await;
    let next = |entered: contract::voting::Entered| {
        format!("/console/voting/{vote}/papers/enter?done={}&paper={number}", entered.code())
    };
    posted.answer(done.map(next)).await
}

async fn entry(
    posted: &Posted,
    vote: &VoteId,
    number: i64,
    flags: &Flags,
    files: Vec<UploadedFile>,
) -> server::Result<contract::voting::Entered> {
    let (caller, core) = (posted.caller(), posted.core());
    let sheet = voting::paper_sheet(caller, core, vote, number).await?;
    let mut choices = Vec::with_capacity(sheet.items.len());
    for item in &sheet.items {
        let marks = posted.all(&item.field()).map(str::parse).collect::<Result<Vec<u32>, _>>();
        choices.push(marks.map_err(|_| server::Error::field(&item.field(), contract::Issue::Unknown))?);
    }
    let scan = match files.into_iter().next() {
        Some(UploadedFile { field, content }) => {
            let kept = voting::keep_scan(caller, core, content).await;
            Some(kept.map_err(|error| beside(error, &field))?.to_string())
        }
        None => None,
    };
    let marked = Marked { choices, invalid: flags.invalid == "1" };
    voting::enter_paper(caller, core, vote, Entry { number, marked, scan }).await
}

async fn deliver(
    Path((vote, number)): Path<(VoteId, i64)>,
    Upload(mut delivery, files, posted): Upload<Delivery>,
) -> Response {
    let page = format!("/console/voting/{vote}/papers/{number}");
    let posted = posted.shown_at(&page);
    match keep(&posted, files).await {
        Ok(photo) => delivery.photo = photo.unwrap_or_default(),
        Err(error) => return posted.answer(Err(error)).await,
    }
    let done = voting::deliver_paper(posted.caller(), posted.core(), &vote, number, delivery).await;
    posted.answer(done.map(|()| page)).await
}

async fn receive(Path((vote, number)): Path<(VoteId, i64)>, Post(Nothing {}, posted): Post<Nothing>) -> Response {
    let page = format!("/console/voting/{vote}/papers/{number}");
    let posted = posted.shown_at(&page);
    let done = voting::receive_paper(posted.caller(), posted.core(), &vote, number).await;
    posted.answer(done.map(|()| page)).await
}

#[derive(Debug, Deserialize)]
struct Waived {
    #[serde(default)]
    reason: String,
}

async fn waive(Path((vote, number)): Path<(VoteId, i64)>, Post(Waived { reason }, posted): Post<Waived>) -> Response {
    let page = format!("/console/voting/{vote}/papers/{number}");
    let posted = posted.shown_at(&page);
    let done = voting::waive_paper(posted.caller(), posted.core(), &vote, number, &reason).await;
    posted.answer(done.map(|()| page)).await
}

/// Which of a paper's scans, from 1.
#[derive(Debug, Deserialize)]
struct Place {
    of: Option<usize>,
}

async fn scan(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path((vote, number)): Path<(VoteId, i64)>,
    Query(Place { of }): Query<Place>,
) -> Response {
    private_picture(voting::paper_scan(&caller, &core, &vote, (number, of.unwrap_or(1))).await)
}

async fn list(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
    Query(filter): Query<PaperFilter>,
) -> Response {
    let ui = Ui { locale: caller.locale, ..Ui::default() };
    let heads = HEADS.map(|head| {
        let key = format!("voting.paper.head.{head}");
        tr!(ui, &key)
    });
    let states = PaperState::ALL.iter().map(|state| {
        let key = format!("voting.paper.state.{}", state.code());
        tr!(ui, &key)
    });
    let texts = PaperTexts { sheet: tr!(ui, "voting.paper.title"), heads, states: states.collect() };
    file(voting::export_papers(&caller, &core, &vote, filter, texts).await, XLSX)
}
