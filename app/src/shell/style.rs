//! The style sheets: inside the page on a device's first visit, files of their own from then on.

use std::io;
use std::sync::Arc;

use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use contract::identity::cookie;
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::ui::request::asset;

/// What every page wears. The home page, the one that most people see first, wears nothing else and so does
/// not grow with the rooms.
const BASE: &str = "hs.css";

/// What all other pages wear over it.
const ROOMS: &str = "rooms.css";

/// Pages melt into each other, unless the reader wants no motion. Both pages must say so before they
/// show: it cannot wait for a file.
const TRANSITION: &str = "@media (prefers-reduced-motion:no-preference){@view-transition{navigation:auto}}";

/// The texts of the style sheets.
#[derive(Clone, Debug)]
pub struct Style {
    base: Arc<str>,
    rooms: Arc<str>,
}

impl Style {
    /// Reads them, once at start.
    ///
    /// # Errors
    /// When the build has none.
    pub fn read(options: &LeptosOptions) -> io::Result<Self> {
        let folder = std::path::Path::new(&*options.site_root).join(&*options.site_pkg_dir);
        let sheet = |name| std::fs::read_to_string(folder.join(name)).map(Arc::from);
        Ok(Self { base: sheet(BASE)?, rooms: sheet(ROOMS)? })
    }
}

/// The page's styles. Who comes for the first time, by the build's cookie, would wait for the files a
/// whole round trip before anything shows: they come within the page, and the files are fetched behind.
pub fn styles() -> AnyView {
    let parts = use_context::<Parts>();
    let is_home = parts.as_ref().is_some_and(|parts| parts.uri.path() == "/");
    let (base, rooms) = (asset(BASE), asset(ROOMS));
    match use_context::<Style>().filter(|_| is_first_visit(parts.as_ref(), &base)) {
        Some(style) => {
            let over = if is_home { "" } else { &style.rooms };
            view! {
                <style nonce=use_nonce() inner_html=format!("{TRANSITION}{}{over}", style.base)></style>
                <link rel="prefetch" href=base />
                <link rel="prefetch" href=rooms />
            }
            .into_any()
        }
        None => view! {
            <style nonce=use_nonce() inner_html=TRANSITION></style>
            <link rel="stylesheet" href=base />
            {(!is_home).then(|| view! { <link rel="stylesheet" href=rooms /> })}
        }
        .into_any(),
    }
}

/// Whether the device has not seen this build yet; from now on it has.
fn is_first_visit(parts: Option<&Parts>, file: &str) -> bool {
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
