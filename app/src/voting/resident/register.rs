//! The roll as published for objection.

use contract::ids::VoteId;
use contract::voting::{Register, RegisterFilter, RegisterLine};
use leptos::prelude::*;
use server::voting;

use crate::ui::measure::square_metres;
use crate::ui::page::{load, param, query};
use crate::ui::*;
use crate::voting::parts::{door, page_of, when};

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
    let Register { vote, buildings, page } = register;
    let options = buildings.into_iter().map(|(id, name)| {
        let id = id.to_string();
        view! { <option value=id.clone() selected=asked.building == id>{name}</option> }
    });
    let options = options.collect_view();
    let fields = [("search", asked.search.as_str()), ("building", asked.building.as_str())];
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
    let narrowed = serde_html_form::to_string(&fields).unwrap_or_default();
    let more = if narrowed.is_empty() { narrowed } else { format!("{narrowed}&") };
    let empty = page.rows.is_empty();
    let rows = page.rows.into_iter().map(|line| view! { <Line line=line /> });
    let rows = rows.collect_view();
    view! {
        <StepPage title=tr!(ui, "voting.register.title") back=page_of(&vote, "")>
            <div class="ballot-head">
                <h1>{tr!(ui, "voting.register.title")}</h1>
                <p class="muted small">{vote.title.clone()} " · " {when(ui, &vote)}</p>
            </div>
            <Notice><p>{tr!(ui, "voting.register.why")}</p></Notice>
            <form class="tools" method="get" action=page_of(&vote, "roll") role="search">
                <input type="search" name="search" value=asked.search.clone() placeholder=tr!(ui, "voting.register.search") aria-label=tr!(ui, "voting.register.search") />
                <select name="building" aria-label=tr!(ui, "voting.console.building")>
                    <option value="">{tr!(ui, "voting.register.all")}</option>
                    {options}
                </select>
                <button class="btn" type="submit">{tr!(ui, "voting.look_up")}</button>
            </form>
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
