//! The pages that belong to no room: home, services, one's own settings, offline.

mod api;
mod pages;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

pub use api::forms;
use pages::{Home, Me, Offline, Services};

/// The pages.
#[component(transparent)]
pub fn HomeRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/") view=Home ssr=SsrMode::Async />
        <Route path=path!("/services") view=Services ssr=SsrMode::Async />
        <Route path=path!("/me") view=Me ssr=SsrMode::Async />
        <Route path=path!("/offline") view=Offline ssr=SsrMode::Async />
    }
    .into_inner()
}
