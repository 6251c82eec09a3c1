//! The roll at the desk: who casts a head's ballot, and noting whom its co-owners have named.

use contract::ids::VoteId;
use contract::voting::{MAX_EVIDENCE, NamingMember, Phase, Register, RegisterFilter, RegisterLine, SharedHead};
use leptos::prelude::*;
use server::identity::Verb;
use server::voting;

use crate::ui::field::FieldMessage;
use crate::ui::measure::square_metres;
use crate::ui::page::{load, param, query};
use crate::ui::*;
use crate::voting::parts::{HEAD, by_building, door, register_at};

/// The page.
#[component]
pub fn RollPage() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<VoteId>("id"), query::<RegisterFilter>());
    let (filter, show) = (asked.clone(), shown_row::<String>().unwrap_or_default());
    let look = async move {
        caller.allow_somewhere(Verb::VotingAppoint)?;
        let register = voting::register(&caller, &core, &id?, filter).await?;
        caller.allow(Verb::VotingAppoint, &register.vote.area)?;
        let shared = match shown(&register, &show) {
            Some(head) => Some(voting::shared_head(&caller, &core, &register.vote.id, &head).await?),
            None => None,
        };
        Ok((register, shared))
    };
    load(look, move |(register, shared)| view! { <Listed asked=asked register=register shared=shared /> })
}

/// The head in the sheet: the one asked for, else the first that nobody votes for yet.
fn shown(register: &Register, show: &str) -> Option<String> {
    let rows = &register.page.rows;
    let first = || rows.iter().find(|line| !line.named).or(rows.first()).map(|line| line.head.clone());
    if show.is_empty() { first() } else { Some(show.to_owned()) }
}

#[component]
fn Listed(asked: RegisterFilter, register: Register, shared: Option<SharedHead>) -> impl IntoView {
    let ui = ui();
    let Register { vote, buildings, page, .. } = register;
    let address = format!("/console/voting/{}/roll", vote.id);
    let at = register_at(&address, &asked);
    let open = matches!(vote.phase, Phase::Announced | Phase::Open);
    let selected = shared.as_ref().map(|shared| shared.entry.head.clone());
    let sheet = shared.map(|shared| view! { <Shared shared=shared action=address open=open /> }.into_any());
    let rows = page.rows.into_iter().map(|line| {
        let (href, here) = (at.showing(&line.head), selected.as_ref() == Some(&line.head));
        view! { <Line line=line href=href selected=here /> }.into_any()
    });
    let rows = rows.collect();
    let heads = ["place", "names", "area", "voter"].map(|head| {
        let key = format!("voting.appoint.head.{head}");
        tr!(ui, &key)
    });
    let none = view! { <Empty icon="users" title=tr!(ui, "voting.register.none") /> }.into_any();
    view! {
        <ConsolePage title=tr!(ui, "voting.appoint.of", title = vote.title.clone()) sheet=sheet>
            <ListTools at=at.clone() search=tr!(ui, "voting.register.search") narrow=vec![by_building(ui, buildings)]>
                <ButtonLink href=format!("/console/voting/{}", vote.id)>{tr!(ui, "ui.back")}</ButtonLink>
            </ListTools>
            <ListRows at=at caption=tr!(ui, "voting.appoint.title") heads=heads.to_vec() numbers=&[2] none=none rows=rows next=page.next />
        </ConsolePage>
    }
}

#[component]
fn Line(line: RegisterLine, href: String, selected: bool) -> impl IntoView {
    let ui = ui();
    let label = move |head: &str| {
        let key = format!("voting.appoint.head.{head}");
        tr!(ui, &key)
    };
    let (tone, key) = match line.named {
        true => (State::Done, "voting.appoint.named"),
        false => (State::Wait, "voting.appoint.unnamed"),
    };
    view! {
        <tr aria-selected=selected.to_string()>
            <th scope="row" data-label=label("place")><a href=href>{door(&line.building_name, &line.place)}</a></th>
            <td data-label=label("names")>{line.names}</td>
            <td class="num" data-label=label("area")>{square_metres(line.area_dm2)}</td>
            <td data-label=label("voter")><Tag state=tone>{tr!(ui, key)}</Tag></td>
        </tr>
    }
}

/// One head: who acts for it, who votes, and the form.
#[component]
fn Shared(shared: SharedHead, action: String, open: bool) -> impl IntoView {
    let ui = ui();
    let SharedHead { entry, members } = shared;
    let free = open && entry.voted_at.is_none() && members.len() > 1;
    let rows = members.iter().map(|member| {
        view! {
            <li>
                <span class="body"><b>{member.name.clone()}</b></span>
                {member.votes.then(|| view! { <Tag state=State::Done>{tr!(ui, "voting.naming.votes")}</Tag> })}
            </li>
        }
    });
    let rows = rows.collect_view();
    let choices = members.into_iter().map(|NamingMember { person, name, votes, .. }| {
        view! { <Choice name="person" value=person.to_string() title=name checked=votes /> }
    });
    let choices = choices.collect_view();
    view! {
        <Sheet label=tr!(ui, "voting.appoint.title")>
            <div>
                <h2>{door(&entry.building_name, &entry.place)}</h2>
                <p class="muted">{tr!(ui, "voting.appoint.why")}</p>
            </div>
            <ul class="card list members">{rows}</ul>
            {free.then(|| view! {
                <Form action=action>
                    <input type="hidden" name=HEAD value=entry.head />
                    <fieldset class="either">
                        <legend>{tr!(ui, "voting.appoint.whom")}</legend>
                        <FieldMessage name="person" />
                        {choices}
                    </fieldset>
                    <TextArea name="reason" label=tr!(ui, "voting.appoint.reason") hint=tr!(ui, "voting.appoint.reason_hint") rows=3 maxlength=MAX_EVIDENCE />
                    <Button look=Look::Main>{tr!(ui, "voting.appoint.note")}</Button>
                </Form>
            })}
        </Sheet>
    }
}
