//! Gateways that are slow, silent, fickle or closed.

use super::*;
use crate::testing;
use contract::local;
use contract::notices::{Why, WithdrawForm};
use futures::future::BoxFuture;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// A carrier that notes what it was handed and answers by a rule of its own.
#[derive(Debug)]
struct Scripted {
    answer: fn(usize, u32) -> Outcome,
    seen: Mutex<BTreeMap<String, u32>>,
}

impl Scripted {
    fn new(answer: fn(usize, u32) -> Outcome) -> Arc<Self> {
        Arc::new(Self { answer, seen: Mutex::default() })
    }

    /// Attempts by key.
    fn seen(&self) -> BTreeMap<String, u32> {
        self.seen.lock().unwrap().clone()
    }
}

impl Carrier for Scripted {
    fn carry<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Outcome> {
        let mut seen = self.seen.lock().unwrap();
        let attempt = seen.entry(message.key.to_string()).or_default();
        *attempt += 1;
        let who = usize::from_str_radix(&message.person.as_str()[24..], 16).unwrap();
        let outcome = (self.answer)(who, *attempt);
        Box::pin(async move { outcome })
    }
}

fn with(core: &Core, carrier: Arc<Scripted>) -> Core {
    Core { channels: Channels::of(carrier), ..core.clone() }
}

#[tokio::test]
async fn what_fails_for_now_comes_back_under_the_same_key_and_what_fails_for_good_does_not() {
    for core in testing::cores().await {
        residents(&core, 30).await.unwrap();
        let carrier = Scripted::new(|who, attempt| match who % 3 {
            0 => Outcome::Taken,
            1 if attempt < 3 => Outcome::Later(None),
            1 => Outcome::Taken,
            _ => Outcome::Refused(Why::Unreachable),
        });
        let core = with(&core, carrier.clone());
        let notice = sent(&core, form(&[Channel::Wechat])).await;
        assert_eq!(count(&core, &notice, Channel::Wechat, Delivery::Sent).await, 10);
        assert_eq!(count(&core, &notice, Channel::Wechat, Delivery::Queued).await, 10);
        assert_eq!(count(&core, &notice, Channel::Wechat, Delivery::Failed).await, 10);
        for _ in 0..3 {
            core.clock.advance(MINUTE);
            work_off(&core).await;
        }
        assert_eq!(count(&core, &notice, Channel::Wechat, Delivery::Sent).await, 20);
        assert_eq!(detail(&worker(), &core, &notice).await.unwrap().notice.state.code(), "sent");
        let seen = carrier.seen();
        assert_eq!((seen.len(), seen.values().sum::<u32>()), (30, 10 + 30 + 10));
    }
}

#[tokio::test]
async fn a_gateway_that_never_answers_is_given_up() {
    for core in testing::cores().await {
        residents(&core, 2).await.unwrap();
        let carrier = Scripted::new(|_, _| Outcome::Later(None));
        let core = with(&core, carrier.clone());
        let urgent = NoticeForm { urgent: "1".into(), ..form(&[Channel::Sms]) };
        let notice = sent(&core, urgent).await;
        for _ in 0..12 {
            core.clock.advance(31 * MINUTE);
            work_off(&core).await;
        }
        assert_eq!(count(&core, &notice, Channel::Sms, Delivery::Failed).await, 2);
        assert_eq!(carrier.seen().values().copied().collect::<Vec<_>>(), [12, 12]);
    }
}

#[tokio::test]
async fn nights_are_quiet_outside_and_urgent_notices_know_none() {
    for core in testing::cores().await {
        residents(&core, 5).await.unwrap();
        core.clock.advance(14 * 60 * MINUTE);
        let carrier = Scripted::new(|_, _| Outcome::Taken);
        let core = with(&core, carrier.clone());
        let notice = draft(&worker(), &core, form(&[Channel::Sms])).await.unwrap();
        let waits = preview(&worker(), &core, &notice).await.unwrap().waits_until.unwrap();
        assert_eq!(local::format(waits), "2026-08-30T08:00");
        send(&worker(), &core, &notice, SendForm::default()).await.unwrap();
        work_off(&core).await;
        assert_eq!(count(&core, &notice, Channel::App, Delivery::Delivered).await, 5);
        assert!(carrier.seen().is_empty());
        sent(&core, NoticeForm { urgent: "1".into(), key: "urgent".into(), ..form(&[Channel::Sms]) }).await;
        assert_eq!(carrier.seen().len(), 5);
        core.clock.advance(waits - core.clock.now());
        work_off(&core).await;
        assert_eq!(carrier.seen().len(), 10);
        assert_eq!(detail(&worker(), &core, &notice).await.unwrap().notice.state.code(), "sent");
    }
}

#[tokio::test]
async fn what_is_withdrawn_goes_to_nobody_any_more() {
    for core in testing::cores().await {
        residents(&core, 5).await.unwrap();
        core.clock.advance(14 * 60 * MINUTE);
        let carrier = Scripted::new(|_, _| Outcome::Taken);
        let core = with(&core, carrier.clone());
        let notice = sent(&core, form(&[Channel::Sms])).await;
        withdraw(&worker(), &core, &notice, WithdrawForm { reason: "写错了".into() }).await.unwrap();
        core.clock.advance(12 * 60 * MINUTE);
        work_off(&core).await;
        assert!(carrier.seen().is_empty());
        assert_eq!(count(&core, &notice, Channel::Sms, Delivery::Skipped).await, 5);
    }
}

#[tokio::test]
async fn a_server_that_dies_between_sending_and_noting_sends_again_under_the_same_key() {
    for core in testing::cores().await {
        residents(&core, 3).await.unwrap();
        // Handed over, and the task that would note it is gone: as after a SIGKILL.
        let dying = Scripted::new(|_, _| panic!("killed"));
        let first = with(&core, dying.clone());
        let notice = sent(&first, form(&[Channel::Wechat])).await;
        assert!(!dying.seen.lock().is_ok_and(|seen| seen.is_empty()));
        let carrier = Scripted::new(|_, _| Outcome::Taken);
        let second = with(&core, carrier.clone());
        second.clock.advance(MINUTE);
        work_off(&second).await;
        assert_eq!(count(&second, &notice, Channel::Wechat, Delivery::Sent).await, 3);
        let handed: Vec<String> = dying.seen.lock().unwrap_or_else(|dead| dead.into_inner()).keys().cloned().collect();
        let again = carrier.seen();
        assert!(handed.iter().all(|key| again.contains_key(key)), "{handed:?} {again:?}");
    }
}
