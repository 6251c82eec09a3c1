//! The export: counted again it agrees, and after any change it does not; and nothing leads to a voter.

use super::*;
use crate::testing;
use crate::voting::export::Fault;
use crate::voting::{bundle, verify_bundle};
use crate::{events, identity::Caller};
use sqlx::Row;

#[tokio::test]
async fn an_export_holds_until_any_byte_is_changed() {
    for core in testing::cores().await {
        let vote = finished(&core, &[&[1], &[1, 2], &[]], 3, 2).await;
        events::seal_once(&core).await.unwrap();
        let bytes = bundle(&Caller::anonymous(), &core, &vote).await.unwrap();
        let verified = verify_bundle(&bytes).unwrap();
        assert_eq!((verified.result.cast, verified.result.blank, verified.log.0), (3, 1, 1));
        for place in 0..bytes.len() {
            for flip in [0x01, 0x10, 0x20] {
                let mut changed = bytes.clone();
                changed[place] ^= flip;
                assert!(verify_bundle(&changed).is_err(), "byte {place} ^ {flip:#x}");
            }
        }
        for place in 0..bytes.len() {
            let cut = [&bytes[..place], &bytes[place + 1..]].concat();
            assert!(verify_bundle(&cut).is_err(), "byte {place} left out");
        }
        let padded = [&bytes[..], b"\n"].concat();
        assert_eq!(verify_bundle(&padded), Err(Fault::Form));
    }
}

#[tokio::test]
async fn a_forged_count_is_found_also_with_a_fresh_digest() {
    let core = testing::sqlite().await;
    let vote = finished(&core, &[&[1], &[1], &[2]], 2, 1).await;
    let text = String::from_utf8(bundle(&Caller::anonymous(), &core, &vote).await.unwrap()).unwrap();
    let at = text.rfind("\"sha256\":\"").unwrap() + 10;
    let forge = |text: String| {
        let zeroed = format!("{}{}{}", &text[..at], "0".repeat(64), &text[at + 64..]);
        let digest = crate::crypto::token_hash(&zeroed);
        format!("{}{digest}{}", &text[..at], &text[at + 64..])
    };
    assert_eq!(forge(text.clone()), text, "the digest is that of the documented form");
    let swapped = text.replacen("\"votes\":2", "\"votes\":9", 1);
    assert_eq!(verify_bundle(forge(swapped).as_bytes()), Err(Fault::Result));
    let other = text.replacen("\"choices\":[1]", "\"choices\":[2]", 1);
    assert_eq!(verify_bundle(forge(other).as_bytes()), Err(Fault::Result));
    let unknown = text.replacen("\"choices\":[1]", "\"choices\":[3]", 1);
    assert_eq!(verify_bundle(forge(unknown).as_bytes()), Err(Fault::Ballots));
}

/// Every value of every row that is about the choice, as text.
async fn values(core: &Core, sql: &'static str) -> Vec<String> {
    let mut conn = core.db.read().await.unwrap();
    let rows = sqlx::query(sql).fetch_all(&mut *conn).await.unwrap();
    rows.iter()
        .flat_map(|row| (0..row.len()).filter_map(|at| row.try_get::<String, _>(at).ok()).collect::<Vec<_>>())
        .collect()
}

#[tokio::test]
async fn no_column_joins_a_voter_to_a_choice() {
    for core in testing::cores().await {
        let vote = open_election(&core, 3, 2, 1).await;
        for n in 0..3 {
            super::super::cast(&voter(n), &core, ballot(&vote, n, &[1])).await.unwrap();
        }
        let urn = values(&core, "SELECT * FROM voting_ballots").await;
        assert_eq!(urn.len(), 9, "vote, id, sealed choice: no time and nothing more");
        let known = [
            values(&core, "SELECT * FROM voting_roll").await,
            values(&core, "SELECT id, actor, area, subject, payload FROM events WHERE verb = 'cast'").await,
        ]
        .concat();
        assert!(!known.is_empty());
        let shared: Vec<&String> =
            urn.iter().filter(|value| known.contains(value) && *value != vote.as_str()).collect();
        assert_eq!(shared, Vec::<&String>::new());
        // Equal choices look different while sealed, and say nothing by their length.
        let mut sealed: Vec<&String> = urn.iter().skip(2).step_by(3).collect();
        sealed.sort();
        sealed.dedup();
        assert!(sealed.len() == 3 && sealed.iter().all(|text| text.len() == sealed[0].len()));
    }
}
