//! The form of the settings.

use axum::Router;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::post;
use axum_extra::extract::cookie::{Cookie, SameSite};
use contract::Locale;
use serde::Deserialize;

use crate::ui::request::Theme;
use crate::ui::{Post, Site, Ui};

/// How long a device remembers, in seconds: a year.
const YEAR_S: i64 = 365 * 24 * 60 * 60;

/// How the reader wants pages; a field that is absent stays as it is.
#[derive(Debug, Deserialize)]
struct Settings {
    elder: Option<String>,
    locale: Option<String>,
    theme: Option<String>,
}

/// Posts to `/me/settings`.
pub fn forms() -> Router<Site> {
    Router::new().route("/me/settings", post(settings))
}

async fn settings(Post(settings, posted): Post<Settings>) -> Response {
    let elder = settings.elder.map(|value| if value == "1" { "1" } else { "0" });
    let locale = settings.locale.map(|tag| Locale::of(&tag).tag());
    let theme = settings.theme.map(|code| Theme::of(&code).code());
    let chosen = [(Ui::ELDER, elder), (Ui::LOCALE, locale), (Ui::THEME, theme)];
    let cookies: Vec<_> =
        chosen.into_iter().filter_map(|(name, value)| Some((SET_COOKIE, remember(name, value?)))).collect();
    (AppendHeaders(cookies), posted.answer(Ok("/me".into())).await).into_response()
}

/// A cookie for every page of this device.
fn remember(name: &'static str, value: &'static str) -> String {
    let cookie = Cookie::build((name, value)).path("/").same_site(SameSite::Lax).http_only(true);
    format!("{cookie}; Max-Age={YEAR_S}")
}
