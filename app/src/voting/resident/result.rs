//! The result with its arithmetic, for everybody.

use contract::ids::VoteId;
use contract::voting::{Secrecy, Tally, Turnout, VoteResult, VoteSummary};
use leptos::prelude::*;
use server::voting;

use crate::ui::page::{load, param};
use crate::ui::*;
use crate::voting::console::Printed;
use crate::voting::figures::TurnoutPicture;
use crate::voting::outcome::{Arithmetic, Decided, Participation, Standings};
use crate::voting::parts::{PhaseTag, page_of, when};

/// The page.
#[component]
pub fn ResultPage() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    let look = async move {
        let id = id?;
        let found = voting::result(&caller, &core, &id).await?;
        // The result is for everybody; how each building took part, for whoever is signed in.
        let turnout = match caller.account.is_some() {
            true => Some(voting::turnout(&caller, &core, &id).await?),
            false => None,
        };
        Ok((found, turnout))
    };
    load(look, |(VoteResult { vote, result }, turnout)| {
        let title = tr!(ui(), "voting.result");
        view! {
            <StepPage title=title back="/voting">
                <Published vote=vote result=result turnout=turnout />
            </StepPage>
        }
    })
}

#[component]
fn Published(vote: VoteSummary, result: Tally, turnout: Option<Turnout>) -> impl IntoView {
    let ui = ui();
    let below = |page: &str| page_of(&vote, page);
    let signed = vote.secrecy == Secrecy::Signed && crate::ui::caller().account.is_some();
    let appeals = crate::ui::caller().person.is_some();
    let (receipt, bundle, ballots) = (below("receipt"), below("bundle.json"), below("signed"));
    let (page, appeal) = (below(""), below("objections"));
    view! {
        <div class="ballot-head">
            <p><PhaseTag phase=vote.phase /></p>
            <h1>{vote.title.clone()}</h1>
            <p class="muted small">{vote.area_name.clone()} " · " {when(ui, &vote)}</p>
        </div>
        <Decided result=result.clone() />
        <Participation result=result.clone() />
        <Standings result=result.clone() />
        {turnout.map(|turnout| {
            let captions = [tr!(ui, "voting.chart"), tr!(ui, "voting.chart_area")];
            view! { <TurnoutPicture turnout=turnout captions=captions /> }
        })}
        <Arithmetic result=result />
        <List>
            <ListLink href=receipt title=tr!(ui, "voting.in_count") icon="search" />
            {appeals.then(|| view! { <ListLink href=appeal title=tr!(ui, "voting.objection.appeal") icon="info" /> })}
            {signed.then(|| view! { <ListLink href=ballots title=tr!(ui, "voting.signed.link") icon="vote" /> })}
        </List>
        <section class="download">
            <Printed page=page />
            <ButtonLink href=bundle download=true>
                <Icon name="download" />
                {tr!(ui, "voting.bundle")}
            </ButtonLink>
            <p class="muted small">{tr!(ui, "voting.bundle_text")} " " <a class="link" href="/voting-format.md">{tr!(ui, "voting.format")}</a></p>
        </section>
    }
}
