//! Pictures that come along with a form of the offline side: kept before the form is.

use axum::Extension;
use axum::extract::DefaultBodyLimit;
use contract::{Error, Fault};
use server::voting;

use crate::ui::Posted;
use crate::ui::form::{FileLimit, UploadedFile, files_up_to};

/// Room in a form for the fields around one picture, in bytes.
const FORM: usize = 256 * 1024;

/// What a route lets pass whose form brings one picture.
pub fn with_picture() -> (DefaultBodyLimit, Extension<FileLimit>) {
    files_up_to(server::files::MAX_BYTES, FORM)
}

/// Keeps the one picture that came along, if one did; what is no picture is told beside its field.
///
/// # Errors
/// As [`voting::keep_attachment`].
pub async fn keep(posted: &Posted, files: Vec<UploadedFile>) -> server::Result<Option<String>> {
    let Some(UploadedFile { field, content }) = files.into_iter().next() else { return Ok(None) };
    let kept = voting::keep_attachment(posted.caller(), posted.core(), content).await;
    kept.map(|name| Some(name.to_string())).map_err(|error| beside(error, &field))
}

/// The same fault at another field.
pub fn beside(error: server::Error, field: &str) -> server::Error {
    match error {
        server::Error::Public(Error::Invalid(faults)) => {
            let faults = faults.into_iter().map(|fault| Fault { field: field.to_owned(), ..fault });
            Error::Invalid(faults.collect()).into()
        }
        other => other,
    }
}
