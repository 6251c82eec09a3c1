//! The statement's lines and the rules in force.

use contract::points::{Line, Points, Rule};
use leptos::prelude::*;

use crate::ui::time;
use crate::ui::*;

/// Characters of an event's id that tell it from any other (the time and counter of a UUIDv7 come first,
/// chance last).
const EVENT_TAIL: usize = 8;

/// The movements of one page.
#[component]
pub fn Lines(
    /// Newest first.
    lines: Vec<Line>,
) -> impl IntoView {
    let ui = ui();
    if lines.is_empty() {
        return view! {
            <Empty icon="coins" title=tr!(ui, "points.empty")>
                <p>{tr!(ui, "points.empty_text")}</p>
            </Empty>
        }
        .into_any();
    }
    let lines = lines.into_iter().map(|line| view! { <Movement line=line /> }).collect_view();
    view! { <List>{lines}</List> }.into_any()
}

#[component]
fn Movement(line: Line) -> impl IntoView {
    let ui = ui();
    let reason = format!("points.reason.{}", line.reason);
    let source = line.rule_version.zip(line.event.as_ref()).map(|(version, event)| {
        let tail = event.as_str().len().saturating_sub(EVENT_TAIL);
        tr!(ui, "points.source", version = version, event = &event.as_str()[tail..])
    });
    let came = line.amount > Points::ZERO;
    let amount = if came { format!("+{}", line.amount) } else { line.amount.to_string() };
    view! {
        <li>
            <div class="item">
                <span class="body">
                    <b>
                        {tr!(ui, &reason)} " "
                        {line.reversed.then(|| view! { <Tag state=State::Plain>{tr!(ui, "points.reversed")}</Tag> })}
                    </b>
                    <time class="detail num" datetime=time::machine(line.at)>
                        {time::moment(ui, line.at)}
                    </time>
                    {source.map(|source| view! { <span class="detail">{source}</span> })}
                </span>
                <span class="amount num" class:came=came>
                    {amount}
                </span>
            </div>
        </li>
    }
}

/// The rules in force: what earns how much.
#[component]
pub fn Rules(
    /// One version of each.
    rules: Vec<Rule>,
) -> impl IntoView {
    let ui = ui();
    if rules.is_empty() {
        return view! { <p class="muted">{tr!(ui, "points.no_rules")}</p> }.into_any();
    }
    let rules = rules.into_iter().map(move |rule| {
        let name = format!("points.rule.{}", rule.code());
        let mut amount = vec![tr!(ui, "points.each", amount = rule.amount)];
        amount.extend(rule.daily_cap.map(|cap| tr!(ui, "points.cap", amount = cap)));
        let since = tr!(ui, "points.since", day = time::date(rule.effective_from), version = rule.version);
        view! {
            <li>
                <div class="item">
                    <Icon name="award" />
                    <span class="body">
                        <b>{tr!(ui, &name)}</b>
                        <span class="detail num">{amount.join(" · ")}</span>
                        <span class="detail">{since}</span>
                    </span>
                </div>
            </li>
        }
    });
    view! { <List>{rules.collect_view()}</List> }.into_any()
}
