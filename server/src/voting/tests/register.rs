//! The roll as published for objection.

use super::*;
use crate::identity::Caller;
use crate::testing;
use crate::voting::register;
use crate::voting::testing::compound;
use contract::voting::RegisterFilter;

#[tokio::test]
async fn the_roll_says_until_when_it_can_be_objected_to() {
    for core in testing::cores().await {
        let (opens_at, closes_at) = (START + 2 * DAY, START + 3 * DAY);
        let vote = election(&core, Setup { heads: 1, candidates: 2, seats: 1, opens_at, closes_at }).await.unwrap();
        let until = async || {
            let asked = RegisterFilter::default();
            register(&voter(0), &core, &vote, asked).await.unwrap().objections_until
        };
        assert_eq!(until().await, Some(opens_at));
        core.clock.advance(2 * DAY);
        assert_eq!(until().await, None, "the poll is open");
    }
}

#[tokio::test]
async fn the_roll_is_read_page_by_page_and_searched() {
    for core in testing::cores().await {
        let vote = open_election(&core, 150, 2, 1).await;
        let page = |filter: RegisterFilter| {
            let (core, vote) = (core.clone(), vote.clone());
            async move { register(&voter(0), &core, &vote, filter).await.unwrap().page }
        };
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = page(RegisterFilter { after, ..RegisterFilter::default() }).await;
            seen.extend(page.rows.into_iter().map(|line| line.place));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, (0..150).map(|n| format!("{n:05}")).collect::<Vec<_>>());
        let second = compound().child("b001").to_string();
        let there = page(RegisterFilter { building: second, ..RegisterFilter::default() }).await;
        assert_eq!(there.rows[0].place, "00100");
        let found = page(RegisterFilter { search: "0014".into(), ..RegisterFilter::default() }).await;
        assert_eq!(found.rows.len(), 11, "00014 and 00140 to 00149");
        assert!(found.rows.iter().all(|line| line.names == "王**" && line.named));
        let signed_out = register(&Caller::anonymous(), &core, &vote, RegisterFilter::default()).await;
        assert!(matches!(signed_out, Err(Error::Public(contract::Error::SignIn))));
    }
}
