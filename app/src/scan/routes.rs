//! The pages of the room.

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

use super::pages::ScanPage;

/// The pages.
#[component(transparent)]
pub fn ScanRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/scan") view=ScanPage ssr=SsrMode::Async /> }.into_inner()
}
