//! One vote, from draft to publication.

use contract::ids::VoteId;
use contract::voting::{Item, ItemKind, Phase, PosterCode, Reminders, VoteDetail, VoteSummary};
use leptos::prelude::*;
use server::identity::Verb;
use server::voting;

use super::keys::Holders;
use super::next::NextStep;
use super::offline::OfflineSide;
use super::posters::PosterList;
use super::sheet::TurnoutNow;
use crate::ui::form::refused;
use crate::ui::page::{load, param, text_of};
use crate::ui::*;
use crate::voting::outcome::{Arithmetic, Decided, Standings};
use crate::voting::parts::{Face, PhaseTag, Statement, kind_name, when};

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
        let remind = vote.phase == Phase::Open && caller.allow(Verb::VotingRemind, &vote.area).is_ok();
        let reminders = match remind {
            true => Some(voting::reminders(&caller, &core, &vote.id).await?),
            false => None,
        };
        Ok((detail, codes, reminders))
    };
    load(look, |(detail, codes, reminders)| view! { <Shown detail=detail codes=codes reminders=reminders /> })
}

#[component]
fn Shown(detail: VoteDetail, codes: Vec<PosterCode>, reminders: Option<Reminders>) -> impl IntoView {
    let ui = ui();
    let vote = detail.vote.clone();
    let drafted = vote.phase == Phase::Draft;
    let counted = matches!(vote.phase, Phase::Counted | Phase::Published);
    let may_copy = !drafted && caller().allow(Verb::VotingOrganise, &vote.area).is_ok();
    let actions = view! { <NextStep detail=detail.clone() /> }.into_any();
    let followed = detail.clone();
    let sheet = (!drafted).then(|| {
        view! { <Sheet label=tr!(ui, "voting.console.turnout")><TurnoutNow detail=followed /></Sheet> }.into_any()
    });
    let result = detail.result.clone().map(|result| {
        view! {
            <Decided result=result.clone() />
            <Standings result=result.clone() />
            <Arithmetic result=result />
        }
    });
    view! {
        <ConsolePage title=vote.title.clone() actions=actions sheet=sheet>
            {refused().map(|error| view! { <Notice tone=Tone::Error><p>{text_of(ui, &error)}</p></Notice> })}
            <Data vote=vote.clone() roll_sha256=detail.roll_sha256 />
            {result}
            <OfflineSide vote=vote.clone() reminders=reminders />
            {(!codes.is_empty()).then(|| view! { <PosterList vote=vote.id.clone() codes=codes /> })}
            <section>
                <h2>{tr!(ui, "voting.keys.holders")}</h2>
                <Holders keys=detail.keys />
            </section>
            <Paper items=detail.items />
            {counted.then(|| view! {
                <p><ButtonLink href=format!("/console/voting/{}/open", vote.id)>{tr!(ui, "voting.keys.recount")}</ButtonLink></p>
            })}
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
    let secret = format!("voting.secret.{}", vote.secrecy.code());
    view! {
        <dl class="card data">
            <div><dt>{tr!(ui, "voting.console.kind")}</dt><dd>{kind_name(ui, &vote)}</dd></div>
            <div><dt>{tr!(ui, "voting.console.phase")}</dt><dd><PhaseTag phase=vote.phase /></dd></div>
            <div><dt>{tr!(ui, "voting.console.area")}</dt><dd>{vote.area_name.clone()}</dd></div>
            <div><dt>{tr!(ui, "voting.console.poll")}</dt><dd>{when(ui, &vote)}</dd></div>
            <div><dt>{tr!(ui, "voting.console.items")}</dt><dd class="num">{vote.items}</dd></div>
            <div><dt>{tr!(ui, "voting.console.secrecy")}</dt><dd>{tr!(ui, &secret)}</dd></div>
            {roll_sha256.map(|hash| view! {
                <div><dt>{tr!(ui, "voting.console.roll_hash")}</dt><dd class="hash"><code>{hash}</code></dd></div>
            })}
        </dl>
    }
}

/// What is asked, item by item.
#[component]
pub fn Paper(
    /// In the order of the paper.
    items: Vec<Item>,
) -> impl IntoView {
    let sections = items.into_iter().map(|item| view! { <Asked item=item /> });
    view! { {sections.collect_view()} }
}

#[component]
fn Asked(item: Item) -> impl IntoView {
    let ui = ui();
    let id = format!("item-{}", item.number);
    let says = match item.kind {
        ItemKind::Decide => {
            let key = format!("voting.majority.{}", item.majority.code());
            tr!(ui, &key)
        }
        ItemKind::Choose => tr!(ui, "voting.most", n = item.most),
    };
    let decided = item.kind == ItemKind::Decide;
    let rows = item.options.into_iter().filter(|_| !decided).map(|option| {
        view! {
            <li class="candidate card">
                <div class="choice">
                    <Face candidate=option.clone() />
                    <b>{option.number} ". " {option.name.clone()}</b>
                </div>
                <Statement candidate=option />
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{format!("{}. {}", item.number, item.title)} " " <small class="muted">{says}</small></h2>
            {(!item.text.is_empty()).then(|| view! { <p class="proposal">{item.text}</p> })}
            {(!item.clause.is_empty()).then(|| view! { <p class="muted small">{item.clause}</p> })}
            {(!decided).then(|| view! { <ul class="paper wide">{rows}</ul> })}
        </section>
    }
}
