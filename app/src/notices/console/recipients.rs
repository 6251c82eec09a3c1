//! Who was to hear, channel by channel, and what became of it.

use contract::Page;
use contract::ids::NoticeId;
use contract::notices::{Channel, Delivery, NoticeSummary, RecipientFilter, RecipientRow};
use leptos::prelude::*;
use serde::Serialize;
use server::notices;

use crate::ui::page::{load, param, query};
use crate::ui::*;

/// The page.
#[component]
pub fn Recipients() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<NoticeId>("id"), query::<RecipientFilter>());
    let wanted = asked.clone();
    let look = async move { notices::recipients(&caller, &core, &id?, &wanted).await };
    load(look, |(notice, page)| view! { <Listed notice=notice page=page asked=asked /> })
}

#[component]
fn Listed(notice: NoticeSummary, page: Page<RecipientRow>, asked: RecipientFilter) -> impl IntoView {
    let ui = ui();
    #[derive(Serialize)]
    struct Kept<'a> {
        channel: &'a str,
        status: &'a str,
    }
    let kept = serde_html_form::to_string(Kept { channel: &asked.channel, status: &asked.status }).unwrap_or_default();
    let here = format!("/console/notices/{}", notice.id);
    let heads = ["name", "address", "status", "why", "attempts", "at"].map(|head| {
        let key = format!("notices.recipient.{head}");
        tr!(ui, &key)
    });
    let (labels, empty) = (heads.clone(), page.rows.is_empty());
    let rows = page.rows.into_iter().map(move |row| view! { <Line row=row labels=labels.clone() /> });
    let option = |above: &str, code: &'static str, chosen: bool| {
        let key = format!("notices.{above}.{code}");
        view! { <option value=code selected=chosen>{tr!(ui, &key)}</option> }
    };
    let channels = Channel::ALL.map(|channel| option("channel", channel.code(), asked.channel() == channel));
    let statuses = Delivery::ALL.map(|status| option("status", status.code(), asked.status() == Some(status)));
    view! {
        <ConsolePage title=tr!(ui, "notices.console.recipients_of", title = notice.title.clone())>
            <form class="tools" method="get" action=format!("{here}/recipients")>
                <select name="channel" aria-label=tr!(ui, "notices.console.channels")>{channels.collect_view()}</select>
                <select name="status" aria-label=tr!(ui, "notices.recipient.status")>
                    <option value="">{tr!(ui, "notices.console.all_states")}</option>
                    {statuses.collect_view()}
                </select>
                <button class="btn" type="submit">{tr!(ui, "notices.console.filter")}</button>
                <ButtonLink href=format!("{here}/recipients.xlsx?{kept}") download=true>{tr!(ui, "notices.console.export")}</ButtonLink>
                <ButtonLink href=here.clone()>{tr!(ui, "notices.console.back")}</ButtonLink>
            </form>
            {match empty {
                true => view! { <Empty icon="users" title=tr!(ui, "notices.console.nobody") /> }.into_any(),
                false => view! {
                    <Table caption=tr!(ui, "notices.console.recipient_list") heads=heads.to_vec()>{rows.collect_view()}</Table>
                    <Pager next=page.next query=format!("{kept}&") />
                }.into_any(),
            }}
        </ConsolePage>
    }
}

#[component]
fn Line(row: RecipientRow, labels: [String; 6]) -> impl IntoView {
    let ui = ui();
    let [name, address, status, why, attempts, at] = labels;
    let status_key = format!("notices.status.{}", row.status.code());
    let look = match row.status {
        Delivery::Queued => State::Wait,
        Delivery::Sent => State::Info,
        Delivery::Delivered | Delivery::Read => State::Done,
        Delivery::Failed => State::Now,
        Delivery::Skipped => State::Plain,
    };
    let reason = row.why.map(|why| {
        let key = format!("notices.why.{}", why.code());
        tr!(ui, &key)
    });
    view! {
        <tr>
            <th scope="row" data-label=name>{row.name}</th>
            <td data-label=address>{row.address}</td>
            <td data-label=status><Tag state=look>{tr!(ui, &status_key)}</Tag></td>
            <td data-label=why>{reason}</td>
            <td class="num" data-label=attempts>{row.attempts}</td>
            <td class="when" data-label=at>{time::stamp(row.at)}</td>
        </tr>
    }
}
