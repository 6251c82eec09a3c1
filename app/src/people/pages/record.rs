//! 我的档案: what the registry holds of the reader, and who looked at it.

use contract::people::{Look, PersonDetail, Trace};
use contract::{Page, PageRequest};
use leptos::prelude::*;
use server::people;

use super::correct::OwnCorrections;
use super::sheet::{Living, Owned};
use crate::ui::form::refused;
use crate::ui::page::{load, query, text_of};
use crate::ui::*;

/// The page.
#[component]
pub fn Record() -> impl IntoView {
    let (caller, core, page) = (caller(), core(), query::<PageRequest>());
    let look = async move {
        let record = people::own_record(&caller, &core).await?;
        let asked = people::own_corrections(&caller, &core).await?;
        Ok((record, asked, people::looks(&caller, &core, page).await?))
    };
    load(look, |(record, asked, looks)| {
        let ui = ui();
        view! {
            <StepPage title=tr!(ui, "people.record.title") back="/me">
                {refused().map(|error| view! { <Notice tone=Tone::Error><p>{text_of(ui, &error)}</p></Notice> })}
                <Held record=record />
                <OwnCorrections lines=asked />
                <section aria-labelledby="looks">
                    <h2 id="looks">{tr!(ui, "people.record.looks")}</h2>
                    <p class="muted">{tr!(ui, "people.record.law")}</p>
                    <Looks looks=looks />
                </section>
            </StepPage>
        }
    })
}

#[component]
fn Held(record: PersonDetail) -> impl IntoView {
    let ui = ui();
    let PersonDetail { person, trail, household, homes } = record;
    let place = trail.into_iter().map(|area| area.name).collect::<Vec<_>>().join(" › ");
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "—".to_owned());
    view! {
        <h1>{person.name}</h1>
        <dl class="card record">
            <dt>{tr!(ui, "people.head.born")}</dt>
            <dd class="num">{person.born}</dd>
            <dt>{tr!(ui, "people.head.phone")}</dt>
            <dd class="num">{or_none(person.phone)}</dd>
            <dt>{tr!(ui, "people.head.id_number")}</dt>
            <dd class="num">{or_none(person.id_number)}</dd>
            <dt>{tr!(ui, "people.head.address")}</dt>
            <dd>{person.address}</dd>
            <dt>{tr!(ui, "people.area")}</dt>
            <dd>{place}</dd>
        </dl>
        <h2>{tr!(ui, "people.record.belongs")}</h2>
        <Owned homes=homes />
        <Living household=household />
    }
}

#[component]
fn Looks(looks: Page<Look>) -> impl IntoView {
    let ui = ui();
    if looks.rows.is_empty() && looks.next.is_none() {
        return view! { <Empty icon="circle-check" title=tr!(ui, "people.record.nobody") /> }.into_any();
    }
    let rows = looks.rows.into_iter().map(|look| view! { <OneLook look=look /> });
    view! {
        <List>{rows.collect_view()}</List>
        <Pager next=looks.next />
    }
    .into_any()
}

/// What was done, in words.
fn what(ui: Ui, trace: &Trace) -> String {
    match trace {
        Trace::Looked(field, reason) => {
            let (field, reason) = (format!("people.head.{}", field.code()), format!("people.reason.{}", reason.code()));
            format!("{} · {}", tr!(ui, &field), tr!(ui, &reason))
        }
        Trace::Bound => tr!(ui, "people.record.bound"),
        Trace::MovedIn => tr!(ui, "people.record.moved_in"),
        Trace::Changed(fields) => {
            let names = fields.iter().map(|field| {
                let key = format!("people.head.{field}");
                tr!(ui, &key)
            });
            let fields = names.collect::<Vec<_>>().join("、");
            tr!(ui, "people.record.changed", fields = fields)
        }
    }
}

#[component]
fn OneLook(look: Look) -> impl IntoView {
    let ui = ui();
    let role = look.role.map(|role| {
        let key = format!("identity.role.{}", role.code());
        tr!(ui, &key)
    });
    let who = [look.name.unwrap_or_else(|| tr!(ui, "people.record.somebody")), role.unwrap_or_default()];
    let (state, outcome) = match (look.refused, &look.what) {
        (true, _) => (State::Now, "people.record.refused"),
        (false, Trace::Looked(..)) => (State::Done, "people.record.shown"),
        (false, _) => (State::Done, "people.record.done"),
    };
    view! {
        <li>
            <span class="item">
                <span class="body">
                    <b>{who.join(" ")}</b>
                    <span class="detail">{what(ui, &look.what)}</span>
                    <span class="detail num">{time::moment(ui, look.at)}</span>
                </span>
                <Tag state=state>{tr!(ui, outcome)}</Tag>
            </span>
        </li>
    }
}
