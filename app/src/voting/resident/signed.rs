//! Signed votes: one's own counted ballot, and for scrutineers everybody's.

use contract::ids::VoteId;
use contract::voting::SignedBallot;
use contract::{Page, PageRequest};
use leptos::prelude::*;
use server::voting;

use super::receipt::Said;
use crate::ui::page::{load, param, query};
use crate::ui::*;

/// The page.
#[component]
pub fn SignedPage() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<VoteId>("id"), query::<PageRequest>());
    let look = async move {
        let id = id?;
        let page = voting::signed_ballots(&caller, &core, &id, asked.after).await?;
        Ok((id, page))
    };
    load(look, |(id, page): (VoteId, Page<SignedBallot>)| {
        let ui = ui();
        let empty = page.rows.is_empty();
        let rows = page.rows.into_iter().map(|ballot| view! { <One ballot=ballot /> });
        let rows = rows.collect_view();
        view! {
            <StepPage title=tr!(ui, "voting.signed.title") back=format!("/voting/{id}/result")>
                <h1>{tr!(ui, "voting.signed.title")}</h1>
                <Notice><p>{tr!(ui, "voting.signed.why")}</p></Notice>
                {match empty {
                    true => view! { <Empty icon="vote" title=tr!(ui, "voting.signed.none") /> }.into_any(),
                    false => view! { <ul class="card list register">{rows}</ul> }.into_any(),
                }}
                <Pager next=page.next />
            </StepPage>
        }
    })
}

#[component]
fn One(ballot: SignedBallot) -> impl IntoView {
    let SignedBallot { place, names, marks } = ballot;
    view! {
        <li>
            <span class="body">
                <b>{place}</b>
                <span class="detail">{names}</span>
                <Said items=marks />
            </span>
        </li>
    }
}
