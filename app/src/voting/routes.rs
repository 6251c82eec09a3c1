//! The pages of the room.

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

use super::console::{
    Announce, DoorstepPage, EditVote, KeysPage, NewVote, OpenPage, RollPage, RulesPage, ShowVote, VoteTable,
};
use super::resident::{
    Ballot, NamingPage, PosterLink, ReceiptPage, RegisterPage, ResultPage, Review, SignedPage, VoteList,
};

/// The pages.
#[component(transparent)]
pub fn VotingRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/voting") view=VoteList ssr=SsrMode::Async />
        <Route path=path!("/voting/:id") view=Ballot ssr=SsrMode::Async />
        <Route path=path!("/voting/:id/review") view=Review ssr=SsrMode::Async />
        <Route path=path!("/voting/:id/receipt") view=ReceiptPage ssr=SsrMode::Async />
        <Route path=path!("/voting/:id/result") view=ResultPage ssr=SsrMode::Async />
        <Route path=path!("/voting/:id/roll") view=RegisterPage ssr=SsrMode::Async />
        <Route path=path!("/voting/:id/voter") view=NamingPage ssr=SsrMode::Async />
        <Route path=path!("/voting/:id/signed") view=SignedPage ssr=SsrMode::Async />
        <Route path=path!("/v/:code") view=PosterLink ssr=SsrMode::Async />
        <Route path=path!("/console/voting") view=VoteTable ssr=SsrMode::Async />
        <Route path=path!("/console/voting/new") view=NewVote ssr=SsrMode::Async />
        <Route path=path!("/console/voting/rules") view=RulesPage ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id") view=ShowVote ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/roll") view=RollPage ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/doorstep") view=DoorstepPage ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/keys") view=KeysPage ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/open") view=OpenPage ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/edit") view=EditVote ssr=SsrMode::Async />
        <Route path=path!("/console/voting/:id/announce") view=Announce ssr=SsrMode::Async />
    }
    .into_inner()
}
