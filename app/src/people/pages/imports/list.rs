//! The lists that came, newest first, and the form that sends one.

use contract::people::{AreaName, ImportLine, ImportPlaces, UnmaskReason};
use contract::{AreaId, Page, PageRequest};
use leptos::prelude::*;
use serde::Deserialize;
use server::identity::Verb;
use server::people;

use super::{IMPORTS, StateTag};
use crate::ui::page::{load, query};
use crate::ui::*;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    area: String,
    after: Option<String>,
}

/// The page.
#[component]
pub fn ImportList() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<Asked>());
    let look = async move {
        let area: Option<AreaId> = asked.area.parse().ok();
        let page = PageRequest { after: asked.after, size: None };
        let lines = people::imports(&caller, &core, area.clone(), page).await?;
        let places = people::import_places(&caller, &core, area).await?;
        Ok((lines, places))
    };
    load(look, |(lines, places)| view! { <Listed lines=lines places=places /> })
}

#[component]
fn Listed(lines: Page<ImportLine>, places: ImportPlaces) -> impl IntoView {
    let ui = ui();
    let heads = ["sent", "area", "by", "state", "rows", "refused"].map(|head| {
        let key = format!("people.import.head.{head}");
        tr!(ui, &key)
    });
    let empty = lines.rows.is_empty();
    let rows = lines.rows.into_iter().map(|line| view! { <Line line=line /> });
    let export = places.places.clone();
    let inside = (!places.inside.is_empty()).then(|| view! { <Inside areas=places.inside.clone() /> });
    let actions = view! {
        <ButtonLink href=format!("{IMPORTS}/template.xlsx") download=true>{tr!(ui, "people.import.template")}</ButtonLink>
    };
    view! {
        <ConsolePage title=tr!(ui, "people.import.title") actions=actions.into_any()>
            <section aria-labelledby="send">
                <h2 id="send">{tr!(ui, "people.import.send")}</h2>
                {inside}
                {(!places.places.is_empty()).then(|| view! { <SendForm places=places.places /> })}
            </section>
            {(!export.is_empty()).then(|| view! {
                <section aria-labelledby="export">
                    <h2 id="export">{tr!(ui, "people.registry.title")}</h2>
                    <ExportForm places=export />
                </section>
            })}
            <section aria-labelledby="sent">
                <h2 id="sent">{tr!(ui, "people.import.sent")}</h2>
                {match empty {
                    true => view! { <Empty icon="inbox" title=tr!(ui, "people.import.none") /> }.into_any(),
                    false => view! {
                        <Table caption=tr!(ui, "people.import.sent") heads=heads.to_vec() numbers=&[4, 5]>{rows.collect_view()}</Table>
                        <Pager next=lines.next />
                    }.into_any(),
                }}
            </section>
        </ConsolePage>
    }
}

/// Links into an area that is too wide for a list.
#[component]
fn Inside(areas: Vec<AreaName>) -> impl IntoView {
    let label = tr!(ui(), "people.import.narrow");
    let links = areas
        .into_iter()
        .map(|area| view! { <a href=format!("{IMPORTS}?area={}", area.id)>{area.name}</a> })
        .collect_view();
    let name = label.clone();
    view! {
        <nav class="areas" aria-label=name>
            <span class="muted">{label}</span>
            {links}
        </nav>
    }
}

/// Places as a select's options: an ideographic space a level shows what lies inside what.
fn options(places: Vec<(usize, AreaName)>) -> Vec<(String, String)> {
    let option =
        |(depth, area): (usize, AreaName)| (area.id.to_string(), format!("{}{}", "　".repeat(depth), area.name));
    places.into_iter().map(option).collect()
}

/// The registry in the format of the lists.
#[component]
fn ExportForm(places: Vec<(usize, AreaName)>) -> impl IntoView {
    let ui = ui();
    let none = (String::new(), tr!(ui, "people.unmask.choose"));
    let reasons = UnmaskReason::ALL.map(|reason| {
        let key = format!("people.reason.{}", reason.code());
        (reason.code().to_owned(), tr!(ui, &key))
    });
    let reasons = std::iter::once(none).chain(reasons).collect::<Vec<_>>();
    let may_unmask = caller().allow_somewhere(Verb::PeopleUnmask).is_ok();
    let clear = may_unmask.then(|| view! {
        <Choice name="clear" value="1" title=tr!(ui, "people.registry.clear") detail=tr!(ui, "people.registry.told") many=true />
        <Select name="reason" label=tr!(ui, "people.registry.reason") options=reasons />
    });
    // Not the shared form: two of them on a page would have fields of one id.
    view! {
        <details class="more">
            <summary>{tr!(ui, "people.registry.open")}</summary>
            <form class="form" method="post" action="/console/people/registry.xlsx">
                <label class="field">
                    {tr!(ui, "people.area")}
                    <select name="area">
                        {options(places).into_iter().map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view()}
                    </select>
                </label>
                {clear}
                <Button>{tr!(ui, "people.registry.export")}</Button>
            </form>
        </details>
    }
}

#[component]
fn SendForm(places: Vec<(usize, AreaName)>) -> impl IntoView {
    let ui = ui();
    // The page that comes back after a refusal stands for the same area, with the form in it.
    let action = places.first().map(|(_, area)| format!("{IMPORTS}?area={}", area.id)).unwrap_or_default();
    view! {
        <Form action=action files=true>
            <Select
                name="area"
                label=tr!(ui, "people.import.area")
                hint=tr!(ui, "people.import.area_hint")
                options=options(places)
            />
            <Field
                name="file"
                label=tr!(ui, "people.import.file")
                hint=tr!(ui, "people.import.file_hint")
                kind="file"
                accept=".xlsx,.csv"
            />
            <Button look=Look::Main>{tr!(ui, "people.import.upload")}</Button>
        </Form>
    }
}

#[component]
fn Line(line: ImportLine) -> impl IntoView {
    let ui = ui();
    let label = |head: &str| {
        let key = format!("people.import.head.{head}");
        tr!(ui, &key)
    };
    let (rows, refused) = (line.counts.total(|c| c.rows()), line.counts.total(|c| c.refused));
    view! {
        <tr>
            <th scope="row"><a href=format!("{IMPORTS}/{}", line.id)>{time::stamp(line.at)}</a></th>
            <td data-label=label("area")>{line.area.name}</td>
            <td data-label=label("by")>{line.by.unwrap_or_else(|| "—".to_owned())}</td>
            <td data-label=label("state")><StateTag state=line.state /></td>
            <td class="num" data-label=label("rows")>{rows}</td>
            <td class="num" data-label=label("refused")>{refused}</td>
        </tr>
    }
}
