//! Texts in the reader's language, from `app/locales/<room>.yml`.

use std::collections::BTreeMap;

use super::request::Ui;

/// The text of a key: `tr!(ui, "home.title")`, `tr!(ui, "voting.left", days = 2)`.
///
/// The first argument is the request's [`Ui`](crate::ui::Ui). The tests below fail for every key
/// that is used and missing in a language, and for every text that nobody uses.
macro_rules! tr {
    ($ui:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        rust_i18n::t!($key, locale = $ui.locale.tag() $(, $name = $value)*).into_owned()
    };
}

/// The text of a key that comes out of the database, such as a message's, with what stands in its
/// `%{name}` places.
pub fn named(ui: Ui, key: &str, params: &BTreeMap<String, String>) -> String {
    let (names, values): (Vec<&str>, Vec<String>) =
        params.iter().map(|(name, value)| (name.as_str(), value.clone())).unzip();
    rust_i18n::replace_patterns(&tr!(ui, key), &names, &values)
}

#[cfg(test)]
mod tests;
