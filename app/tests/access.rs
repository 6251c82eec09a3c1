//! The access matrix: every address and server function × every role, against the one permission table.

mod support;

use app::access::TABLE;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use contract::ids::{AccountId, PersonId};
use contract::{AreaId, Role};
use server::config::Config;
use server::identity::{Caller, Grant, Guard, Verb};
use server::testing::Fresh;
use std::collections::BTreeSet;
use std::num::NonZeroU32;
use tower::ServiceExt;

/// Who asks, and what they are called in a failure.
struct Who {
    name: String,
    roles: Vec<Role>,
    signed_in: bool,
    second_factor: bool,
}

impl Who {
    fn all() -> Vec<Self> {
        let who = |name: &str, roles: Vec<Role>, signed_in, second_factor| Self {
            name: name.to_owned(),
            roles,
            signed_in,
            second_factor,
        };
        let mut all =
            vec![who("anonymous", Vec::new(), false, false), who("signed in without a role", Vec::new(), true, false)];
        for role in Role::ALL {
            all.push(who(role.code(), vec![role], true, true));
            all.push(who(&format!("{} without the second factor", role.code()), vec![role], true, false));
        }
        all
    }

    fn caller(&self) -> Caller {
        let grants = self.roles.iter().map(|role| Grant { role: *role, area: AreaId::city() }).collect();
        Caller {
            account: self.signed_in.then(|| AccountId::trusted("01890a5d-ac96-774b-bcce-b302099a8057")),
            person: self.signed_in.then(|| PersonId::trusted("01890a5d-ac96-774b-bcce-b302099a8058")),
            grants,
            second_factor: self.second_factor,
            ..Caller::default()
        }
    }

    /// What the table says of this caller.
    fn expected(&self, verb: Verb) -> Door {
        match verb.guard() {
            Guard::Anyone => Door::Open,
            _ if !self.signed_in => Door::SignIn,
            Guard::SignedIn => Door::Open,
            Guard::Roles(allowed) => {
                let held: Vec<_> = self.roles.iter().filter(|role| allowed.contains(role)).collect();
                match held.as_slice() {
                    [] => Door::Closed,
                    held if held.iter().all(|role| role.is_staff()) && !self.second_factor => Door::SecondFactor,
                    _ => Door::Open,
                }
            }
        }
    }
}

/// What happened at an address.
#[derive(Debug, PartialEq, Eq)]
enum Door {
    Open,
    SignIn,
    SecondFactor,
    Closed,
}

async fn knock(app: &Router, method: &str, address: &str, who: &Who) -> Door {
    let path = address
        .split('/')
        .map(|part| if part.starts_with('{') { "01890a5d-ac96-774b-bcce-b302099a8059" } else { part })
        .collect::<Vec<_>>()
        .join("/");
    let mut request = Request::builder().method(method).uri(path);
    if method != "GET" {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let mut request = request.body(Body::empty()).expect("a request");
    request.extensions_mut().insert(who.caller());
    request.extensions_mut().insert(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1))));
    let answer = app.clone().oneshot(request).await.expect("an answer");
    let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
    match answer.status().as_u16() {
        // The sign-in's own forms lead to its second step when they succeed.
        303 if to.starts_with("/sign-in/totp?") && !address.starts_with("/sign-in") => Door::SecondFactor,
        303 if to.starts_with("/sign-in?") => Door::SignIn,
        401 => Door::SignIn,
        403 => Door::Closed,
        _ => Door::Open,
    }
}

/// The app, which does not mind that one address and one account knock at every door.
async fn app() -> (Fresh, Router) {
    let (forms_per_address, forms_per_account) = (NonZeroU32::MAX, NonZeroU32::MAX);
    support::app(|config| Config { forms_per_address, forms_per_account, ..config }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_opens_to_exactly_the_roles_of_the_table() {
    let (_core, app) = app().await;
    let mut wrong = Vec::new();
    for (method, address, verb) in TABLE {
        for who in Who::all() {
            let (seen, expected) = (knock(&app, method, address, &who).await, who.expected(*verb));
            if seen != expected {
                wrong.push(format!("{method} {address} as {}: {seen:?}, the table says {expected:?}", who.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_form_and_server_function_has_a_line_in_the_table() {
    let (core, _app) = app().await;
    let known: BTreeSet<&str> = TABLE.iter().map(|(_, address, _)| *address).collect();
    let mut addresses: BTreeSet<String> = app::addresses(&core).into_iter().collect();
    addresses.extend(leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()));
    assert!(addresses.len() > 10, "the walk found nothing: {addresses:?}");
    let missing: Vec<_> = addresses.iter().filter(|address| !known.contains(address.as_str())).collect();
    assert!(missing.is_empty(), "without a line: {missing:?}");
    let gone: Vec<_> = known.iter().filter(|address| !addresses.contains(**address)).collect();
    assert!(gone.is_empty(), "lines for addresses that do not exist: {gone:?}");
}

/// The pages that axe and the screenshots walk; they say themselves which address each is, and the walk
/// looks whether that is so.
const WALKED: &str = include_str!("../../e2e/support/pages.mjs");

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_walked_by_axe_and_the_screenshots() {
    // Routes are known once the app was put together.
    let _app = app().await;
    let pages: BTreeSet<String> = app::pages().into_iter().collect();
    assert!(pages.len() > 10, "the walk found nothing: {pages:?}");
    let missing: Vec<_> = pages.iter().filter(|page| !WALKED.contains(&format!("address: '{page}'"))).collect();
    assert!(missing.is_empty(), "not in e2e/support/pages.mjs: {missing:?}");
}
