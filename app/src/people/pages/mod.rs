//! The pages of the room.

mod list;
mod sheet;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

use list::PeopleTable;

/// The pages.
#[component(transparent)]
pub fn PeopleRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/console/people") view=PeopleTable ssr=SsrMode::Async /> }.into_inner()
}
