//! Verbs of this room on both engines.

mod codes;
mod roles;
mod second_factor;
mod sessions;
mod tie;

use super::{Caller, SignedIn, caller_of, request_code, sign_in};
use crate::core::Core;
use contract::identity::{CodeRequest, SignIn};
use std::net::{IpAddr, Ipv4Addr};

const PHONE: &str = "13800138000";
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Asks for a code as the demo does, which shows it.
async fn ask(core: &Core, phone: &str) -> crate::Result<String> {
    let sent = request_code(&Caller::anonymous(), core, CodeRequest { phone: phone.to_owned() }, HERE).await?;
    Ok(sent.shown.unwrap())
}

async fn enter(core: &Core, phone: &str, code: &str) -> crate::Result<SignedIn> {
    sign_in(&Caller::anonymous(), core, SignIn { phone: phone.to_owned(), code: code.to_owned() }).await
}

/// The whole way in.
async fn signed_in(core: &Core, phone: &str) -> (String, Caller) {
    let code = ask(core, phone).await.unwrap();
    let token = enter(core, phone, &code).await.unwrap().token;
    let caller = caller_of(core, &token).await.unwrap();
    (token, caller)
}

/// Another code than this one.
fn other(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

/// One number from the database.
async fn number(core: &Core, sql: &'static str) -> i64 {
    let mut conn = core.db.read().await.unwrap();
    sqlx::query_as::<_, (i64,)>(sql).fetch_one(&mut *conn).await.unwrap().0
}
