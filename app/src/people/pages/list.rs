//! The list: search, area, paging, the person beside it.

use contract::people::{AreaName, PeopleFound, PersonDetail, PersonRow};
use leptos::prelude::*;
use server::identity::Verb;
use server::people;

use super::corrections::CORRECTIONS;
use super::imports::IMPORTS;
use super::move_in::MOVE_IN;
use super::past::AS_OF;
use super::twins::TWINS;

use super::sheet::PersonSheet;
use crate::people::api::heads;
use crate::people::asked::{Asked, PATH};
use crate::ui::page::{load, query};
use crate::ui::*;

/// The page.
#[component]
pub fn PeopleTable() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<Asked>());
    let wanted = asked.clone();
    let look = async move {
        let found = people::search(&caller, &core, wanted.search()).await?;
        let shown = match wanted.show {
            Some(person) => Some(people::detail(&caller, &core, person).await?),
            None => None,
        };
        Ok((found, shown))
    };
    load(look, move |(found, shown)| view! { <Listed asked=asked found=found shown=shown /> })
}

#[component]
fn Listed(asked: Asked, found: PeopleFound, shown: Option<PersonDetail>) -> impl IntoView {
    let ui = ui();
    let PeopleFound { trail, areas, page } = found;
    let narrowed = asked.narrowed();
    let more = if narrowed.is_empty() { String::new() } else { format!("{narrowed}&") };
    let empty = page.rows.is_empty();
    let (around, selected) = (asked.clone(), asked.show.clone());
    let rows = page.rows.into_iter().map(move |row| {
        let (href, here) = (around.showing(&row.id), selected.as_ref() == Some(&row.id));
        view! { <Line row=row href=href selected=here /> }
    });
    let tied = asked.tied.is_some();
    let list = asked.query();
    let may_import = caller().allow_somewhere(Verb::PeopleImport).is_ok();
    let may_merge = caller().allow_somewhere(Verb::PeopleMerge).is_ok();
    let may_move = caller().allow_somewhere(Verb::PeopleMoveIn).is_ok();
    let may_correct = caller().allow_somewhere(Verb::PeopleCorrect).is_ok();
    let actions = view! {
        {may_correct.then(|| view! { <ButtonLink href=CORRECTIONS>{tr!(ui, "people.correction.title")}</ButtonLink> })}
        {may_merge.then(|| view! { <ButtonLink href=TWINS>{tr!(ui, "people.twins.open")}</ButtonLink> })}
        {may_move.then(|| view! { <ButtonLink href=MOVE_IN>{tr!(ui, "people.move_in.title")}</ButtonLink> })}
        <ButtonLink href=AS_OF>{tr!(ui, "people.past.open")}</ButtonLink>
        {may_import.then(|| view! { <ButtonLink href=IMPORTS>{tr!(ui, "people.import.open")}</ButtonLink> })}
    }
    .into_any();
    let sheet = shown.map(|detail| view! { <PersonSheet detail=detail list=list /> }.into_any());
    view! {
        <ConsolePage title=tr!(ui, "people.title") actions=actions sheet=sheet>
            {tied.then(|| view! { <Notice tone=Tone::Success><p>{tr!(ui, "people.tie.done")}</p></Notice> })}
            <Tools asked=asked trail=trail areas=areas />
            {match empty {
                true => view! { <Empty icon="users" title=tr!(ui, "people.none") /> }.into_any(),
                false => view! {
                    <Table caption=tr!(ui, "people.title") heads=heads(ui).to_vec()>{rows.collect_view()}</Table>
                    <Pager next=page.next query=more />
                }.into_any(),
            }}
        </ConsolePage>
    }
}

/// Search, the areas around and inside the one looked at, the workbook.
#[component]
fn Tools(asked: Asked, trail: Vec<AreaName>, areas: Vec<AreaName>) -> impl IntoView {
    let ui = ui();
    let export = format!("{PATH}/list.xlsx?{}", asked.narrowed());
    let here = trail.last().map(|area| area.id.clone());
    let inside = trail.len();
    let around = trail.into_iter().enumerate();
    let choices = around.chain(areas.into_iter().map(|area| (inside, area))).map(|(depth, area)| {
        let selected = here.as_ref() == Some(&area.id);
        // An ideographic space a level shows what lies inside what.
        let name = format!("{}{}", "　".repeat(depth), area.name);
        view! { <option value=area.id.to_string() selected=selected>{name}</option> }
    });
    view! {
        <form class="tools" method="get" action=PATH role="search">
            <input
                type="search"
                name="q"
                value=asked.q.clone()
                placeholder=tr!(ui, "people.search")
                aria-label=tr!(ui, "people.search")
            />
            <select name="area" aria-label=tr!(ui, "people.area")>{choices.collect_view()}</select>
            <button class="btn" type="submit">{tr!(ui, "people.find")}</button>
            <ButtonLink href=export download=true>{tr!(ui, "people.export")}</ButtonLink>
        </form>
    }
}

#[component]
fn Line(row: PersonRow, href: String, selected: bool) -> impl IntoView {
    let [_, born, phone, id_number, address] = heads(ui());
    let or_none = |value: Option<String>| value.unwrap_or_else(|| "—".to_owned());
    view! {
        <tr aria-selected=selected.to_string()>
            <th scope="row"><a href=href>{row.name}</a></th>
            <td class="num-text" data-label=born>{row.born}</td>
            <td class="num-text" data-label=phone>{or_none(row.phone)}</td>
            <td class="num-text" data-label=id_number>{or_none(row.id_number)}</td>
            <td data-label=address>{row.address}</td>
        </tr>
    }
}
