//! Messages: the list, and the way from a message to what it is about.

mod api;
mod page;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

pub use api::forms;
use page::InboxPage;
pub use page::Message;

/// The pages.
#[component(transparent)]
pub fn InboxRoutes() -> impl MatchNestedRoutes + Clone {
    view! { <Route path=path!("/inbox") view=InboxPage ssr=SsrMode::Async /> }.into_inner()
}
