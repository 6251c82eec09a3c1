//! Two entries of the registry become one person while a vote is open.

use super::objections::{at_home, says, vote_of};
use super::story::one_ballot;
use super::*;
use crate::identity::Caller;
use crate::testing;
use crate::voting::testing::person;
use crate::voting::{cast, object, own_mandates, own_objections, revoke_mandate};
use contract::ids::PersonId;
use contract::voting::{MandateState, ObjectionState};

#[tokio::test]
async fn who_was_listed_under_another_entry_casts_the_ballot_of_that_head() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 3, 1).await;
        let kept = PersonId::trusted("00000000-0000-7000-8000-00000000beef");
        adopt(&core, &person(0), &kept).await;
        assert_eq!(why(&cast(&voter(0), &core, ballot(&vote, 0, &[1])).await.unwrap_err()), Some(Refusal::NotOnRoll));
        let merged = Caller { person: Some(kept), ..voter(0) };
        cast(&merged, &core, ballot(&vote, 0, &[1])).await.unwrap();
        cast(&voter(1), &core, ballot(&vote, 1, &[1])).await.unwrap();
        let logged = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE verb = 'person_merged'";
        assert_eq!(number(&core, logged).await, 1, "in the vote's own log");
    }
}

#[tokio::test]
async fn two_members_of_a_head_who_are_one_vote_alone() {
    for core in testing::cores().await {
        let (vote, [_, second, third]) = vote_of(&core).await;
        let own = |person: &PersonId| {
            let (core, vote, caller) = (core.clone(), vote.clone(), at_home(person));
            async move { own_objections(&caller, &core, &vote).await.unwrap() }
        };
        for person in [&second, &third] {
            object(&at_home(person), &core, &vote, says("wrong_area")).await.unwrap();
        }
        object(&at_home(&third), &core, &vote, says("not_owner")).await.unwrap();
        adopt(&core, &third, &second).await;
        let now = own(&second).await;
        assert_eq!((now.heads.len(), now.heads[0].members, now.heads[0].may_vote), (1, 1, true));
        let open = now.rows.iter().filter(|row| row.state == ObjectionState::Open).count();
        assert_eq!((now.rows.len(), open), (3, 2), "the same one twice is one");
        assert!(own(&third).await.heads.is_empty() && own(&third).await.rows.is_empty());
        core.clock.advance(super::story::HOUR);
        cast(&at_home(&second), &core, one_ballot(&core, &vote, &second).await).await.unwrap();
    }
}

#[tokio::test]
async fn mandates_go_over_and_each_keeps_a_slot_of_its_own() {
    for core in testing::cores().await {
        let vote = mandates::open_vote(&core, 6, 4, 1).await;
        mandates::give(&core, &vote, 0, 4).await;
        mandates::give(&core, &vote, 1, 5).await;
        mandates::give(&core, &vote, 2, 3).await;
        adopt(&core, &person(4), &person(5)).await;
        let held = own_mandates(&voter(5), &core, &vote).await.unwrap().held;
        assert_eq!(held.iter().filter(|row| row.state == MandateState::Active).count(), 2);
        let slots = "SELECT CAST(COUNT(DISTINCT slot) AS BIGINT) FROM voting_mandates WHERE agent LIKE '%5'";
        assert_eq!(number(&core, slots).await, 2);
        // Who gave a mandate and who got it are one: it ends, and they vote themselves.
        adopt(&core, &person(2), &person(3)).await;
        let ended = "SELECT CAST(COUNT(*) AS BIGINT) FROM voting_mandates WHERE state = 'ended'";
        assert_eq!(number(&core, ended).await, 1);
        // What a lost entry gave is the kept one's to take back.
        adopt(&core, &person(0), &person(1)).await;
        let given = own_mandates(&voter(1), &core, &vote).await.unwrap().given;
        assert_eq!(given.len(), 2);
        for row in given {
            revoke_mandate(&voter(1), &core, &row.id).await.unwrap();
        }
    }
}

async fn adopt(core: &Core, lost: &PersonId, kept: &PersonId) {
    core.db
        .write((lost.clone(), kept.clone()), |tx, (lost, kept)| {
            Box::pin(async move { crate::voting::adopt(tx, &organiser(), lost, kept).await })
        })
        .await
        .unwrap();
}
