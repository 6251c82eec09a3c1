//! Many at once: one ballot a head, and none lost or late at the closing time.

use super::*;
use crate::testing;
use crate::voting::{cast, counted_id};
use contract::voting::{CastBallot, Receipt};
use std::collections::BTreeSet;

/// Casts with all keys at once as head 0.
async fn at_once(core: &Core, vote: &VoteId, keys: Vec<String>) -> Vec<crate::Result<Receipt>> {
    let cast_one = |key| {
        let (core, ballot) = (core.clone(), CastBallot { key, ..ballot(vote, 0, &[1]) });
        tokio::spawn(async move { cast(&voter(0), &core, ballot).await })
    };
    let casts: Vec<_> = keys.into_iter().map(cast_one).collect();
    futures::future::join_all(casts).await.into_iter().map(|done| done.unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_phones_of_one_owner_cast_one_ballot() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 3, 1).await;
        let keys = (0..200).map(|n| format!("{n:032x}")).collect();
        let done = at_once(&core, &vote, keys).await;
        assert_eq!(done.iter().filter(|cast| cast.is_ok()).count(), 1);
        assert!(
            done.iter().filter_map(|cast| cast.as_ref().err()).all(|error| why(error) == Some(Refusal::AlreadyVoted))
        );
        assert_eq!(number(&core, "SELECT CAST(COUNT(*) AS BIGINT) FROM voting_ballots").await, 1);
        assert_eq!(number(&core, "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE verb = 'cast'").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_key_fifty_times_gives_one_receipt() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 3, 1).await;
        let done = at_once(&core, &vote, vec!["ab".repeat(16); 50]).await;
        let codes: BTreeSet<String> = done.into_iter().map(|cast| cast.unwrap().code).collect();
        assert_eq!(codes.len(), 1);
        assert_eq!(number(&core, "SELECT CAST(COUNT(*) AS BIGINT) FROM voting_ballots").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn at_the_closing_time_no_ballot_is_lost_and_none_comes_late() {
    const HEADS: usize = 120;
    for core in testing::cores().await {
        let vote = open_election(&core, HEADS, 2, 1).await;
        let casts: Vec<_> = (0..HEADS)
            .map(|n| {
                let (core, ballot) = (core.clone(), ballot(&vote, n, &[1]));
                tokio::spawn(async move {
                    if n == HEADS / 2 {
                        core.clock.advance(DAY);
                    }
                    cast(&voter(n), &core, ballot).await
                })
            })
            .collect();
        let counter = {
            let (core, vote) = (core.clone(), vote.clone());
            tokio::spawn(async move {
                loop {
                    match count(&core, &vote).await {
                        Err(error) if why(&error) == Some(Refusal::WrongState) => {
                            tokio::task::yield_now().await;
                        }
                        counted => return counted.unwrap(),
                    }
                }
            })
        };
        let mut accepted = BTreeSet::new();
        for cast in casts {
            match cast.await.unwrap() {
                Ok(receipt) => assert!(accepted.insert(receipt.code)),
                Err(error) => assert_eq!(why(&error), Some(Refusal::VoteClosed)),
            }
        }
        let result = counter.await.unwrap();
        assert_eq!(result.cast, i64::try_from(accepted.len()).unwrap());
        assert!(result.steps.iter().filter(|step| !step.code.starts_with("quorum")).all(|step| step.holds));
        let mut conn = core.db.read().await.unwrap();
        let counted: Vec<(String,)> =
            sqlx::query_as("SELECT id FROM voting_counted").fetch_all(&mut *conn).await.unwrap();
        let accepted: BTreeSet<String> = accepted.iter().map(|code| counted_id(&vote, code)).collect();
        assert_eq!(counted.into_iter().map(|(id,)| id).collect::<BTreeSet<_>>(), accepted);
    }
}

#[test]
fn ids_in_the_count_are_too_long_for_two_voters_to_make_them_meet() {
    let vote = VoteId::trusted("v");
    let bits = |id: &str| crate::crypto::code::decode(id).map(|bytes| bytes.len() * 8);
    assert_eq!(bits(&counted_id(&vote, "0123456789ABCDEF")), Some(160));
    assert_eq!(bits(&crate::voting::receipt::invalid_id(&vote, "0123456789ABCDEF")), Some(160));
}
