//! The list of votes: search, place, state, paging, the sheet beside it.

use contract::Page;
use contract::ids::VoteId;
use contract::people::AreaName;
use contract::voting::{Phase, VoteDetail, VoteFilter, VoteLine};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server::identity::Verb;
use server::voting;

use super::sheet::VoteSheet;
use crate::ui::page::{load, query};
use crate::ui::time;
use crate::ui::*;
use crate::voting::parts::{PhaseTag, kind_name};

/// What the address asks for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    #[serde(skip_serializing_if = "String::is_empty")]
    search: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    phase: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    area: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// The vote in the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    show: Option<VoteId>,
}

impl Asked {
    fn filter(&self) -> VoteFilter {
        let Self { search, phase, area, after, .. } = self.clone();
        VoteFilter { search, phase, area, after }
    }

    /// The same list with another vote in the sheet.
    fn showing(&self, vote: &VoteId) -> String {
        let asked = Self { show: Some(vote.clone()), ..self.clone() };
        format!("/console/voting?{}#sheet", encode(&asked))
    }

    /// Search, place and state alone.
    fn narrowed(&self) -> String {
        encode(&Self { after: None, show: None, ..self.clone() })
    }
}

fn encode(asked: &Asked) -> String {
    serde_html_form::to_string(asked).unwrap_or_default()
}

/// The page.
#[component]
pub fn VoteTable() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<Asked>());
    let wanted = asked.clone();
    let look = async move {
        let page = voting::console_list(&caller, &core, wanted.filter()).await?;
        let areas = voting::listed_areas(&caller, &core).await?;
        let first = page.rows.first().map(|line| line.vote.id.clone());
        let shown = match wanted.show.or(first) {
            Some(vote) => Some(voting::detail(&caller, &core, &vote).await?),
            None => None,
        };
        Ok((page, areas, shown))
    };
    load(look, move |(page, areas, shown)| view! { <Listed asked=asked page=page areas=areas shown=shown /> })
}

#[component]
fn Listed(asked: Asked, page: Page<VoteLine>, areas: Vec<AreaName>, shown: Option<VoteDetail>) -> impl IntoView {
    let ui = ui();
    let may_create = caller().allow_somewhere(Verb::VotingOrganise).is_ok();
    let actions = may_create.then(|| {
        view! { <ButtonLink href="/console/voting/new" look=Look::Main>{tr!(ui, "voting.console.new")}</ButtonLink> }.into_any()
    });
    let selected = shown.as_ref().map(|detail| detail.vote.id.clone());
    let narrowed = asked.narrowed();
    let more = if narrowed.is_empty() { String::new() } else { format!("{narrowed}&") };
    let empty = page.rows.is_empty();
    let around = asked.clone();
    let rows = page.rows.into_iter().map(move |line| {
        let (href, here) = (around.showing(&line.vote.id), selected.as_ref() == Some(&line.vote.id));
        view! { <Line line=line href=href selected=here /> }
    });
    let heads = ["title", "kind", "phase", "closes", "roll"];
    let heads = heads
        .map(|head| {
            let key = format!("voting.console.{head}");
            tr!(ui, &key)
        })
        .to_vec();
    let sheet = shown.map(|detail| view! { <VoteSheet detail=detail /> }.into_any());
    view! {
        <ConsolePage title=tr!(ui, "voting.title") actions=actions sheet=sheet>
            <Tools asked=asked areas=areas />
            {match empty {
                true => view! { <Empty icon="vote" title=tr!(ui, "voting.console.none") /> }.into_any(),
                false => view! {
                    <Table caption=tr!(ui, "voting.title") heads=heads>{rows.collect_view()}</Table>
                    <Pager next=page.next query=more />
                }.into_any(),
            }}
        </ConsolePage>
    }
}

#[component]
fn Tools(asked: Asked, areas: Vec<AreaName>) -> impl IntoView {
    let ui = ui();
    let export = format!("/console/voting/list.xlsx?{}", asked.narrowed());
    let phases = Phase::ALL.map(|phase| {
        let (code, key) = (phase.code(), format!("voting.phase.{}", phase.code()));
        view! { <option value=code selected=asked.phase == code>{tr!(ui, &key)}</option> }
    });
    let areas = areas.into_iter().map(|AreaName { id, name }| {
        let id = id.to_string();
        view! { <option value=id.clone() selected=asked.area == id>{name}</option> }
    });
    view! {
        <form class="tools" method="get" action="/console/voting" role="search">
            <input
                type="search"
                name="search"
                value=asked.search.clone()
                placeholder=tr!(ui, "voting.console.search")
                aria-label=tr!(ui, "voting.console.search")
            />
            <select name="area" aria-label=tr!(ui, "voting.console.area")>
                <option value="">{tr!(ui, "voting.console.all_areas")}</option>
                {areas.collect_view()}
            </select>
            <select name="phase" aria-label=tr!(ui, "voting.console.phase")>
                <option value="">{tr!(ui, "voting.console.all_phases")}</option>
                {phases.collect_view()}
            </select>
            <button class="btn" type="submit">{tr!(ui, "voting.console.filter")}</button>
            <ButtonLink href="/console/voting/rules">{tr!(ui, "voting.rules.link")}</ButtonLink>
            <ButtonLink href=export download=true>{tr!(ui, "voting.console.export")}</ButtonLink>
        </form>
    }
}

#[component]
fn Line(line: VoteLine, href: String, selected: bool) -> impl IntoView {
    let ui = ui();
    let VoteLine { vote, heads } = line;
    let kind = kind_name(ui, &vote);
    let label = |head: &str| {
        let key = format!("voting.console.{head}");
        tr!(ui, &key)
    };
    let heads = match vote.phase {
        Phase::Draft => "—".to_owned(),
        _ => heads.to_string(),
    };
    view! {
        <tr aria-selected=selected.to_string()>
            <th scope="row"><a href=href>{vote.title}</a> <span class="where">{vote.area_name}</span></th>
            <td data-label=label("kind")>{kind}</td>
            <td data-label=label("phase")><PhaseTag phase=vote.phase /></td>
            <td class="when" data-label=label("closes")>{time::moment(ui, vote.closes_at)}</td>
            <td class="num" data-label=label("roll")>{heads}</td>
        </tr>
    }
}
