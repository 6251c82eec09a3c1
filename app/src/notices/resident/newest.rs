//! The newest notices, for home.

use contract::notices::ReadLine;
use leptos::prelude::*;

use super::list::Line;
use crate::ui::*;

/// Some notices, and the way to all.
#[component]
pub fn Newest(
    /// The newest first; nothing is shown where there are none.
    lines: Vec<ReadLine>,
) -> impl IntoView {
    let ui = ui();
    (!lines.is_empty()).then(|| {
        let rows = lines.into_iter().map(|line| view! { <Line line=line /> }).collect_view();
        view! {
            <section aria-labelledby="notices">
                <h2 id="notices">{tr!(ui, "notices.title")} <a href="/notices">{tr!(ui, "notices.more")}</a></h2>
                <List>{rows}</List>
            </section>
        }
    })
}
