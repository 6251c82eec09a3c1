//! What is folded away until somebody asks for it.

use leptos::prelude::*;

/// A line that unfolds what stands below it.
#[component]
pub fn Fold(
    /// The line.
    #[prop(into)]
    summary: String,
    /// Does it stand open?
    #[prop(optional)]
    open: bool,
    /// What is folded.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="fold" open=open>
            <summary>{summary}</summary>
            {children()}
        </details>
    }
}
