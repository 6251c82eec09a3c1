//! Texts in the reader's language, from `app/locales/<room>.yml`.

/// The text of a key: `tr!(ui, "home.title")`, `tr!(ui, "voting.left", days = 2)`.
///
/// The first argument is the request's [`Ui`](crate::ui::Ui). The tests below fail for every key
/// that is used and missing in a language, and for every text that nobody uses.
macro_rules! tr {
    ($ui:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        rust_i18n::t!($key, locale = $ui.locale.tag() $(, $name = $value)*).into_owned()
    };
}

#[cfg(test)]
pub mod tests;
