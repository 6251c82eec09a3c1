//! The pages of the room.

mod imports;
mod list;
mod record;
mod sheet;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

pub use imports::IMPORTS;
use imports::{ImportList, ShowImport};
use list::PeopleTable;
use record::Record;

/// The pages.
#[component(transparent)]
pub fn PeopleRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/me/record") view=Record ssr=SsrMode::Async />
        <Route path=path!("/console/people") view=PeopleTable ssr=SsrMode::Async />
        <Route path=path!("/console/people/imports") view=ImportList ssr=SsrMode::Async />
        <Route path=path!("/console/people/imports/:id") view=ShowImport ssr=SsrMode::Async />
    }
    .into_inner()
}
