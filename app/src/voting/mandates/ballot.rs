//! The ballot that an agent fills in for an owner: the paper, then the choice once more.

use contract::ids::MandateId;
use contract::voting::{BallotPaper, Item, ItemKind, Mandate, MandateState, Phase, Standing};
use leptos::prelude::*;
use server::voting;

use super::api::BLANK;
use crate::ui::field::FieldMessage;
use crate::ui::form::{chosen, refused, values};
use crate::ui::measure::square_metres;
use crate::ui::page::{load, param, text_of};
use crate::ui::screen::ActionBar;
use crate::ui::*;
use crate::voting::parts::when;

/// The paper.
#[component]
pub fn MandateBallot() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<MandateId>("mandate"));
    load(async move { voting::mandate_paper(&caller, &core, &id?).await }, |(paper, mandate)| {
        let back = format!("/voting/{}/mandates", mandate.vote);
        view! { <StepPage title=tr!(ui(), "voting.mandate.title") back=back><Paper paper=paper mandate=mandate /></StepPage> }
    })
}

fn address(mandate: &Mandate) -> String {
    format!("/voting/{}/mandates/{}", mandate.vote, mandate.id)
}

#[component]
fn Paper(paper: BallotPaper, mandate: Mandate) -> impl IntoView {
    if mandate.state != MandateState::Active || paper.vote.phase != Phase::Open || on_paper(&paper) {
        return view! { <Ended paper=paper mandate=mandate /> }.into_any();
    }
    let action = format!("{}/review", address(&mandate));
    let key = paper.key.clone();
    let items = paper.items.clone().into_iter().map(|item| view! { <Question item=item /> });
    view! {
        <Whose paper=paper mandate=mandate />
        <Form action=action key=key>
            {items.collect_view()}
            <ActionBar>
                <Button look=Look::Main>{tr!(ui(), "voting.to_review")}</Button>
            </ActionBar>
        </Form>
    }
    .into_any()
}

/// Was the head's ballot handed in on paper?
fn on_paper(paper: &BallotPaper) -> bool {
    matches!(&paper.standing, Standing::OnRoll(entries) if entries.iter().any(|entry| entry.paper_at.is_some()))
}

/// Why there is no ballot any more, or not yet.
#[component]
fn Ended(paper: BallotPaper, mandate: Mandate) -> impl IntoView {
    let ui = ui();
    let text = match mandate.state {
        MandateState::Active if on_paper(&paper) => tr!(ui, "voting.mandate.paper_received"),
        MandateState::Active => tr!(ui, "voting.mandate.not_open", when = when(ui, &paper.vote)),
        state => {
            let key = format!("voting.mandate.state.{}", state.code());
            tr!(ui, &key)
        }
    };
    view! {
        <Whose paper=paper mandate=mandate />
        {refused().map(|error| view! { <Notice tone=Tone::Error><p>{text_of(ui, &error)}</p></Notice> })}
        <Notice><p>{text}</p></Notice>
    }
}

/// For whom it is cast.
#[component]
fn Whose(paper: BallotPaper, mandate: Mandate) -> impl IntoView {
    let ui = ui();
    let entry = paper.next().map(|entry| format!("{} · {} ㎡", entry.place, square_metres(entry.area_dm2)));
    view! {
        <div class="ballot-head">
            <h1>{paper.vote.title.clone()}</h1>
        </div>
        <div class="you">
            <Icon name="users" />
            <div>
                <b>{tr!(ui, "voting.mandate.you_for", name = mandate.owner)}</b>
                {entry}
            </div>
        </div>
    }
}

/// One item with its options, and 弃权 where naming nothing is a choice.
#[component]
fn Question(item: Item) -> impl IntoView {
    let ui = ui();
    let field = item.field();
    let many = item.kind == ItemKind::Choose && item.most > 1;
    let hint = (item.kind == ItemKind::Choose).then(|| tr!(ui, "voting.most", n = item.most));
    let mut options: Vec<(String, String)> =
        item.options.into_iter().map(|option| (option.number.to_string(), option.name)).collect();
    if item.kind == ItemKind::Choose {
        options.push((BLANK.to_owned(), tr!(ui, "voting.blank")));
    }
    let name = field.clone();
    let options = options.into_iter().map(move |(value, text)| {
        let checked = chosen(&name, &value).unwrap_or(false);
        let kind = if many { "checkbox" } else { "radio" };
        view! {
            <label class="card choice">
                <span class="body"><b>{text}</b></span>
                <input type=kind name=name.clone() value=value checked=checked />
            </label>
        }
    });
    view! {
        <fieldset class="paper">
            <legend>{item.number} ". " {item.title} {hint.map(|hint| view! { <span>{hint}</span> })}</legend>
            {(!item.text.is_empty()).then(|| view! { <p class="words">{item.text}</p> })}
            <FieldMessage name=field />
            {options.collect_view()}
        </fieldset>
    }
}

/// The choice that was posted; who comes without one is sent to the paper.
#[component]
pub fn MandateReview() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<MandateId>("mandate"));
    load(async move { voting::mandate_paper(&caller, &core, &id?).await }, |(paper, mandate)| {
        let back = address(&mandate);
        let given = |item: &Item| values(&item.field()).is_some_and(|marks| !marks.is_empty());
        if mandate.state != MandateState::Active || on_paper(&paper) || !paper.items.iter().all(given) {
            leptos_axum::redirect(&back);
        }
        view! { <StepPage title=tr!(ui(), "voting.mandate.title") back=back><Chosen paper=paper mandate=mandate /></StepPage> }
    })
}

#[component]
fn Chosen(paper: BallotPaper, mandate: Mandate) -> impl IntoView {
    let ui = ui();
    let page = address(&mandate);
    let mut hidden = Vec::new();
    let mut rows = Vec::new();
    for item in &paper.items {
        let field = item.field();
        let marks = values(&field).unwrap_or_default();
        let named = item.options.iter().filter(|option| marks.contains(&option.number.to_string()));
        let named: Vec<_> = named.map(|option| option.name.clone()).collect();
        let named = if named.is_empty() { tr!(ui, "voting.blank") } else { named.join("、") };
        let title = item.title.clone();
        rows.push(view! { <li><b>{title}</b> <p class="words">{named}</p></li> });
        hidden.extend(marks.into_iter().map(|mark| view! { <input type="hidden" name=field.clone() value=mark /> }));
    }
    view! {
        <Whose paper=paper mandate=mandate />
        <section aria-labelledby="chosen">
            <h2 id="chosen">{tr!(ui, "voting.your_choice")}</h2>
            <ul class="card said">{rows}</ul>
        </section>
        <Notice tone=Tone::Warning>
            <strong>{tr!(ui, "voting.for_good")}</strong>
            <p>{tr!(ui, "voting.mandate.for_good")}</p>
        </Notice>
        <Form action=format!("{page}/cast")>
            {hidden}
            <ActionBar>
                <button type="submit" class="btn" formaction=page>{tr!(ui, "voting.change")}</button>
                <Button look=Look::Main>{tr!(ui, "voting.cast")}</Button>
            </ActionBar>
        </Form>
    }
}
