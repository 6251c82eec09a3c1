//! The dead-letter list.

use contract::jobs::DeadJob;
use contract::{Page, PageRequest};
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};
use serde::Deserialize;
use server::jobs::dead;

use crate::ui::page::{load, query};
use crate::ui::time::stamp;
use crate::ui::*;

/// What the list's address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Query {
    after: Option<String>,
    taken: Option<String>,
}

/// The page.
#[component(transparent)]
pub fn JobsRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/console/jobs") view=DeadJobs ssr=SsrMode::Async /> }.into_inner()
}

#[component]
fn DeadJobs() -> impl IntoView {
    let (ui, caller, core, asked) = (ui(), caller(), core(), query::<Query>());
    let taken = asked.taken.is_some();
    let page = PageRequest { after: asked.after, size: None };
    view! {
        <ConsolePage title=tr!(ui, "jobs.title")>
            <p class="muted">{tr!(ui, "jobs.about")}</p>
            {taken.then(|| view! { <Notice tone=Tone::Success>{tr!(ui, "jobs.taken")}</Notice> })}
            {load(async move { dead(&caller, &core, page).await }, move |page| view! { <Rows page=page /> })}
        </ConsolePage>
    }
}

#[component]
fn Rows(page: Page<DeadJob>) -> impl IntoView {
    let ui = ui();
    if page.rows.is_empty() {
        return view! { <Empty icon="circle-check" title=tr!(ui, "jobs.none") /> }.into_any();
    }
    let heads = ["kind", "attempts", "dead_at", "error", "act"].map(|head| {
        let key = format!("jobs.head.{head}");
        tr!(ui, &key)
    });
    let rows = page.rows.into_iter().map(|job| view! { <Row job=job /> }).collect_view();
    view! {
        <Table caption=tr!(ui, "jobs.title") heads=heads.to_vec() numbers=&[1]>{rows}</Table>
        <Pager next=page.next />
    }
    .into_any()
}

#[component]
fn Row(job: DeadJob) -> impl IntoView {
    let ui = ui();
    view! {
        <tr>
            <td data-label=tr!(ui, "jobs.head.kind")>{job.kind}</td>
            <td class="num" data-label=tr!(ui, "jobs.head.attempts")>{job.attempts}</td>
            <td class="num-text" data-label=tr!(ui, "jobs.head.dead_at")>{stamp(job.dead_at)}</td>
            <td data-label=tr!(ui, "jobs.head.error")>{job.last_error}</td>
            <td data-label=tr!(ui, "jobs.head.act")>
                <Form action="/console/jobs">
                    <input type="hidden" name="id" value=job.id.to_string() />
                    <Button>{tr!(ui, "jobs.retry")}</Button>
                </Form>
            </td>
        </tr>
    }
}
