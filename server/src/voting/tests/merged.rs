//! Two entries of the registry become one person while a vote is open.

use super::*;
use crate::identity::Caller;
use crate::testing;
use crate::voting::cast;
use crate::voting::testing::person;
use contract::ids::PersonId;

#[tokio::test]
async fn who_was_listed_under_another_entry_casts_the_ballot_of_that_head() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 3, 1).await;
        let kept = PersonId::trusted("00000000-0000-7000-8000-00000000beef");
        core.db
            .write((person(0), kept.clone()), |tx, (lost, kept)| {
                Box::pin(async move { crate::voting::adopt(tx, lost, kept).await })
            })
            .await
            .unwrap();
        assert_eq!(why(&cast(&voter(0), &core, ballot(&vote, 0, &[1])).await.unwrap_err()), Some(Refusal::NotOnRoll));
        let merged = Caller { person: Some(kept), ..voter(0) };
        cast(&merged, &core, ballot(&vote, 0, &[1])).await.unwrap();
        cast(&voter(1), &core, ballot(&vote, 1, &[1])).await.unwrap();
    }
}
