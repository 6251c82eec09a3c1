//! Two entries made one: nothing of either is lost, and old ids lead on.

use super::lists::number;
use super::{COMMUNITY, area, fill, id, person, worker};
use crate::identity::Caller;
use crate::people::{
    NewOwner, Registration, Sealer, canonical, detail, find, formerly, holdings_under_at, looks, merge, owners_under,
    owners_under_at, register, side_by_side, twins, unmask,
};
use crate::testing::cores;
use crate::{Core, inbox, points};
use contract::ids::{AccountId, DwellingId};
use contract::people::{AskCorrection, MergePersons, SealedField, Unmask, UnmaskReason};
use contract::points::Points;
use contract::{AreaId, Error, PageRequest, Refusal};

/// What the lost entry had.
fn five() -> Points {
    Points::of_hundredths(500)
}

const BUILDING: &str = "3410.03.100.004.g01.c01.b01";

/// Person 2 once more, as person 50: same name and birthday, a phone and an identity number; owns half of flat 3
/// beside person 3.
async fn again(core: &Core) {
    let home = area(&format!("{BUILDING}.u1.h0401"));
    let (name, born) = (super::name(2), "1952-01-01".to_owned());
    let number = number(9);
    let twin = Sealer(&core.keys).person(person(50), name, born, home, Some("13955500050"), Some(&number));
    let owner = |n: usize| NewOwner { dwelling: DwellingId::trusted(id(n)), person: person(50), share: (1, 2) };
    let all = Registration { persons: vec![twin], owners: vec![owner(3)], ..Registration::default() };
    core.db
        .write(all, |tx, all| {
            Box::pin(async move {
                register(tx.conn(), all).await?;
                for cut in ["UPDATE owners SET share_den = 2 WHERE person_id = '00000000-0000-7000-8000-000000000003'"]
                {
                    sqlx::query(cut).execute(tx.conn()).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

fn pair(keep: usize, lose: usize) -> MergePersons {
    MergePersons { keep: person(keep), lose: person(lose) }
}

async fn make_one(core: &Core, at: &str, keep: usize, lose: usize) -> Result<(), Error> {
    merge(&worker(at), core, pair(keep, lose)).await.map_err(|error| error.public())
}

#[tokio::test]
async fn twins_are_found_shown_and_made_one() {
    for core in cores().await {
        fill(&core).await;
        again(&core).await;
        core.clock.advance(1_000);
        let before = core.clock.now();
        let found = twins(&worker(COMMUNITY), &core, None, PageRequest::default()).await.unwrap();
        assert_eq!(found.pairs.rows.len(), 1);
        let twin = &found.pairs.rows[0];
        assert_eq!((&twin.first.id, &twin.second.id, twin.same_day), (&person(2), &person(50), true));
        let beside = side_by_side(&worker(COMMUNITY), &core, pair(2, 50)).await.unwrap();
        assert_eq!((beside.keep.homes.len(), beside.lose.homes.len()), (1, 1));

        let lost = Caller { person: Some(person(50)), account: Some(AccountId::trusted("x")), ..Caller::default() };
        let ask = AskCorrection { field: "name".into(), value: "别名".into() };
        crate::people::ask_correction(&lost, &core, ask).await.unwrap();
        let seed = (person(50), AreaId::city());
        core.db
            .write(seed, |tx, (person, area)| {
                Box::pin(async move {
                    let note = inbox::NewNote {
                        kind: "people.note.welcome".into(),
                        params: [].into(),
                        link: "/".into(),
                        unique_key: "welcome".into(),
                    };
                    inbox::send(tx, person, &note).await?;
                    let (from, to) = (points::Account::Pool(area.clone()), points::Account::Resident(person.clone()));
                    let (at, reason) = (tx.now(), points::Reason::Spend("merged"));
                    points::transfer(tx, &points::Transfer { from, to, amount: five(), at, reason }).await.map(drop)
                })
            })
            .await
            .unwrap();

        core.clock.advance(1_000);
        assert_eq!(make_one(&core, "3410.02", 2, 50).await, Err(Error::NotFound));
        assert_eq!(make_one(&core, COMMUNITY, 2, 2).await, Err(Error::Refused(Refusal::DifferentPeople)));
        make_one(&core, COMMUNITY, 2, 50).await.unwrap();
        assert_eq!(make_one(&core, COMMUNITY, 2, 50).await, Err(Error::NotFound), "it is lost already");

        let whole = detail(&worker(COMMUNITY), &core, person(50)).await.unwrap();
        assert_eq!((whole.person.id.clone(), whole.homes.len()), (person(2), 2));
        assert_eq!(whole.person.phone.as_deref(), Some("139****0050"));
        assert_eq!(Some(whole.person.born), contract::check::born_of(&number(9)), "the day in the number that is kept");
        let mut conn = core.db.read().await.unwrap();
        assert_eq!(canonical(&mut conn, &person(50)).await.unwrap(), person(2));
        assert_eq!(formerly(&mut conn, &person(2)).await.unwrap(), [person(50)]);
        assert_eq!(find(&mut conn, &person(50)).await.unwrap().unwrap().id, person(2));
        let owners = owners_under(&mut conn, &area(BUILDING)).await.unwrap();
        assert!(owners.iter().all(|owner| owner.person != person(50)));
        // As it stood before, there were two.
        let then = owners_under_at(&mut conn, &area(BUILDING), before).await.unwrap();
        assert_eq!(then.len(), owners.len() + 1);
        assert_eq!(holdings_under_at(&mut conn, &area(BUILDING), before).await.unwrap().len(), 14);
        drop(conn);
        let me = Caller { person: Some(person(2)), account: Some(AccountId::trusted("y")), ..Caller::default() };
        assert_eq!(inbox::list(&me, &core, PageRequest::default()).await.unwrap().unread, 1);
        assert_eq!(points::balance(&me, &core).await.unwrap(), five());
        let none = twins(&worker(COMMUNITY), &core, None, PageRequest::default()).await.unwrap();
        assert_eq!(none.pairs.rows, []);
    }
}

#[tokio::test]
async fn two_identity_numbers_are_two_people() {
    for core in cores().await {
        fill(&core).await;
        again(&core).await;
        assert_eq!(make_one(&core, COMMUNITY, 0, 50).await, Err(Error::Refused(Refusal::DifferentPeople)));
        // Both owned flat 3: their shares become one.
        make_one(&core, COMMUNITY, 3, 50).await.unwrap();
        let mut conn = core.db.read().await.unwrap();
        let owners = owners_under(&mut conn, &area(&format!("{BUILDING}.u1.h0401"))).await.unwrap();
        assert_eq!((owners.len(), owners[0].area_dm2), (1, 10_001));
    }
}

#[tokio::test]
async fn a_second_phone_is_kept_sealed_and_looks_at_the_lost_entry_are_still_told() {
    for core in cores().await {
        fill(&core).await;
        again(&core).await;
        let look = Unmask { person: person(50), field: SealedField::Phone, reason: Some(UnmaskReason::Errand) };
        unmask(&worker(COMMUNITY), &core, look).await.unwrap();
        let phone =
            (core.keys.seal(super::super::PHONE, "13955500002"), core.keys.blind(super::super::PHONE, "13955500002"));
        core.db
            .write((person(2), phone), |tx, (person, (sealed, index))| {
                Box::pin(async move {
                    let text = "UPDATE persons SET phone = $2, phone_index = $3 WHERE id = $1";
                    sqlx::query(text).bind(&*person).bind(&*sealed).bind(&*index).execute(tx.conn()).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        make_one(&core, COMMUNITY, 2, 50).await.unwrap();
        let whole = detail(&worker(COMMUNITY), &core, person(2)).await.unwrap();
        assert_eq!(whole.person.phone.as_deref(), Some("139****0002"));
        let (sealed,): (String,) = sqlx::query_as("SELECT phone_sealed FROM people_merged")
            .fetch_one(&mut *core.db.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(core.keys.open(super::super::PHONE, &sealed).unwrap(), "13955500050");
        let me = Caller { person: Some(person(2)), account: Some(AccountId::trusted("y")), ..Caller::default() };
        let seen = looks(&me, &core, PageRequest::default()).await.unwrap();
        assert_eq!(seen.rows.len(), 1);
    }
}

#[tokio::test]
async fn nobody_merges_their_own_entry() {
    for core in cores().await {
        fill(&core).await;
        again(&core).await;
        for own in [2, 50] {
            let me = Caller { person: Some(person(own)), ..worker(COMMUNITY) };
            let refused = merge(&me, &core, pair(2, 50)).await.unwrap_err().public();
            assert_eq!(refused, Error::Refused(Refusal::OwnRecord));
        }
    }
}

#[tokio::test]
async fn a_page_of_twins_is_filled_from_the_area_asked_for() {
    for core in cores().await {
        fill(&core).await;
        again(&core).await;
        let (building, home) = (area("3410.03.100.004.g01.c01.b02"), area("3410.03.100.004.g01.c01.b02.u1.h0101"));
        let twin = Sealer(&core.keys).person(person(60), super::name(20), "1970-01-01".into(), home, None, None);
        let all = Registration { persons: vec![twin], ..Registration::default() };
        core.db.write(all, |tx, all| Box::pin(async move { register(tx.conn(), all).await })).await.unwrap();
        let page = PageRequest { after: None, size: Some(1) };
        let found = twins(&worker(COMMUNITY), &core, Some(building), page).await.unwrap().pairs;
        assert_eq!((found.rows.len(), found.next), (1, None));
        assert_eq!(found.rows[0].second.id, person(60));
    }
}
