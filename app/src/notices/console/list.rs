//! The list of notices: search, place, state, paging, the sheet beside it.

use contract::Page;
use contract::ids::NoticeId;
use contract::notices::{NoticeDetail, NoticeFilter, NoticeLine, NoticeState};
use contract::people::AreaName;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server::identity::Verb;
use server::notices;

use super::show::NoticeSheet;
use crate::notices::parts::{Marks, StateTag};
use crate::ui::page::{load, query};
use crate::ui::progress::share;
use crate::ui::*;

/// What the address asks for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    #[serde(skip_serializing_if = "String::is_empty")]
    search: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    area: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// The notice in the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    show: Option<NoticeId>,
}

impl Asked {
    fn filter(&self) -> NoticeFilter {
        let Self { search, state, area, after, .. } = self.clone();
        NoticeFilter { search, state, area, after }
    }

    /// The same list with another notice in the sheet.
    fn showing(&self, notice: &NoticeId) -> String {
        let asked = Self { show: Some(notice.clone()), ..self.clone() };
        format!("/console/notices?{}#sheet", encode(&asked))
    }

    /// Search, place and state alone.
    fn narrowed(&self) -> String {
        encode(&Self { after: None, show: None, ..self.clone() })
    }
}

fn encode(asked: &Asked) -> String {
    serde_html_form::to_string(asked).unwrap_or_default()
}

/// The page.
#[component]
pub fn NoticeTable() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<Asked>());
    let wanted = asked.clone();
    let look = async move {
        let page = notices::console_list(&caller, &core, wanted.filter()).await?;
        let areas = notices::listed_areas(&caller, &core).await?;
        let first = page.rows.first().map(|line| line.notice.id.clone());
        let shown = match wanted.show.or(first) {
            Some(notice) => Some(notices::detail(&caller, &core, &notice).await?),
            None => None,
        };
        Ok((page, areas, shown))
    };
    load(look, move |(page, areas, shown)| view! { <Listed asked=asked page=page areas=areas shown=shown /> })
}

#[component]
fn Listed(asked: Asked, page: Page<NoticeLine>, areas: Vec<AreaName>, shown: Option<NoticeDetail>) -> impl IntoView {
    let ui = ui();
    let may_create = caller().allow_somewhere(Verb::NoticesSend).is_ok();
    let actions = may_create.then(|| {
        view! { <ButtonLink href="/console/notices/new" look=Look::Main>{tr!(ui, "notices.console.new")}</ButtonLink> }
            .into_any()
    });
    let selected = shown.as_ref().map(|detail| detail.notice.id.clone());
    let narrowed = asked.narrowed();
    let more = if narrowed.is_empty() { String::new() } else { format!("{narrowed}&") };
    let empty = page.rows.is_empty();
    let around = asked.clone();
    let rows = page.rows.into_iter().map(move |line| {
        let (href, here) = (around.showing(&line.notice.id), selected.as_ref() == Some(&line.notice.id));
        view! { <Line line=line href=href selected=here /> }
    });
    let heads = ["title", "state", "at", "recipients", "read"].map(|head| {
        let key = format!("notices.console.{head}");
        tr!(ui, &key)
    });
    let sheet = shown.map(|detail| view! { <NoticeSheet detail=detail /> }.into_any());
    view! {
        <ConsolePage title=tr!(ui, "notices.title") actions=actions sheet=sheet>
            <Tools asked=asked areas=areas />
            {match empty {
                true => view! { <Empty icon="megaphone" title=tr!(ui, "notices.console.none") /> }.into_any(),
                false => view! {
                    <Table caption=tr!(ui, "notices.title") heads=heads.to_vec()>{rows.collect_view()}</Table>
                    <Pager next=page.next query=more />
                }.into_any(),
            }}
        </ConsolePage>
    }
}

#[component]
fn Tools(asked: Asked, areas: Vec<AreaName>) -> impl IntoView {
    let ui = ui();
    let export = format!("/console/notices/list.xlsx?{}", asked.narrowed());
    let states = NoticeState::ALL.map(|state| {
        let (code, key) = (state.code(), format!("notices.state.{}", state.code()));
        view! { <option value=code selected=asked.state == code>{tr!(ui, &key)}</option> }
    });
    let areas = areas.into_iter().map(|AreaName { id, name }| {
        let id = id.to_string();
        view! { <option value=id.clone() selected=asked.area == id>{name}</option> }
    });
    view! {
        <form class="tools" method="get" action="/console/notices" role="search">
            <input
                type="search"
                name="search"
                value=asked.search.clone()
                placeholder=tr!(ui, "notices.console.search")
                aria-label=tr!(ui, "notices.console.search")
            />
            <select name="area" aria-label=tr!(ui, "notices.console.area")>
                <option value="">{tr!(ui, "notices.console.all_areas")}</option>
                {areas.collect_view()}
            </select>
            <select name="state" aria-label=tr!(ui, "notices.console.state")>
                <option value="">{tr!(ui, "notices.console.all_states")}</option>
                {states.collect_view()}
            </select>
            <button class="btn" type="submit">{tr!(ui, "notices.console.filter")}</button>
            <ButtonLink href=export download=true>{tr!(ui, "notices.console.export")}</ButtonLink>
        </form>
    }
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
