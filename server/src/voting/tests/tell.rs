//! Messages: one a head and occasion, whatever is killed or repeated, at the right time, to the right heads.

use super::*;
use crate::inbox;
use crate::jobs::{Handlers, work_off, work_once};
use crate::testing;
use crate::voting::tell::{self, Occasion, PART, Part};
use crate::voting::testing::person;
use contract::PageRequest;
use contract::inbox::Inbox;

/// More than two parts, the last one not full.
const HEADS: usize = 2 * PART as usize + 3;
const HOUR: i64 = 3_600_000;

/// An announced election that opens in an hour and closes three days later.
async fn ahead(core: &Core, heads: usize) -> VoteId {
    let (opens_at, closes_at) = (START + HOUR, START + HOUR + 3 * DAY);
    election(core, Setup { heads, candidates: 2, seats: 1, opens_at, closes_at }).await.unwrap()
}

/// Lets the background work off what is due.
async fn background(core: &Core) {
    work_off(core, &Handlers::all()).await.unwrap();
}

async fn inbox_of(core: &Core, head: usize) -> Inbox {
    inbox::list(&voter(head), core, PageRequest::default()).await.unwrap()
}

/// What the head was told of, newest first.
async fn told(core: &Core, head: usize) -> Vec<String> {
    let notes = inbox_of(core, head).await.notes.rows.into_iter();
    notes.map(|note| note.kind.trim_start_matches("voting.note.").to_owned()).collect()
}

async fn notes(core: &Core) -> i64 {
    number(core, "SELECT CAST(COUNT(*) AS BIGINT) FROM notes").await
}

#[tokio::test]
async fn every_head_hears_of_each_step_when_it_comes() {
    for core in testing::cores().await {
        let vote = ahead(&core, 2).await;
        background(&core).await;
        assert_eq!(told(&core, 0).await, ["announced"]);
        core.clock.advance(HOUR - 1);
        background(&core).await;
        assert_eq!(told(&core, 0).await, ["announced"], "it is not open yet");
        core.clock.advance(1);
        background(&core).await;
        assert_eq!(told(&core, 0).await, ["opened", "announced"]);
        crate::voting::cast(&voter(0), &core, ballot(&vote, 0, &[1])).await.unwrap();
        core.clock.advance(2 * DAY);
        background(&core).await;
        assert_eq!(told(&core, 0).await, ["opened", "announced"], "who has voted is not reminded");
        assert_eq!(told(&core, 1).await, ["closing", "opened", "announced"]);
        core.clock.advance(DAY);
        count(&core, &vote).await.unwrap();
        crate::voting::publish(&organiser(), &core, &vote).await.unwrap();
        background(&core).await;
        assert_eq!(told(&core, 0).await, ["published", "opened", "announced"]);
        let newest = inbox_of(&core, 1).await.notes.rows.remove(0);
        assert_eq!(newest.link, format!("/voting/{vote}/result"));
        assert_eq!(newest.params["title"], "选举业主代表");
    }
}

#[tokio::test]
async fn a_part_told_twice_and_a_worker_killed_between_parts_tell_nobody_twice() {
    for core in testing::cores().await {
        let vote = ahead(&core, HEADS).await;
        // A worker that is killed after its commit and before its job is written down as done.
        let first = Part { vote: vote.clone(), occasion: Occasion::Announced, after: None };
        tell::tell(core.clone(), first.clone()).await.unwrap();
        assert_eq!(notes(&core).await, PART);
        let handlers = Handlers::all();
        assert!(work_once(&core, &handlers).await.unwrap(), "the same part again");
        assert_eq!(notes(&core).await, PART);
        // Another that takes the next part and dies with it.
        take_and_die(&core).await;
        background(&core).await;
        assert_eq!(notes(&core).await, PART, "the part is still leased");
        core.clock.advance(HOUR / 2);
        background(&core).await;
        assert_eq!(notes(&core).await, HEADS as i64);
        tell::tell(core.clone(), first).await.unwrap();
        background(&core).await;
        assert_eq!(notes(&core).await, HEADS as i64);
        assert_eq!(told(&core, HEADS - 1).await, ["announced"]);
    }
}

/// Takes the next job as a worker would that is then killed.
async fn take_and_die(core: &Core) {
    let stuck = Handlers::new().on("voting.tell", |_, _: Part| std::future::pending());
    let theirs = core.clone();
    let worker = tokio::spawn(async move { work_once(&theirs, &stuck).await });
    while number(core, LEASED).await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    worker.abort();
}

const LEASED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM jobs WHERE lease_by IS NOT NULL";

#[tokio::test]
async fn what_comes_late_tells_nothing_and_a_short_poll_only_that_it_is_open() {
    for core in testing::cores().await {
        ahead(&core, 2).await;
        core.clock.advance(4 * DAY);
        background(&core).await;
        assert_eq!(notes(&core).await, 0, "the poll has closed unheard");
        let now = core.clock.now();
        let setup = Setup { heads: 2, candidates: 2, seats: 1, opens_at: now, closes_at: now + DAY };
        election(&core, setup).await.unwrap();
        background(&core).await;
        core.clock.advance(DAY - 1);
        background(&core).await;
        assert_eq!(told(&core, 0).await, ["opened"]);
    }
}

#[tokio::test]
async fn badges_hear_of_it() {
    for core in testing::cores().await {
        let mut changes = core.db.watch([inbox::topic(&person(1))]);
        ahead(&core, 2).await;
        background(&core).await;
        tokio::time::timeout(std::time::Duration::from_secs(10), changes.changed()).await.unwrap();
        assert_eq!(inbox::unread(&voter(1), &core).await.unwrap(), 1);
    }
}
