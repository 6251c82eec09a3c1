//! The doorstep list: whom to remind, building by building, on screen or on paper.

use contract::AreaId;
use contract::ids::VoteId;
use contract::voting::{Doorstep, Unreturned, WaitingBuilding, WaitingOwner};
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
    let delivered = building.clone().filter(|_| counts).map(|building| (vote.id.clone(), building, unreturned));
    let waiting: i64 = buildings.iter().map(|known| known.waiting).sum();
    let heads = ["address", "name", "remark"].map(|head| {
        let key = format!("voting.doorstep.{head}");
        tr!(ui, &key)
    });
    let page = format!("/console/voting/{}", vote.id);
    let export = format!("{page}/doorstep.xlsx");
    let print = match &building {
        Some(building) => format!("{page}/doorstep.pdf?building={building}"),
        None => format!("{page}/doorstep.pdf"),
    };
    let here = buildings.iter().find(|known| Some(&known.building) == building.as_ref());
    let here = here.map(|known| tr!(ui, "voting.doorstep.here", building = known.name, n = known.waiting));
    let labels = heads.clone();
    let done = rows.is_empty();
    let rows = rows.into_iter().map(move |row| view! { <Door row=row labels=labels.clone() /> });
    view! {
        <ConsolePage title=tr!(ui, "voting.doorstep.title", title = vote.title)>
            <p class="muted">{tr!(ui, "voting.doorstep.all", n = waiting)} " · " {time::moment(ui, vote.closes_at)} {tr!(ui, "voting.doorstep.closes")}</p>
            <form class="tools" method="get" action=format!("{page}/doorstep")>
                <select name="building" aria-label=tr!(ui, "voting.console.building")>
                    {buildings.into_iter().map(|known| view! { <Choice known=known chosen=building.clone() /> }).collect_view()}
                </select>
                <button class="btn" type="submit">{tr!(ui, "voting.doorstep.show")}</button>
                <ButtonLink href=print download=true><Icon name="printer" /> {tr!(ui, "voting.doorstep.print")}</ButtonLink>
                <ButtonLink href=export download=true>{tr!(ui, "voting.console.export")}</ButtonLink>
                <ButtonLink href=page.clone()>{tr!(ui, "voting.console.back")}</ButtonLink>
            </form>
            <h2>{here}</h2>
            {delivered.map(|(vote, building, unreturned)| {
                view! { <Delivered vote=vote building=building unreturned=unreturned /> }
            })}
            {match done {
                true => view! { <Empty icon="circle-check" title=tr!(ui, "voting.doorstep.none") /> }.into_any(),
                false => view! {
                    <Table caption=tr!(ui, "voting.doorstep.caption") heads=heads.to_vec()>{rows.collect_view()}</Table>
                }.into_any(),
            }}
        </ConsolePage>
    }
}

/// Where ballots that do not come back count, each needs proof that it was delivered.
#[component]
fn Delivered(vote: VoteId, building: AreaId, unreturned: Unreturned) -> impl IntoView {
    let ui = ui();
    let key = format!("voting.rule_value.{}", unreturned.code());
    let counts = tr!(ui, &key);
    view! {
        <Form action=format!("/console/voting/{vote}/delivered")>
            <p class="muted">{tr!(ui, "voting.doorstep.unreturned", counts = counts)}</p>
            <input type="hidden" name="building" value=building.to_string() />
            <Field name="proof" label=tr!(ui, "voting.doorstep.proof") hint=tr!(ui, "voting.doorstep.proof_hint") maxlength=100 />
            <div class="acts"><Button>{tr!(ui, "voting.doorstep.deliver")}</Button></div>
        </Form>
    }
}

#[component]
fn Choice(known: WaitingBuilding, chosen: Option<AreaId>) -> impl IntoView {
    let text = tr!(ui(), "voting.doorstep.choice", building = known.name, n = known.waiting);
    view! { <option value=known.building.to_string() selected=Some(&known.building) == chosen.as_ref()>{text}</option> }
}

#[component]
fn Door(row: WaitingOwner, labels: [String; 3]) -> impl IntoView {
    let [address, name, remark] = labels;
    view! {
        <tr>
            <td data-label=address>{row.address}</td>
            <th scope="row" data-label=name>{row.name}</th>
            <td class="remark" data-label=remark></td>
        </tr>
    }
}
