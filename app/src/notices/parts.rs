//! What several of the room's pages show.

use contract::notices::{NoticeState, NoticeSummary, Version};
use leptos::prelude::*;

use crate::ui::*;

/// A notice's state as a coloured word.
#[component]
pub fn StateTag(
    /// The state.
    state: NoticeState,
) -> impl IntoView {
    let key = format!("notices.state.{}", state.code());
    let look = match state {
        NoticeState::Draft => State::Plain,
        NoticeState::Scheduled => State::Wait,
        NoticeState::Sending => State::Info,
        NoticeState::Sent => State::Done,
        NoticeState::Withdrawn => State::Now,
    };
    view! { <Tag state=look>{tr!(ui(), &key)}</Tag> }
}

/// What is special about a notice: urgent, corrected.
#[component]
pub fn Marks(
    /// The notice.
    notice: NoticeSummary,
) -> impl IntoView {
    let ui = ui();
    view! {
        {notice.urgent.then(|| view! { <Tag state=State::Now>{tr!(ui, "notices.urgent")}</Tag> " " })}
        {(notice.version > 1).then(|| view! { <Tag state=State::Wait>{tr!(ui, "notices.corrected")}</Tag> " " })}
    }
}

/// A text as it was made safe on the server.
#[component]
pub fn Body(
    /// The version.
    version: Version,
) -> impl IntoView {
    view! { <div class="prose" inner_html=version.html></div> }
}

/// Earlier versions, folded away.
#[component]
pub fn Earlier(
    /// All versions, newest first.
    versions: Vec<Version>,
) -> impl IntoView {
    let ui = ui();
    let earlier = versions.into_iter().skip(1).map(move |version| {
        let title = tr!(ui, "notices.version", n = version.version, at = time::moment(ui, version.at));
        view! {
            <details class="card fold earlier">
                <summary>{title}</summary>
                <p><b>{version.title.clone()}</b></p>
                <Body version=version />
            </details>
        }
    });
    earlier.collect_view()
}
