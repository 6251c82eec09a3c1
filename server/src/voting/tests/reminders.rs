//! Reminders: to who has not voted, and never more than the rules allow.

use super::*;
use crate::jobs::{Handlers, work_off};
use crate::testing;
use crate::voting::{cast, remind, reminders};
use contract::Error as Told;

async fn told(core: &Core) -> i64 {
    work_off(core, &Handlers::all()).await.unwrap();
    number(core, "SELECT CAST(COUNT(*) AS BIGINT) FROM notes WHERE unique_key LIKE '%/reminder/%'").await
}

#[tokio::test]
async fn who_has_voted_is_not_reminded_and_nobody_too_often() {
    for core in testing::cores().await {
        let setup = Setup { heads: 3, candidates: 2, seats: 1, opens_at: START, closes_at: START + 10 * DAY };
        let vote = election(&core, setup).await.unwrap();
        cast(&voter(0), &core, ballot(&vote, 0, &[1])).await.unwrap();
        remind(&organiser(), &core, &vote).await.unwrap();
        assert_eq!(told(&core).await, 2);
        assert_eq!(refusal(remind(&organiser(), &core, &vote).await), Some(Refusal::RemindedEnough), "so soon");
        // Half of the poll is over: the set time has come.
        core.clock.advance(5 * DAY);
        assert_eq!(told(&core).await, 4);
        let sent = reminders(&organiser(), &core, &vote).await.unwrap();
        assert_eq!((sent.most, sent.sent.len(), sent.may_send), (3, 2, false));
        core.clock.advance(5 * DAY);
        assert_eq!(refusal(remind(&organiser(), &core, &vote).await), Some(Refusal::VoteClosed));
        assert!(matches!(remind(&voter(1), &core, &vote).await, Err(Error::Public(Told::Forbidden))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_buttons_at_once_send_one_reminder() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 2, 1).await;
        let press = |_| {
            let (core, vote) = (core.clone(), vote.clone());
            tokio::spawn(async move { remind(&organiser(), &core, &vote).await })
        };
        let pressed = futures::future::join_all((0..10).map(press)).await;
        assert_eq!(pressed.into_iter().filter(|done| done.as_ref().is_ok_and(Result::is_ok)).count(), 1);
        assert_eq!(told(&core).await, 2);
    }
}

#[tokio::test]
async fn the_day_before_the_end_is_one_of_as_many_as_the_rules_allow() {
    for core in testing::cores().await {
        for (pressed, closing) in [(0, 2), (3, 0)] {
            let now = core.clock.now();
            let rules = Rules { reminders: 3, ..Rules::default() };
            let mut heads = super::super::testing::heads(3);
            // A minor of the first head, and an organisation that owns the third.
            heads[0].members.push(super::super::store::roll::Member {
                person: contract::ids::PersonId::trusted("00000000-0000-7000-8000-0000000000ff"),
                acts: false,
                may_vote: false,
            });
            heads[2].members[0] =
                super::super::store::roll::Member { acts: false, may_vote: false, ..heads[2].members[0].clone() };
            let draft = DraftVote {
                kind: VoteKind::Resolution,
                secrecy: Secrecy::Private,
                unit: HeadUnit::Owners,
                title: "表决".to_owned(),
                area: super::super::testing::compound(),
                opens_at: now,
                closes_at: now + 5 * DAY,
                items: vec![DraftItem::decide("使用维修资金", "", Majority::Ordinary, "")],
            };
            let vote = super::super::testing::announced(&core, draft, &heads, &rules).await.unwrap();
            let before = told(&core).await;
            for _ in 0..pressed {
                remind(&organiser(), &core, &vote).await.unwrap();
                core.clock.advance(DAY / 2);
            }
            core.clock.advance(now + 4 * DAY - core.clock.now());
            let hand = if pressed > 0 { 2 * pressed } else { 0 };
            assert_eq!(told(&core).await - before, hand + closing, "{pressed} by hand; two heads act");
            core.clock.advance(DAY);
        }
    }
}
