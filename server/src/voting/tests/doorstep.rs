//! Whom to remind at the door.

use super::story::{HOUR, form, registry, resident};
use super::*;
use crate::identity::{Caller, Grant};
use crate::testing;
use crate::voting::testing::compound;
use crate::voting::{DoorstepTexts, announce, cast, copy_form, doorstep, draft, export_doorstep};
use contract::voting::{CastBallot, DraftForm};
use contract::{AreaId, Error as Told, Role};

#[tokio::test]
async fn who_has_voted_is_on_no_list() {
    for core in testing::cores().await {
        let [first, second, third] = registry(&core).await;
        let (worker, home) = (organiser(), compound().child("b01"));
        let vote = draft(&worker, &core, form()).await.unwrap();
        assert!(matches!(doorstep(&worker, &core, &vote, None).await, Err(Error::Public(Told::NotFound))), "a draft");
        announce(&worker, &core, &vote).await.unwrap();
        assert_eq!(refusal(doorstep(&worker, &core, &vote, None).await), Some(Refusal::VoteNotOpen));

        core.clock.advance(HOUR);
        let list = doorstep(&worker, &core, &vote, None).await.unwrap();
        assert_eq!(list.buildings.iter().map(|known| known.waiting).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(list.rows.iter().map(|row| row.address.as_str()).collect::<Vec<_>>(), ["101"]);

        for (n, person) in [&first, &second].into_iter().enumerate() {
            let ballot = CastBallot { vote: vote.clone(), choices: vec![1], key: format!("{n:032x}") };
            cast(&resident(person, &home), &core, ballot).await.unwrap();
        }
        let list = doorstep(&worker, &core, &vote, None).await.unwrap();
        assert_eq!(list.building, Some(compound().child("b02")), "the first building where somebody is waited for");
        assert_eq!(list.rows.iter().map(|row| (&row.person, row.name.as_str())).collect::<Vec<_>>(), [(&third, "丙")]);
        let done = doorstep(&worker, &core, &vote, Some(&home)).await.unwrap();
        assert!(done.rows.is_empty() && done.buildings[0].waiting == 0);
        let texts = DoorstepTexts { sheet: "未投票名单".into(), heads: Default::default() };
        assert!(export_doorstep(&worker, &core, &vote, texts).await.unwrap().starts_with(b"PK"));

        core.clock.advance(24 * HOUR);
        assert_eq!(refusal(doorstep(&worker, &core, &vote, None).await), Some(Refusal::VoteClosed));
    }
}

#[tokio::test]
async fn who_has_sold_since_is_listed_without_a_door() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 2, 1).await;
        let list = doorstep(&organiser(), &core, &vote, None).await.unwrap();
        assert!(list.rows.len() == 2 && list.rows.iter().all(|row| row.address.is_empty()));
    }
}

#[tokio::test]
async fn a_worker_of_another_place_sees_no_door() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 2, 1).await;
        let grants = vec![Grant { role: Role::GridWorker, area: AreaId::city().child("04") }];
        let elsewhere = Caller { grants, ..organiser() };
        for caller in [elsewhere, voter(0)] {
            assert!(matches!(doorstep(&caller, &core, &vote, None).await, Err(Error::Public(Told::Forbidden))));
        }
        let unknown = compound().child("b099");
        let asked = doorstep(&organiser(), &core, &vote, Some(&unknown)).await;
        assert!(matches!(asked, Err(Error::Public(Told::NotFound))));
    }
}

#[tokio::test]
async fn an_earlier_vote_is_a_form_without_dates() {
    for core in testing::cores().await {
        registry(&core).await;
        let vote = draft(&organiser(), &core, form()).await.unwrap();
        announce(&organiser(), &core, &vote).await.unwrap();
        let copied = copy_form(&organiser(), &core, &vote).await.unwrap();
        assert_eq!((copied.opens_at.as_str(), copied.closes_at.as_str()), ("", ""));
        let (opens_at, closes_at) = (form().opens_at, form().closes_at);
        let again = DraftForm { opens_at, closes_at, key: "another".into(), ..copied };
        assert_ne!(draft(&organiser(), &core, again).await.unwrap(), vote);
        assert!(matches!(copy_form(&voter(0), &core, &vote).await, Err(Error::Public(Told::Forbidden))));
    }
}
