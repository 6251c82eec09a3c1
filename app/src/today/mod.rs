//! 今日待办: the first page of the workers' console: what waits for a worker, most urgent first.

mod groups;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};
use server::identity::{Caller, Verb};
use server::{Core, Result};

use crate::ui::page::load;
use crate::ui::*;

/// What waits of one kind.
#[derive(Clone, Debug)]
pub struct Group {
    /// What it is, and what is to be done with it.
    pub title: String,
    /// Where all of it is.
    pub all: String,
    /// Before each row.
    pub icon: &'static str,
    /// The first of it.
    pub rows: Vec<Row>,
}

/// One thing that waits.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it is done.
    pub href: String,
    /// What it is.
    pub title: String,
    /// More about it.
    pub detail: String,
}

/// The page.
#[component(transparent)]
pub fn TodayRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/console") view=Today ssr=SsrMode::Async /> }.into_inner()
}

/// What waits for the caller, room by room. A room adds its line: what it gives is empty for who has no part in it.
async fn waiting(ui: Ui, caller: Caller, core: Core) -> Result<Vec<Group>> {
    caller.allow_somewhere(Verb::Console)?;
    let mut waiting = groups::votes(ui, &caller, &core).await?;
    waiting.extend(groups::corrections(ui, &caller, &core).await?);
    waiting.extend(groups::drafts(ui, &caller, &core).await?);
    waiting.extend(groups::twins(ui, &caller, &core).await?);
    waiting.retain(|group| !group.rows.is_empty());
    Ok(waiting)
}

#[component]
fn Today() -> impl IntoView {
    let ui = ui();
    let data = waiting(ui, caller(), core());
    view! {
        <ConsolePage title=tr!(ui, "ui.console.today")>
            {load(data, move |waiting| match waiting.is_empty() {
                true => view! { <Empty icon="circle-check" title=tr!(ui, "today.none") /> }.into_any(),
                false => waiting.into_iter().map(|group| view! { <Waiting group=group /> }).collect_view().into_any(),
            })}
        </ConsolePage>
    }
}

#[component]
fn Waiting(group: Group) -> impl IntoView {
    let ui = ui();
    let Group { title, all, icon, rows } = group;
    let rows = rows.into_iter().map(move |Row { href, title, detail }| {
        view! { <ListLink href=href icon=icon title=title detail=detail /> }
    });
    view! {
        <section>
            <h2>{title} " " <a class="all" href=all>{tr!(ui, "today.all")}</a></h2>
            <List>{rows.collect_view()}</List>
        </section>
    }
}
