//! The head of a ballot's three steps, and who one is on the roll.

use contract::voting::{RollEntry, VoteSummary};
use leptos::prelude::*;

use crate::ui::measure::square_metres;
use crate::ui::*;
use crate::voting::parts::door;

/// The three steps of a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BallotStep {
    /// 选择
    Choose,
    /// 核对
    Review,
    /// 回执
    Receipt,
}

impl BallotStep {
    const ALL: [(Self, &'static str); 3] = [
        (Self::Choose, "voting.step.choose"),
        (Self::Review, "voting.step.review"),
        (Self::Receipt, "voting.step.receipt"),
    ];
}

/// Which step this is, the vote's title, and what holds for all steps.
#[component]
pub fn StepHead(
    /// Where one is.
    step: BallotStep,
    /// The vote.
    vote: VoteSummary,
    /// Until when, and what cannot be undone.
    #[prop(into)]
    notice: String,
) -> impl IntoView {
    let ui = ui();
    let steps = BallotStep::ALL.into_iter().zip(1..).map(|((of, key), number)| {
        let current = (of == step).then_some("step");
        view! { <li aria-current=current>{number} " " {tr!(ui, key)}</li> }
    });
    view! {
        <div class="ballot-head">
            <ol class="steps">{steps.collect_view()}</ol>
            <h1>{vote.title}</h1>
            <p class="muted small">{notice}</p>
        </div>
    }
}

/// Whom the ballot is for, as the frozen roll has it.
#[component]
pub fn You(
    /// The entry on the roll.
    entry: RollEntry,
    /// Which of the reader's ballots this is, and how many there are.
    turn: (usize, usize),
) -> impl IntoView {
    let ui = ui();
    let (at, of) = turn;
    let counts = match entry.area_dm2 {
        0 => tr!(ui, "voting.you_head"),
        area => tr!(ui, "voting.you", area = square_metres(area), n = entry.dwellings),
    };
    view! {
        <div class="you">
            <Icon name="house" />
            <div>
                <b>{door(&entry.building_name, &entry.place)}</b>
                {counts}
                {(of > 1).then(|| view! { <span class="turn">{tr!(ui, "voting.turn", at = at, of = of)}</span> })}
            </div>
        </div>
    }
}
