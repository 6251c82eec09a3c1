//! The list of votes: search, place, state, paging, the sheet beside it.

use contract::Page;
use contract::ids::VoteId;
use contract::people::AreaName;
use contract::voting::{Phase, VoteDetail, VoteFilter, VoteLine};
use leptos::prelude::*;
use server::identity::Verb;
use server::voting;

use super::sheet::VoteSheet;
use crate::ui::page::{load, query};
use crate::ui::time;
use crate::ui::*;
use crate::voting::parts::{PhaseTag, kind_name};

/// The list's path.
const PATH: &str = "/console/voting";

/// The page.
#[component]
pub fn VoteTable() -> impl IntoView {
    let (caller, core, asked, show) = (caller(), core(), query::<VoteFilter>(), shown_row::<VoteId>());
    let VoteFilter { search, phase, area, after } = &asked;
    let at = ListAt::new(PATH, &[("search", search), ("phase", phase), ("area", area)], after.as_deref());
    let look = async move {
        let page = voting::console_list(&caller, &core, asked).await?;
        let areas = voting::listed_areas(&caller, &core).await?;
        let shown = match show.or_else(|| page.rows.first().map(|line| line.vote.id.clone())) {
            Some(vote) => Some(voting::detail(&caller, &core, &vote).await?),
            None => None,
        };
        Ok((page, areas, shown))
    };
    load(look, move |(page, areas, shown)| view! { <Listed at=at page=page areas=areas shown=shown /> })
}

#[component]
fn Listed(at: ListAt, page: Page<VoteLine>, areas: Vec<AreaName>, shown: Option<VoteDetail>) -> impl IntoView {
    let ui = ui();
    let may_create = caller().allow_somewhere(Verb::VotingOrganise).is_ok();
    let actions = may_create.then(|| {
        view! { <ButtonLink href="/console/voting/new" look=Look::Main>{tr!(ui, "voting.console.new")}</ButtonLink> }.into_any()
    });
    let selected = shown.as_ref().map(|detail| detail.vote.id.clone());
    let rows = page.rows.into_iter().map(|line| {
        let (href, here) = (at.showing(&line.vote.id), selected.as_ref() == Some(&line.vote.id));
        view! { <Line line=line href=href selected=here /> }.into_any()
    });
    let rows = rows.collect();
    let heads = ["title", "kind", "phase", "closes", "roll"].map(|head| {
        let key = format!("voting.console.{head}");
        tr!(ui, &key)
    });
    let none = view! { <Empty icon="vote" title=tr!(ui, "voting.console.none") /> }.into_any();
    let sheet = shown.map(|detail| view! { <VoteSheet detail=detail /> }.into_any());
    let workbook = at.workbook();
    view! {
        <ConsolePage title=tr!(ui, "voting.title") actions=actions sheet=sheet>
            <ListTools at=at.clone() search=tr!(ui, "voting.console.search") narrow=narrow(ui, areas) workbook=workbook>
                <ButtonLink href="/console/voting/rules">{tr!(ui, "voting.rules.link")}</ButtonLink>
            </ListTools>
            <ListRows at=at caption=tr!(ui, "voting.title") heads=heads.to_vec() numbers=&[4] none=none rows=rows next=page.next />
        </ConsolePage>
    }
}

fn narrow(ui: Ui, areas: Vec<AreaName>) -> Vec<Narrow> {
    let phases = Phase::ALL.into_iter().map(|phase| {
        let key = format!("voting.phase.{}", phase.code());
        (phase.code().to_owned(), tr!(ui, &key))
    });
    let areas = areas.into_iter().map(|area| (area.id.to_string(), area.name));
    vec![
        Narrow::by("area", tr!(ui, "voting.console.area"), tr!(ui, "voting.console.all_areas"), areas),
        Narrow::by("phase", tr!(ui, "voting.console.phase"), tr!(ui, "voting.console.all_phases"), phases),
    ]
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
