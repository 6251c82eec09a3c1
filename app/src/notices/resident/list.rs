//! 通知动态: what was sent to the reader, and what their community tells everybody.

use contract::Page;
use contract::notices::{BrowseFilter, NoticeState, ReadLine};
use leptos::prelude::*;
use serde::Serialize;
use server::notices;

use crate::notices::parts::{Marks, StateTag};
use crate::ui::page::{load, query};
use crate::ui::*;

/// The page. Who is not signed in sees what is for everybody.
#[component]
pub fn NoticeList() -> impl IntoView {
    let (caller, core, mut asked) = (caller(), core(), query::<BrowseFilter>());
    if caller.account.is_none() {
        "public".clone_into(&mut asked.tab);
    }
    let wanted = asked.clone();
    let look = async move { notices::browse(&caller, &core, wanted).await };
    load(look, |page| view! { <Listed asked=asked page=page /> })
}

#[component]
fn Listed(asked: BrowseFilter, page: Page<ReadLine>) -> impl IntoView {
    let ui = ui();
    let title = tr!(ui, "notices.title");
    let empty = page.rows.is_empty();
    let rows = page.rows.into_iter().map(|line| view! { <Line line=line /> }).collect_view();
    let none = if asked.is_public() { "notices.none_public" } else { "notices.none" };
    let more = narrowed(&asked);
    view! {
        <StepPage title=title.clone() back="/">
            <h1>{title.clone()}</h1>
            <Tabs public=asked.is_public() />
            <Tools asked=asked />
            {match empty {
                true => view! { <Empty icon="megaphone" title=tr!(ui, none) /> }.into_any(),
                false => view! { <List>{rows}</List> }.into_any(),
            }}
            <Pager next=page.next query=more />
        </StepPage>
    }
}

/// The fields of the query that make up the list, for the next page.
fn narrowed(asked: &BrowseFilter) -> String {
    #[derive(Serialize)]
    struct Kept<'a> {
        tab: &'a str,
        search: &'a str,
        unread: &'a str,
    }
    let kept = Kept { tab: &asked.tab, search: &asked.search, unread: &asked.unread };
    serde_html_form::to_string(kept).map(|query| format!("{query}&")).unwrap_or_default()
}

/// One's own, and everybody's; a visitor has only the latter.
#[component]
fn Tabs(public: bool) -> impl IntoView {
    let ui = ui();
    let here = |on: bool| on.then_some("page");
    caller().account.is_some().then(|| {
        view! {
            <nav class="switch" aria-label=tr!(ui, "notices.title")>
                <a href="/notices" aria-current=here(!public)>{tr!(ui, "notices.mine")}</a>
                <a href="/notices?tab=public" aria-current=here(public)>{tr!(ui, "notices.public")}</a>
            </nav>
        }
    })
}

#[component]
fn Tools(asked: BrowseFilter) -> impl IntoView {
    let ui = ui();
    let public = asked.is_public();
    view! {
        <form class="tools" method="get" action="/notices" role="search">
            {public.then(|| view! { <input type="hidden" name="tab" value="public" /> })}
            <input
                type="search"
                name="search"
                value=asked.search
                placeholder=tr!(ui, "notices.search")
                aria-label=tr!(ui, "notices.search")
            />
            {(!public).then(|| view! {
                <select name="unread" aria-label=tr!(ui, "notices.which")>
                    <option value="">{tr!(ui, "notices.all")}</option>
                    <option value="1" selected=asked.unread == "1">{tr!(ui, "notices.only_unread")}</option>
                </select>
            })}
            <button class="btn" type="submit">{tr!(ui, "notices.find")}</button>
        </form>
    }
}

/// One notice as a row.
#[component]
pub fn Line(
    /// The notice and how the reader stands towards it.
    line: ReadLine,
) -> impl IntoView {
    let ui = ui();
    let ReadLine { notice, at, excerpt, unread } = line;
    let withdrawn = notice.state == NoticeState::Withdrawn;
    let text = if withdrawn { tr!(ui, "notices.withdrawn_short") } else { excerpt };
    view! {
        <li>
            <a href=format!("/notices/{}", notice.id) class="told">
                {unread.then(|| view! { <span class="unread"><span class="sr">{tr!(ui, "notices.unread")}</span></span> })}
                <span class="body">
                    <b>
                        <Marks notice=notice.clone() />
                        {withdrawn.then(|| view! { <StateTag state=notice.state /> " " })}
                        {notice.title}
                    </b>
                    <span class="excerpt">{text}</span>
                    <span class="detail num">{notice.area_name} " · " <time datetime=time::machine(at)>{time::moment(ui, at)}</time></span>
                </span>
                <Icon name="chevron-right" />
            </a>
        </li>
    }
}
