//! What to do next with a vote.

use contract::voting::{Phase, VoteDetail};
use leptos::prelude::*;
use server::identity::Verb;

use crate::ui::*;

/// The one next step, for whoever may take it.
#[component]
pub fn NextStep(
    /// The vote.
    detail: VoteDetail,
) -> impl IntoView {
    let ui = ui();
    let (caller, vote) = (caller(), detail.vote);
    let may = |verb| caller.allow(verb, &vote.area).is_ok();
    let below = |step: &str| format!("/console/voting/{}/{step}", vote.id);
    match vote.phase {
        Phase::Draft if may(Verb::VotingOrganise) => view! {
            <ButtonLink href=below("announce") look=Look::Main>{tr!(ui, "voting.console.announce")}</ButtonLink>
            <ButtonLink href=below("keys")>{tr!(ui, "voting.keys.link")}</ButtonLink>
            <ButtonLink href=below("edit")>{tr!(ui, "voting.console.edit")}</ButtonLink>
        }
        .into_any(),
        Phase::Draft if may(Verb::VotingScrutinise) => {
            view! { <ButtonLink href=below("keys") look=Look::Main>{tr!(ui, "voting.keys.link")}</ButtonLink> }.into_any()
        }
        Phase::Announced | Phase::Open if may(Verb::VotingPoster) => view! {
            {(vote.phase == Phase::Open && may(Verb::VotingDoorstep)).then(|| view! {
                <ButtonLink href=below("doorstep") look=Look::Main>{tr!(ui, "voting.doorstep.open")}</ButtonLink>
            })}
            <ButtonLink href=below("poster.pdf") look=if vote.phase == Phase::Open { Look::Plain } else { Look::Main } download=true>
                <Icon name="printer" />
                {tr!(ui, "voting.console.posters")}
            </ButtonLink>
        }
        .into_any(),
        Phase::Closed if may(Verb::VotingCount) => {
            view! { <ButtonLink href=below("open") look=Look::Main>{tr!(ui, "voting.console.count")}</ButtonLink> }.into_any()
        }
        Phase::Counted if may(Verb::VotingOrganise) => view! {
            <Form action=below("publish")>
                <Button look=Look::Main>{tr!(ui, "voting.console.publish")}</Button>
            </Form>
        }
        .into_any(),
        Phase::Published => {
            view! { <ButtonLink href=format!("/voting/{}/result", vote.id) look=Look::Main>{tr!(ui, "voting.see_result")}</ButtonLink> }
                .into_any()
        }
        _ => ().into_any(),
    }
}
