//! One vote, from draft to publication.

use contract::ids::VoteId;
use contract::voting::{Candidate, Phase, PosterCode, VoteDetail, VoteSummary};
use leptos::prelude::*;
use server::identity::Verb;
use server::voting;

use super::next::NextStep;
use super::posters::PosterList;
use super::sheet::TurnoutNow;
use crate::ui::form::refused;
use crate::ui::page::{load, param, text_of};
use crate::ui::*;
use crate::voting::outcome::{Arithmetic, Elected, Standings};
use crate::voting::parts::{Face, PhaseTag, Statement, when};

/// The page.
#[component]
pub fn ShowVote() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    let look = async move {
        let detail = voting::detail(&caller, &core, &id?).await?;
        let vote = &detail.vote;
        let hangs = matches!(vote.phase, Phase::Announced | Phase::Open);
        let codes = match hangs && caller.allow(Verb::VotingPoster, &vote.area).is_ok() {
            true => voting::poster_codes(&caller, &core, &vote.id).await?,
            false => Vec::new(),
        };
        Ok((detail, codes))
    };
    load(look, |(detail, codes)| view! { <Shown detail=detail codes=codes /> })
}

#[component]
fn Shown(detail: VoteDetail, codes: Vec<PosterCode>) -> impl IntoView {
    let ui = ui();
    let vote = detail.vote.clone();
    let drafted = vote.phase == Phase::Draft;
    let may_copy = !drafted && caller().allow(Verb::VotingOrganise, &vote.area).is_ok();
    let actions = view! { <NextStep detail=detail.clone() /> }.into_any();
    let followed = detail.clone();
    let sheet = (!drafted).then(|| {
        view! { <Sheet label=tr!(ui, "voting.console.turnout")><TurnoutNow detail=followed /></Sheet> }.into_any()
    });
    let result = detail.result.clone().map(|result| {
        view! {
            <Elected result=result.clone() />
            <Standings result=result.clone() />
            <Arithmetic result=result />
        }
    });
    view! {
        <ConsolePage title=vote.title.clone() actions=actions sheet=sheet>
            {refused().map(|error| view! { <Notice tone=Tone::Error><p>{text_of(ui, &error)}</p></Notice> })}
            <Data vote=vote.clone() roll_sha256=detail.roll_sha256 />
            {result}
            {(!codes.is_empty()).then(|| view! { <PosterList vote=vote.id.clone() codes=codes /> })}
            <People candidates=detail.candidates />
            {may_copy.then(|| view! {
                <p><ButtonLink href=format!("/console/voting/new?from={}", vote.id)>{tr!(ui, "voting.console.copy")}</ButtonLink></p>
            })}
        </ConsolePage>
    }
}

/// What holds for the vote.
#[component]
pub fn Data(
    /// The vote.
    vote: VoteSummary,
    /// The frozen roll's hash; none for a draft.
    roll_sha256: Option<String>,
) -> impl IntoView {
    let ui = ui();
    view! {
        <dl class="card data">
            <div><dt>{tr!(ui, "voting.console.phase")}</dt><dd><PhaseTag phase=vote.phase /></dd></div>
            <div><dt>{tr!(ui, "voting.console.area")}</dt><dd>{vote.area_name.clone()}</dd></div>
            <div><dt>{tr!(ui, "voting.console.poll")}</dt><dd>{when(ui, &vote)}</dd></div>
            <div><dt>{tr!(ui, "voting.console.seats")}</dt><dd class="num">{vote.seats}</dd></div>
            {roll_sha256.map(|hash| view! {
                <div><dt>{tr!(ui, "voting.console.roll_hash")}</dt><dd class="hash"><code>{hash}</code></dd></div>
            })}
        </dl>
    }
}

/// Who stands.
#[component]
pub fn People(
    /// In the order of the paper.
    candidates: Vec<Candidate>,
) -> impl IntoView {
    let rows = candidates.into_iter().map(|candidate| {
        view! {
            <li class="candidate card">
                <div class="choice">
                    <Face candidate=candidate.clone() />
                    <b>{candidate.number} ". " {candidate.name.clone()}</b>
                </div>
                <Statement candidate=candidate />
            </li>
        }
    });
    view! {
        <section aria-labelledby="people">
            <h2 id="people">{tr!(ui(), "voting.candidates")}</h2>
            <ul class="paper wide">{rows.collect_view()}</ul>
        </section>
    }
}
