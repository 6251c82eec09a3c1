//! The forms of the room: read, call the verb, answer.

mod console;
mod downloads;
mod resident;

use axum::Router;
use axum::routing::{get, post};
use server::files::MAX_BYTES;

use crate::ui::Site;
use crate::ui::form::files_up_to;

/// Room for the text around a picture, in bytes.
const TEXT: usize = 512 * 1024;

/// Posts, downloads and the live figures.
pub fn forms() -> Router<Site> {
    let uploads = files_up_to(MAX_BYTES, TEXT);
    Router::new()
        .route("/notices/{id}", post(resident::reply))
        .route("/notices/pictures/{name}", get(downloads::picture))
        .route("/me/channels", post(resident::channels))
        .route("/console/notices/list.xlsx", get(downloads::list))
        .route("/console/notices/new", post(console::create).layer(uploads))
        .route("/console/notices/{id}/edit", post(console::edit).layer(uploads))
        .route("/console/notices/{id}/send", post(console::send))
        .route("/console/notices/{id}/unschedule", post(console::unschedule))
        .route("/console/notices/{id}/correct", post(console::correct).layer(uploads))
        .route("/console/notices/{id}/withdraw", post(console::withdraw))
        .route("/console/notices/{id}/recipients.xlsx", get(downloads::recipients))
        .route("/console/notices/{id}/replies.xlsx", get(downloads::replies))
        .route("/console/notices/{id}/doorstep.xlsx", get(downloads::doorstep))
        .route("/console/notices/{id}/stream", get(downloads::stream))
}
