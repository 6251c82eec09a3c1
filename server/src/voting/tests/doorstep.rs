//! Whom to remind at the door.

use super::story::{HOUR, form, keyed, name_first, one_ballot, registry, resident, set_rules};
use super::*;
use crate::identity::{Caller, Grant};
use crate::testing;
use crate::voting::testing::compound;
use crate::voting::{DoorstepTexts, announce, cast, copy_form, doorstep, draft, export_doorstep, print_doorstep};
use contract::voting::DraftForm;
use contract::{AreaId, Error as Told, Role};

#[tokio::test]
async fn who_has_voted_is_on_no_list() {
    for core in testing::cores().await {
        let [first, second, third] = registry(&core).await;
        set_rules(&core).await;
        let (worker, home) = (organiser(), compound().child("b01"));
        let vote = keyed(&core, draft(&worker, &core, form()).await.unwrap()).await;
        assert!(matches!(doorstep(&worker, &core, &vote, None).await, Err(Error::Public(Told::NotFound))), "a draft");
        announce(&worker, &core, &vote).await.unwrap();
        assert_eq!(refusal(doorstep(&worker, &core, &vote, None).await), Some(Refusal::VoteNotOpen));

        core.clock.advance(HOUR);
        let list = doorstep(&worker, &core, &vote, None).await.unwrap();
        assert_eq!(list.buildings.iter().map(|known| known.waiting).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(list.rows.iter().map(|row| row.address.as_str()).collect::<Vec<_>>(), ["101"]);

        name_first(&core, &vote, [&second, &third]).await;
        cast(&resident(&first, &home), &core, one_ballot(&core, &vote, &first).await).await.unwrap();
        let list = doorstep(&worker, &core, &vote, None).await.unwrap();
        assert_eq!(list.building, Some(compound().child("b02")), "the first building where somebody is waited for");
        let names: Vec<&str> = list.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["乙", "丙"], "everybody of a head is told, whoever of them votes");
        let done = doorstep(&worker, &core, &vote, Some(&home)).await.unwrap();
        assert!(done.rows.is_empty() && done.buildings[0].waiting == 0);
        cast(&resident(&second, &home), &core, one_ballot(&core, &vote, &second).await).await.unwrap();
        assert!(doorstep(&worker, &core, &vote, None).await.unwrap().rows.is_empty());
        let texts = DoorstepTexts { sheet: "未投票名单".into(), heads: Default::default() };
        assert!(export_doorstep(&worker, &core, &vote, texts).await.unwrap().starts_with(b"PK"));

        core.clock.advance(24 * HOUR);
        assert_eq!(refusal(doorstep(&worker, &core, &vote, None).await), Some(Refusal::VoteClosed));
    }
}

#[tokio::test]
async fn who_has_sold_since_is_listed_with_the_door_of_the_roll() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 2, 1).await;
        let list = doorstep(&organiser(), &core, &vote, None).await.unwrap();
        assert_eq!(list.rows.iter().map(|row| row.address.as_str()).collect::<Vec<_>>(), ["00000", "00001"]);
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
        set_rules(&core).await;
        let vote = keyed(&core, draft(&organiser(), &core, form()).await.unwrap()).await;
        announce(&organiser(), &core, &vote).await.unwrap();
        let copied = copy_form(&organiser(), &core, &vote).await.unwrap();
        assert_eq!((copied.opens_at.as_str(), copied.closes_at.as_str()), ("", ""));
        let (opens_at, closes_at) = (form().opens_at, form().closes_at);
        let again = DraftForm { opens_at, closes_at, key: "another".into(), ..copied };
        assert_ne!(draft(&organiser(), &core, again).await.unwrap(), vote);
        assert!(matches!(copy_form(&voter(0), &core, &vote).await, Err(Error::Public(Told::Forbidden))));
    }
}

#[tokio::test]
async fn on_paper_each_building_begins_a_page_and_who_has_voted_is_left_out() {
    for core in testing::cores().await {
        let vote = open_election(&core, 103, 2, 1).await;
        let pages = async || {
            let pdf = print_doorstep(&organiser(), &core, &vote, None).await.unwrap();
            pdf.windows(11).filter(|bytes| *bytes == b"/Type/Page/").count()
        };
        let both = pages().await;
        for n in 100..103 {
            crate::voting::cast(&voter(n), &core, ballot(&vote, n, &[1])).await.unwrap();
        }
        assert_eq!(pages().await + 1, both, "the second building has all voted");
        let one = print_doorstep(&organiser(), &core, &vote, Some(&compound().child("b001"))).await.unwrap();
        assert!(one.starts_with(b"%PDF-"));
    }
}
