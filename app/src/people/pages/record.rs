//! 我的档案: what the registry holds of the reader, and who looked at it.

use contract::people::{Look, PersonDetail};
use contract::{Page, PageRequest};
use leptos::prelude::*;
use server::people;

use super::sheet::{Living, Owned};
use crate::ui::page::{load, query};
use crate::ui::*;

/// The page.
#[component]
pub fn Record() -> impl IntoView {
    let (caller, core, page) = (caller(), core(), query::<PageRequest>());
    let look = async move {
        let record = people::own_record(&caller, &core).await?;
        Ok((record, people::looks(&caller, &core, page).await?))
    };
    load(look, |(record, looks)| {
        let ui = ui();
        view! {
            <StepPage title=tr!(ui, "people.record.title") back="/me">
                <Held record=record />
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
        <p class="muted">{tr!(ui, "people.record.wrong")}</p>
        <Owned homes=homes />
        <Living household=household />
    }
}

#[component]
fn Looks(looks: Page<Look>) -> impl IntoView {
    let ui = ui();
    if looks.rows.is_empty() {
        return view! { <Empty icon="circle-check" title=tr!(ui, "people.record.nobody") /> }.into_any();
    }
    let rows = looks.rows.into_iter().map(|look| view! { <OneLook look=look /> });
    view! {
        <List>{rows.collect_view()}</List>
        <Pager next=looks.next />
    }
    .into_any()
}

#[component]
fn OneLook(look: Look) -> impl IntoView {
    let ui = ui();
    let field = format!("people.head.{}", look.field.code());
    let reason = format!("people.reason.{}", look.reason.code());
    let role = look.role.map(|role| {
        let key = format!("identity.role.{}", role.code());
        tr!(ui, &key)
    });
    let who = [look.name.unwrap_or_else(|| tr!(ui, "people.record.somebody")), role.unwrap_or_default()];
    let (state, outcome) = match look.refused {
        true => (State::Now, "people.record.refused"),
        false => (State::Done, "people.record.shown"),
    };
    view! {
        <li>
            <span class="item">
                <span class="body">
                    <b>{who.join(" ")}</b>
                    <span class="detail">{tr!(ui, &field)} " · " {tr!(ui, &reason)}</span>
                    <span class="detail num">{time::moment(ui, look.at)}</span>
                </span>
                <Tag state=state>{tr!(ui, outcome)}</Tag>
            </span>
        </li>
    }
}
