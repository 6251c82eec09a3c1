//! The offline side of a vote at a glance: papers, mandates, objections, reminders, and what is printed.

use contract::voting::{Phase, Reminders, VoteKind, VoteSummary};
use leptos::prelude::*;
use server::identity::Verb;

use crate::ui::*;

/// Where each of them is, for whoever may go there.
#[component]
pub fn OfflineSide(
    /// The vote.
    vote: VoteSummary,
    /// The reminders sent while the poll is open, for whoever may send them.
    reminders: Option<Reminders>,
) -> impl IntoView {
    let ui = ui();
    let caller = caller();
    let may = |verb| caller.allow(verb, &vote.area).is_ok();
    let below = |page: &str| format!("/console/voting/{}/{page}", vote.id);
    let counted = matches!(vote.phase, Phase::Counted | Phase::Published);
    let drafted = vote.phase == Phase::Draft;
    let papers = (!drafted && vote.kind != VoteKind::Poll && may(Verb::VotingPaper)).then(|| below("papers"));
    let mandates = (!drafted && vote.kind != VoteKind::Poll && may(Verb::VotingMandates)).then(|| below("mandates"));
    let objections = (!drafted && may(Verb::VotingObjections)).then(|| below("objections"));
    let roll = (!drafted && vote.kind != VoteKind::Poll && may(Verb::VotingAppoint)).then(|| below("roll"));
    let links = [
        (roll, "voting.appoint.title"),
        (papers, "voting.paper.title"),
        (mandates, "voting.mandate.title"),
        (objections, "voting.objection.title"),
    ];
    let links = links
        .into_iter()
        .filter_map(|(href, key)| href.map(|href| view! { <ButtonLink href=href>{tr!(ui, key)}</ButtonLink> }));
    let links = links.collect_view();
    let remind = below("remind");
    let printed = format!("/voting/{}", vote.id);
    (!drafted).then(|| {
        view! {
            <section aria-labelledby="offline">
                <h2 id="offline">{tr!(ui, "voting.offline")}</h2>
                <div class="acts">{links}</div>
                {reminders.map(|reminders| view! { <Remind reminders=reminders action=remind /> })}
                {counted.then(|| view! { <Printed page=printed /> })}
            </section>
        }
    })
}

/// How often was reminded, and the button.
#[component]
fn Remind(reminders: Reminders, action: String) -> impl IntoView {
    let ui = ui();
    let (sent, most) = (reminders.sent.len(), reminders.most);
    view! {
        <div class="acts">
            {reminders.may_send.then(|| view! {
                <form method="post" action=action><Button>{tr!(ui, "voting.remind")}</Button></form>
            })}
            <span class="muted">{tr!(ui, "voting.reminded", n = sent, most = most)}</span>
        </div>
    }
}

/// Minutes and notice as files.
#[component]
pub fn Printed(
    /// The residents' page of the vote.
    page: String,
) -> impl IntoView {
    let ui = ui();
    let links = [("minutes", "voting.minutes"), ("notice", "voting.notice")].map(|(name, key)| {
        let href = format!("{page}/{name}.pdf");
        view! { <ButtonLink href=href download=true><Icon name="printer" /> {tr!(ui, key)}</ButtonLink> }
    });
    view! {
        <div class="acts">{links}</div>
        <p class="muted small">{tr!(ui, "voting.retention")}</p>
    }
}
