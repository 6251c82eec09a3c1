//! The paper: what is asked, and one's marks.

use contract::Issue;
use contract::ids::VoteId;
use contract::voting::{BallotPaper, Item, ItemKind, ItemOption, RollEntry, Standing, VoteKind};
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
use crate::voting::parts::{BLANK, BallotFields, Face, Statement, decision, first_line, page_of, when};

/// The ballot, or why there is none for this reader.
#[component]
pub fn Ballot() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    load(async move { voting::ballot_paper(&caller, &core, &id?).await }, |paper| {
        let title = tr!(ui(), "voting.title");
        view! { <StepPage title=title back="/voting"><Paper paper=paper /></StepPage> }
    })
}

/// Which of the reader's ballots this is: its place and how many there are.
pub fn turn(standing: &Standing, entry: &RollEntry) -> (usize, usize) {
    let Standing::OnRoll(entries) = standing else { return (1, 1) };
    let own: Vec<&RollEntry> = entries.iter().filter(|one| one.may_vote).collect();
    let cast = own.iter().filter(|one| !one.waits() && one.head != entry.head).count();
    (cast + 1, own.len())
}

#[component]
fn Paper(paper: BallotPaper) -> impl IntoView {
    let ui = ui();
    let Some(entry) = paper.next().cloned() else {
        return view! { <Door paper=paper /> }.into_any();
    };
    let of = turn(&paper.standing, &entry);
    let BallotPaper { vote, items, key, .. } = paper;
    let notice = tr!(ui, "voting.ballot_notice", when = when(ui, &vote));
    let count = items.len();
    let alone = items.first().filter(|item| count == 1 && item.kind == ItemKind::Choose).cloned();
    let along = match alone {
        Some(item) => view! { <Counted item=item /> }.into_any(),
        None => view! { <p class="marks muted small">{tr!(ui, "voting.items_to_answer", n = count)}</p> }.into_any(),
    };
    let people = vote.kind == VoteKind::Election;
    let sets = items.into_iter().map(move |item| view! { <ItemSet item=item numbered=count != 1 people=people /> });
    view! {
        <StepHead step=BallotStep::Choose vote=vote.clone() notice=notice />
        <You entry=entry.clone() turn=of />
        <Form action=page_of(&vote, "review") key=key>
            <BallotFields entry=entry items=count />
            {form::issue("choices").map(|_| view! { <FieldMessage name="choices" /> })}
            {sets.collect_view()}
            <ActionBar>
                {along}
                <Button look=Look::Main>{tr!(ui, "voting.to_review")}</Button>
            </ActionBar>
        </Form>
        {(vote.kind != VoteKind::Poll).then(|| view! {
            <List>
                <ListLink href=page_of(&vote, "mandates") title=tr!(ui, "voting.mandate.open") icon="user-round" />
            </List>
        })}
    }
    .into_any()
}

/// How many are marked, where the paper asks one thing.
#[component]
fn Counted(item: Item) -> impl IntoView {
    let field = item.field();
    let marked = item.options.iter().filter(|o| form::chosen(&field, &o.number.to_string()) == Some(true)).count();
    view! {
        <Marks
            marked=u32::try_from(marked).unwrap_or(u32::MAX)
            most=item.most
            blank=BLANK.to_owned()
            label=tr!(ui(), "voting.marked")
        />
    }
}

/// One item: what it is about, and its options.
#[component]
fn ItemSet(
    item: Item,
    /// Has the paper several items?
    numbered: bool,
    /// Are people chosen?
    people: bool,
) -> impl IntoView {
    let ui = ui();
    let field = item.field();
    let decided = item.kind == ItemKind::Decide;
    let title = match (people, numbered) {
        (true, _) => tr!(ui, "voting.candidates"),
        (false, true) => format!("{}. {}", item.number, item.title),
        (false, false) => item.title.clone(),
    };
    let says = match decided {
        true => {
            let key = format!("voting.majority.{}", item.majority.code());
            tr!(ui, &key)
        }
        false => tr!(ui, "voting.most", n = item.most),
    };
    let (text, clause) = (item.text.clone(), item.clause.clone());
    let message = match form::issue(&field) {
        Some(Issue::Required) if decided => view! { <p class="issue">{tr!(ui, "voting.decide_first")}</p> }.into_any(),
        Some(Issue::Required) => view! { <p class="issue">{tr!(ui, "voting.choose_first")}</p> }.into_any(),
        _ => view! { <FieldMessage name=field /> }.into_any(),
    };
    let options = match decided {
        true => view! { <Decision item=item /> }.into_any(),
        false => view! { <Options item=item /> }.into_any(),
    };
    view! {
        <fieldset class="paper">
            <legend>{title} " " <span>{says}</span></legend>
            {(!text.is_empty() || !clause.is_empty()).then(|| view! {
                <div class="proposal">
                    {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
                    {(!clause.is_empty()).then(|| view! { <p class="muted small">{clause}</p> })}
                </div>
            })}
            {message}
            {options}
        </fieldset>
    }
}

/// For, against, abstain: three of one size side by side.
#[component]
fn Decision(item: Item) -> impl IntoView {
    let ui = ui();
    let field = item.field();
    let answers = item.options.into_iter().map(|option| {
        view! {
            <div class="candidate">
                <Choice name=field.clone() value=option.number.to_string() title=decision(ui, option.number) />
            </div>
        }
    });
    view! { <div class="decision">{answers.collect_view()}</div> }
}

/// Candidates or answers, and 弃权.
#[component]
fn Options(item: Item) -> impl IntoView {
    let ui = ui();
    let (field, many) = (item.field(), item.most > 1);
    let of = field.clone();
    let cards = item.options.into_iter().map(move |option| view! { <Card option=option field=of.clone() many=many /> });
    let dash = view! { <span class="face" aria-hidden="true">"—"</span> }.into_any();
    view! {
        {cards.collect_view()}
        <div class="candidate">
            <Choice
                name=field
                value=BLANK
                title=tr!(ui, "voting.blank")
                detail=tr!(ui, "voting.blank_detail")
                many=many
                picture=dash
            />
        </div>
    }
}

/// One candidate: the whole card is the target, the statement unfolds below it.
#[component]
fn Card(option: ItemOption, field: String, many: bool) -> impl IntoView {
    let line = first_line(&option.statement);
    let more = line != option.statement;
    view! {
        <div class="candidate">
            <Choice
                name=field
                value=option.number.to_string()
                title=option.name.clone()
                detail=line
                many=many
                picture=view! { <Face candidate=option.clone() /> }.into_any()
            />
            {more.then(|| view! { <Statement candidate=option /> })}
        </div>
    }
}
