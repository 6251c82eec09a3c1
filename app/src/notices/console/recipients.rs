//! Who was to hear, channel by channel, and what became of it.

use contract::Page;
use contract::ids::NoticeId;
use contract::notices::{Channel, Delivery, NoticeSummary, RecipientFilter, RecipientRow};
use leptos::prelude::*;
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
    let here = format!("/console/notices/{}", notice.id);
    let fields = [("channel", asked.channel().code()), ("status", asked.status.as_str())];
    let at = ListAt::new(format!("{here}/recipients"), &fields, asked.after.as_deref());
    let heads = ["name", "address", "status", "why", "attempts", "at"].map(|head| {
        let key = format!("notices.recipient.{head}");
        tr!(ui, &key)
    });
    let rows = page.rows.into_iter().map(|row| view! { <Line row=row labels=heads.clone() /> }.into_any());
    let rows = rows.collect();
    let none = view! { <Empty icon="users" title=tr!(ui, "notices.console.nobody") /> }.into_any();
    let workbook = format!("{here}/recipients.xlsx?{}", at.narrowed());
    view! {
        <ConsolePage title=tr!(ui, "notices.console.recipients_of", title = notice.title.clone())>
            <ListTools at=at.clone() narrow=narrow(ui) workbook=workbook>
                <ButtonLink href=here>{tr!(ui, "ui.back")}</ButtonLink>
            </ListTools>
            <ListRows
                at=at
                caption=tr!(ui, "notices.console.recipient_list")
                heads=heads.to_vec()
                numbers=&[4]
                none=none
                rows=rows
                next=page.next
            />
        </ConsolePage>
    }
}

/// By channel, of which one is always chosen, and by what became of the message.
fn narrow(ui: Ui) -> Vec<Narrow> {
    let option = move |above: &str, code: &str| {
        let key = format!("notices.{above}.{code}");
        (code.to_owned(), tr!(ui, &key))
    };
    let channels = Channel::ALL.map(|channel| option("channel", channel.code())).to_vec();
    let statuses = Delivery::ALL.map(|status| option("status", status.code()));
    vec![
        Narrow { name: "channel", label: tr!(ui, "notices.console.channels"), options: channels },
        Narrow::by("status", tr!(ui, "notices.recipient.status"), tr!(ui, "notices.console.all_states"), statuses),
    ]
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
