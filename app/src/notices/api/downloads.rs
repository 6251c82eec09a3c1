//! Files and streams: pictures, lists as workbooks, the progress live.

use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use contract::ids::NoticeId;
use contract::notices::{NoticeFilter, RecipientFilter, ReplyFilter};
use server::Core;
use server::files::FileName;
use server::identity::Caller;
use server::notices;

use crate::notices::workbook::{doorstep_texts, list_texts, recipient_texts, reply_texts};
use crate::ui::download::{XLSX, file, picture as shown};
use crate::ui::stream::figures;

/// A notice's picture; its name is the hash of its content, so that it is kept for good.
pub async fn picture(State(core): State<Core>, Path(name): Path<String>) -> Response {
    match name.parse::<FileName>() {
        Ok(name) => shown(notices::picture(&core, &name).await),
        Err(_) => shown(Ok(None)),
    }
}

/// The workers' list.
pub async fn list(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Query(filter): Query<NoticeFilter>,
) -> Response {
    let texts = list_texts(caller.locale);
    file(notices::export_list(&caller, &core, filter, texts).await, XLSX)
}

/// The recipients on one channel.
pub async fn recipients(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(notice): Path<NoticeId>,
    Query(filter): Query<RecipientFilter>,
) -> Response {
    let texts = recipient_texts(caller.locale);
    file(notices::export_recipients(&caller, &core, &notice, &filter, texts).await, XLSX)
}

/// The replies.
pub async fn replies(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(notice): Path<NoticeId>,
    Query(filter): Query<ReplyFilter>,
) -> Response {
    let texts = reply_texts(caller.locale);
    file(notices::export_replies(&caller, &core, &notice, &filter, texts).await, XLSX)
}

/// Who has not read it, in all buildings.
pub async fn doorstep(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(notice): Path<NoticeId>,
) -> Response {
    let texts = doorstep_texts(caller.locale);
    file(notices::export_doorstep(&caller, &core, &notice, texts).await, XLSX)
}

/// Each message is the [`Progress`](contract::notices::Progress) as JSON, at once and after each change.
pub async fn stream(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(notice): Path<NoticeId>,
) -> Response {
    let (from, who) = (core.clone(), caller.clone());
    figures(&core, &caller, notices::topic(&notice), move || {
        let (caller, core, notice) = (who.clone(), from.clone(), notice.clone());
        async move { notices::progress(&caller, &core, &notice).await }
    })
    .await
}
