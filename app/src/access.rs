//! Which verb stands behind which address. An address without a line is refused to everybody, so that
//! nobody can add one and forget who may use it; `tests/access.rs` walks all of them with every role.
//!
//! This is the outer door: it asks whether the caller may do such a thing anywhere at all. Each verb
//! asks again, for the area that it touches.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use contract::Error;
use server::identity::http::ClientIp;
use server::identity::{Caller, Verb};
use std::net::{IpAddr, Ipv4Addr};

use crate::ui::Site;
use crate::ui::page::instead;

/// Method, address, verb.
pub const TABLE: &[(&str, &str, Verb)] = &[
    // console
    ("GET", "/console", Verb::Console),
    ("GET", "/console/jobs", Verb::JobsRead),
    ("POST", "/console/jobs", Verb::JobsRetry),
    // home and settings
    ("GET", "/", Verb::Look),
    ("GET", "/services", Verb::Look),
    ("GET", "/offline", Verb::Look),
    ("GET", "/me", Verb::Look),
    ("POST", "/me/settings", Verb::Look),
    // identity
    ("GET", "/sign-in", Verb::SignIn),
    ("POST", "/sign-in", Verb::SignIn),
    ("GET", "/sign-in/code", Verb::SignIn),
    ("POST", "/sign-in/code", Verb::SignIn),
    ("GET", "/sign-in/totp", Verb::Settings),
    ("POST", "/sign-in/totp", Verb::Settings),
    ("POST", "/sign-in/totp/enrol", Verb::Settings),
    ("POST", "/sign-out", Verb::SignIn),
    ("GET", "/console/roles", Verb::RolesList),
    ("POST", "/console/roles", Verb::RolesGrant),
    ("POST", "/console/roles/revoke", Verb::RolesRevoke),
    // inbox
    ("GET", "/inbox", Verb::Inbox),
    ("GET", "/inbox/stream", Verb::Inbox),
    ("POST", "/inbox/open", Verb::Inbox),
    ("POST", "/inbox/read", Verb::Inbox),
    // notices
    ("GET", "/notices", Verb::NoticesBrowse),
    ("GET", "/notices/{id}", Verb::NoticesBrowse),
    ("POST", "/notices/{id}", Verb::NoticesReply),
    ("GET", "/notices/pictures/{name}", Verb::Look),
    ("POST", "/me/channels", Verb::NoticesPreferences),
    ("GET", "/console/notices", Verb::NoticesList),
    ("GET", "/console/notices/list.xlsx", Verb::NoticesList),
    ("GET", "/console/notices/new", Verb::NoticesSend),
    ("POST", "/console/notices/new", Verb::NoticesSend),
    ("GET", "/console/notices/{id}", Verb::NoticesList),
    ("GET", "/console/notices/{id}/edit", Verb::NoticesSend),
    ("POST", "/console/notices/{id}/edit", Verb::NoticesSend),
    ("GET", "/console/notices/{id}/preview", Verb::NoticesSend),
    ("POST", "/console/notices/{id}/send", Verb::NoticesSend),
    ("POST", "/console/notices/{id}/unschedule", Verb::NoticesSend),
    ("GET", "/console/notices/{id}/correct", Verb::NoticesSend),
    ("POST", "/console/notices/{id}/correct", Verb::NoticesSend),
    ("GET", "/console/notices/{id}/withdraw", Verb::NoticesSend),
    ("POST", "/console/notices/{id}/withdraw", Verb::NoticesSend),
    ("GET", "/console/notices/{id}/recipients", Verb::NoticesList),
    ("GET", "/console/notices/{id}/recipients.xlsx", Verb::NoticesList),
    ("GET", "/console/notices/{id}/replies", Verb::NoticesList),
    ("GET", "/console/notices/{id}/replies.xlsx", Verb::NoticesList),
    ("GET", "/console/notices/{id}/doorstep", Verb::NoticesDoorstep),
    ("GET", "/console/notices/{id}/doorstep.xlsx", Verb::NoticesDoorstep),
    ("GET", "/console/notices/{id}/stream", Verb::NoticesList),
    // people
    ("GET", "/console/people", Verb::PeopleSearch),
    ("GET", "/console/people/list.xlsx", Verb::PeopleSearch),
    ("POST", "/console/people/unmask", Verb::PeopleUnmask),
    ("GET", "/console/people/twins", Verb::PeopleMerge),
    ("GET", "/console/people/merge", Verb::PeopleMerge),
    ("POST", "/console/people/merge", Verb::PeopleMerge),
    ("GET", "/console/people/move-in", Verb::PeopleMoveIn),
    ("POST", "/console/people/move-in", Verb::PeopleMoveIn),
    ("GET", "/console/people/as-of", Verb::PeopleSearch),
    ("POST", "/console/people/registry.xlsx", Verb::PeopleImport),
    ("GET", "/console/people/imports", Verb::PeopleImport),
    ("POST", "/console/people/imports", Verb::PeopleImport),
    ("GET", "/console/people/imports/template.xlsx", Verb::PeopleImport),
    ("GET", "/console/people/imports/{id}", Verb::PeopleImport),
    ("POST", "/console/people/imports/{id}/start", Verb::PeopleImport),
    ("POST", "/console/people/imports/{id}/drop", Verb::PeopleImport),
    ("GET", "/console/people/imports/{id}/faults.xlsx", Verb::PeopleImport),
    ("GET", "/console/people/imports/{id}/stream", Verb::PeopleImport),
    // points
    ("GET", "/points", Verb::PointsRead),
    // scan
    ("GET", "/scan", Verb::Look),
    ("GET", "/me/record", Verb::PeopleOwn),
    ("GET", "/me/bind", Verb::PeopleBind),
    ("POST", "/me/bind", Verb::PeopleBind),
    ("POST", "/console/people/tie", Verb::PeopleCorrect),
    ("GET", "/me/record/correct", Verb::PeopleOwn),
    ("POST", "/me/record/correct", Verb::PeopleOwn),
    ("POST", "/me/record/corrections/{id}/withdraw", Verb::PeopleOwn),
    ("GET", "/console/people/corrections", Verb::PeopleCorrect),
    ("GET", "/console/people/corrections.xlsx", Verb::PeopleCorrect),
    ("POST", "/console/people/corrections/{id}", Verb::PeopleCorrect),
    ("POST", "/console/people/corrections/{id}/show", Verb::PeopleCorrect),
    // voting
    ("GET", "/voting", Verb::VotingBrowse),
    ("GET", "/voting/{id}", Verb::VotingBrowse),
    ("POST", "/voting/{id}", Verb::VotingCast),
    ("GET", "/voting/{id}/review", Verb::VotingBrowse),
    ("POST", "/voting/{id}/review", Verb::VotingCast),
    ("POST", "/voting/{id}/cast", Verb::VotingCast),
    ("GET", "/voting/{id}/receipt", Verb::VotingResult),
    ("GET", "/voting/{id}/result", Verb::VotingResult),
    ("GET", "/voting/{id}/bundle.json", Verb::VotingResult),
    ("GET", "/voting/{id}/roll", Verb::VotingRoll),
    ("GET", "/voting/{id}/voter", Verb::VotingRoll),
    ("POST", "/voting/{id}/voter", Verb::VotingRoll),
    ("GET", "/voting/{id}/signed", Verb::VotingRoll),
    ("GET", "/voting/photos/{name}", Verb::Look),
    ("GET", "/v/{code}", Verb::Look),
    ("GET", "/console/voting", Verb::VotingList),
    ("GET", "/console/voting/list.xlsx", Verb::VotingList),
    ("GET", "/console/voting/new", Verb::VotingOrganise),
    ("POST", "/console/voting/new", Verb::VotingOrganise),
    ("GET", "/console/voting/{id}", Verb::VotingList),
    ("GET", "/console/voting/{id}/edit", Verb::VotingOrganise),
    ("POST", "/console/voting/{id}/edit", Verb::VotingOrganise),
    ("GET", "/console/voting/{id}/announce", Verb::VotingOrganise),
    ("POST", "/console/voting/{id}/announce", Verb::VotingOrganise),
    ("GET", "/console/voting/rules", Verb::VotingRules),
    ("POST", "/console/voting/rules", Verb::VotingSetRules),
    ("GET", "/console/voting/{id}/keys", Verb::VotingCount),
    ("POST", "/console/voting/{id}/keys", Verb::VotingCount),
    ("GET", "/console/voting/{id}/open", Verb::VotingCount),
    ("POST", "/console/voting/{id}/open", Verb::VotingCount),
    ("POST", "/console/voting/{id}/publish", Verb::VotingOrganise),
    ("GET", "/console/voting/{id}/poster.pdf", Verb::VotingPoster),
    ("GET", "/console/voting/{id}/poster.png", Verb::VotingPoster),
    ("GET", "/console/voting/{id}/poster.svg", Verb::VotingPoster),
    ("GET", "/console/voting/{id}/roll", Verb::VotingAppoint),
    ("POST", "/console/voting/{id}/roll", Verb::VotingAppoint),
    ("GET", "/console/voting/{id}/doorstep", Verb::VotingDoorstep),
    ("GET", "/console/voting/{id}/doorstep.xlsx", Verb::VotingDoorstep),
    ("GET", "/console/voting/{id}/stream", Verb::VotingList),
    // voting: objections, mandates, papers, what is printed
    ("GET", "/voting/{id}/objections", Verb::VotingObject),
    ("POST", "/voting/{id}/objections", Verb::VotingObject),
    ("POST", "/voting/{id}/objections/withdraw", Verb::VotingObject),
    ("GET", "/voting/{id}/objections/{objection}/photo.jpg", Verb::VotingObject),
    ("GET", "/console/voting/{id}/objections", Verb::VotingObjections),
    ("POST", "/console/voting/{id}/objections", Verb::VotingObjections),
    ("GET", "/console/voting/{id}/objections/list.xlsx", Verb::VotingObjections),
    ("GET", "/voting/{id}/mandates", Verb::VotingMandate),
    ("POST", "/voting/{id}/mandates", Verb::VotingMandate),
    ("POST", "/voting/{id}/mandates/revoke", Verb::VotingMandate),
    ("GET", "/voting/{id}/mandates/{mandate}", Verb::VotingMandate),
    ("POST", "/voting/{id}/mandates/{mandate}", Verb::VotingMandate),
    ("GET", "/voting/{id}/mandates/{mandate}/review", Verb::VotingMandate),
    ("POST", "/voting/{id}/mandates/{mandate}/review", Verb::VotingMandate),
    ("POST", "/voting/{id}/mandates/{mandate}/cast", Verb::VotingMandate),
    ("GET", "/voting/{id}/mandates/{mandate}/photo.jpg", Verb::VotingMandate),
    ("GET", "/console/voting/{id}/mandates", Verb::VotingMandates),
    ("GET", "/console/voting/{id}/mandates/list.xlsx", Verb::VotingMandates),
    ("GET", "/console/voting/{id}/mandates/new", Verb::VotingMandateDesk),
    ("POST", "/console/voting/{id}/mandates/new", Verb::VotingMandateDesk),
    ("POST", "/console/voting/{id}/mandates/revoke", Verb::VotingMandateDesk),
    ("GET", "/console/voting/{id}/papers", Verb::VotingPaper),
    ("GET", "/console/voting/{id}/papers/list.xlsx", Verb::VotingPaper),
    ("GET", "/console/voting/{id}/papers/papers.pdf", Verb::VotingPaper),
    ("POST", "/console/voting/{id}/papers/issue", Verb::VotingPaper),
    ("GET", "/console/voting/{id}/papers/enter", Verb::VotingPaper),
    ("GET", "/console/voting/{id}/papers/{number}", Verb::VotingPaper),
    ("POST", "/console/voting/{id}/papers/{number}", Verb::VotingPaper),
    ("POST", "/console/voting/{id}/papers/{number}/deliver", Verb::VotingPaper),
    ("POST", "/console/voting/{id}/papers/{number}/receive", Verb::VotingPaper),
    ("POST", "/console/voting/{id}/papers/{number}/waive", Verb::VotingOrganise),
    ("GET", "/console/voting/{id}/papers/{number}/scan.jpg", Verb::VotingPaper),
    ("POST", "/console/voting/{id}/remind", Verb::VotingRemind),
    ("GET", "/console/voting/{id}/doorstep.pdf", Verb::VotingDoorstep),
    ("GET", "/voting/{id}/minutes.pdf", Verb::VotingResult),
    ("GET", "/voting/{id}/notice.pdf", Verb::VotingResult),
];

