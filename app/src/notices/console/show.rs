//! One notice, from draft to withdrawal.

use contract::ids::NoticeId;
use contract::notices::{Channel, Delivery, NoticeDetail, NoticeState};
use leptos::prelude::*;
use server::notices;

use super::next::NextStep;
use crate::notices::islands::{LiveProgress, ProgressTexts};
use crate::notices::parts::{Body, Earlier, Marks, StateTag};
use crate::ui::form::refused;
use crate::ui::page::{load, param, text_of};
use crate::ui::*;

/// The page.
#[component]
pub fn ShowNotice() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<NoticeId>("id"));
    load(async move { notices::detail(&caller, &core, &id?).await }, |detail| view! { <Shown detail=detail /> })
}

#[component]
fn Shown(detail: NoticeDetail) -> impl IntoView {
    let ui = ui();
    let notice = detail.notice.clone();
    let actions = view! { <NextStep notice=notice.clone() purged=detail.purged /> }.into_any();
    let followed = detail.clone();
    let sheet = notice.state.is_out().then(|| {
        view! {
            <Sheet label=tr!(ui, "notices.console.progress")>
                <ProgressNow detail=followed.clone() />
                <Below detail=followed />
            </Sheet>
        }
        .into_any()
    });
    let newest = detail.versions.first().cloned();
    view! {
        <ConsolePage title=notice.title.clone() actions=actions sheet=sheet>
            {refused().map(|error| view! { <Notice tone=Tone::Error><p>{text_of(ui, &error)}</p></Notice> })}
            {detail.reason.clone().map(|reason| view! {
                <Notice tone=Tone::Warning><p>{tr!(ui, "notices.withdrawn_why", reason = reason)}</p></Notice>
            })}
            {detail.purged.then(|| view! { <Notice><p>{tr!(ui, "notices.console.purged")}</p></Notice> })}
            <Data detail=detail.clone() />
            <section class="card text" aria-label=tr!(ui, "notices.console.text")>
                {newest.map(|version| view! { <Body version=version /> })}
            </section>
            <Earlier versions=detail.versions />
        </ConsolePage>
    }
}

/// What holds for the notice.
#[component]
pub fn Data(
    /// The notice.
    detail: NoticeDetail,
) -> impl IntoView {
    let ui = ui();
    let notice = detail.notice.clone();
    let change = detail.versions.first().map(|version| version.change.clone()).filter(|change| !change.is_empty());
    let flags = [(notice.public, "notices.console.is_public"), (notice.replies, "notices.console.asks_reply")];
    let flags: Vec<String> = flags.iter().filter(|(on, _)| *on).map(|(_, key)| tr!(ui, *key)).collect();
    view! {
        <dl class="card data">
            <div><dt>{tr!(ui, "notices.console.state")}</dt><dd><StateTag state=notice.state /> " " <Marks notice=notice.clone() /></dd></div>
            {notice.at.map(|at| view! { <div><dt>{tr!(ui, "notices.console.at")}</dt><dd class="num">{time::stamp(at)}</dd></div> })}
            <div><dt>{tr!(ui, "notices.console.audience")}</dt><dd>{audience(ui, &detail)}</dd></div>
            <div><dt>{tr!(ui, "notices.console.channels")}</dt><dd>{channels(ui, &detail.channels)}</dd></div>
            {(!flags.is_empty()).then(|| view! { <div><dt>{tr!(ui, "notices.console.more")}</dt><dd>{flags.join("，")}</dd></div> })}
            {change.map(|change| view! { <div><dt>{tr!(ui, "notices.console.change")}</dt><dd>{change}</dd></div> })}
        </dl>
    }
}

/// `龙北社区（2幢、3幢）· 居民 · 60 岁以上`.
fn audience(ui: Ui, detail: &NoticeDetail) -> String {
    let buildings: Vec<&str> = detail.buildings.iter().map(|building| building.name.as_str()).collect();
    let place = match buildings.is_empty() {
        true => detail.notice.area_name.clone(),
        false => format!("{}（{}）", detail.notice.area_name, buildings.join("、")),
    };
    let group = format!("notices.group.{}", detail.group.code());
    let tag = detail.tag.map(|tag| {
        let key = format!("notices.tag.{}", tag.code());
        tr!(ui, &key)
    });
    let parts: Vec<String> = [Some(place), Some(tr!(ui, &group)), tag].into_iter().flatten().collect();
    parts.join(" · ")
}

/// `站内消息、短信`.
fn channels(ui: Ui, outside: &[Channel]) -> String {
    let all = std::iter::once(&Channel::App).chain(outside);
    let names = all.map(|channel| {
        let key = format!("notices.channel.{}", channel.code());
        tr!(ui, &key)
    });
    names.collect::<Vec<_>>().join("、")
}

/// A notice at a glance, beside the list.
#[component]
pub fn NoticeSheet(
    /// The notice.
    detail: NoticeDetail,
) -> impl IntoView {
    let ui = ui();
    let notice = detail.notice.clone();
    let out = notice.state.is_out();
    view! {
        <Sheet label=notice.title.clone()>
            <div>
                <p><StateTag state=notice.state /> " " <Marks notice=notice.clone() /></p>
                <h2>{notice.title.clone()}</h2>
                <p class="muted">{audience(ui, &detail)} {notice.at.map(|at| format!(" · {}", time::moment(ui, at)))}</p>
            </div>
            {out.then(|| view! { <ProgressNow detail=detail.clone() /> })}
            <div class="acts">
                <NextStep notice=notice.clone() purged=detail.purged />
                <ButtonLink href=format!("/console/notices/{}", notice.id)>{tr!(ui, "notices.console.open_page")}</ButtonLink>
            </div>
        </Sheet>
    }
}

/// What became of its messages, live while anybody may still read it.
#[component]
fn ProgressNow(detail: NoticeDetail) -> impl IntoView {
    let ui = ui();
    let named = |above: &str, code: &str| {
        let key = format!("notices.{above}.{code}");
        tr!(ui, &key)
    };
    let texts = ProgressTexts {
        recipients: tr!(ui, "notices.console.recipients"),
        read: tr!(ui, "notices.status.read"),
        channels: Channel::ALL.map(|channel| named("channel", channel.code())),
        statuses: Delivery::ALL.map(|status| named("status", status.code())),
    };
    let live = detail.notice.state != NoticeState::Withdrawn;
    let stream = live.then(|| format!("/console/notices/{}/stream", detail.notice.id));
    view! { <LiveProgress progress=detail.progress stream=stream texts=texts /> }
}

/// The lists behind the figures.
#[component]
fn Below(detail: NoticeDetail) -> impl IntoView {
    let ui = ui();
    let page = format!("/console/notices/{}", detail.notice.id);
    let listed = (!detail.purged).then(|| {
        let (title, recipients) = (tr!(ui, "notices.console.recipient_list"), detail.progress.recipients);
        view! { <ListLink href=format!("{page}/recipients") title=title aside=recipients.to_string() /> }
    });
    let answered = detail.notice.replies.then(|| {
        let title = tr!(ui, "notices.console.answered");
        view! { <ListLink href=format!("{page}/replies") title=title aside=detail.answered.to_string() /> }
    });
    view! {
        <List>
            {listed}
            {answered}
        </List>
    }
}
