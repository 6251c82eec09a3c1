//! The doorstep list: whom to speak to, building by building, on screen or on paper.

use leptos::prelude::*;

use super::button::ButtonLink;
use super::icon::Icon;
use super::notice::Empty;
use super::request::ui;
use super::table::Table;

/// A building to choose.
#[derive(Clone, Debug)]
pub struct DoorstepBuilding {
    /// Its id, as the address names it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// People waited for there.
    pub waiting: i64,
}

/// A door and who is waited for behind it.
#[derive(Clone, Debug)]
pub struct Doorway {
    /// The address; empty where there is none.
    pub address: String,
    /// The full name.
    pub name: String,
}

/// The buildings to choose from, and the list of one: door, name, room for a remark by hand.
#[component]
pub fn DoorstepList(
    /// The page's address; `.xlsx` behind it is the list as a workbook.
    #[prop(into)]
    page: String,
    /// Where the list is to be had as a PDF, where it is made for print.
    #[prop(optional, into)]
    print: Option<String>,
    /// The page before it.
    #[prop(into)]
    back: String,
    /// What the list is, for screen readers.
    #[prop(into)]
    caption: String,
    /// What is said where nobody is waited for.
    #[prop(into)]
    none: String,
    /// What stands where there is no address.
    #[prop(optional, into)]
    nowhere: String,
    /// The buildings, in order.
    buildings: Vec<DoorstepBuilding>,
    /// The id of the one listed.
    chosen: Option<String>,
    /// Its doors, in order.
    rows: Vec<Doorway>,
) -> impl IntoView {
    let ui = ui();
    let heads = ["address", "name", "remark"].map(|head| {
        let key = format!("ui.doorstep.{head}");
        tr!(ui, &key)
    });
    let here = buildings.iter().find(|known| Some(&known.id) == chosen.as_ref());
    let here = here.map(|known| tr!(ui, "ui.doorstep.here", building = known.name.clone(), n = known.waiting));
    let (labels, done) = (heads.clone(), rows.is_empty());
    let rows = doors(rows)
        .into_iter()
        .map(move |row| view! { <Door row=row labels=labels.clone() nowhere=nowhere.clone() /> });
    let choices = buildings.into_iter().map(|known| {
        let text = tr!(ui, "ui.doorstep.choice", building = known.name, n = known.waiting);
        view! { <option value=known.id.clone() selected=Some(&known.id) == chosen.as_ref()>{text}</option> }
    });
    view! {
        <form class="tools" method="get" action=page.clone()>
            <select name="building" aria-label=tr!(ui, "ui.doorstep.building")>{choices.collect_view()}</select>
            <button class="btn" type="submit">{tr!(ui, "ui.doorstep.show")}</button>
            {print.map(|href| view! {
                <ButtonLink href=href download=true><Icon name="printer" /> {tr!(ui, "ui.doorstep.print")}</ButtonLink>
            })}
            <ButtonLink href=format!("{page}.xlsx") download=true>{tr!(ui, "ui.doorstep.export")}</ButtonLink>
            <ButtonLink href=back>{tr!(ui, "ui.back")}</ButtonLink>
        </form>
        <h2>{here}</h2>
        {match done {
            true => view! { <Empty icon="circle-check" title=none /> }.into_any(),
            false => view! { <Table caption=caption heads=heads.to_vec()>{rows.collect_view()}</Table> }.into_any(),
        }}
    }
}

/// Who is waited for behind one door stands in one row: one bell is rung.
fn doors(rows: Vec<Doorway>) -> Vec<Doorway> {
    let mut doors: Vec<Doorway> = Vec::with_capacity(rows.len());
    for row in rows {
        match doors.last_mut() {
            Some(door) if door.address == row.address && !row.address.is_empty() => {
                door.name.push('、');
                door.name.push_str(&row.name);
            }
            _ => doors.push(row),
        }
    }
    doors
}

#[component]
fn Door(row: Doorway, labels: [String; 3], nowhere: String) -> impl IntoView {
    let place = if row.address.is_empty() { nowhere } else { row.address };
    let [address, name, remark] = labels;
    view! {
        <tr>
            <td data-label=address>{place}</td>
            <th scope="row" data-label=name>{row.name}</th>
            <td class="remark" data-label=remark></td>
        </tr>
    }
}
