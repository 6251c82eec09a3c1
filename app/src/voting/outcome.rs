//! A count's outcome: who is elected, the votes, who took part, and the sums behind it. Residents
//! and workers see the same.

use contract::voting::{ElectionResult, Outcome, Step, Tie};
use leptos::prelude::*;

use super::figures::{NEEDED, percent, share};
use crate::ui::*;

/// Who is elected; a tie and empty seats are declared.
#[component]
pub fn Elected(
    /// The count.
    result: ElectionResult,
) -> impl IntoView {
    let ui = ui();
    let names = |outcome| {
        let these = result.candidates.iter().filter(|candidate| candidate.outcome == outcome);
        these.map(|candidate| candidate.name.clone()).collect::<Vec<_>>()
    };
    let (elected, tied) = (names(Outcome::Elected), names(Outcome::Tied));
    let rows = elected.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
    let vacant = result.vacant;
    view! {
        <section class="card elected" aria-labelledby="elected">
            <h2 id="elected">{tr!(ui, "voting.elected")}</h2>
            {match elected.is_empty() {
                true => view! { <p>{tr!(ui, "voting.nobody")}</p> }.into_any(),
                false => view! { <ul>{rows}</ul> }.into_any(),
            }}
        </section>
        {result.tie.map(|tie| view! { <TieNotice tie=tie names=tied /> })}
        {(vacant > 0).then(|| view! { <Notice tone=Tone::Warning><p>{tr!(ui, "voting.vacant", n = vacant)}</p></Notice> })}
        {(!result.quorum)
            .then(|| view! { <Notice tone=Tone::Warning><p>{tr!(ui, "voting.no_quorum")}</p></Notice> })}
    }
}

#[component]
fn TieNotice(tie: Tie, names: Vec<String>) -> impl IntoView {
    let ui = ui();
    view! {
        <Notice tone=Tone::Warning>
            <strong>{tr!(ui, "voting.tie")}</strong>
            <p>{tr!(ui, "voting.tie_text", names = names.join("、"), seats = tie.seats)}</p>
        </Notice>
    }
}

/// Who took part, by heads and by area, against the two thirds needed.
#[component]
pub fn Participation(
    /// The count.
    result: ElectionResult,
) -> impl IntoView {
    let ui = ui();
    let (heads, area) = (share(result.voted, result.heads), share(result.voted_area_dm2, result.area_dm2));
    let label = move |key: &str, permille| format!("{} {}", tr!(ui, key), percent(permille));
    view! {
        <Facts>
            <Fact label=tr!(ui, "voting.heads_needed") value=result.voted.to_string() unit=format!("/ {}", result.heads)>
                <Threshold permille=heads needed=NEEDED label=label("voting.heads_needed", heads) />
            </Fact>
            <Fact label=tr!(ui, "voting.area_needed") value=percent(area)>
                <Threshold permille=area needed=NEEDED label=label("voting.area_needed", area) />
            </Fact>
        </Facts>
    }
}

/// Every candidate's votes, most first.
#[component]
pub fn Standings(
    /// The count.
    result: ElectionResult,
) -> impl IntoView {
    let ui = ui();
    let mut candidates = result.candidates;
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.votes));
    let valid = result.cast - result.invalid;
    let rows = candidates.into_iter().map(|candidate| {
        let permille = share(candidate.votes, valid);
        let key = format!("voting.outcome.{}", candidate.outcome.code());
        let state = match candidate.outcome {
            Outcome::Elected => State::Done,
            Outcome::Tied => State::Wait,
            Outcome::NotElected => State::Plain,
        };
        let label = tr!(ui, "voting.votes_of", name = candidate.name.clone(), n = candidate.votes);
        view! {
            <li>
                <b>{candidate.name}</b>
                <Tag state=state>{tr!(ui, &key)}</Tag>
                <span class="votes num">{candidate.votes}
                    " "
                    <small>{tr!(ui, "voting.votes")}</small></span>
                <Progress permille=permille label=label />
            </li>
        }
    });
    view! {
        <section aria-labelledby="votes">
            <h2 id="votes">{tr!(ui, "voting.votes_by_candidate")}</h2>
            <ol class="card standings">{rows.collect_view()}</ol>
            <p class="muted small">{tr!(ui, "voting.urn", cast = result.cast, blank = result.blank, invalid = result.invalid)}</p>
        </section>
    }
}

/// The sums, line by line, each with whether it holds.
#[component]
pub fn Arithmetic(
    /// The count.
    result: ElectionResult,
) -> impl IntoView {
    let ui = ui();
    let rows = result.steps.into_iter().map(|step| view! { <SumLine step=step /> });
    view! {
        <section aria-labelledby="sums">
            <h2 id="sums">{tr!(ui, "voting.arithmetic")}</h2>
            <dl class="card sums">{rows.collect_view()}</dl>
            <p class="muted small hash">{tr!(ui, "voting.ballots_hash")} " " <code>{result.ballots_sha256}</code></p>
        </section>
    }
}

#[component]
fn SumLine(step: Step) -> impl IntoView {
    let ui = ui();
    let key = format!("voting.sum.{}", step.code);
    let (state, says) = match step.holds {
        true => (State::Done, tr!(ui, "voting.holds")),
        false => (State::Now, tr!(ui, "voting.holds_not")),
    };
    view! {
        <div>
            <dt>{tr!(ui, &key)}</dt>
            <dd class="num">{step.sum}</dd>
            <dd><Tag state=state>{says}</Tag></dd>
        </div>
    }
}
