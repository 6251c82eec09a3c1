//! The second step: the choice once more, and that it is for good.

use contract::ids::VoteId;
use contract::voting::{BallotPaper, Candidate, Standing};
use leptos::prelude::*;
use server::voting;

use super::steps::{BallotStep, StepHead, You};
use crate::ui::form::{self, chosen};
use crate::ui::page::{load, param};
use crate::ui::screen::ActionBar;
use crate::ui::*;
use crate::voting::parts::{BLANK, Face, page_of, when};

/// The choice that was posted; who comes without one is sent to the paper.
#[component]
pub fn Review() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    load(async move { voting::ballot_paper(&caller, &core, &id?).await }, |paper| {
        if form::value("choices").is_none() || !paper.may_cast() {
            leptos_axum::redirect(&page_of(&paper.vote, ""));
        }
        let title = tr!(ui(), "voting.title");
        view! {
            <StepPage title=title back=page_of(&paper.vote, "")>
                <Chosen paper=paper />
            </StepPage>
        }
    })
}

#[component]
fn Chosen(paper: BallotPaper) -> impl IntoView {
    let ui = ui();
    let BallotPaper { vote, candidates, standing, .. } = paper;
    let named: Vec<Candidate> =
        candidates.into_iter().filter(|c| chosen("choices", &c.number.to_string()) == Some(true)).collect();
    let marks = match named.is_empty() {
        true => vec![BLANK.to_owned()],
        false => named.iter().map(|candidate| candidate.number.to_string()).collect(),
    };
    let hidden = marks.into_iter().map(|mark| view! { <input type="hidden" name="choices" value=mark /> });
    let you = match standing {
        Standing::OnRoll(entry) => Some(view! { <You entry=entry /> }),
        _ => None,
    };
    view! {
        <StepHead step=BallotStep::Review vote=vote.clone() notice=when(ui, &vote) />
        {you}
        <section aria-labelledby="chosen">
            <h2 id="chosen">{tr!(ui, "voting.your_choice")}</h2>
            <Names named=named />
        </section>
        <Notice tone=Tone::Warning>
            <strong>{tr!(ui, "voting.for_good")}</strong>
            <p>{tr!(ui, "voting.secrecy")}</p>
        </Notice>
        <Form action=page_of(&vote, "cast")>
            {hidden.collect_view()}
            <ActionBar>
                <button type="submit" class="btn" formaction=page_of(&vote, "")>{tr!(ui, "voting.change")}</button>
                <Button look=Look::Main>{tr!(ui, "voting.cast")}</Button>
            </ActionBar>
        </Form>
    }
}

/// The chosen, or 弃权.
#[component]
fn Names(named: Vec<Candidate>) -> impl IntoView {
    let ui = ui();
    if named.is_empty() {
        return view! {
            <ul class="card list chosen">
                <li>
                    <span class="face" aria-hidden="true">"—"</span>
                    <span><b>{tr!(ui, "voting.blank")}</b> <span class="detail">{tr!(ui, "voting.blank_detail")}</span></span>
                </li>
            </ul>
        }
        .into_any();
    }
    let rows = named.into_iter().map(|candidate| {
        let name = candidate.name.clone();
        view! {
            <li>
                <Face candidate=candidate />
                <b>{name}</b>
            </li>
        }
    });
    view! { <ul class="card list chosen">{rows.collect_view()}</ul> }.into_any()
}
