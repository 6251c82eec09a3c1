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
    /// Which columns (from 0) are numbers to be compared: their heads stand right, as their cells of class `num` do.
    #[prop(optional)]
    numbers: &'static [usize],
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = heads.into_iter().enumerate().map(|(at, head)| {
        let class = numbers.contains(&at).then_some("num");
        view! { <th scope="col" class=class>{head}</th> }
    });
    view! {
        <table class="table">
            <caption class="sr">{caption}</caption>
            <thead>
                <tr>{heads.collect_view()}</tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
}
