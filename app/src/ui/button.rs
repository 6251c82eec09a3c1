//! Buttons and links that look like them.

use leptos::prelude::*;

/// How much weight a button has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do on this page; at most one a page.
    Main,
    /// Anything else.
    #[default]
    Plain,
    /// Reads as a link; for what is seldom needed.
    Quiet,
    /// Takes something away.
    Danger,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Self::Main => "btn main",
            Self::Plain => "btn",
            Self::Quiet => "btn quiet",
            Self::Danger => "btn danger",
        }
    }
}

/// Sends the form it stands in.
#[component]
pub fn Button(
    /// How much weight it has.
    #[prop(optional)]
    look: Look,
    /// The field it sends, when a form has several buttons.
    #[prop(optional)]
    name: Option<&'static str>,
    /// The value of that field.
    #[prop(optional, into)]
    value: Option<String>,
    /// Its text.
    children: Children,
) -> impl IntoView {
    view! { <button type="submit" class=look.class() name=name value=value>{children()}</button> }
}

/// Leads to another page.
#[component]
pub fn ButtonLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// How much weight it has.
    #[prop(optional)]
    look: Look,
    /// A file to keep instead of a page to show.
    #[prop(optional)]
    download: bool,
    /// Its text.
    children: Children,
) -> impl IntoView {
    view! { <a class=look.class() href=href download=download.then_some("")>{children()}</a> }
}
