//! The residents' forms.

use axum::extract::Path;
use axum::response::Response;
use contract::ids::NoticeId;
use contract::notices::{PreferencesChange, ReplyForm};
use serde::Deserialize;
use server::notices;

use crate::ui::Post;

/// A reply, where one was asked for.
pub async fn reply(Path(notice): Path<NoticeId>, Post(form, posted): Post<ReplyForm>) -> Response {
    let done = notices::reply(posted.caller(), posted.core(), &notice, form).await;
    posted.answer(done.map(|()| format!("/notices/{notice}"))).await
}

/// One channel switched on or off; what is absent stays as it is.
#[derive(Debug, Deserialize)]
pub struct Change {
    sms: Option<String>,
    wechat: Option<String>,
}

/// On which channels one hears of what is not urgent.
pub async fn channels(Post(change, posted): Post<Change>) -> Response {
    let posted = posted.shown_at("/me");
    let on = |text: Option<String>| text.map(|text| text == "1");
    let change = PreferencesChange { sms: on(change.sms), wechat: on(change.wechat) };
    let done = notices::set_preferences(posted.caller(), posted.core(), change).await;
    posted.answer(done.map(|()| "/me".to_owned())).await
}
