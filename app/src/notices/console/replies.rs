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
    load(look, |(notice, page)| view! { <Listed notice=notice page=page asked=asked /> })
}

#[component]
fn Listed(notice: NoticeSummary, page: Page<ReplyRow>, asked: ReplyFilter) -> impl IntoView {
    let ui = ui();
    let here = format!("/console/notices/{}", notice.id);
    let at = ListAt::new(format!("{here}/replies"), &[("search", &asked.search)], asked.after.as_deref());
    let heads = ["name", "address", "reply", "at"].map(|head| {
        let key = format!("notices.recipient.{head}");
        tr!(ui, &key)
    });
    let rows = page.rows.into_iter().map(|row| {
        let [name, address, reply, at] = heads.clone();
        view! {
            <tr>
                <th scope="row" data-label=name>{row.name}</th>
                <td data-label=address>{row.address}</td>
                <td class="reply-text" data-label=reply>{row.text}</td>
                <td class="when" data-label=at>{time::stamp(row.at)}</td>
            </tr>
        }
        .into_any()
    });
    let rows = rows.collect();
    let none = view! { <Empty title=tr!(ui, "notices.console.no_replies") /> }.into_any();
    let workbook = format!("{here}/replies.xlsx?{}", at.narrowed());
    view! {
        <ConsolePage title=tr!(ui, "notices.console.replies_to", title = notice.title.clone())>
            <ListTools at=at.clone() search=tr!(ui, "notices.console.search_replies") workbook=workbook>
                <ButtonLink href=here>{tr!(ui, "ui.back")}</ButtonLink>
            </ListTools>
            <ListRows at=at caption=tr!(ui, "notices.console.answered") heads=heads.to_vec() none=none rows=rows next=page.next />
        </ConsolePage>
    }
}
