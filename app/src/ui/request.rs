//! The request being answered, as pages see it.

use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use contract::Locale;
use contract::identity::{Theme, cookie};
use leptos::prelude::{expect_context, provide_context, use_context};
use server::Core;
use server::identity::Caller;

use super::site::Site;

/// How the reader wants pages to look and speak.
pub use contract::identity::Settings as Ui;

/// What the request's cookies say. Without them: Chinese, normal size, the device's theme.
pub fn ui_of(parts: &Parts) -> Ui {
    let cookies = CookieJar::from_headers(&parts.headers);
    let value = |name| cookies.get(name).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    Ui {
        locale: Locale::of(&value(cookie::LOCALE)),
        elder: value(cookie::ELDER) == "1",
        theme: Theme::of(&value(cookie::THEME)),
    }
}

/// The folder of the build's files as browsers address it: `/assets/<hash>`.
#[derive(Clone, Debug)]
struct Assets(String);

/// Puts what pages ask for into Leptos's context; called once per request, before the page runs.
pub fn provide(site: &Site) {
    let parts = use_context::<Parts>();
    let caller = parts.as_ref().and_then(|parts| parts.extensions.get::<Caller>().cloned());
    provide_context(parts.as_ref().map(ui_of).unwrap_or_default());
    provide_context(caller.unwrap_or_default());
    provide_context(site.core.clone());
    provide_context(Assets(format!("/{}", site.options.site_pkg_dir)));
}

/// How the reader wants the page.
pub fn ui() -> Ui {
    use_context().unwrap_or_default()
}

/// Who asks.
pub fn caller() -> Caller {
    use_context().unwrap_or_default()
}

/// What verbs work with.
///
/// # Panics
/// Outside of a page: every route of the program provides it.
pub fn core() -> Core {
    expect_context()
}

/// The address of one of the build's files.
pub fn asset(name: &str) -> String {
    let Assets(folder) = use_context().unwrap_or(Assets(String::new()));
    format!("{folder}/{name}")
}

/// The path of the page being shown, without its query.
pub fn path() -> String {
    use_context::<Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default()
}
