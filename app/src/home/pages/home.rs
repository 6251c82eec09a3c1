//! 首页: what needs me now, then the services, then what is new.

use contract::PageRequest;
use contract::inbox::Note;
use contract::notices::{BrowseFilter, ReadLine};
use contract::people::AreaName;
use contract::voting::{OpenVote, Turnout};
use leptos::prelude::*;
use server::{Core, identity::Caller, inbox, notices, people, voting};

use super::now::Now;
use super::services::ServiceGrid;
use crate::inbox::Message;
use crate::notices::Newest;
use crate::ui::*;

/// Messages shown.
const NOTES: u16 = 3;
/// Notices shown.
const NOTICES: usize = 2;

/// What the page shows to somebody.
struct Shown {
    place: Vec<AreaName>,
    votes: Vec<(OpenVote, Turnout)>,
    told: Vec<ReadLine>,
    notes: Vec<Note>,
}

/// The first page.
#[component]
pub fn Home() -> impl IntoView {
    page::load(gather(caller(), core()), |shown| {
        let ui = ui();
        let names: Vec<String> = shown.place.into_iter().map(|area| area.name).collect();
        let place = if names.is_empty() { tr!(ui, "ui.brand") } else { names.join(" · ") };
        view! {
            <TabPage title=tr!(ui, "home.title") place=place tab=Tab::Home>
                <Head votes=shown.votes />
                <Newest lines=shown.told />
                <section aria-labelledby="services">
                    <h2 id="services">
                        {tr!(ui, "home.services")} <a href="/services">{tr!(ui, "home.all")}</a>
                    </h2>
                    <ServiceGrid />
                </section>
                {(!shown.notes.is_empty()).then(|| view! { <News notes=shown.notes /> })}
            </TabPage>
        }
    })
}

async fn gather(caller: Caller, core: Core) -> server::Result<Shown> {
    let place = people::home(&caller, &core).await?;
    let mut shown = Shown { place, votes: Vec::new(), told: Vec::new(), notes: Vec::new() };
    if caller.person.is_some() {
        for open in voting::open_for(&caller, &core).await? {
            let turnout = voting::turnout(&caller, &core, &open.vote.id).await?;
            shown.votes.push((open, turnout));
        }
        let latest = PageRequest { size: Some(NOTES), ..PageRequest::default() };
        shown.notes = inbox::list(&caller, &core, latest).await?.notes.rows;
        shown.told = notices::browse(&caller, &core, BrowseFilter::default()).await?.rows;
        shown.told.truncate(NOTICES);
    }
    Ok(shown)
}

/// What comes first depends on who looks: the way in, the way to the registry, or what waits.
#[component]
fn Head(votes: Vec<(OpenVote, Turnout)>) -> impl IntoView {
    let (ui, caller) = (ui(), caller());
    match (caller.account, caller.person) {
        (None, _) => view! { <Welcome /> }.into_any(),
        (Some(_), None) => view! { <Notice tone=Tone::Warning>{tr!(ui, "refusal.not_bound")}</Notice> }.into_any(),
        (Some(_), Some(_)) => view! { <Now votes=votes /> }.into_any(),
    }
}

/// For who is not signed in: what this is, and the way in.
#[component]
fn Welcome() -> impl IntoView {
    let ui = ui();
    view! {
        <section class="card todo">
            <h2>{tr!(ui, "home.welcome")}</h2>
            <p>{tr!(ui, "home.welcome_text")}</p>
            <ButtonLink href="/sign-in" look=Look::Main>
                {tr!(ui, "home.sign_in")}
            </ButtonLink>
        </section>
    }
}

/// The latest messages.
#[component]
fn News(notes: Vec<Note>) -> impl IntoView {
    let ui = ui();
    let rows = notes.into_iter().map(|note| view! { <Message note=note /> }).collect_view();
    view! {
        <section aria-labelledby="news">
            <h2 id="news">
                {tr!(ui, "home.news")} <a href="/inbox">{tr!(ui, "home.more")}</a>
            </h2>
            <List>{rows}</List>
        </section>
    }
}
