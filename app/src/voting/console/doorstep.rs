//! The doorstep list of a vote: who has not voted yet.

use contract::AreaId;
use contract::ids::VoteId;
use contract::voting::{Doorstep, Unreturned};
use leptos::prelude::*;
use serde::Deserialize;
use server::voting;

use crate::ui::page::{load, param, query};
use crate::ui::*;

/// What the page's address asks for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    building: Option<AreaId>,
}

/// The page.
#[component]
pub fn DoorstepPage() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<VoteId>("id"), query::<Asked>());
    let look = async move { voting::doorstep(&caller, &core, &id?, asked.building.as_ref()).await };
    load(look, |list| view! { <Listed list=list /> })
}

#[component]
fn Listed(list: Doorstep) -> impl IntoView {
    let ui = ui();
    let Doorstep { vote, buildings, building, rows, unreturned } = list;
    let counts = unreturned != Unreturned::NotParticipating && !rows.is_empty();
    let papers = counts.then(|| format!("/console/voting/{}/papers", vote.id));
    let waiting: i64 = buildings.iter().map(|known| known.waiting).sum();
    let page = format!("/console/voting/{}", vote.id);
    let print = match &building {
        Some(building) => format!("{page}/doorstep.pdf?building={building}"),
        None => format!("{page}/doorstep.pdf"),
    };
    let buildings = buildings.into_iter().map(|known| DoorstepBuilding {
        id: known.building.to_string(),
        name: known.name,
        waiting: known.waiting,
    });
    let rows = rows.into_iter().map(|row| Doorway { address: row.address, name: row.name });
    view! {
        <ConsolePage title=tr!(ui, "voting.doorstep.title", title = vote.title)>
            <p class="muted">{tr!(ui, "voting.doorstep.all", n = waiting)} " · " {time::moment(ui, vote.closes_at)} {tr!(ui, "voting.doorstep.closes")}</p>
            {papers.map(|papers| view! { <Proofs papers=papers unreturned=unreturned /> })}
            <DoorstepList
                nowhere=tr!(ui, "voting.doorstep.sold")
                page=format!("{page}/doorstep")
                print=print
                back=page
                caption=tr!(ui, "voting.doorstep.caption")
                none=tr!(ui, "voting.doorstep.none")
                buildings=buildings.collect()
                chosen=building.map(|building| building.to_string())
                rows=rows.collect()
            />
        </ConsolePage>
    }
}

/// Where ballots that do not come back count, each needs a proof of its own, noted with its paper.
#[component]
fn Proofs(papers: String, unreturned: Unreturned) -> impl IntoView {
    let ui = ui();
    let key = format!("voting.rule_value.{}", unreturned.code());
    let counts = tr!(ui, &key);
    view! {
        <p class="muted">
            {tr!(ui, "voting.doorstep.unreturned", counts = counts)} " "
            <a class="link" href=papers>{tr!(ui, "voting.doorstep.proofs")}</a>
        </p>
    }
}
