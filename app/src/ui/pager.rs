//! Leads to a list's next page, by the key of its last row.

use leptos::prelude::*;

use super::button::ButtonLink;
use super::icon::Icon;
use super::request::{path, ui};

/// A link to the rows after `next`; nothing on the last page.
#[component]
pub fn Pager(
    /// [`contract::Page::next`].
    next: Option<String>,
    /// The other fields of the query that make up the list, already encoded (`state=open&`).
    #[prop(optional, into)]
    query: String,
) -> impl IntoView {
    next.map(|next| {
        let href = format!("{}?{query}{}", path(), encode(&next));
        view! {
            <nav class="pager" aria-label=tr!(ui(), "ui.pages")>
                <ButtonLink href=href>{tr!(ui(), "ui.next_page")} <Icon name="chevron-right" /></ButtonLink>
            </nav>
        }
    })
}

/// `after=…` as part of a query.
fn encode(next: &str) -> String {
    serde_html_form::to_string([("after", next)]).unwrap_or_default()
}
