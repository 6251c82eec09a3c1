//! Points: what there is, where each came from, how to earn more.

mod chart;
mod page;
mod parts;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

use page::PointsPage;

/// The pages.
#[component(transparent)]
pub fn PointsRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/points") view=PointsPage ssr=SsrMode::Async /> }.into_inner()
}
