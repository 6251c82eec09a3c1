//! Co-owners name who of them votes.

use contract::ids::{PersonId, VoteId};
use contract::voting::{Naming, NamingMember, Phase, SharedHead};
use leptos::prelude::*;
use server::voting;

use crate::ui::field::FieldMessage;
use crate::ui::form::value;
use crate::ui::page::{load, param};
use crate::ui::*;
use crate::voting::parts::{HEAD, PhaseTag, door, page_of, when};

/// The page.
#[component]
pub fn NamingPage() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    load(async move { voting::naming(&caller, &core, &id?).await }, |Naming { vote, heads }| {
        let ui = ui();
        let none = heads.is_empty();
        let open = matches!(vote.phase, Phase::Announced | Phase::Open);
        let action = page_of(&vote, "voter");
        let heads = heads.into_iter().map(move |head| view! { <Shared head=head action=action.clone() open=open /> });
        view! {
            <StepPage title=tr!(ui, "voting.naming.title") back=page_of(&vote, "")>
                <div class="ballot-head">
                    <p><PhaseTag phase=vote.phase /></p>
                    <h1>{tr!(ui, "voting.naming.title")}</h1>
                    <p class="muted small">{vote.title.clone()} " · " {when(ui, &vote)}</p>
                </div>
                <Notice><p>{tr!(ui, "voting.naming.why")}</p></Notice>
                {none.then(|| view! { <Empty icon="users" title=tr!(ui, "voting.naming.none") /> })}
                {heads.collect_view()}
            </StepPage>
        }
    })
}

/// One head: everybody who acts for it, whom each has named, and one's own choice.
#[component]
fn Shared(head: SharedHead, action: String, open: bool) -> impl IntoView {
    let ui = ui();
    let SharedHead { entry, members } = head;
    let name_of = {
        let names: Vec<(PersonId, String)> = members.iter().map(|one| (one.person.clone(), one.name.clone())).collect();
        move |person: &PersonId| {
            names.iter().find(|(id, _)| id == person).map(|(_, name)| name.clone()).unwrap_or_default()
        }
    };
    let voter = members.iter().find(|member| member.votes).map(|member| member.name.clone());
    let mine = members.iter().find(|member| member.own).and_then(|member| member.names.clone());
    let rows = members.iter().map(|member| {
        let names = member.names.as_ref().map(&name_of);
        let said = match names {
            Some(name) => tr!(ui, "voting.naming.names", name = name),
            None => tr!(ui, "voting.naming.names_nobody"),
        };
        view! {
            <li>
                <span class="body">
                    <b>{member.name.clone()}{member.own.then(|| format!(" · {}", tr!(ui, "voting.naming.you")))}</b>
                    <span class="detail">{said}</span>
                </span>
                {member.votes.then(|| view! { <Tag state=State::Done>{tr!(ui, "voting.naming.votes")}</Tag> })}
            </li>
        }
    });
    let rows = rows.collect_view();
    let free = open && entry.voted_at.is_none();
    let sent = value(HEAD).as_ref() == Some(&entry.head);
    let choices = members.into_iter().map(|member| {
        let NamingMember { person, name, .. } = member;
        let checked = mine.as_ref() == Some(&person);
        view! { <div class="candidate"><Choice name="person" value=person.to_string() title=name checked=checked /></div> }
    });
    let choices = choices.collect_view();
    view! {
        <section class="shared">
            <h2>{door(&entry.building_name, &entry.place)}</h2>
            {match voter {
                Some(name) => view! { <Notice tone=Tone::Success><p>{tr!(ui, "voting.naming.settled", name = name)}</p></Notice> },
                None => view! { <Notice tone=Tone::Warning><p>{tr!(ui, "voting.naming.open")}</p></Notice> },
            }}
            <ul class="card list members">{rows}</ul>
            {free.then(|| view! {
                <Form action=action>
                    <input type="hidden" name=HEAD value=entry.head />
                    <fieldset class="paper">
                        <legend>{tr!(ui, "voting.naming.whom")}</legend>
                        {sent.then(|| view! { <FieldMessage name="person" /> })}
                        {choices}
                    </fieldset>
                    <Button look=Look::Main>{tr!(ui, "voting.naming.name")}</Button>
                </Form>
            })}
        </section>
    }
}
