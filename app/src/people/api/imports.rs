//! Lists on their way into the registry: the file, the decision, what comes back.

use axum::Router;
use axum::extract::{Extension, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use contract::ids::ImportId;
use contract::people::{ExportRegistry, SendImport, StartImport};
use contract::{Error, Issue};
use serde::Deserialize;
use server::Core;
use server::identity::Caller;
use server::people::{self, FaultTexts};

use crate::people::pages::IMPORTS;
use crate::people::reasons::reason;
use crate::ui::download::{XLSX, file, named};
use crate::ui::form::{Upload, UploadedFile, files_up_to};
use crate::ui::stream::figures;
use crate::ui::*;

/// What a form with a file weighs beside it, in bytes.
const FORM: usize = 64 * 1024;

/// Downloads and posts.
pub fn forms() -> Router<Site> {
    Router::new()
        .route(IMPORTS, post(send).layer(files_up_to(people::MAX_BYTES, FORM)))
        .route("/console/people/registry.xlsx", post(registry))
        .route("/console/people/imports/template.xlsx", get(template))
        .route("/console/people/imports/{id}/start", post(start))
        .route("/console/people/imports/{id}/drop", post(abandon))
        .route("/console/people/imports/{id}/faults.xlsx", get(faults))
        .route("/console/people/imports/{id}/stream", get(stream))
}

fn page(import: &ImportId) -> String {
    format!("{IMPORTS}/{import}")
}

async fn send(Upload(form, files, posted): Upload<SendImport>) -> Response {
    let chosen: Option<UploadedFile> = files.into_iter().find(|file| file.field == "file");
    let sent = match chosen {
        Some(chosen) => people::send_import(posted.caller(), posted.core(), form, chosen.content).await,
        None => Err(Error::field("file", Issue::Required).into()),
    };
    posted.answer(sent.map(|import| page(&import))).await
}

async fn template() -> Response {
    file(people::template(), XLSX)
}

/// The registry of an area in the format of the lists.
async fn registry(Post(form, posted): Post<ExportRegistry>) -> Response {
    match people::export_registry(posted.caller(), posted.core(), form).await {
        Ok(book) => named(Ok(book), XLSX, "registry.xlsx"),
        Err(error) => posted.shown_at(IMPORTS).answer(Err(error)).await,
    }
}

async fn start(Path(import): Path<ImportId>, Post(form, posted): Post<StartImport>) -> Response {
    let posted = posted.shown_at(&page(&import));
    let done = people::start_import(posted.caller(), posted.core(), &import, form).await;
    posted.answer(done.map(|()| page(&import))).await
}

/// A button's form: its content is the path.
#[derive(Debug, Deserialize)]
struct Nothing {}

async fn abandon(Path(import): Path<ImportId>, Post(Nothing {}, posted): Post<Nothing>) -> Response {
    let posted = posted.shown_at(&page(&import));
    let done = people::drop_import(posted.caller(), posted.core(), &import).await;
    posted.answer(done.map(|()| page(&import))).await
}

async fn faults(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(import): Path<ImportId>,
) -> Response {
    let ui = Ui { locale: caller.locale, ..Ui::default() };
    let heads = ["sheet", "row", "column", "reason"].map(|head| {
        let key = format!("people.import.head.{head}");
        tr!(ui, &key)
    });
    let texts = FaultTexts { sheet: tr!(ui, "people.import.refused"), heads, reason };
    file(people::export_faults(&caller, &core, &import, texts).await, XLSX)
}

/// Each message is the [`ImportProgress`](contract::people::ImportProgress) as JSON.
async fn stream(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(import): Path<ImportId>,
) -> Response {
    let (from, who) = (core.clone(), caller.clone());
    figures(&core, &caller, people::import_topic(&import), move || {
        let (core, caller, import) = (from.clone(), who.clone(), import.clone());
        async move { people::progress(&caller, &core, &import).await }
    })
    .await
}
