//! Receives a posted form that carries files.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::response::Response;
use contract::Error;
use serde::de::DeserializeOwned;

use super::post::{Posted, read};
use crate::ui::site::Site;

/// As [`Post`](super::Post), with the files that came along. The limit of the whole is the route's [`files_up_to`].
pub struct Upload<T>(pub T, pub Vec<UploadedFile>, pub Posted);

/// Bytes that a file may have on this route.
#[derive(Clone, Copy, Debug)]
pub struct FileLimit(usize);

/// What a route with files lets pass: a file of so many bytes, and so many for the form around it. Who sends more is
/// told the file's limit.
pub fn files_up_to(bytes: usize, form: usize) -> (DefaultBodyLimit, Extension<FileLimit>) {
    (DefaultBodyLimit::max(bytes + form), Extension(FileLimit(bytes)))
}

/// One file that was chosen.
pub struct UploadedFile {
    /// The form field's name.
    pub field: String,
    /// Its content; what kind it is, only the content says.
    pub content: Bytes,
}

impl<T: DeserializeOwned + Send> FromRequest<Site> for Upload<T> {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let limit = parts.extensions.get::<FileLimit>().map_or(server::files::MAX_BYTES, |limit| limit.0);
        let mut posted = Posted::new(site, parts.clone());
        let parted = match Multipart::from_request(Request::from_parts(parts, body), site).await {
            Ok(form) => take_apart(form).await.map_err(|error| public(&error, limit)),
            Err(_) => Err(Error::Invalid(Vec::new())),
        };
        let (values, files) = match parted {
            Ok(parted) => parted,
            Err(error) => return Err(posted.answer(Err(error.into())).await),
        };
        let form = serde_html_form::to_string(&values).unwrap_or_default();
        posted.keep(values);
        match read(form.as_bytes()) {
            Ok(input) => Ok(Self(input, files, posted)),
            Err(error) => Err(posted.answer(Err(error.into())).await),
        }
    }
}

/// What was typed, and the files; a file field in which nothing was chosen is left out.
async fn take_apart(mut form: Multipart) -> Result<(Vec<(String, String)>, Vec<UploadedFile>), MultipartError> {
    let (mut values, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = form.next_field().await? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name() {
            None => values.push((field, part.text().await?)),
            Some(_) => {
                let content = part.bytes().await?;
                if !content.is_empty() {
                    files.push(UploadedFile { field, content });
                }
            }
        }
    }
    Ok((values, files))
}

/// A form beyond the route's limit is too large; one that breaks off is invalid.
fn public(error: &MultipartError, limit: usize) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { max_bytes: limit as u64 },
        _ => Error::Invalid(Vec::new()),
    }
}
