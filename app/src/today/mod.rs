//! 今日待办: the first page of the workers' console: what waits for a worker, most urgent first.

use contract::voting::{Phase, VoteFilter, VoteLine};
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};
use server::identity::{Caller, Verb};
use server::{Core, voting};

use crate::ui::page::load;
use crate::ui::time::moment;
use crate::ui::*;

/// The phases that wait for a worker, most urgent first.
const WAITING: [Phase; 4] = [Phase::Closed, Phase::Counted, Phase::Open, Phase::Draft];

/// The page.
#[component(transparent)]
pub fn TodayRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/console") view=Today ssr=SsrMode::Async /> }.into_inner()
}

/// What waits, phase by phase; at most a page of each.
async fn waiting(caller: Caller, core: Core) -> server::Result<Vec<(Phase, Vec<VoteLine>)>> {
    caller.allow_somewhere(Verb::Console)?;
    let mut waiting = Vec::new();
    for phase in WAITING {
        let filter = VoteFilter { phase: phase.code().to_owned(), ..VoteFilter::default() };
        let page = voting::console_list(&caller, &core, filter).await?;
        if !page.rows.is_empty() {
            waiting.push((phase, page.rows));
        }
    }
    Ok(waiting)
}

#[component]
fn Today() -> impl IntoView {
    let ui = ui();
    let data = waiting(caller(), core());
    view! {
        <ConsolePage title=tr!(ui, "ui.console.today")>
            {load(data, move |waiting| match waiting.is_empty() {
                true => view! { <Empty icon="circle-check" title=tr!(ui, "today.none") /> }.into_any(),
                false => {
                    waiting.into_iter().map(|(phase, votes)| view! { <Group phase=phase votes=votes /> }).collect_view().into_any()
                }
            })}
        </ConsolePage>
    }
}

#[component]
fn Group(phase: Phase, votes: Vec<VoteLine>) -> impl IntoView {
    let ui = ui();
    let key = format!("today.phase.{}", phase.code());
    let rows = votes.into_iter().map(move |VoteLine { vote, heads, .. }| {
        let closes = moment(ui, vote.closes_at);
        let detail = match phase {
            Phase::Draft => vote.area_name,
            _ => tr!(ui, "today.detail", area = vote.area_name, heads = heads, closes = closes),
        };
        view! { <ListLink href=format!("/console/voting/{}", vote.id) icon="vote" title=vote.title detail=detail /> }
    });
    view! {
        <section>
            <h2>{tr!(ui, &key)}</h2>
            <List>{rows.collect_view()}</List>
        </section>
    }
}
