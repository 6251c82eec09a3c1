//! The dense table of the workers' pages. On a phone each row becomes a block of labelled lines.

use leptos::prelude::*;

/// A table. Rows are `<tr>` of `<td data-label=…>`; the label shows on a phone.
#[component]
pub fn Table(
    /// What the table lists, for screen readers.
    #[prop(into)]
    caption: String,
    /// The heads of the columns, in order.
    heads: Vec<String>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <table class="table">
            <caption class="sr">{caption}</caption>
            <thead>
                <tr>{heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
}
