//! The registry as it stood on a day: who owned what in a building.

use contract::people::{AreaName, AsOf, OwnersAsOf, PastDwelling};
use leptos::prelude::*;
use server::people;

use crate::ui::measure::square_metres;
use crate::ui::page::{load, query};
use crate::ui::*;

/// The page's path.
pub const AS_OF: &str = "/console/people/as-of";

/// The page.
#[component]
pub fn OwnersPast() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<AsOf>());
    load(async move { people::as_of(&caller, &core, asked).await }, |stood| view! { <Stood stood=stood /> })
}

#[component]
fn Stood(stood: OwnersAsOf) -> impl IntoView {
    let ui = ui();
    let OwnersAsOf { day, trail, inside, held } = stood;
    let here = trail.last().map(|area| area.id.to_string()).unwrap_or_default();
    let place = trail.iter().map(|area| area.name.clone()).collect::<Vec<_>>().join(" › ");
    let choices = trail.into_iter().enumerate();
    let deepest = choices.len();
    let choices: Vec<(usize, AreaName)> = choices.chain(inside.into_iter().map(|area| (deepest, area))).collect();
    let options = choices.into_iter().map(move |(depth, area)| {
        let selected = here == area.id.as_str();
        view! { <option value=area.id.to_string() selected=selected>{format!("{}{}", "　".repeat(depth), area.name)}</option> }
    });
    let title = tr!(ui, "people.past.title", day = day);
    view! {
        <ConsolePage title=title.clone()>
            <form class="tools" method="get" action=AS_OF>
                <input type="date" name="day" value=day aria-label=tr!(ui, "people.past.day") />
                <select name="area" aria-label=tr!(ui, "people.area")>{options.collect_view()}</select>
                <button class="btn" type="submit">{tr!(ui, "people.find")}</button>
            </form>
            <p class="muted">{place}</p>
            {match held {
                None => view! { <Empty icon="users" title=tr!(ui, "people.past.choose") /> }.into_any(),
                Some(held) if held.is_empty() => view! { <Empty icon="users" title=tr!(ui, "people.past.none") /> }.into_any(),
                Some(held) => view! { <Held caption=title held=held /> }.into_any(),
            }}
        </ConsolePage>
    }
}

#[component]
fn Held(caption: String, held: Vec<PastDwelling>) -> impl IntoView {
    let ui = ui();
    let label = move |head: &str| {
        let key = format!("people.past.head.{head}");
        tr!(ui, &key)
    };
    let heads = ["address", "use", "area", "owners"].map(label);
    let rows = held.into_iter().map(move |dwelling| {
        let key = format!("people.use.{}", dwelling.kind.code());
        let owners = dwelling.owners.into_iter().map(|owner| match owner.share.num == owner.share.den {
            true => owner.name,
            false => format!("{} {}/{}", owner.name, owner.share.num, owner.share.den),
        });
        view! {
            <tr>
                <th scope="row">{dwelling.address}</th>
                <td data-label=label("use")>{tr!(ui, &key)}</td>
                <td class="num" data-label=label("area")>{square_metres(dwelling.area_dm2)}</td>
                <td data-label=label("owners")>{owners.collect::<Vec<_>>().join("，")}</td>
            </tr>
        }
    });
    view! { <Table caption=caption heads=heads.to_vec() numbers=&[2]>{rows.collect_view()}</Table> }
}
