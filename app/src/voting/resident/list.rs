//! 投票: what concerns the reader, the open ones first.

use contract::voting::{OpenVote, Phase, VoteLine, VoteSummary};
use contract::{Page, PageRequest};
use leptos::prelude::*;
use server::voting;

use crate::ui::page::{load, query};
use crate::ui::*;
use crate::voting::parts::{PhaseTag, kind_name, page_of, span, when};

/// The page.
#[component]
pub fn VoteList() -> impl IntoView {
    let (caller, core) = (caller(), core());
    let asked = query::<PageRequest>();
    let look = async move {
        // The open ones stand on the first page only.
        let open = if asked.after.is_none() { voting::open_for(&caller, &core).await? } else { Vec::new() };
        Ok((open, voting::browse(&caller, &core, asked).await?))
    };
    load(look, |(open, page)| {
        let title = tr!(ui(), "voting.title");
        view! {
            <StepPage title=title.clone() back="/">
                <h1>{title}</h1>
                <Votes open=open page=page />
            </StepPage>
        }
    })
}

#[component]
fn Votes(open: Vec<OpenVote>, page: Page<VoteLine>) -> impl IntoView {
    let ui = ui();
    if open.is_empty() && page.rows.is_empty() {
        return view! {
            <Empty icon="vote" title=tr!(ui, "voting.none")>
                <p>{tr!(ui, "voting.none_text")}</p>
                <ButtonLink href="/scan">{tr!(ui, "voting.scan")}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let votes = page.rows.into_iter().map(|line| line.vote).filter(|vote| vote.phase != Phase::Open);
    let (ahead, past): (Vec<_>, Vec<_>) = votes.partition(|vote| vote.phase == Phase::Announced);
    view! {
        {open.into_iter().map(|line| view! { <OpenCard line=line /> }).collect_view()}
        <Section title=tr!(ui, "voting.ahead") votes=ahead />
        <Section title=tr!(ui, "voting.past") votes=past />
        <Pager next=page.next />
    }
    .into_any()
}

/// A vote that is open: how long still, and the way to the paper or to one's receipt.
#[component]
fn OpenCard(line: OpenVote) -> impl IntoView {
    let ui = ui();
    let OpenVote { vote, voted_at } = line;
    let left = span(ui, vote.closes_at - core().clock.now());
    let action = match voted_at {
        None => view! { <ButtonLink href=page_of(&vote, "") look=Look::Main>{tr!(ui, "voting.go")}</ButtonLink> },
        Some(_) => {
            view! { <ButtonLink href=page_of(&vote, "receipt") look=Look::Plain>{tr!(ui, "voting.check_mine")}</ButtonLink> }
        }
    };
    view! {
        <article class="card todo" class:done=voted_at.is_some()>
            <p>
                {match voted_at {
                    None => view! { <PhaseTag phase=vote.phase /> }.into_any(),
                    Some(_) => view! { <Tag state=State::Done>{tr!(ui, "voting.you_voted")}</Tag> }.into_any(),
                }}
            </p>
            <h2>{vote.title.clone()}</h2>
            <p class="muted small">{vote.area_name.clone()} " · " {when(ui, &vote)}</p>
            <Facts>
                <Fact label=tr!(ui, "voting.left") value=left />
                <Fact label=kind_name(ui, &vote) value=vote.items.to_string() unit=tr!(ui, "voting.items") />
            </Facts>
            {action}
        </article>
    }
}

#[component]
fn Section(title: String, votes: Vec<VoteSummary>) -> impl IntoView {
    let ui = ui();
    (!votes.is_empty()).then(|| {
        let rows = votes.into_iter().map(move |vote| {
            let below = if vote.phase == Phase::Published { "result" } else { "" };
            let key = format!("voting.phase.{}", vote.phase.code());
            let detail = format!("{} · {}", vote.area_name, when(ui, &vote));
            view! { <ListLink href=page_of(&vote, below) title=vote.title detail=detail aside=tr!(ui, &key) icon="vote" /> }
        });
        view! {
            <section>
                <h2>{title}</h2>
                <List>{rows.collect_view()}</List>
            </section>
        }
    })
}
