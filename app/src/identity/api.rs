//! Forms of the sign-in and of the roles.

use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Extension, Router};
use axum_extra::extract::CookieJar;
use contract::identity::{CodeRequest, GrantRole, Pending, RevokeRole, SecondFactor, SignIn, local_path};
use contract::ids::GrantId;
use serde::Deserialize;
use server::identity::http::ClientIp;
use server::identity::{
    self, enrol, roles_grant, roles_revoke, sign_in, sign_out, sign_out_everywhere, verify_second_factor,
};
use std::net::IpAddr;

use super::{CODE, ROLES, SECOND_FACTOR, SIGN_IN, cookies, then};
use crate::ui::remember::remember;
use crate::ui::{Post, Posted, Site};

/// The first step.
#[derive(Debug, Deserialize)]
struct PhoneForm {
    phone: String,
    #[serde(default)]
    next: String,
}

/// A code: of the second step, or of the second factor.
#[derive(Debug, Deserialize)]
struct CodeForm {
    code: String,
    #[serde(default)]
    next: String,
}

/// A form whose button says it all.
#[derive(Debug, Deserialize)]
struct NextForm {
    #[serde(default)]
    next: String,
}

#[derive(Debug, Deserialize)]
struct SignOutForm {
    /// `1` on every device.
    #[serde(default)]
    everywhere: String,
}

/// Posts of the sign-in and of the roles.
pub fn forms() -> Router<Site> {
    Router::new()
        .route(SIGN_IN, post(phone))
        .route(CODE, post(code))
        .route(SECOND_FACTOR, post(second_factor))
        .route("/sign-in/totp/enrol", post(enrolment))
        .route("/sign-out", post(leave))
        .route(ROLES, post(grant))
        .route("/console/roles/revoke", post(revoke))
}

async fn phone(Extension(ClientIp(from)): Extension<ClientIp>, Post(form, posted): Post<PhoneForm>) -> Response {
    let (asked, page) = (ask(&posted, form.phone, from).await, then(CODE, &form.next));
    with_cookies(posted, asked, page).await
}

async fn ask(posted: &Posted, phone: String, from: IpAddr) -> server::Result<CookieJar> {
    let request = CodeRequest { phone };
    let phone = request.check()?;
    let sent = identity::request_code(posted.caller(), posted.core(), request, from).await?;
    cookies::pending(posted.core(), &Pending { phone, sent })
}

async fn code(jar: CookieJar, Post(form, posted): Post<CodeForm>) -> Response {
    let Some(pending) = cookies::read_pending(posted.core(), &jar) else {
        return Redirect::to(&then(SIGN_IN, &form.next)).into_response();
    };
    let input = SignIn { phone: pending.phone, code: form.code };
    match sign_in(posted.caller(), posted.core(), input).await {
        Ok(done) => {
            let page = if done.staff { then(SECOND_FACTOR, &form.next) } else { local_path(&form.next).to_owned() };
            let cookies = cookies::signed_in(posted.core(), done.token);
            (cookies, done.settings.map(remember), Redirect::to(&page)).into_response()
        }
        Err(error) => posted.answer(Err(error)).await,
    }
}

async fn second_factor(Post(form, posted): Post<CodeForm>) -> Response {
    let raised = verify_second_factor(posted.caller(), posted.core(), SecondFactor { code: form.code }).await;
    let raised = raised.map(|token| cookies::signed_in(posted.core(), token));
    with_cookies(posted, raised, local_path(&form.next).to_owned()).await
}

async fn enrolment(Post(form, posted): Post<NextForm>) -> Response {
    let begun = enrol(posted.caller(), posted.core()).await;
    posted.shown_at(SECOND_FACTOR).answer(begun.map(|()| then(SECOND_FACTOR, &form.next))).await
}

async fn leave(Post(form, posted): Post<SignOutForm>) -> Response {
    let left = match form.everywhere.as_str() {
        "1" => sign_out_everywhere(posted.caller(), posted.core()).await,
        _ => sign_out(posted.caller(), posted.core()).await,
    };
    let left = left.map(|()| cookies::signed_out());
    with_cookies(posted.shown_at("/me"), left, "/".to_owned()).await
}

async fn grant(Post(form, posted): Post<GrantRole>) -> Response {
    let page = area_page(&form.area);
    let granted = roles_grant(posted.caller(), posted.core(), form).await;
    posted.shown_at(&page).answer(granted.map(|_| page.clone())).await
}

#[derive(Debug, Deserialize)]
struct RevokeForm {
    grant: GrantId,
    /// The area whose page the form stands on.
    #[serde(default)]
    area: String,
}

async fn revoke(Post(form, posted): Post<RevokeForm>) -> Response {
    let page = area_page(&form.area);
    let revoked = roles_revoke(posted.caller(), posted.core(), RevokeRole { grant: form.grant }).await;
    posted.shown_at(&page).answer(revoked.map(|()| page.clone())).await
}

/// The roles of an area; of the caller's widest where the text is none.
fn area_page(area: &str) -> String {
    area.parse::<contract::AreaId>().map_or_else(|_| ROLES.to_owned(), |area| format!("{ROLES}?area={area}"))
}

/// 303 with cookies, or the form again.
async fn with_cookies(posted: Posted, done: server::Result<CookieJar>, page: String) -> Response {
    match done {
        Ok(cookies) => (cookies, posted.answer(Ok(page)).await).into_response(),
        Err(error) => posted.answer(Err(error)).await,
    }
}
