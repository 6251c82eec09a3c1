//! Loads what a page shows, or shows why it cannot be shown.

use std::future::Future;
use std::str::FromStr;

use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use contract::Error;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_params_map;
use serde::de::DeserializeOwned;

use super::button::{ButtonLink, Look};
use super::icon::Icon;
use super::request::{Ui, ui};
use super::screen::StepPage;

/// Where who is not signed in is sent.
const SIGN_IN: &str = "/sign-in";
/// Where staff are asked for their second factor.
const SECOND_FACTOR: &str = "/sign-in/totp";

/// Waits for a verb's answer and renders it; renders the error page with its status otherwise,
/// or sends to the sign-in and back. Routes must use `SsrMode::Async`, so that the status is known
/// before the first byte goes out.
pub fn load<T, V>(
    data: impl Future<Output = server::Result<T>> + Send + 'static,
    page: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    let page = Suspend::new(async move {
        match data.await {
            Ok(data) => page(data).into_any(),
            Err(error) => view! { <ErrorPage error=error.public() /> }.into_any(),
        }
    });
    view! { <Suspense>{page}</Suspense> }
}

/// A part of the path, such as `:id`, read as an id.
///
/// # Errors
/// [`Error::NotFound`] when it is none.
pub fn param<T: FromStr>(name: &str) -> server::Result<T> {
    let text = use_params_map().read_untracked().get(name).unwrap_or_default();
    Ok(text.parse().map_err(|_| Error::NotFound)?)
}

/// The query of the page's address; what cannot be read counts as not given.
pub fn query<T: DeserializeOwned + Default>() -> T {
    let parts = use_context::<Parts>();
    let query = parts.as_ref().and_then(|parts| parts.uri.query()).unwrap_or_default();
    serde_html_form::from_str(query).unwrap_or_default()
}

/// Where a request with this error belongs instead: the sign-in, and from there back to `here`.
pub fn instead(error: &Error, here: &Uri) -> Option<String> {
    let door = match error {
        Error::SignIn => SIGN_IN,
        Error::SecondFactor => SECOND_FACTOR,
        _ => return None,
    };
    let here = here.path_and_query().map_or("/", |path| path.as_str());
    let next = serde_html_form::to_string([("next", here)]).unwrap_or_default();
    Some(format!("{door}?{next}"))
}

/// The text of an error, as a sentence.
pub fn text_of(ui: Ui, error: &Error) -> String {
    error_text(ui, error, "text").unwrap_or_else(|| tr!(ui, "error.internal.text"))
}

/// One of an error's texts: its `title`, its `text`, or the `hint` what to do now.
pub fn error_text(ui: Ui, error: &Error, part: &str) -> Option<String> {
    let code = match error {
        Error::Refused(refusal) => return (part != "hint").then(|| refusal_text(ui, refusal.code())),
        Error::TooMany { retry_after_s } if part == "hint" => {
            return Some(tr!(ui, "error.too_many.hint", n = retry_after_s));
        }
        Error::TooLarge { max_bytes } if part == "hint" => {
            return Some(tr!(ui, "error.too_large.hint", size = size(*max_bytes)));
        }
        other => code(other),
    };
    let key = format!("error.{code}.{part}");
    let text = tr!(ui, &key);
    (!text.ends_with(&key)).then_some(text)
}

/// `24 MB`, `256 KB`.
fn size(bytes: u64) -> String {
    const MB: u64 = 1024 * 1024;
    if bytes >= MB { format!("{} MB", bytes / MB) } else { format!("{} KB", bytes / 1024) }
}

/// The text of a rule that stands against a request.
fn refusal_text(ui: Ui, code: &str) -> String {
    let key = format!("refusal.{code}");
    tr!(ui, &key)
}

/// The key of an error's texts.
fn code(error: &Error) -> &'static str {
    match error {
        Error::SignIn => "sign_in",
        Error::SecondFactor => "second_factor",
        Error::Forbidden => "forbidden",
        Error::NotFound => "not_found",
        Error::Invalid(_) => "invalid",
        Error::Refused(_) => "refused",
        Error::TooMany { .. } => "too_many",
        Error::TooLarge { .. } => "too_large",
        Error::Busy => "busy",
        Error::Internal => "internal",
    }
}

/// Tells programs, too, when trying again makes sense.
pub fn retry_after(response: &ResponseOptions, error: &Error) {
    if let Error::TooMany { retry_after_s } = error {
        response.insert_header(header::RETRY_AFTER, HeaderValue::from(*retry_after_s));
    }
}

/// The page shown instead of one that cannot be shown; sets the status of the answer.
#[component]
pub fn ErrorPage(
    /// Why.
    error: Error,
) -> impl IntoView {
    let ui = ui();
    let elsewhere = use_context::<Parts>().and_then(|parts| instead(&error, &parts.uri));
    if let Some(response) = use_context::<ResponseOptions>() {
        let location = elsewhere.and_then(|page| HeaderValue::from_str(&page).ok());
        let status = match &location {
            Some(_) => StatusCode::SEE_OTHER,
            None => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        };
        response.set_status(status);
        if let Some(location) = location {
            response.insert_header(header::LOCATION, location);
        }
        retry_after(&response, &error);
    }
    let title = error_text(ui, &error, "title").unwrap_or_else(|| tr!(ui, "error.internal.title"));
    let hint = error_text(ui, &error, "hint");
    let text = text_of(ui, &error);
    view! {
        <StepPage title=tr!(ui, "error.page") back="/">
            <section class="empty">
                <Icon name="circle-alert" />
                <h1>{title.clone()}</h1>
                {(text != title).then(|| view! { <p>{text}</p> })}
                {hint.map(|hint| view! { <p>{hint}</p> })}
                <ButtonLink href="/" look=Look::Main>{tr!(ui, "error.home")}</ButtonLink>
            </section>
        </StepPage>
    }
}