/// The verb behind an address; HEAD asks for what GET shows.
pub fn verb(method: &Method, address: &str) -> Option<Verb> {
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    TABLE.iter().find(|(m, a, _)| *m == method && *a == address).map(|(_, _, verb)| *verb)
}

/// A request that the outer door turned away, for the page that says so.
#[derive(Clone, Debug)]
pub struct Denied(pub Error);

/// May this request's form pass, or were there too many before it? Looking is never counted.
fn slowed(site: &Site, request: &Request, caller: &Caller) -> Option<Error> {
    if request.method().is_safe() {
        return None;
    }
    let from = request.extensions().get::<ClientIp>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |from| from.0);
    site.floods.check(caller, from).err().map(|error| error.public())
}

/// The outer door.
pub async fn guard(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let Some(address) = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()) else {
        return next.run(request).await;
    };
    let caller = request.extensions().get::<Caller>().cloned().unwrap_or_default();
    let denied = match verb(request.method(), &address) {
        Some(verb) => {
            slowed(&site, &request, &caller).or_else(|| caller.allow_somewhere(verb).err().map(|error| error.public()))
        }
        None => {
            tracing::error!(method = %request.method(), address, "an address without a line in the access table");
            Some(Error::Forbidden)
        }
    };
    let Some(error) = denied else { return next.run(request).await };
    if let Some(elsewhere) = instead(&error, request.uri()) {
        return Redirect::to(&elsewhere).into_response();
    }
    *request.method_mut() = Method::GET;
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::FORBIDDEN);
    request.extensions_mut().insert(Denied(error));
    let mut page = crate::app::page(site, request).await;
    *page.status_mut() = status;
    page
}
