//! What recipients answered.

use contract::Page;
use contract::ids::NoticeId;
use contract::notices::{NoticeSummary, ReplyFilter, ReplyRow};
use leptos::prelude::*;
use server::notices;

use crate::ui::page::{load, param, query};
use crate::ui::*;

/// The page.
#[component]
pub fn Replies() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<NoticeId>("id"), query::<ReplyFilter>());
    let wanted = asked.clone();
    let look = async move { notices::replies(&caller, &core, &id?, &wanted).await };
    load(look, |(notice, page)| view! { <Listed notice=notice page=page search=asked.search /> })
}

#[component]
fn Listed(notice: NoticeSummary, page: Page<ReplyRow>, search: String) -> impl IntoView {
    let ui = ui();
    let kept = serde_html_form::to_string([("search", search.as_str())]).unwrap_or_default();
    let here = format!("/console/notices/{}", notice.id);
    let heads = ["name", "address", "reply", "at"].map(|head| {
        let key = format!("notices.recipient.{head}");
        tr!(ui, &key)
    });
    let (labels, empty) = (heads.clone(), page.rows.is_empty());
    let rows = page.rows.into_iter().map(move |row| {
        let [name, address, reply, at] = labels.clone();
        view! {
            <tr>
                <th scope="row" data-label=name>{row.name}</th>
                <td data-label=address>{row.address}</td>
                <td class="reply-text" data-label=reply>{row.text}</td>
                <td class="when" data-label=at>{time::stamp(row.at)}</td>
            </tr>
        }
    });
    view! {
        <ConsolePage title=tr!(ui, "notices.console.replies_to", title = notice.title.clone())>
            <form class="tools" method="get" action=format!("{here}/replies") role="search">
                <input
                    type="search"
                    name="search"
                    value=search
                    placeholder=tr!(ui, "notices.console.search_replies")
                    aria-label=tr!(ui, "notices.console.search_replies")
                />
                <button class="btn" type="submit">{tr!(ui, "notices.console.filter")}</button>
                <ButtonLink href=format!("{here}/replies.xlsx?{kept}") download=true>{tr!(ui, "notices.console.export")}</ButtonLink>
                <ButtonLink href=here.clone()>{tr!(ui, "notices.console.back")}</ButtonLink>
            </form>
            {match empty {
                true => view! { <Empty title=tr!(ui, "notices.console.no_replies") /> }.into_any(),
                false => view! {
                    <Table caption=tr!(ui, "notices.console.answered") heads=heads.to_vec()>{rows.collect_view()}</Table>
                    <Pager next=page.next query=format!("{kept}&") />
                }.into_any(),
            }}
        </ConsolePage>
    }
}
