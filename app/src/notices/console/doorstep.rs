//! The doorstep list of a notice: who has not read it.

use contract::AreaId;
use contract::ids::NoticeId;
use contract::notices::Doorstep;
use leptos::prelude::*;
use serde::Deserialize;
use server::notices;

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
    let (caller, core, id, asked) = (caller(), core(), param::<NoticeId>("id"), query::<Asked>());
    let look = async move { notices::doorstep(&caller, &core, &id?, asked.building.as_ref()).await };
    load(look, |list| view! { <Listed list=list /> })
}

#[component]
fn Listed(list: Doorstep) -> impl IntoView {
    let ui = ui();
    let Doorstep { notice, buildings, building, rows } = list;
    let waiting: i64 = buildings.iter().map(|known| known.waiting).sum();
    let page = format!("/console/notices/{}", notice.id);
    let buildings = buildings.into_iter().map(|known| DoorstepBuilding {
        id: known.building.to_string(),
        name: known.name,
        waiting: known.waiting,
    });
    let rows = rows.into_iter().map(|row| Doorway { address: row.address, name: row.name });
    view! {
        <ConsolePage title=tr!(ui, "notices.doorstep.title", title = notice.title)>
            <p class="muted">{tr!(ui, "notices.doorstep.all", n = waiting)}</p>
            <DoorstepList
                page=format!("{page}/doorstep")
                back=page
                caption=tr!(ui, "notices.doorstep.caption")
                none=tr!(ui, "notices.doorstep.none")
                buildings=buildings.collect()
                chosen=building.map(|building| building.to_string())
                rows=rows.collect()
            />
        </ConsolePage>
    }
}
