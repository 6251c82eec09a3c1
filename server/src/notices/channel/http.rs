//! Gateways that speak signed JSON over HTTP (see [`crate::gateway`]). Each message carries its key as
//! `Idempotency-Key`; a gateway answers 2xx to one that it already has. It tells what became of it at
//! `POST /notices/receipts/{channel}`.

use super::{Carrier, Message, Outcome};
use crate::gateway::{Answer, Gateway};
use crate::notices::rules;
use contract::local;
use contract::notices::Why;
use futures::future::BoxFuture;
use reqwest::StatusCode;
use serde::Serialize;
use serde_json::json;

/// `{"phone": …, "text": …}`.
#[derive(Debug)]
pub(super) struct Sms(pub Gateway);

/// `{"to": …, "data": {"title", "place", "time"}, "page": …}`: a subscribe message. `to` is the registry's id
/// of the person; the gateway holds who subscribed under it.
#[derive(Debug)]
pub(super) struct Wechat(pub Gateway);

impl Carrier for Sms {
    fn carry<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let Some(phone) = &message.phone else { return Outcome::Refused(Why::NoPhone) };
            let text = rules::sms_text(&message.place, &message.title, &message.link, message.corrected);
            post(&self.0, message, &json!({ "phone": phone.as_str(), "text": text })).await
        })
    }
}

impl Carrier for Wechat {
    fn carry<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let time = local::minute(message.at);
            let data = json!({ "title": message.title, "place": message.place, "time": time });
            post(&self.0, message, &json!({ "to": message.person, "data": data, "page": message.link })).await
        })
    }
}

async fn post(gateway: &Gateway, message: &Message, body: &impl Serialize) -> Outcome {
    match gateway.post(body, Some(message.key.as_str())).await {
        Ok(Answer::Accepted) => Outcome::Taken,
        // Our own secret is wrong: no fault of the message's.
        Ok(Answer::Refused(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)) => {
            tracing::warn!(?gateway, "the gateway does not know our signature");
            Outcome::Later(None)
        }
        Ok(Answer::Refused(_)) => Outcome::Refused(Why::Unreachable),
        Ok(Answer::Later(after)) => Outcome::Later(after),
        Err(error) => {
            tracing::error!(%error, "a message could not be written");
            Outcome::Later(None)
        }
    }
}
