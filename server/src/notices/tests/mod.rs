//! The room on both engines, over a community of made-up people.

mod delivery;
mod lanes;
mod plans;
mod receipts;
mod retention;
mod story;

use super::testing::{building, community, person, residents};
use super::*;
use crate::core::Core;
use crate::error::Error;
use crate::identity::{Caller, Grant};
use crate::jobs::{self, Handlers};
use contract::ids::{AccountId, NoticeId};
use contract::notices::{Channel, Delivery, NoticeForm, SendForm};
use contract::{Refusal, Role};

/// A minute in milliseconds.
const MINUTE: i64 = 60_000;

/// A community worker of the made-up community.
fn worker() -> Caller {
    Caller {
        account: Some(AccountId::trusted("worker")),
        grants: vec![Grant { role: Role::CommunityWorker, area: community() }],
        second_factor: true,
        ..Caller::default()
    }
}

/// The n-th made-up person, signed in.
fn resident(n: usize) -> Caller {
    Caller {
        account: Some(AccountId::trusted(format!("account-{n}"))),
        person: Some(person(n)),
        grants: vec![Grant { role: Role::Resident, area: building(n) }],
        ..Caller::default()
    }
}

fn form(channels: &[Channel]) -> NoticeForm {
    NoticeForm {
        title: "龙北小区停水通知".into(),
        body: "明天 **9:00** 至 17:00 停水，请提前储水。\n".into(),
        area: community().to_string(),
        group: "residents".into(),
        channels: channels.iter().map(|channel| channel.code().to_owned()).collect(),
        replies: "1".into(),
        key: "k".into(),
        ..NoticeForm::default()
    }
}

/// Does all that is due now.
async fn work_off(core: &Core) {
    jobs::work_off(core, &Handlers::all()).await.unwrap();
}

/// Drafts and sends, and does what follows.
async fn sent(core: &Core, form: NoticeForm) -> NoticeId {
    let notice = draft(&worker(), core, form).await.unwrap();
    send(&worker(), core, &notice, SendForm::default()).await.unwrap();
    work_off(core).await;
    notice
}

/// Messages of a channel in a status.
async fn count(core: &Core, notice: &NoticeId, channel: Channel, status: Delivery) -> i64 {
    let progress = progress(&worker(), core, notice).await.unwrap();
    progress.channels.iter().find(|counts| counts.channel == channel).map_or(0, |counts| counts.of(status))
}

/// What stood against it.
fn refusal<T>(result: Result<T, Error>) -> Option<Refusal> {
    match result.err() {
        Some(Error::Public(contract::Error::Refused(refusal))) => Some(refusal),
        _ => None,
    }
}
