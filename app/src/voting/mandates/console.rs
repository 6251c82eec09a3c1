//! The table of a vote's mandates, and the desk where an owner's is entered.

use contract::Page;
use contract::ids::VoteId;
use contract::voting::{Mandate, MandateFilter, MandateState, Phase, VoteDetail, VoteSummary};
use leptos::prelude::*;
use server::identity::Verb;
use server::voting;

use super::StateTag;
use crate::ui::page::{load, param, query};
use crate::ui::time;
use crate::ui::*;

/// The columns of table and workbook.
pub const HEADS: [&str; 5] = ["at", "owner", "agent", "state", "ended_at"];

/// The page.
#[component]
pub fn MandateTable() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<VoteId>("id"), query::<MandateFilter>());
    let wanted = asked.clone();
    let look = async move { voting::mandates(&caller, &core, &id?, wanted).await };
    load(look, move |(vote, page)| view! { <Listed asked=asked vote=vote page=page /> })
}

#[component]
fn Listed(asked: MandateFilter, vote: VoteSummary, page: Page<Mandate>) -> impl IntoView {
    let ui = ui();
    let address = format!("/console/voting/{}/mandates", vote.id);
    let at = ListAt::new(address.clone(), &[("state", &asked.state)], asked.after.as_deref());
    let running = matches!(vote.phase, Phase::Announced | Phase::Open);
    let may = running && caller().allow(Verb::VotingMandateDesk, &vote.area).is_ok();
    let actions = may.then(|| {
        let href = format!("{address}/new");
        view! { <ButtonLink href=href look=Look::Main>{tr!(ui, "voting.mandate.desk")}</ButtonLink> }.into_any()
    });
    let heads = HEADS.map(|head| {
        let key = format!("voting.mandate.head_of.{head}");
        tr!(ui, &key)
    });
    let states = MandateState::ALL.iter().map(|state| {
        let key = format!("voting.mandate.state.{}", state.code());
        (state.code().to_owned(), tr!(ui, &key))
    });
    let narrow =
        Narrow::by("state", tr!(ui, "voting.mandate.head_of.state"), tr!(ui, "voting.console.all_phases"), states);
    let rows = page.rows.into_iter().map(|row| {
        let revoke = (may && row.state == MandateState::Active).then(|| format!("{address}/revoke"));
        let photo = format!("/voting/{}/mandates/{}/photo.jpg", vote.id, row.id);
        view! { <Line row=row labels=heads.clone() revoke=revoke photo=photo /> }.into_any()
    });
    let rows = rows.collect();
    let mut heads = heads.to_vec();
    heads.push(tr!(ui, "voting.mandate.photo"));
    let none = view! { <Empty icon="users" title=tr!(ui, "voting.mandate.none") /> }.into_any();
    let workbook = at.workbook();
    view! {
        <ConsolePage title=tr!(ui, "voting.mandate.of", title = vote.title.clone()) actions=actions>
            <ListTools at=at.clone() narrow=vec![narrow] workbook=workbook>
                <ButtonLink href=format!("/console/voting/{}", vote.id)>{tr!(ui, "ui.back")}</ButtonLink>
            </ListTools>
            <ListRows at=at caption=tr!(ui, "voting.mandate.title") heads=heads none=none rows=rows next=page.next />
        </ConsolePage>
    }
}

#[component]
fn Line(row: Mandate, labels: [String; 5], revoke: Option<String>, photo: String) -> impl IntoView {
    let ui = ui();
    let [at, owner, agent, state, ended] = labels;
    view! {
        <tr>
            <td class="num-text" data-label=at>{time::stamp(row.at)}</td>
            <th scope="row" data-label=owner>{row.owner}</th>
            <td data-label=agent>{row.agent}</td>
            <td data-label=state>
                <StateTag state=row.state />
                {row.desk.then(|| view! { " " <span class="muted small">{tr!(ui, "voting.mandate.at_desk")}</span> })}
            </td>
            <td class="num-text" data-label=ended>{row.ended_at.map_or_else(|| "—".to_owned(), time::stamp)}</td>
            <td data-label=tr!(ui, "voting.mandate.photo")>
                <span class="acts">
                    <a class="link" href=photo>{tr!(ui, "voting.mandate.look")}</a>
                    {revoke.map(|action| view! {
                        <form method="post" action=action>
                            <Button look=Look::Quiet name="mandate" value=row.id.to_string()>{tr!(ui, "voting.mandate.revoke")}</Button>
                        </form>
                    })}
                </span>
            </td>
        </tr>
    }
}

/// A mandate that an owner brings to the desk.
#[component]
pub fn MandateDesk() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    let look = async move {
        caller.allow_somewhere(Verb::VotingMandateDesk)?;
        voting::detail(&caller, &core, &id?).await
    };
    load(look, |detail| view! { <Desk detail=detail /> })
}

#[component]
fn Desk(detail: VoteDetail) -> impl IntoView {
    let ui = ui();
    let page = format!("/console/voting/{}/mandates", detail.vote.id);
    view! {
        <ConsolePage title=tr!(ui, "voting.mandate.desk_of", title = detail.vote.title)>
            <p class="muted">{tr!(ui, "voting.mandate.desk_text")}</p>
            <Form action=format!("{page}/new") files=true>
                <div class="fields">
                    <Field name="owner_name" label=tr!(ui, "voting.mandate.owner_name") maxlength=30 autocomplete="off" />
                    <Field name="owner_phone" label=tr!(ui, "voting.mandate.owner_phone") kind="tel" autocomplete="off" />
                </div>
                <div class="fields">
                    <Field name="name" label=tr!(ui, "voting.mandate.agent_name") maxlength=30 autocomplete="off" />
                    <Field name="phone" label=tr!(ui, "voting.mandate.agent_phone") kind="tel" autocomplete="off" />
                </div>
                <Field name="photo" label=tr!(ui, "voting.mandate.photo") hint=tr!(ui, "voting.mandate.photo_hint") kind="file" accept="image/jpeg,image/png,image/webp" />
                <div class="acts">
                    <Button look=Look::Main>{tr!(ui, "voting.mandate.enter")}</Button>
                    <ButtonLink href=page>{tr!(ui, "voting.console.back")}</ButtonLink>
                </div>
            </Form>
        </ConsolePage>
    }
}
