//! The paper: who stands, and one's marks.

use contract::Issue;
use contract::ids::VoteId;
use contract::voting::{BallotPaper, Candidate, Standing};
use leptos::prelude::*;
use server::voting;

use super::door::Door;
use super::steps::{BallotStep, StepHead, You};
use crate::ui::field::FieldMessage;
use crate::ui::form;
use crate::ui::page::{load, param};
use crate::ui::screen::ActionBar;
use crate::ui::*;
use crate::voting::islands::Marks;
use crate::voting::parts::{BLANK, Face, Statement, first_line, page_of, when};

/// The ballot, or why there is none for this reader.
#[component]
pub fn Ballot() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    load(async move { voting::ballot_paper(&caller, &core, &id?).await }, |paper| {
        let title = tr!(ui(), "voting.title");
        view! { <StepPage title=title back="/voting"><Paper paper=paper /></StepPage> }
    })
}

#[component]
fn Paper(paper: BallotPaper) -> impl IntoView {
    let ui = ui();
    if !paper.may_cast() {
        return view! { <Door paper=paper /> }.into_any();
    }
    let BallotPaper { vote, candidates, standing, key } = paper;
    let you = match standing {
        Standing::OnRoll(entry) => Some(view! { <You entry=entry /> }),
        _ => None,
    };
    let seats = vote.seats;
    let marked = candidates.iter().filter(|c| form::chosen("choices", &c.number.to_string()) == Some(true)).count();
    let notice = tr!(ui, "voting.ballot_notice", when = when(ui, &vote));
    let many = seats > 1;
    let dash = view! { <span class="face" aria-hidden="true">"—"</span> }.into_any();
    let cards = candidates.into_iter().map(move |candidate| view! { <Card candidate=candidate many=many /> });
    view! {
        <StepHead step=BallotStep::Choose vote=vote.clone() notice=notice />
        {you}
        <Form action=page_of(&vote, "review") key=key>
            <fieldset class="paper">
                <legend>
                    {tr!(ui, "voting.candidates")}
                    <span>{tr!(ui, "voting.most", n = seats)}</span>
                </legend>
                {match form::issue("choices") {
                    Some(Issue::Required) => view! { <p class="issue">{tr!(ui, "voting.choose_first")}</p> }.into_any(),
                    _ => view! { <FieldMessage name="choices" /> }.into_any(),
                }}
                {cards.collect_view()}
                <div class="candidate">
                    <Choice
                        name="choices"
                        value=BLANK
                        title=tr!(ui, "voting.blank")
                        detail=tr!(ui, "voting.blank_detail")
                        many=many
                        picture=dash
                    />
                </div>
            </fieldset>
            <ActionBar>
                <Marks
                    marked=u32::try_from(marked).unwrap_or(u32::MAX)
                    most=seats
                    blank=BLANK.to_owned()
                    label=tr!(ui, "voting.marked")
                />
                <Button look=Look::Main>{tr!(ui, "voting.to_review")}</Button>
            </ActionBar>
        </Form>
    }
    .into_any()
}

/// One candidate: the whole card is the target, the statement unfolds below it.
#[component]
fn Card(candidate: Candidate, many: bool) -> impl IntoView {
    let line = first_line(&candidate.statement);
    let more = line != candidate.statement;
    view! {
        <div class="candidate">
            <Choice
                name="choices"
                value=candidate.number.to_string()
                title=candidate.name.clone()
                detail=line
                many=many
                picture=view! { <Face candidate=candidate.clone() /> }.into_any()
            />
            {more.then(|| view! { <Statement candidate=candidate /> })}
        </div>
    }
}
