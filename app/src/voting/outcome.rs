//! A count's outcome: who is elected, the votes, who took part, and the sums behind it. Residents
//! and workers see the same.

use contract::voting::{ItemKind, ItemResult, OptionVotes, Outcome, Step, Tally, Tie, VoteKind};
use leptos::prelude::*;

use super::figures::{NEEDED, percent, share};
use super::parts::decision;
use crate::ui::measure::square_metres;
use crate::ui::*;

/// What was decided, item by item; a tie and empty seats are declared.
#[component]
pub fn Decided(
    /// The count.
    result: Tally,
) -> impl IntoView {
    let ui = ui();
    let (kind, quorum) = (result.kind, result.quorum);
    let items = result.items.into_iter().map(move |item| match kind {
        VoteKind::Election => view! { <Elected item=item /> }.into_any(),
        VoteKind::Resolution => view! { <Verdict item=item /> }.into_any(),
        VoteKind::Poll => ().into_any(),
    });
    view! {
        {items.collect_view()}
        {(!quorum).then(|| view! { <Notice tone=Tone::Warning><p>{tr!(ui, "voting.no_quorum")}</p></Notice> })}
    }
}

#[component]
fn Elected(item: ItemResult) -> impl IntoView {
    let ui = ui();
    let names = |outcome| {
        let these = item.options.iter().filter(|option| option.outcome == Some(outcome));
        these.map(|option| option.name.clone()).collect::<Vec<_>>()
    };
    let (elected, tied) = (names(Outcome::Elected), names(Outcome::Tied));
    let rows = elected.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
    let vacant = item.vacant;
    view! {
        <section class="card elected" aria-labelledby="elected">
            <h2 id="elected">{tr!(ui, "voting.elected")}</h2>
            {match elected.is_empty() {
                true => view! { <p>{tr!(ui, "voting.nobody")}</p> }.into_any(),
                false => view! { <ul>{rows}</ul> }.into_any(),
            }}
        </section>
        {item.tie.map(|tie| view! { <TieNotice tie=tie names=tied /> })}
        {(vacant > 0).then(|| view! { <Notice tone=Tone::Warning><p>{tr!(ui, "voting.vacant", n = vacant)}</p></Notice> })}
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

/// Agreed to or not, in a word, with what was asked.
#[component]
fn Verdict(item: ItemResult) -> impl IntoView {
    let ui = ui();
    let passed = item.passed == Some(true);
    let says = if passed { tr!(ui, "voting.passed") } else { tr!(ui, "voting.not_passed") };
    let id = format!("verdict-{}", item.number);
    view! {
        <section class="card elected verdict" class:no=!passed aria-labelledby=id.clone()>
            <h2 id=id.clone()>{format!("{}. {}", item.number, item.title)}</h2>
            <ul><li>{says}</li></ul>
        </section>
    }
}

/// Who took part, by heads and by area, against the two thirds needed.
#[component]
pub fn Participation(
    /// The count.
    result: Tally,
) -> impl IntoView {
    let ui = ui();
    if result.kind == VoteKind::Poll {
        let (value, unit) = (result.voted.to_string(), format!("/ {}", result.heads));
        return view! { <Facts><Fact label=tr!(ui, "voting.heads_voted") value=value unit=unit /></Facts> }.into_any();
    }
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
    .into_any()
}

/// Every option's votes, item by item; candidates most first.
#[component]
pub fn Standings(
    /// The count.
    result: Tally,
) -> impl IntoView {
    let ui = ui();
    let valid = result.cast - result.invalid;
    let elects = result.kind == VoteKind::Election;
    let (cast, invalid) = (result.cast, result.invalid);
    let blank = result.items.first().map_or(0, |item| item.blank);
    let items = result.items.into_iter().map(move |item| view! { <ItemVotes item=item valid=valid elects=elects /> });
    let urn = match elects {
        true => tr!(ui, "voting.urn", cast = cast, blank = blank, invalid = invalid),
        false => tr!(ui, "voting.urn_all", cast = cast, invalid = invalid),
    };
    view! {
        <section aria-labelledby="votes">
            <h2 id="votes">{tr!(ui, "voting.votes_by_candidate")}</h2>
            {items.collect_view()}
            <p class="muted small">{urn}</p>
        </section>
    }
}

#[component]
fn ItemVotes(item: ItemResult, valid: i64, elects: bool) -> impl IntoView {
    let ui = ui();
    let ItemResult { mut options, number, title, kind, withheld, .. } = item;
    if kind == ItemKind::Choose {
        options.sort_by_key(|option| std::cmp::Reverse(option.votes));
    }
    let rows = options.into_iter().map(move |option| view! { <OptionRow option=option kind=kind valid=valid /> });
    view! {
        {(!elects).then(|| view! { <h3>{format!("{number}. {title}")}</h3> })}
        <ol class="card standings">{rows.collect_view()}</ol>
        {withheld.then(|| view! { <p class="muted small">{tr!(ui, "voting.withheld")}</p> })}
    }
}

#[component]
fn OptionRow(option: OptionVotes, kind: ItemKind, valid: i64) -> impl IntoView {
    let ui = ui();
    let name = match kind {
        ItemKind::Decide => decision(ui, option.number),
        ItemKind::Choose => option.name,
    };
    let permille = share(option.votes, valid);
    let label = tr!(ui, "voting.votes_of", name = name.clone(), n = option.votes);
    let outcome = option.outcome.map(|outcome| {
        let key = format!("voting.outcome.{}", outcome.code());
        let state = match outcome {
            Outcome::Elected => State::Done,
            Outcome::Tied => State::Wait,
            Outcome::NotElected => State::Plain,
        };
        view! { <Tag state=state>{tr!(ui, &key)}</Tag> }
    });
    let area = option.area_dm2.map(|area| view! { <small class="num">{square_metres(area)} " ㎡"</small> });
    view! {
        <li>
            <b>{name}</b>
            <span>{outcome}{area}</span>
            <span class="votes num">{option.votes} " " <small>{tr!(ui, "voting.votes")}</small></span>
            <Progress permille=permille label=label />
        </li>
    }
}

/// The sums, line by line, each with whether it holds: of the whole vote, then of each item.
#[component]
pub fn Arithmetic(
    /// The count.
    result: Tally,
) -> impl IntoView {
    let ui = ui();
    let rows = result.steps.into_iter().map(|step| view! { <SumLine step=step /> }).collect_view();
    let items = result.items.into_iter().filter(|item| !item.steps.is_empty()).map(|item| {
        let rows = item.steps.into_iter().map(|step| view! { <SumLine step=step /> }).collect_view();
        view! {
            <h3>{format!("{}. {}", item.number, item.title)}</h3>
            <dl class="card sums">{rows}</dl>
        }
    });
    let items = items.collect_view();
    view! {
        <section aria-labelledby="sums">
            <h2 id="sums">{tr!(ui, "voting.arithmetic")}</h2>
            <Fold summary=tr!(ui, "voting.arithmetic_steps") open=true>
                <dl class="card sums">{rows}</dl>
                {items}
                <p class="muted small">{tr!(ui, "voting.units")}</p>
                <p class="muted small hash">{tr!(ui, "voting.ballots_hash")} " " <code>{result.ballots_sha256}</code></p>
            </Fold>
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
            <dd class="num">{step.readable()} {step.of_area().then_some(" ㎡")}</dd>
            <dd><Tag state=state>{says}</Tag></dd>
        </div>
    }
}
