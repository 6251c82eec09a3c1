//! Moving to another community: its worker takes one in, and both communities have it in their log.

use super::lists::number;
use super::{COMMUNITY, ID_NUMBER, area, fill, id, name, person, worker};
use crate::identity::Caller;
use crate::people::{
    NewDwelling, Registration, Sealer, ask_correction, correction, detail, looks, own_corrections, register, take_in,
};
use crate::testing::cores;
use crate::{Core, inbox};
use contract::ids::{AccountId, DwellingId};
use contract::people::{AskCorrection, CorrectionState, TakeIn, Trace};
use contract::{Error, Issue, PageRequest, Refusal};

/// The community that person 0 moves to.
const THERE: &str = "3410.02.100.001";

/// A flat there, and somebody who lives in it.
async fn other_town(core: &Core) {
    let place = area(&format!("{THERE}.g01.c01.b01.u1.h0101"));
    let number = number(4);
    let host =
        Sealer(&core.keys).person(person(70), "房东".into(), "1984-01-05".into(), place.clone(), None, Some(&number));
    let flat = NewDwelling::flat(DwellingId::trusted(id(70)), place, "101".into(), "甘棠小区1幢1单元101".into(), 8_000);
    let all = Registration { persons: vec![host], dwellings: vec![flat], ..Registration::default() };
    core.db.write(all, |tx, all| Box::pin(async move { register(tx.conn(), all).await })).await.unwrap();
}

fn input(name: &str, number: &str, address: &str) -> TakeIn {
    TakeIn { name: name.into(), id_number: number.into(), address: address.into(), seen: "1".into() }
}

#[tokio::test]
async fn who_moves_is_taken_in_and_hears_of_it() {
    for core in cores().await {
        fill(&core).await;
        other_town(&core).await;
        core.clock.advance(1_000);
        let me = Caller { account: Some(AccountId::trusted("me")), person: Some(person(0)), ..Caller::default() };
        let ask = |field: &str, value: &str| AskCorrection { field: field.into(), value: value.into() };
        let renamed = ask_correction(&me, &core, ask("name", "汪新")).await.unwrap();
        ask_correction(&me, &core, ask("address", "龙北小区2幢1单元301")).await.unwrap();
        let moved = input(&name(0), ID_NUMBER, "甘棠小区 1栋1单元101室");
        assert_eq!(take_in(&worker(THERE), &core, moved.clone()).await.unwrap(), person(0));

        let whole = detail(&worker(THERE), &core, person(0)).await.unwrap();
        assert_eq!((whole.person.address.as_str(), whole.homes.len()), ("甘棠小区1幢1单元101", 2));
        assert!(detail(&worker(COMMUNITY), &core, person(0)).await.is_ok(), "owns there as before");
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT verb, area FROM events WHERE verb LIKE 'moved%' ORDER BY id")
                .fetch_all(&mut *core.db.read().await.unwrap())
                .await
                .unwrap();
        let (from, to) = ("3410.03.100.004.g01.c01.b01.u1.h0101", format!("{THERE}.g01.c01.b01.u1.h0101"));
        assert_eq!(rows, [("moved_out".to_owned(), from.to_owned()), ("moved_in".to_owned(), to)]);
        let seen = looks(&me, &core, PageRequest::default()).await.unwrap();
        assert_eq!(seen.rows[0].what, Trace::MovedIn);
        assert_eq!(inbox::list(&me, &core, PageRequest::default()).await.unwrap().unread, 1);
        let (past,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM persons_past")
            .fetch_one(&mut *core.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(past, 1);
        // What waited follows: the name is for the new community to decide, the old address is settled.
        assert!(correction(&worker(THERE), &core, &renamed).await.is_ok());
        assert_eq!(correction(&worker(COMMUNITY), &core, &renamed).await.unwrap_err().public(), Error::NotFound);
        let own = own_corrections(&me, &core).await.unwrap();
        assert_eq!(
            own.iter().map(|line| line.state).collect::<Vec<_>>(),
            [CorrectionState::Withdrawn, CorrectionState::Pending]
        );
        let again = take_in(&worker(THERE), &core, moved).await.unwrap_err().public();
        assert_eq!(again, Error::field("address", Issue::Taken));
    }
}

#[tokio::test]
async fn nobody_is_taken_in_unproven_or_elsewhere() {
    for core in cores().await {
        fill(&core).await;
        other_town(&core).await;
        let try_it = |by: Caller, input: TakeIn| {
            let core = core.clone();
            async move { take_in(&by, &core, input).await.unwrap_err().public() }
        };
        let there = "甘棠小区1幢1单元101";
        let unknown = try_it(worker(THERE), input("汪一", &number(5), there)).await;
        assert_eq!(unknown, Error::field("id_number", Issue::Unknown));
        let other = try_it(worker(THERE), input("汪二", ID_NUMBER, there)).await;
        assert_eq!(other, Error::field("name", Issue::Mismatch));
        let outside = try_it(worker(COMMUNITY), input("汪一", ID_NUMBER, there)).await;
        assert_eq!(outside, Error::field("address", Issue::Unknown));
        let unseen = TakeIn { seen: String::new(), ..input("汪一", ID_NUMBER, there) };
        assert_eq!(try_it(worker(THERE), unseen).await, Error::field("seen", Issue::Required));
        let own = Caller { person: Some(person(0)), ..worker(THERE) };
        assert_eq!(try_it(own, input("汪一", ID_NUMBER, there)).await, Error::Refused(Refusal::OwnRecord));
        assert_eq!(try_it(Caller::anonymous(), input("汪一", ID_NUMBER, there)).await, Error::SignIn);
    }
}
