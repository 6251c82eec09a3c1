//! Signing in and out, the second factor, and the workers' page of roles.

mod api;
mod console;
mod cookies;
mod pages;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

pub use api::forms;
use console::Roles;
use pages::{Code, Phone, SecondFactor};

/// Where a phone is asked for.
const SIGN_IN: &str = "/sign-in";
/// Where its code is asked for.
const CODE: &str = "/sign-in/code";
/// Where staff give their second factor.
const SECOND_FACTOR: &str = "/sign-in/totp";
/// Who holds which role.
const ROLES: &str = "/console/roles";

/// The pages.
#[component(transparent)]
pub fn IdentityRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/sign-in") view=Phone ssr=SsrMode::Async />
        <Route path=path!("/sign-in/code") view=Code ssr=SsrMode::Async />
        <Route path=path!("/sign-in/totp") view=SecondFactor ssr=SsrMode::Async />
        <Route path=path!("/console/roles") view=Roles ssr=SsrMode::Async />
    }
    .into_inner()
}

/// `page` with what follows the sign-in, which must be a path of this site.
fn then(page: &str, next: &str) -> String {
    let next = contract::identity::local_path(next);
    let next = serde_html_form::to_string([("next", next)]).unwrap_or_default();
    format!("{page}?{next}")
}
