//! The style sheet: inside the page on a device's first visit, a file of its own from then on.

use std::io;
use std::sync::Arc;

use axum::http::{HeaderValue, header};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use contract::identity::cookie;
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::ui::request::asset;

/// The file's name in the build's folder.
const NAME: &str = "hs.css";

/// Pages melt into each other, unless the reader wants no motion. Both pages must say so before they
/// show: it cannot wait for a file.
const TRANSITION: &str = "@media (prefers-reduced-motion:no-preference){@view-transition{navigation:auto}}";

/// The text of the style sheet.
#[derive(Clone, Debug)]
pub struct Style(Arc<str>);

impl Style {
    /// Reads it, once at start.
    ///
    /// # Errors
    /// When the build has none.
    pub fn read(options: &LeptosOptions) -> io::Result<Self> {
        let path = std::path::Path::new(&*options.site_root).join(&*options.site_pkg_dir).join(NAME);
        Ok(Self(std::fs::read_to_string(path)?.into()))
    }
}

/// The page's style. Who comes for the first time, by the build's cookie, would wait for the file a
/// whole round trip before anything shows: it comes within the page, and the file is fetched behind.
pub fn styles() -> AnyView {
    let file = asset(NAME);
    match use_context::<Style>().filter(|_| is_first_visit(&file)) {
        Some(Style(text)) => view! {
            <style nonce=use_nonce() inner_html=format!("{TRANSITION}{text}")></style>
            <link rel="prefetch" href=file />
        }
        .into_any(),
        None => view! {
            <style nonce=use_nonce() inner_html=TRANSITION></style>
            <link rel="stylesheet" href=file />
        }
        .into_any(),
    }
}

/// Whether the device has not seen this build yet; from now on it has.
fn is_first_visit(file: &str) -> bool {
    let parts = use_context::<axum::http::request::Parts>();
    let seen = parts.map(|parts| CookieJar::from_headers(&parts.headers));
    if seen.is_some_and(|jar| jar.get(cookie::BUILD).is_some_and(|build| build.value() == file)) {
        return false;
    }
    let cookie = Cookie::build((cookie::BUILD, file.to_owned()));
    let cookie = cookie.path("/").http_only(true).same_site(SameSite::Lax).permanent().build();
    if let (Some(response), Ok(value)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie.encoded().to_string()))
    {
        response.append_header(header::SET_COOKIE, value);
    }
    true
}
