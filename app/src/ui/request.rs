//! The request being answered, as pages see it.

use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use contract::Locale;
use leptos::prelude::{expect_context, provide_context, use_context};
use server::Core;
use server::identity::Caller;

use super::site::Site;

/// How the reader wants pages to look and speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ui {
    /// The language.
    pub locale: Locale,
    /// 长辈版: everything that is read or touched is larger (工信厅信管函〔2021〕67号).
    pub elder: bool,
    /// Light, dark, or what the device says.
    pub theme: Theme,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device is set.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order of the settings.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The name in the cookie, in `<html data-theme>` and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a name; anything unknown is [`Theme::Auto`].
    pub fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }
}

impl Ui {
    /// The cookie of the language.
    pub const LOCALE: &str = "hs_lang";
    /// The cookie of 长辈版: `1` or `0`.
    pub const ELDER: &str = "hs_elder";
    /// The cookie of the theme.
    pub const THEME: &str = "hs_theme";

    /// What the request's cookies say. Without them: Chinese, normal size, the device's theme.
    pub fn of(parts: &Parts) -> Self {
        let cookies = CookieJar::from_headers(&parts.headers);
        let value = |name| cookies.get(name).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
        Self {
            locale: Locale::of(&value(Self::LOCALE)),
            elder: value(Self::ELDER) == "1",
            theme: Theme::of(&value(Self::THEME)),
        }
    }
}

/// The folder of the build's files as browsers address it: `/assets/<hash>`.
#[derive(Clone, Debug)]
struct Assets(String);

/// Puts what pages ask for into Leptos's context; called once per request, before the page runs.
pub fn provide(site: &Site) {
    let parts = use_context::<Parts>();
    let caller = parts.as_ref().and_then(|parts| parts.extensions.get::<Caller>().cloned());
    provide_context(parts.as_ref().map(Ui::of).unwrap_or_default());
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
