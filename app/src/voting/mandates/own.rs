//! The mandates that one gave and holds, and the form for another.

use contract::ids::VoteId;
use contract::voting::{Mandate, MandateState, OwnMandates, Phase, RollEntry};
use leptos::prelude::*;
use server::voting;

use super::StateTag;
use crate::ui::page::{load, param};
use crate::ui::screen::ActionBar;
use crate::ui::time;
use crate::ui::*;
use crate::voting::parts::page_of;

/// The page.
#[component]
pub fn MandatesPage() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    load(async move { voting::own_mandates(&caller, &core, &id?).await }, |own| {
        let title = tr!(ui(), "voting.mandate.title");
        view! { <StepPage title=title back=page_of(&own.vote, "")><Own own=own /></StepPage> }
    })
}

#[component]
fn Own(own: OwnMandates) -> impl IntoView {
    let ui = ui();
    let OwnMandates { vote, heads, limit, given, held } = own;
    let action = page_of(&vote, "mandates");
    let open = vote.phase == Phase::Open;
    let (none_given, none_held) = (given.is_empty(), held.is_empty());
    let below = action.clone();
    let held = held.into_iter().map(move |row| {
        let ballot = (open && row.state == MandateState::Active).then(|| format!("{below}/{}", row.id));
        view! { <Held row=row ballot=ballot /> }
    });
    let revoke = format!("{action}/revoke");
    let page = action.clone();
    let given = given.into_iter().map(move |row| view! { <Given row=row page=page.clone() revoke=revoke.clone() /> });
    let may_give = !heads.is_empty();
    view! {
        <div class="ballot-head">
            <h1>{vote.title.clone()}</h1>
            <p class="muted small">{vote.area_name.clone()}</p>
        </div>
        {(!none_held).then(|| view! {
            <section aria-labelledby="held">
                <h2 id="held">{tr!(ui, "voting.mandate.held")}</h2>
                <ul class="card said">{held.collect_view()}</ul>
            </section>
        })}
        {(!none_given).then(|| view! {
            <section aria-labelledby="given">
                <h2 id="given">{tr!(ui, "voting.mandate.given")}</h2>
                <ul class="card said">{given.collect_view()}</ul>
            </section>
        })}
        {match may_give {
            true => view! { <Give heads=heads limit=limit action=action /> }.into_any(),
            false if none_given && none_held => view! { <Notice><p>{tr!(ui, "voting.mandate.cannot")}</p></Notice> }.into_any(),
            false => ().into_any(),
        }}
    }
}

/// The form.
#[component]
fn Give(heads: Vec<RollEntry>, limit: i64, action: String) -> impl IntoView {
    let ui = ui();
    let many = heads.len() > 1;
    let options: Vec<(String, String)> = heads.into_iter().map(|entry| (entry.head, entry.place)).collect();
    view! {
        <section aria-labelledby="give">
            <h2 id="give">{tr!(ui, "voting.mandate.give_title")}</h2>
            <p>{tr!(ui, "voting.mandate.intro", n = limit)}</p>
            <Form action=action files=true>
                {many.then(|| view! { <Select name="head" label=tr!(ui, "voting.mandate.head") options=options /> })}
                <Field name="name" label=tr!(ui, "voting.mandate.agent_name") maxlength=30 autocomplete="off" />
                <Field name="phone" label=tr!(ui, "voting.mandate.agent_phone") kind="tel" autocomplete="off" hint=tr!(ui, "voting.mandate.agent_hint") />
                <Field name="photo" label=tr!(ui, "voting.mandate.photo") hint=tr!(ui, "voting.mandate.photo_hint") kind="file" accept="image/jpeg,image/png,image/webp" />
                <ActionBar>
                    <Button look=Look::Main>{tr!(ui, "voting.mandate.give")}</Button>
                </ActionBar>
            </Form>
        </section>
    }
}

/// One that was given, which can be taken back.
#[component]
fn Given(row: Mandate, page: String, revoke: String) -> impl IntoView {
    let ui = ui();
    let active = row.state == MandateState::Active;
    let photo = format!("{page}/{}/photo.jpg", row.id);
    view! {
        <li>
            <p><StateTag state=row.state /> " " <b>{tr!(ui, "voting.mandate.to", name = row.agent)}</b></p>
            <p class="muted small num">{time::stamp(row.at)} {row.ended_at.map(|at| format!(" — {}", time::stamp(at)))}</p>
            <p><a class="link" href=photo>{tr!(ui, "voting.mandate.photo")}</a></p>
            {active.then(|| view! {
                <form method="post" action=revoke>
                    <Button look=Look::Danger name="mandate" value=row.id.to_string()>{tr!(ui, "voting.mandate.revoke")}</Button>
                </form>
            })}
        </li>
    }
}

/// One that the reader holds as agent.
#[component]
fn Held(row: Mandate, ballot: Option<String>) -> impl IntoView {
    let ui = ui();
    view! {
        <li>
            <p><StateTag state=row.state /> " " <b>{tr!(ui, "voting.mandate.for", name = row.owner)}</b></p>
            <p class="muted small num">{time::stamp(row.at)} {row.ended_at.map(|at| format!(" — {}", time::stamp(at)))}</p>
            {ballot.map(|href| view! { <ButtonLink href=href look=Look::Main>{tr!(ui, "voting.mandate.vote")}</ButtonLink> })}
        </li>
    }
}
