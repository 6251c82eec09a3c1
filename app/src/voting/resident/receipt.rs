//! The third step: the receipt, and whether its ballot is in the count.

use contract::ids::VoteId;
use contract::voting::{ItemMarks, Phase, ReceiptCheck, ReceiptState, VoteSummary};
use leptos::prelude::*;
use serde::Deserialize;
use server::crypto::grouped;
use server::voting;

use super::steps::{BallotStep, StepHead};
use crate::ui::page::{load, param, query};
use crate::ui::*;
use crate::voting::islands::CopyButton;
use crate::voting::parts::{page_of, when};

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The receipt's code; empty shows the form alone.
    code: String,
    /// Set right after the ballot was cast.
    fresh: Option<u8>,
}

/// The receipt right after casting; later, the question whether it is in the count.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    let Asked { code, fresh } = query();
    let look = async move { voting::receipt_lookup(&caller, &core, &id?, &code).await };
    load(look, move |check: ReceiptCheck| {
        let cast_now = fresh.is_some() && check.state != ReceiptState::Unknown;
        view! {
            <StepPage title=tr!(ui(), "voting.receipt") back="/voting">
                {match cast_now {
                    true => view! { <Fresh check=check /> }.into_any(),
                    false => view! { <Check check=check /> }.into_any(),
                }}
            </StepPage>
        }
    })
}

/// The receipt as handed over.
#[component]
fn Fresh(check: ReceiptCheck) -> impl IntoView {
    let ui = ui();
    let ReceiptCheck { vote, code, .. } = check;
    let href = format!("{}?code={code}", page_of(&vote, "receipt"));
    view! {
        <StepHead step=BallotStep::Receipt vote=vote.clone() notice=when(ui, &vote) />
        <section class="card receipt">
            <p class="done"><Icon name="circle-check" /> {tr!(ui, "voting.taken_in")}</p>
            <p class="muted small">{tr!(ui, "voting.receipt_code")}</p>
            <Code code=code.clone() />
            <CopyButton text=grouped(&code) label=tr!(ui, "voting.copy") done=tr!(ui, "voting.copied") />
        </section>
        <Notice>
            <p>{tr!(ui, "voting.keep_code")}</p>
        </Notice>
        <List>
            <ListLink href=href title=tr!(ui, "voting.in_count") icon="search" />
            <ListLink href="/voting" title=tr!(ui, "voting.to_list") icon="vote" />
        </List>
    }
}

/// In groups of four, as people read and type it.
#[component]
fn Code(code: String) -> impl IntoView {
    view! { <p class="code num">{grouped(&code)}</p> }
}

/// Is my ballot in the count?
#[component]
fn Check(check: ReceiptCheck) -> impl IntoView {
    let ui = ui();
    let ReceiptCheck { vote, code, state } = check;
    view! {
        <div class="ballot-head">
            <h1>{tr!(ui, "voting.in_count")}</h1>
            <p class="muted small">{vote.title.clone()} " · " {when(ui, &vote)}</p>
        </div>
        {(!code.is_empty()).then(|| view! { <Answer vote=vote.clone() code=code.clone() state=state /> })}
        <form class="form typed-code" method="get" action=page_of(&vote, "receipt")>
            <Field
                name="code"
                label=tr!(ui, "voting.receipt_code")
                hint=tr!(ui, "voting.receipt_hint")
                value=grouped(&code)
                autocomplete="off"
                maxlength=32
            />
            <Button look=Look::Main>{tr!(ui, "voting.look_up")}</Button>
        </form>
    }
}

#[component]
fn Answer(vote: VoteSummary, code: String, state: ReceiptState) -> impl IntoView {
    let ui = ui();
    let (tone, key) = match &state {
        ReceiptState::Unknown => (Tone::Error, "unknown"),
        ReceiptState::Accepted => (Tone::Success, "accepted"),
        ReceiptState::Counted => (Tone::Success, "counted"),
        ReceiptState::Published(_) => (Tone::Success, "published"),
        ReceiptState::Invalid => (Tone::Warning, "invalid"),
    };
    let (title, text) = (format!("voting.receipt_state.{key}.title"), format!("voting.receipt_state.{key}.text"));
    view! {
        <Notice tone=tone>
            <strong>{tr!(ui, &title)}</strong>
            <p>{tr!(ui, &text, code = grouped(&code))}</p>
            {match state {
                ReceiptState::Published(items) => Some(view! { <Said items=items /> }),
                _ => None,
            }}
        </Notice>
        {(vote.phase == Phase::Published)
            .then(|| view! { <ButtonLink href=page_of(&vote, "result")>{tr!(ui, "voting.see_result")}</ButtonLink> })}
    }
}

/// What a ballot says, item by item.
#[component]
pub fn Said(
    /// In the order of the paper.
    items: Vec<ItemMarks>,
) -> impl IntoView {
    let ui = ui();
    let many = items.len() > 1;
    let rows = items.into_iter().map(|item| {
        let named = match item.named.is_empty() {
            true => tr!(ui, "voting.blank"),
            false => item.named.join("、"),
        };
        view! {
            {many.then(|| view! { <p class="small">{item.title}</p> })}
            <p class="names">{named}</p>
        }
    });
    view! { {rows.collect_view()} }
}
