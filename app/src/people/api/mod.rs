//! The list as a workbook, the form that shows a sealed field, and what comes and goes in whole lists.

mod corrections;
mod imports;

use axum::Router;
use axum::extract::{Extension, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use contract::people::{BindPerson, MergePersons, TakeIn, TieAccount, Unmask};
use server::Core;
use server::identity::{self, Caller};
use server::people::{self, Texts};

use super::asked::{Asked, PATH};
use super::pages::{BIND, MERGE, MOVE_IN};
use crate::ui::download::{XLSX, file};
use crate::ui::*;

/// The field under which the page finds what was unmasked.
pub const CLEAR: &str = "clear";

/// Downloads and posts.
pub fn forms() -> Router<Site> {
    Router::new()
        .route("/console/people/list.xlsx", get(list))
        .route("/console/people/unmask", post(unmask))
        .route("/console/people/tie", post(tie))
        .route(BIND, post(bind))
        .route(MERGE, post(merge))
        .route(MOVE_IN, post(take_in))
        .merge(imports::forms())
        .merge(corrections::forms())
}

async fn list(State(core): State<Core>, Extension(caller): Extension<Caller>, Query(asked): Query<Asked>) -> Response {
    let ui = Ui { locale: caller.locale, ..Ui::default() };
    let texts = Texts {
        sheet: tr!(ui, "people.title"),
        heads: heads(ui),
        more: tr!(ui, "people.export_cut", n = people::MOST),
    };
    file(people::export(&caller, &core, asked.search(), texts).await, XLSX)
}

/// The columns of list and workbook.
pub fn heads(ui: Ui) -> [String; 5] {
    ["name", "born", "phone", "id_number", "address"].map(|head| {
        let key = format!("people.head.{head}");
        tr!(ui, &key)
    })
}

/// Draws the page again with the field in clear. It is never part of an address, so neither history nor
/// logs keep it; loading the page again is another look and is recorded as one.
async fn unmask(Post(input, mut posted): Post<Unmask>) -> Response {
    let person = input.person.clone();
    let done = people::unmask(posted.caller(), posted.core(), input).await;
    let asked: Asked = posted.sent("list").and_then(|list| serde_html_form::from_str(list).ok()).unwrap_or_default();
    posted.replace(CLEAR, done.as_ref().ok().cloned().into_iter().collect());
    let posted = posted.shown_at(&asked.showing(&person));
    match done {
        Ok(_) => posted.show().await,
        Err(error) => posted.answer(Err(error)).await,
    }
}

/// The account says who it is.
async fn bind(Post(form, posted): Post<BindPerson>) -> Response {
    let done = identity::bind_person(posted.caller(), posted.core(), form).await;
    posted.answer(done.map(|()| BIND.to_owned())).await
}

/// The worker ties an account to the person beside the list.
async fn tie(Post(form, posted): Post<TieAccount>) -> Response {
    let list: Asked = posted.sent("list").and_then(|list| serde_html_form::from_str(list).ok()).unwrap_or_default();
    let page = list.showing(&form.person);
    let done = identity::tie_account(posted.caller(), posted.core(), form).await;
    posted.shown_at(&page).answer(done.map(|()| format!("{page}&tied=1"))).await
}

/// Somebody of another community lives here now.
async fn take_in(Post(form, posted): Post<TakeIn>) -> Response {
    let done = people::take_in(posted.caller(), posted.core(), form).await;
    posted.answer(done.map(|person| format!("{PATH}?show={person}"))).await
}

/// Two entries become one.
async fn merge(Post(form, posted): Post<MergePersons>) -> Response {
    let page = format!("{MERGE}?keep={}&lose={}", form.keep, form.lose);
    let kept = format!("{PATH}?show={}", form.keep);
    let done = people::merge(posted.caller(), posted.core(), form).await;
    posted.shown_at(&page).answer(done.map(|()| kept)).await
}
