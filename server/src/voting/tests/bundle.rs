//! The export: counted again it agrees, and after any change it does not; and nothing leads to a voter.

use super::*;
use crate::testing;
use crate::voting::export::Fault;
use crate::voting::testing::area_dm2;
use crate::voting::{bundle, verify_bundle};
use crate::{events, identity::Caller};
use contract::voting::{Majority, Secrecy};

#[tokio::test]
async fn an_export_holds_until_any_byte_is_changed() {
    for core in testing::cores().await {
        let vote = finished(&core, &[&[1], &[1, 2], &[]], 3, 2).await;
        events::seal_once(&core).await.unwrap();
        let bytes = bundle(&Caller::anonymous(), &core, &vote).await.unwrap();
        let verified = verify_bundle(&bytes).unwrap();
        assert_eq!((verified.result.cast, verified.result.items[0].blank, verified.log.0), (3, 1, 1));
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
    let other = text.replacen("\"choices\":[[1]]", "\"choices\":[[2]]", 1);
    assert_eq!(verify_bundle(forge(other).as_bytes()), Err(Fault::Result));
    let unknown = text.replacen("\"choices\":[[1]]", "\"choices\":[[3]]", 1);
    assert_eq!(verify_bundle(forge(unknown).as_bytes()), Err(Fault::Ballots));
}

/// Twenty owners: 12 agree, 5 do not, 2 abstain, one stays away.
async fn resolved(core: &Core) -> VoteId {
    let choices: Vec<Vec<Vec<u32>>> = (0..19)
        .map(|n| {
            vec![vec![if n < 12 {
                1
            } else if n < 17 {
                2
            } else {
                3
            }]]
        })
        .collect();
    let vote = open_resolution(core, 20, &[Majority::Ordinary], Secrecy::Private).await;
    finish(core, &vote, &choices).await;
    vote
}

#[tokio::test]
async fn areas_that_do_not_fit_are_found() {
    for core in testing::cores().await {
        let vote = resolved(&core).await;
        let bytes = bundle(&Caller::anonymous(), &core, &vote).await.unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let result = verify_bundle(&bytes).unwrap().result;
        assert_eq!(result.items[0].passed, Some(true));
        // Two abstained: their area would name them, so that it is kept with that of those against.
        let yes: i64 = (0..12).map(area_dm2).sum();
        assert!(
            text.contains(&format!("\"areas\":[{{\"areas_dm2\":[{yes},null,null],\"holds\":true,\"follows\":null}}]")),
            "{text}"
        );
        let at = text.rfind("\"sha256\":\"").unwrap() + 10;
        let forged = |from: &str, to: &str| {
            let text = text.replacen(from, to, 1);
            let at = at + text.len() - bytes.len();
            let zeroed = format!("{}{}{}", &text[..at], "0".repeat(64), &text[at + 64..]);
            let digest = crate::crypto::token_hash(&zeroed);
            verify_bundle(format!("{}{digest}{}", &text[..at], &text[at + 64..]).as_bytes()).map(drop)
        };
        let areas = format!("[{yes},null,null]");
        assert_eq!(forged(&areas, &format!("[{},null,null]", yes + 1)), Err(Fault::Result));
        assert_eq!(forged(&areas, "[-1,null,null]"), Err(Fault::Areas));
        assert_eq!(forged(&areas, "[null,null,null]"), Err(Fault::Areas), "what hides nobody is published");
        assert_eq!(forged(&areas, &format!("[{yes},0,0]")), Err(Fault::Areas));
        let voted: i64 = (0..19).map(area_dm2).sum();
        let whole = format!("[{yes},{},0]", voted - yes);
        assert_eq!(forged(&areas, &whole), Err(Fault::Areas), "more than may be published, though it adds up");
        assert_eq!(forged("null],\"holds\":true", "null],\"holds\":false"), Err(Fault::Areas));
        assert_eq!(forged("\"follows\":null", "\"follows\":1"), Err(Fault::Areas));
        assert_eq!(
            forged("\"majority\":\"ordinary\"", "\"majority\":\"special\""),
            Err(Fault::Areas),
            "63% are no three quarters"
        );
    }
}

#[tokio::test]
async fn a_strangers_description_names_every_member() {
    let core = testing::sqlite().await;
    let vote = resolved(&core).await;
    let bytes = bundle(&Caller::anonymous(), &core, &vote).await.unwrap();
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let described = include_str!("../../../../public/voting-format.md");
    let mut members = std::collections::BTreeSet::new();
    collect(&value, &mut members);
    for member in members {
        assert!(described.contains(&format!("`{member}`")), "{member} is not described");
    }
}

/// Every member's name, at any depth.
fn collect(value: &serde_json::Value, members: &mut std::collections::BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) => map.iter().for_each(|(name, value)| {
            members.insert(name.clone());
            collect(value, members);
        }),
        serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, members)),
        _ => {}
    }
}
