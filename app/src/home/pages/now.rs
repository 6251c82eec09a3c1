//! 现在要做: the votes that wait for the reader.

use contract::voting::{OpenVote, Turnout};
use leptos::prelude::*;

use crate::ui::progress::share;
use crate::ui::*;

/// Votes still to be cast stand large, with their one button; those already cast follow as a list.
#[component]
pub fn Now(votes: Vec<(OpenVote, Turnout)>) -> impl IntoView {
    let ui = ui();
    let (done, waiting): (Vec<_>, Vec<_>) = votes.into_iter().partition(|(open, _)| open.voted_at.is_some());
    let nothing = waiting.is_empty();
    view! {
        <section aria-labelledby="now">
            <h2 id="now">{tr!(ui, "home.now")}</h2>
            {waiting.into_iter().map(|(open, turnout)| view! { <Waiting open=open turnout=turnout /> }).collect_view()}
            {nothing.then(|| view! { <p class="card calm">{tr!(ui, "home.nothing")}</p> })}
            {(!done.is_empty()).then(|| view! { <Done votes=done /> })}
        </section>
    }
}

#[component]
fn Waiting(open: OpenVote, turnout: Turnout) -> impl IntoView {
    let ui = ui();
    let vote = open.vote;
    let left = vote.closes_at - core().clock.now();
    let permille = share(turnout.voted, turnout.heads);
    let said = format!("{} {}%", tr!(ui, "home.turnout"), permille / 10);
    view! {
        <article class="card todo">
            <div>
                <Tag state=State::Now>{tr!(ui, "home.open_vote")}</Tag>
            </div>
            <h3>{vote.title}</h3>
            <Facts>
                <div>
                    <dt>{tr!(ui, "home.left")}</dt>
                    <dd class="num">
                        <Countdown left=left />
                    </dd>
                </div>
                <Fact label=tr!(ui, "home.turnout") value=(permille / 10).to_string() unit="%" />
            </Facts>
            <Progress permille=permille label=said />
            <ButtonLink href=format!("/voting/{}", vote.id) look=Look::Main>
                {tr!(ui, "home.vote")}
            </ButtonLink>
        </article>
    }
}

#[component]
fn Done(votes: Vec<(OpenVote, Turnout)>) -> impl IntoView {
    let ui = ui();
    let rows = votes
        .into_iter()
        .map(|(open, _)| {
            let closes = tr!(ui, "home.closes", at = time::moment(ui, open.vote.closes_at));
            let href = format!("/voting/{}/receipt", open.vote.id);
            view! { <ListLink href=href title=open.vote.title detail=closes aside=tr!(ui, "home.voted") icon="circle-check" /> }
        })
        .collect_view();
    view! { <List>{rows}</List> }
}
