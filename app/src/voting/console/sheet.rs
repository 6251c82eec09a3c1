//! One vote at a glance, beside the list.

use contract::Millis;
use contract::voting::{Phase, VoteDetail, VoteSummary};
use leptos::prelude::*;

use super::next::NextStep;
use crate::ui::*;
use crate::voting::islands::{LiveTurnout, TurnoutTexts};
use crate::voting::parts::{PhaseTag, span, when};

/// State, turnout against the two thirds, the buildings, and what to do next.
#[component]
pub fn VoteSheet(
    /// The vote.
    detail: VoteDetail,
) -> impl IntoView {
    let ui = ui();
    let vote = detail.vote.clone();
    let drafted = vote.phase == Phase::Draft;
    let page = format!("/console/voting/{}", vote.id);
    view! {
        <Sheet label=vote.title.clone()>
            <div>
                <p><PhaseTag phase=vote.phase /> " " <span class="muted">{left(ui, &vote, core().clock.now())}</span></p>
                <h2>{vote.title.clone()}</h2>
                <p class="muted">{vote.area_name.clone()} " · " {when(ui, &vote)}</p>
            </div>
            {(!drafted).then(|| view! { <TurnoutNow detail=detail.clone() /> })}
            <div class="acts">
                <NextStep detail=detail />
                <ButtonLink href=page>{tr!(ui, "voting.console.open_page")}</ButtonLink>
            </div>
        </Sheet>
    }
}

/// How long until the next date; nothing once the poll is over.
fn left(ui: Ui, vote: &VoteSummary, now: Millis) -> String {
    match vote.phase {
        Phase::Announced => tr!(ui, "voting.console.opens_in", span = span(ui, vote.opens_at - now)),
        Phase::Open => tr!(ui, "voting.console.closes_in", span = span(ui, vote.closes_at - now)),
        _ => String::new(),
    }
}

/// The turnout, live while the poll is open.
#[component]
pub fn TurnoutNow(
    /// The vote.
    detail: VoteDetail,
) -> impl IntoView {
    let ui = ui();
    let texts = TurnoutTexts {
        heads: tr!(ui, "voting.heads_needed"),
        area: tr!(ui, "voting.area_needed"),
        captions: [tr!(ui, "voting.chart"), tr!(ui, "voting.chart_area")],
    };
    let open = detail.vote.phase == Phase::Open;
    let stream = open.then(|| format!("/console/voting/{}/stream", detail.vote.id));
    view! { <LiveTurnout turnout=detail.turnout stream=stream texts=texts /> }
}
