//! The list of notices: search, place, state, paging, the sheet beside it.

use contract::Page;
use contract::ids::NoticeId;
use contract::notices::{NoticeDetail, NoticeFilter, NoticeLine, NoticeState};
use contract::people::AreaName;
use leptos::prelude::*;
use server::identity::Verb;
use server::notices;

use super::show::NoticeSheet;
use crate::notices::parts::{Marks, StateTag};
use crate::ui::page::{load, query};
use crate::ui::progress::share;
use crate::ui::*;

/// The list's path.
const PATH: &str = "/console/notices";

/// The page.
#[component]
pub fn NoticeTable() -> impl IntoView {
    let (caller, core, asked, show) = (caller(), core(), query::<NoticeFilter>(), shown_row::<NoticeId>());
    let NoticeFilter { search, state, area, after } = &asked;
    let at = ListAt::new(PATH, &[("search", search), ("state", state), ("area", area)], after.as_deref());
    let look = async move {
        let page = notices::console_list(&caller, &core, asked).await?;
        let areas = notices::listed_areas(&caller, &core).await?;
        let shown = match show.or_else(|| page.rows.first().map(|line| line.notice.id.clone())) {
            Some(notice) => Some(notices::detail(&caller, &core, &notice).await?),
            None => None,
        };
        Ok((page, areas, shown))
    };
    load(look, move |(page, areas, shown)| view! { <Listed at=at page=page areas=areas shown=shown /> })
}

#[component]
fn Listed(at: ListAt, page: Page<NoticeLine>, areas: Vec<AreaName>, shown: Option<NoticeDetail>) -> impl IntoView {
    let ui = ui();
    let may_create = caller().allow_somewhere(Verb::NoticesSend).is_ok();
    let actions = may_create.then(|| {
        view! { <ButtonLink href="/console/notices/new" look=Look::Main>{tr!(ui, "notices.console.new")}</ButtonLink> }
            .into_any()
    });
    let selected = shown.as_ref().map(|detail| detail.notice.id.clone());
    let rows = page.rows.into_iter().map(|line| {
        let (href, here) = (at.showing(&line.notice.id), selected.as_ref() == Some(&line.notice.id));
        view! { <Line line=line href=href selected=here /> }.into_any()
    });
    let rows = rows.collect();
    let heads = ["title", "state", "at", "recipients", "read"].map(|head| {
        let key = format!("notices.console.{head}");
        tr!(ui, &key)
    });
    let none = view! { <Empty icon="megaphone" title=tr!(ui, "notices.console.none") /> }.into_any();
    let sheet = shown.map(|detail| view! { <NoticeSheet detail=detail /> }.into_any());
    let workbook = at.workbook();
    view! {
        <ConsolePage title=tr!(ui, "notices.title") actions=actions sheet=sheet>
            <ListTools at=at.clone() search=tr!(ui, "notices.console.search") narrow=narrow(ui, areas) workbook=workbook />
            <ListRows at=at caption=tr!(ui, "notices.title") heads=heads.to_vec() numbers=&[3, 4] none=none rows=rows next=page.next />
        </ConsolePage>
    }
}

fn narrow(ui: Ui, areas: Vec<AreaName>) -> Vec<Narrow> {
    let states = NoticeState::ALL.into_iter().map(|state| {
        let key = format!("notices.state.{}", state.code());
        (state.code().to_owned(), tr!(ui, &key))
    });
    let areas = areas.into_iter().map(|area| (area.id.to_string(), area.name));
    vec![
        Narrow::by("area", tr!(ui, "notices.console.area"), tr!(ui, "notices.console.all_areas"), areas),
        Narrow::by("state", tr!(ui, "notices.console.state"), tr!(ui, "notices.console.all_states"), states),
    ]
}

#[component]
fn Line(line: NoticeLine, href: String, selected: bool) -> impl IntoView {
    let ui = ui();
    let NoticeLine { notice, recipients, read } = line;
    let label = |head: &str| {
        let key = format!("notices.console.{head}");
        tr!(ui, &key)
    };
    let at = notice.at.map_or_else(|| "—".to_owned(), |at| time::moment(ui, at));
    let out = notice.state.is_out() && recipients > 0;
    let count = |count: String| if out { count } else { "—".to_owned() };
    let permille = share(read, recipients);
    view! {
        <tr aria-selected=selected.to_string()>
            <th scope="row">
                <Marks notice=notice.clone() /><a href=href>{notice.title.clone()}</a>
                <span class="where">{notice.area_name.clone()}</span>
            </th>
            <td data-label=label("state")><StateTag state=notice.state /></td>
            <td class="when" data-label=label("at")>{at}</td>
            <td class="num" data-label=label("recipients")>{count(recipients.to_string())}</td>
            <td class="num" data-label=label("read")>{count(format!("{}%", permille / 10))}</td>
        </tr>
    }
}
