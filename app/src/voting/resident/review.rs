//! The second step: the choice once more, and that it is for good.

use contract::ids::VoteId;
use contract::voting::{BallotPaper, Item, ItemKind, ItemOption, RollEntry, Secrecy};
use leptos::prelude::*;
use server::voting;

use super::ballot::turn;
use super::steps::{BallotStep, StepHead, You};
use crate::ui::form::{self, chosen};
use crate::ui::page::{load, param};
use crate::ui::screen::ActionBar;
use crate::ui::*;
use crate::voting::parts::{BLANK, BallotFields, Face, ITEMS, option_name, page_of, when};

/// The choice that was posted; who comes without one is sent to the paper.
#[component]
pub fn Review() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    load(async move { voting::ballot_paper(&caller, &core, &id?).await }, |paper| {
        let back = page_of(&paper.vote, "");
        let entry = paper.next().cloned().filter(|_| form::value(ITEMS).is_some());
        let shown = match entry {
            Some(entry) => view! { <Chosen paper=paper entry=entry /> }.into_any(),
            None => {
                leptos_axum::redirect(&back);
                ().into_any()
            }
        };
        view! { <StepPage title=tr!(ui(), "voting.title") back=back>{shown}</StepPage> }
    })
}

#[component]
fn Chosen(paper: BallotPaper, entry: RollEntry) -> impl IntoView {
    let ui = ui();
    let of = turn(&paper.standing, &entry);
    let BallotPaper { vote, items, .. } = paper;
    let count = items.len();
    let said: Vec<(Item, Vec<ItemOption>)> = items.into_iter().map(marked).collect();
    let hidden = said.iter().flat_map(|(item, named)| {
        let marks = match named.is_empty() {
            true => vec![BLANK.to_owned()],
            false => named.iter().map(|option| option.number.to_string()).collect(),
        };
        let field = item.field();
        marks
            .into_iter()
            .map(move |mark| view! { <input type="hidden" name=field.clone() value=mark /> })
            .collect::<Vec<_>>()
    });
    let hidden = hidden.collect_view();
    let shown = said.into_iter().map(move |(item, named)| {
        view! {
            {(count > 1 || item.kind == ItemKind::Decide).then(|| view! { <h3>{format!("{}. {}", item.number, item.title)}</h3> })}
            <Names item=item named=named />
        }
    });
    let secrecy = match vote.secrecy {
        Secrecy::Private => tr!(ui, "voting.secrecy"),
        Secrecy::Signed => tr!(ui, "voting.secrecy_signed"),
    };
    view! {
        <StepHead step=BallotStep::Review vote=vote.clone() notice=when(ui, &vote) />
        <You entry=entry.clone() turn=of />
        <section class="reviewed" aria-labelledby="chosen">
            <h2 id="chosen">{tr!(ui, "voting.your_choice")}</h2>
            {shown.collect_view()}
        </section>
        <Notice tone=Tone::Warning>
            <strong>{tr!(ui, "voting.for_good")}</strong>
            <p>{secrecy}</p>
        </Notice>
        <Form action=page_of(&vote, "cast")>
            <BallotFields entry=entry items=count />
            {hidden}
            <ActionBar>
                <button type="submit" class="btn" formaction=page_of(&vote, "")>{tr!(ui, "voting.change")}</button>
                <Button look=Look::Main>{tr!(ui, "voting.cast")}</Button>
            </ActionBar>
        </Form>
    }
}

/// The item with its options that were marked.
fn marked(item: Item) -> (Item, Vec<ItemOption>) {
    let field = item.field();
    let named = item.options.iter().filter(|option| chosen(&field, &option.number.to_string()) == Some(true));
    let named = named.cloned().collect();
    (item, named)
}

/// The chosen, or 弃权.
#[component]
fn Names(item: Item, named: Vec<ItemOption>) -> impl IntoView {
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
    let faces = item.kind == ItemKind::Choose;
    let rows = named.into_iter().map(|option| {
        let name = option_name(ui, &item, &option);
        view! {
            <li>
                {faces.then(|| view! { <Face candidate=option /> })}
                <b>{name}</b>
            </li>
        }
    });
    view! { <ul class="card list chosen">{rows.collect_view()}</ul> }.into_any()
}
