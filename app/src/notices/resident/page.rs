//! One notice. Showing it to a recipient counts as read.

use axum::http::request::Parts;
use contract::ids::NoticeId;
use contract::notices::{NoticeState, NoticeView, Version};
use leptos::prelude::*;
use server::notices;

use super::reply::Reply;
use crate::notices::parts::{Body, Earlier, Marks, StateTag};
use crate::ui::page::{load, param};
use crate::ui::*;

/// The page.
#[component]
pub fn NoticePage() -> impl IntoView {
    let (caller, core, id, seen) = (caller(), core(), param::<NoticeId>("id"), !fetched_ahead());
    load(async move { notices::open(&caller, &core, &id?, seen).await }, |shown| view! { <Shown shown=shown /> })
}

/// A browser fetches pages before they are looked at, and says so.
fn fetched_ahead() -> bool {
    let parts = use_context::<Parts>();
    let purpose = parts.as_ref().and_then(|parts| parts.headers.get("sec-purpose")?.to_str().ok());
    purpose.is_some_and(|purpose| purpose.contains("prefetch"))
}

#[component]
fn Shown(shown: NoticeView) -> impl IntoView {
    let ui = ui();
    let NoticeView { notice, versions, changes, reason, reply, .. } = shown;
    let newest = versions.first().cloned();
    let correction = newest.clone().filter(|version| version.version > 1);
    let at = newest.as_ref().map(|version| version.at).filter(|_| notice.version > 1).or(notice.at);
    let withdrawn = notice.state == NoticeState::Withdrawn;
    view! {
        <StepPage title=tr!(ui, "notices.title") back="/notices">
            <article class="notice-page">
                <header>
                    <p>
                        <Marks notice=notice.clone() />
                        {withdrawn.then(|| view! { <StateTag state=notice.state /> })}
                    </p>
                    <h1>{notice.title.clone()}</h1>
                    <p class="muted small num">{notice.area_name.clone()} {at.map(|at| format!(" · {}", time::moment(ui, at)))}</p>
                </header>
                {correction.map(|version| view! { <Correction version=version changes=changes /> })}
                {withdrawn.then(|| view! {
                    <Notice tone=Tone::Warning>
                        <strong>{tr!(ui, "notices.withdrawn")}</strong>
                        <p>{tr!(ui, "notices.withdrawn_why", reason = reason.unwrap_or_default())}</p>
                    </Notice>
                })}
                {newest.map(|version| view! { <Body version=version /> })}
                <Reply notice=notice reply=reply />
                <Earlier versions=versions />
            </article>
        </StepPage>
    }
}

/// What a correction says, and the lines that it changed.
#[component]
fn Correction(version: Version, changes: Vec<(bool, String)>) -> impl IntoView {
    let ui = ui();
    let lines = changes.into_iter().map(|(new, line)| match new {
        true => view! { <li><ins>{line}</ins></li> }.into_any(),
        false => view! { <li><del>{line}</del></li> }.into_any(),
    });
    view! {
        <Notice tone=Tone::Warning>
            <strong>{tr!(ui, "notices.correction", change = version.change)}</strong>
            <ul class="changes">{lines.collect_view()}</ul>
        </Notice>
    }
}
