//! The forms of the room: read, call the verb, answer.

mod ballot;
mod console;
mod downloads;
mod stream;
mod voter;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Extension, Router};
use contract::voting::MAX_OPTIONS;
use server::voting::PosterFormat;

use crate::ui::Site;

/// Room in a draft's upload for each candidate's photo, in bytes: phones' photos fit, and photos are
/// taken one after the other.
const PHOTO_ROOM: usize = 4 * 1024 * 1024;

/// Posts, downloads and the live turnout.
pub fn forms() -> Router<Site> {
    let uploads = DefaultBodyLimit::max(PHOTO_ROOM * MAX_OPTIONS as usize);
    let poster = |format: PosterFormat| get(downloads::poster).layer(Extension(format));
    Router::new()
        .route("/voting/{id}", post(ballot::reopen))
        .route("/voting/{id}/review", post(ballot::review))
        .route("/voting/{id}/cast", post(ballot::cast))
        .route("/voting/{id}/voter", post(voter::name))
        .route("/voting/{id}/bundle.json", get(downloads::bundle))
        .route("/voting/photos/{name}", get(downloads::photo))
        .route("/console/voting/list.xlsx", get(downloads::list))
        .route("/console/voting/new", post(console::create).layer(uploads))
        .route("/console/voting/{id}/edit", post(console::edit).layer(uploads))
        .route("/console/voting/{id}/announce", post(console::announce))
        .route("/console/voting/rules", post(console::set_rule))
        .route("/console/voting/{id}/keys", post(console::take_key))
        .route("/console/voting/{id}/open", post(console::open))
        .route("/console/voting/{id}/publish", post(console::publish))
        .route("/console/voting/{id}/poster.pdf", poster(PosterFormat::Pdf))
        .route("/console/voting/{id}/poster.png", poster(PosterFormat::Png))
        .route("/console/voting/{id}/poster.svg", poster(PosterFormat::Svg))
        .route("/console/voting/{id}/roll", post(voter::appoint))
        .route("/console/voting/{id}/doorstep.xlsx", get(downloads::doorstep))
        .route("/console/voting/{id}/stream", get(stream::turnout))
}
