//! Receives a posted form and answers it.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use contract::{Error, Issue};
use leptos::prelude::provide_context;
use leptos_axum::ResponseOptions;
use serde::de::DeserializeOwned;
use server::Core;
use server::identity::Caller;

use super::state::FormState;
use crate::ui::page::{instead, retry_after};
use crate::ui::request::{self, Ui, ui_of};
use crate::ui::site::Site;

/// The largest form without files, in bytes: long texts fit, floods do not.
const MAX_BYTES: usize = 256 * 1024;

/// A form's content and the request it came with. Content that cannot be read as `T` never
/// reaches the handler: the page is shown again with the message beside the field.
pub struct Post<T>(pub T, pub Posted);

/// A posted form's request: who sent it, and how it is answered.
pub struct Posted {
    site: Site,
    parts: Parts,
    caller: Caller,
    values: Vec<(String, String)>,
}

impl Posted {
    /// A form that is being received.
    pub(super) fn new(site: &Site, parts: Parts) -> Self {
        let caller = parts.extensions.get::<Caller>().cloned().unwrap_or_default();
        Self { site: site.clone(), parts, caller, values: Vec::new() }
    }

    /// Keeps what was typed, for a page that shows it again.
    pub(super) fn keep(&mut self, values: Vec<(String, String)>) {
        self.values = values;
    }

    /// What was sent for a field.
    pub fn sent(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// All that was sent for a field that stands several times in the form, in its order.
    pub fn all(&self, field: &str) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// What the page shows again for a field, in place of what was sent.
    pub fn replace(&mut self, field: &str, values: Vec<String>) {
        self.values.retain(|(name, _)| name != field);
        self.values.extend(values.into_iter().map(|value| (field.to_owned(), value)));
    }

    /// Who sent it.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// How they want pages.
    pub fn ui(&self) -> Ui {
        ui_of(&self.parts)
    }

    /// What verbs work with.
    pub fn core(&self) -> &Core {
        &self.site.core
    }

    /// The form's page is another than the path it was posted to.
    #[must_use]
    pub fn shown_at(mut self, page: &str) -> Self {
        if let Ok(uri) = page.parse::<Uri>() {
            self.parts.uri = uri;
        }
        self
    }

    /// 303 to the page that shows the result, or the form's page again with what is wrong.
    pub async fn answer(self, done: server::Result<String>) -> Response {
        match done {
            Ok(page) => Redirect::to(&page).into_response(),
            Err(error) => self.refuse(error.public()).await,
        }
    }

    /// The form's page again, with what was typed and why it did not pass.
    async fn refuse(self, error: Error) -> Response {
        if let Some(elsewhere) = instead(&error, &self.parts.uri) {
            return Redirect::to(&elsewhere).into_response();
        }
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.draw(status, Some(error)).await
    }

    /// The page at its path, drawn from what was posted: a step between form and deed, such as
    /// looking a choice over. Nothing has happened yet, so sending it again does no harm.
    pub async fn show(self) -> Response {
        self.draw(StatusCode::OK, None).await
    }

    async fn draw(self, status: StatusCode, error: Option<Error>) -> Response {
        let Self { site, mut parts, values, .. } = self;
        let state = FormState { values, error };
        let (context, options) = (site.clone(), site.options.clone());
        let render = leptos_axum::render_app_async_with_context(
            move || {
                request::provide(&context);
                provide_context(state.clone());
                if let Some(response) = leptos::prelude::use_context::<ResponseOptions>() {
                    response.set_status(status);
                    state.error.iter().for_each(|error| retry_after(&response, error));
                }
            },
            move || (site.shell)(options.clone()),
        );
        parts.method = Method::GET;
        render(Request::from_parts(parts, Body::empty())).await
    }
}

impl<T: DeserializeOwned + Send> FromRequest<Site> for Post<T> {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let mut posted = Posted::new(site, parts);
        let Ok(bytes) = axum::body::to_bytes(body, MAX_BYTES).await else {
            return Err(posted.refuse(Error::TooLarge { max_bytes: MAX_BYTES as u64 }).await);
        };
        posted.keep(serde_html_form::from_bytes(&bytes).unwrap_or_default());
        match read(&bytes) {
            Ok(input) => Ok(Self(input, posted)),
            Err(error) => Err(posted.refuse(error).await),
        }
    }
}

/// The form as `T`, or the field that is not of its form.
pub(super) fn read<T: DeserializeOwned>(form: &[u8]) -> Result<T, Error> {
    let pairs = serde_html_form::Deserializer::from_bytes(form);
    serde_path_to_error::deserialize(pairs).map_err(|error| Error::field(error.path().to_string(), Issue::Format))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Choice {
        seats: u32,
        #[serde(default)]
        names: Vec<String>,
    }

    #[test]
    fn repeated_fields_become_a_list() {
        let read = read::<Choice>("seats=2&names=a&names=b".as_bytes());
        assert_eq!(read, Ok(Choice { seats: 2, names: vec!["a".into(), "b".into()] }));
    }

    #[test]
    fn what_is_no_number_is_told_beside_its_field() {
        assert_eq!(read::<Choice>(b"seats=two"), Err(Error::field("seats", Issue::Format)));
    }
}
