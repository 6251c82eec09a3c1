//! Files: photos, posters, the list as a workbook, the export of a count.

use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use contract::AreaId;
use contract::ids::VoteId;
use contract::voting::VoteFilter;
use serde::Deserialize;
use server::Core;
use server::files::FileName;
use server::identity::Caller;
use server::voting::{self, PosterFormat};

use crate::ui::download::{XLSX, file, picture};
use crate::voting::workbook::{doorstep_texts, list_texts};

/// A candidate's photo; its name is the hash of its content, so that it is kept for good.
pub async fn photo(State(core): State<Core>, Path(name): Path<String>) -> Response {
    match name.parse::<FileName>() {
        Ok(name) => picture(voting::photo(&core, &name).await),
        Err(_) => picture(Ok(None)),
    }
}

/// One building's poster, or none for all of them.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    building: Option<AreaId>,
}

/// `poster.pdf`, `poster.png`, `poster.svg`.
pub async fn poster(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
    Extension(format): Extension<PosterFormat>,
    Query(Wanted { building }): Query<Wanted>,
) -> Response {
    let drawn = voting::poster(&caller, &core, &vote, building.as_ref(), format).await;
    file(drawn, format.media_type())
}

/// The workers' list.
pub async fn list(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Query(filter): Query<VoteFilter>,
) -> Response {
    let texts = list_texts(caller.locale);
    file(voting::export_list(&caller, &core, filter, texts).await, XLSX)
}

/// Who has not voted yet, in all buildings.
pub async fn doorstep(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
) -> Response {
    let texts = doorstep_texts(caller.locale);
    file(voting::export_doorstep(&caller, &core, &vote, texts).await, XLSX)
}

/// The export that anyone can count again.
pub async fn bundle(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
) -> Response {
    file(voting::bundle(&caller, &core, &vote).await, "application/json")
}
