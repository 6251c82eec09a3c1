//! The roll at the desk: who casts a head's ballot, and noting whom its co-owners have named.

use contract::ids::VoteId;
use contract::voting::{MAX_EVIDENCE, NamingMember, Phase, Register, RegisterFilter, RegisterLine, SharedHead};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server::identity::Verb;
use server::voting;

use crate::ui::field::FieldMessage;
use crate::ui::measure::square_metres;
use crate::ui::page::{load, param, query};
use crate::ui::*;
use crate::voting::parts::{HEAD, door};

/// What the address asks for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    #[serde(skip_serializing_if = "String::is_empty")]
    search: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    building: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// The head in the sheet.
    #[serde(skip_serializing_if = "String::is_empty")]
    show: String,
}

impl Asked {
    fn filter(&self) -> RegisterFilter {
        RegisterFilter { search: self.search.clone(), building: self.building.clone(), after: self.after.clone() }
    }

    fn query(&self) -> String {
        serde_html_form::to_string(self).unwrap_or_default()
    }
}

/// The page.
#[component]
pub fn RollPage() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<VoteId>("id"), query::<Asked>());
    let wanted = asked.clone();
    let look = async move {
        caller.allow_somewhere(Verb::VotingAppoint)?;
        let register = voting::register(&caller, &core, &id?, wanted.filter()).await?;
        caller.allow(Verb::VotingAppoint, &register.vote.area)?;
        let head = shown(&register, &wanted.show);
        let shared = match &head {
            Some(head) => Some(voting::shared_head(&caller, &core, &register.vote.id, head).await?),
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
fn Listed(asked: Asked, register: Register, shared: Option<SharedHead>) -> impl IntoView {
    let ui = ui();
    let Register { vote, buildings, page } = register;
    let address = format!("/console/voting/{}/roll", vote.id);
    let open = matches!(vote.phase, Phase::Announced | Phase::Open);
    let selected = shared.as_ref().map(|shared| shared.entry.head.clone());
    let action = address.clone();
    let sheet = shared.map(|shared| view! { <Shared shared=shared action=action open=open /> }.into_any());
    let narrowed = Asked { after: None, show: String::new(), ..asked.clone() }.query();
    let more = if narrowed.is_empty() { narrowed } else { format!("{narrowed}&") };
    let empty = page.rows.is_empty();
    let (around, page_of) = (asked.clone(), address.clone());
    let rows = page.rows.into_iter().map(move |line| {
        let href = format!("{page_of}?{}", Asked { show: line.head.clone(), ..around.clone() }.query());
        let here = selected.as_ref() == Some(&line.head);
        view! { <Line line=line href=href selected=here /> }
    });
    let heads = ["place", "names", "area", "voter"].map(|head| {
        let key = format!("voting.appoint.head.{head}");
        tr!(ui, &key)
    });
    view! {
        <ConsolePage title=tr!(ui, "voting.appoint.of", title = vote.title.clone()) sheet=sheet>
            <Tools asked=asked address=address buildings=buildings back=format!("/console/voting/{}", vote.id) />
            {match empty {
                true => view! { <Empty icon="users" title=tr!(ui, "voting.register.none") /> }.into_any(),
                false => view! {
                    <Table caption=tr!(ui, "voting.appoint.title") heads=heads.to_vec()>{rows.collect_view()}</Table>
                    <Pager next=page.next query=more />
                }.into_any(),
            }}
        </ConsolePage>
    }
}

#[component]
fn Tools(asked: Asked, address: String, buildings: Vec<(contract::AreaId, String)>, back: String) -> impl IntoView {
    let ui = ui();
    let options = buildings.into_iter().map(|(id, name)| {
        let id = id.to_string();
        view! { <option value=id.clone() selected=asked.building == id>{name}</option> }
    });
    let options = options.collect_view();
    view! {
        <form class="tools" method="get" action=address role="search">
            <input type="search" name="search" value=asked.search placeholder=tr!(ui, "voting.register.search") aria-label=tr!(ui, "voting.register.search") />
            <select name="building" aria-label=tr!(ui, "voting.console.building")>
                <option value="">{tr!(ui, "voting.register.all")}</option>
                {options}
            </select>
            <button class="btn" type="submit">{tr!(ui, "voting.console.filter")}</button>
            <ButtonLink href=back>{tr!(ui, "voting.console.back")}</ButtonLink>
        </form>
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
