//! Ballots outlive the key that sealed them.

use super::*;
use crate::crypto::{KeySource, Keyring, Keys};
use crate::testing;
use crate::voting::reseal;
use std::sync::Arc;

/// More than one part.
const BALLOTS: usize = 503;
const SEALED_OLD: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM voting_ballots WHERE choice LIKE 'k1.%'";

/// The server again, with the keyring as it is now.
fn restarted(core: &Core) -> Core {
    let keys = Arc::new(Keys::load(&core.config, &core.ids).unwrap());
    Core { keys, ..core.clone() }
}

/// A newer key, and the server that seals with it.
fn rotated(core: &Core) -> Core {
    Keyring::rotate_in(&KeySource::of(&core.config.keys), &core.ids).unwrap();
    restarted(core)
}

/// Takes the key `k1` out of the ring, as its keeper would.
fn retired(core: &Core) -> Core {
    let ring = std::fs::read_to_string(&core.config.keys).unwrap();
    let kept: Vec<&str> = ring.lines().filter(|line| !line.starts_with("k1 ")).collect();
    std::fs::write(&core.config.keys, kept.join("\n")).unwrap();
    restarted(core)
}

#[tokio::test]
async fn after_a_rotation_the_count_needs_no_older_key() {
    for core in testing::cores().await {
        let vote = open_election(&core, BALLOTS, 2, 1).await;
        for n in 0..BALLOTS {
            crate::voting::cast(&voter(n), &core, ballot(&vote, n, &[1])).await.unwrap();
        }
        assert_eq!(number(&core, SEALED_OLD).await, BALLOTS as i64);
        let core_2 = rotated(&core);
        assert_eq!(reseal(&core_2).await.unwrap(), BALLOTS as u64);
        assert_eq!((number(&core, SEALED_OLD).await, reseal(&core_2).await.unwrap()), (0, 0));
        let core = retired(&core);
        // A retry still hears its receipt.
        crate::voting::cast(&voter(0), &core, ballot(&vote, 0, &[1])).await.unwrap();
        core.clock.advance(DAY);
        let result = crate::voting::count(&organiser(), &core, &vote).await.unwrap();
        assert_eq!((result.candidates[0].votes, result.invalid), (BALLOTS as i64, 0));
    }
}

#[tokio::test]
async fn a_missing_key_stops_the_count_and_costs_no_ballot() {
    for core in testing::cores().await {
        let vote = open_election(&core, 1, 2, 1).await;
        crate::voting::cast(&voter(0), &core, ballot(&vote, 0, &[2])).await.unwrap();
        rotated(&core);
        let ring = std::fs::read_to_string(&core.config.keys).unwrap();
        let lacking = retired(&core);
        core.clock.advance(DAY);
        for told in
            [crate::voting::count(&organiser(), &lacking, &vote).await.map(drop), reseal(&lacking).await.map(drop)]
        {
            assert!(told.unwrap_err().to_string().ends_with("sealed with the unknown key k1"));
        }
        assert_eq!(number(&core, SEALED_OLD).await, 1, "the ballot is still in the urn");
        std::fs::write(&core.config.keys, ring).unwrap();
        let result = crate::voting::count(&organiser(), &restarted(&core), &vote).await.unwrap();
        assert_eq!((result.candidates[1].votes, result.invalid), (1, 0));
    }
}
