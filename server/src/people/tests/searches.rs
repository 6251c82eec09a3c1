//! Finding people, and only those of one's areas.

use super::{COMMUNITY, ID_NUMBER, PHONE, area, fill, person, worker};
use crate::people::{Registration, Sealer, export, owners_under, register, search};
use crate::testing::cores;
use crate::{Core, people};
use contract::people::{PeopleSearch, PersonRow};
use contract::{Error, PageRequest};

async fn found(core: &Core, q: &str) -> Vec<PersonRow> {
    let input = PeopleSearch { q: q.to_owned(), ..PeopleSearch::default() };
    search(&worker(COMMUNITY), core, input).await.unwrap().page.rows
}

async fn ids(core: &Core, q: &str) -> Vec<contract::ids::PersonId> {
    found(core, q).await.into_iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn a_person_is_found_by_name_phone_identity_number_and_address() {
    for core in cores().await {
        fill(&core).await;
        for q in ["汪一", PHONE, "138 5590 0001", ID_NUMBER, "11010519491231002x", "龙北小区1栋1单元101室"] {
            assert_eq!(ids(&core, q).await, [person(0)], "{q}");
        }
        // A flat of two owners shows the one who lives there and the one who does not.
        assert_eq!(ids(&core, "龙北小区1幢1单元201").await, [person(0), person(1)]);
        // No name begins so: the place is meant.
        assert_eq!(found(&core, "龙北").await.len(), 20);
        assert_eq!(ids(&core, "程").await, []);
        let row = found(&core, "汪一").await.remove(0);
        assert_eq!(row.phone.as_deref(), Some("138****0001"));
        assert_eq!(row.id_number.as_deref(), Some("1101**********002X"));
        assert_eq!(row.address, "龙北小区1幢1单元101");
    }
}

#[tokio::test]
async fn a_family_that_shares_a_phone_is_found_whole_but_not_beyond_the_area() {
    for core in cores().await {
        fill(&core).await;
        let sharer = |n, at: &str| {
            Sealer(&core.keys).person(person(n), "汪福".into(), "1940-01-01".into(), area(at), Some(PHONE), None)
        };
        let near = sharer(24, "3410.03.100.004.g01.c01.b01.u1.h0101");
        let far = sharer(25, "3410.04.100.001.g01.c01.b01.u1.h0101");
        let all = Registration { persons: vec![near, far], ..Registration::default() };
        core.db.write(all, |tx, all| Box::pin(async move { register(tx.conn(), all).await })).await.unwrap();
        assert_eq!(ids(&core, PHONE).await, [person(0), person(24)]);
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    for core in cores().await {
        fill(&core).await;
        for q in ["", "汪", "龙北小区"] {
            let mut seen = Vec::new();
            let mut page = PageRequest { after: None, size: Some(7) };
            loop {
                let input = PeopleSearch { q: q.to_owned(), area: None, page: page.clone() };
                let found = search(&worker(COMMUNITY), &core, input).await.unwrap().page;
                seen.extend(found.rows.into_iter().map(|row| row.id));
                page.after = found.next;
                if page.after.is_none() {
                    break;
                }
            }
            seen.dedup();
            assert!(seen.len() >= 24, "{q}: {}", seen.len());
            seen.sort();
            seen.dedup();
            assert_eq!(seen.len(), 24, "{q}");
        }
    }
}

#[tokio::test]
async fn nobody_is_found_outside_the_callers_areas() {
    for core in cores().await {
        fill(&core).await;
        let elsewhere = worker("3410.02");
        for q in ["", "汪", PHONE, ID_NUMBER, "龙北小区1幢"] {
            let input = PeopleSearch { q: q.to_owned(), ..PeopleSearch::default() };
            assert_eq!(search(&elsewhere, &core, input).await.unwrap().page.rows, [], "{q}");
        }
        let input = PeopleSearch { area: Some(area(COMMUNITY)), ..PeopleSearch::default() };
        let refused = search(&elsewhere, &core, input).await.unwrap_err();
        assert_eq!(refused.public(), Error::Forbidden);
        let second = search(&worker("3410.03.100.004.g01.c01.b02"), &core, PeopleSearch::default()).await.unwrap();
        assert_eq!(second.page.rows.len(), 12);
        // Owners are found by what they own, wherever they live.
        let flat = worker("3410.03.100.004.g01.c01.b01.u1.h0201");
        let input = PeopleSearch { q: PHONE.to_owned(), ..PeopleSearch::default() };
        assert_eq!(search(&flat, &core, input).await.unwrap().page.rows.len(), 1);
    }
}

#[tokio::test]
async fn an_owner_of_two_flats_is_one_head_with_both_areas() {
    for core in cores().await {
        fill(&core).await;
        let mut conn = core.db.read().await.unwrap();
        let owners = owners_under(&mut conn, &area("3410.03.100.004.g01.c01.b01")).await.unwrap();
        assert_eq!(owners.len(), 12);
        assert_eq!((owners[0].person.clone(), owners[0].dwellings, owners[0].area_dm2), (person(0), 2, 15_002));
        assert_eq!((owners[1].person.clone(), owners[1].area_dm2), (person(1), 5_000));
        assert_eq!(owners.iter().map(|owner| owner.area_dm2).sum::<i64>(), 12 * 10_001);
        assert_eq!(people::homes(&mut conn, &person(0)).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn an_export_is_a_workbook_and_an_event() {
    for core in cores().await {
        fill(&core).await;
        let texts = export::Texts {
            sheet: "居民".into(),
            heads: ["姓名", "出生", "手机", "证件", "地址"].map(String::from),
        };
        let bytes = people::export(&worker(COMMUNITY), &core, PeopleSearch::default(), texts).await.unwrap();
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        let (payload,): (String,) =
            sqlx::query_as("SELECT payload FROM events WHERE room = 'people' AND verb = 'export'")
                .fetch_one(&mut *core.db.read().await.unwrap())
                .await
                .unwrap();
        assert_eq!(payload, r#"{"rows":24}"#);
    }
}
