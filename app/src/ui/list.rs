//! Rows one below the other, each leading somewhere. Lists instead of cards in cards.

use leptos::prelude::*;

use super::icon::Icon;

/// A list of [`ListLink`]s or of `<li>`.
#[component]
pub fn List(
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! { <ul class="card list">{children()}</ul> }
}

/// One row.
#[component]
pub fn ListLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What it is.
    #[prop(into)]
    title: String,
    /// More about it, below, smaller.
    #[prop(optional, into)]
    detail: String,
    /// At the end of the row: a date, a number.
    #[prop(optional, into)]
    aside: String,
    /// A picture before it.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// What an unread row says to a screen reader; marks the row for the eye.
    #[prop(optional_no_strip, into)]
    unread: Option<String>,
) -> impl IntoView {
    view! {
        <li>
            <a href=href>
                {icon.map(|name| view! { <Icon name=name /> })}
                {unread.map(|text| view! { <span class="unread"><span class="sr">{text}</span></span> })}
                <span class="body">
                    <b>{title}</b>
                    {(!detail.is_empty()).then(|| view! { <span class="detail">{detail}</span> })}
                </span>
                {(!aside.is_empty()).then(|| view! { <span class="aside num">{aside}</span> })}
            </a>
        </li>
    }
}
