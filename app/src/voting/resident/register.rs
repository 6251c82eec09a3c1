//! The roll as published for objection.

use contract::ids::VoteId;
use contract::voting::{Register, RegisterFilter, RegisterLine};
use leptos::prelude::*;
use server::voting;

use crate::ui::measure::square_metres;
use crate::ui::page::{load, param, query};
use crate::ui::time;
use crate::ui::*;
use crate::voting::parts::{by_building, door, page_of, register_at, when};

/// The page.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<VoteId>("id"), query::<RegisterFilter>());
    let filter = asked.clone();
    let look = async move { voting::register(&caller, &core, &id?, filter).await };
    load(look, move |register| view! { <Listed register=register asked=asked /> })
}

#[component]
fn Listed(register: Register, asked: RegisterFilter) -> impl IntoView {
    let ui = ui();
    let Register { vote, buildings, page, objections_until } = register;
    let at = register_at(&page_of(&vote, "roll"), &asked);
    let more = at.more();
    let empty = page.rows.is_empty();
    let why = match objections_until {
        Some(until) => tr!(ui, "voting.register.why", until = time::moment(ui, until)),
        None => tr!(ui, "voting.register.why_closed"),
    };
    let rows = page.rows.into_iter().map(|line| view! { <Line line=line /> });
    let rows = rows.collect_view();
    view! {
        <StepPage title=tr!(ui, "voting.register.title") back=page_of(&vote, "")>
            <div class="ballot-head">
                <h1>{tr!(ui, "voting.register.title")}</h1>
                <p class="muted small">{vote.title.clone()} " · " {when(ui, &vote)}</p>
            </div>
            <Notice><p>{why}</p></Notice>
            <ListTools at=at search=tr!(ui, "voting.register.search") button=tr!(ui, "voting.look_up") narrow=vec![by_building(ui, buildings)] />
            {match empty {
                true => view! { <Empty icon="users" title=tr!(ui, "voting.register.none") /> }.into_any(),
                false => view! { <ul class="card list register">{rows}</ul> }.into_any(),
            }}
            <Pager next=page.next query=more />
        </StepPage>
    }
}

#[component]
fn Line(line: RegisterLine) -> impl IntoView {
    let ui = ui();
    let size = match line.area_dm2 {
        0 => String::new(),
        area => tr!(ui, "voting.register.size", area = square_metres(area), n = line.dwellings),
    };
    view! {
        <li>
            <span class="body">
                <b>{door(&line.building_name, &line.place)}</b>
                <span class="detail">{line.names}</span>
            </span>
            <span class="aside num">{size}</span>
        </li>
    }
}
