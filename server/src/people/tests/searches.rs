//! Finding people, and only those of one's areas.

use super::{COMMUNITY, ID_NUMBER, PHONE, area, fill, person, worker};
use crate::people::{
    NewDwelling, NewOwner, Registration, Sealer, export, holdings_under, owners_under, register, search,
};
use crate::testing::cores;
use crate::{Core, people};
use calamine::{Reader, Xlsx};
use contract::ids::DwellingId;
use contract::people::{DwellingKind, PeopleSearch, PersonRow};
use contract::{Error, PageRequest};
use std::io::Cursor;

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
        assert_eq!(row.id_number.as_deref(), Some("1****************X"));
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

/// Flat 0 is shared by a child and a parent, the shop below it is the developer's, a parking place is sold
/// and not handed over.
#[tokio::test]
async fn holdings_say_how_each_share_counts() {
    for core in cores().await {
        fill(&core).await;
        let (developer, child) = (person(30), person(31));
        let unit = area("3410.03.100.004.g01.c01.b01.u1");
        let sealer = Sealer(&core.keys);
        let compound = area("3410.03.100.004.g01.c01");
        let company = sealer.organisation(developer.clone(), "徽州置业".into(), compound, Some("91350100M000100Y43"));
        let minor = sealer.person(child.clone(), "汪小".into(), "2015-06-01".into(), unit.clone(), None, None);
        let built = |n: usize, code: &str, kind, delivered| NewDwelling {
            kind,
            delivered,
            developer: Some(developer.clone()),
            ..NewDwelling::flat(DwellingId::trusted(super::id(n)), unit.child(code), code.into(), code.into(), 2_000)
        };
        let owner = |n: usize, person, share| NewOwner { dwelling: DwellingId::trusted(super::id(n)), person, share };
        let all = Registration {
            persons: vec![company, minor.under(person(0))],
            dwellings: vec![
                built(40, "h9901", DwellingKind::Shop, true),
                built(41, "h9902", DwellingKind::Parking, false),
            ],
            owners: vec![
                owner(40, developer.clone(), (1, 1)),
                owner(41, child.clone(), (1, 2)),
                owner(41, person(0), (1, 2)),
            ],
            ..Registration::default()
        };
        core.db.write(all, |tx, all| Box::pin(async move { register(tx.conn(), all).await })).await.unwrap();
        let mut conn = core.db.read().await.unwrap();
        let held = holdings_under(&mut conn, &unit).await.unwrap();
        assert_eq!(held.len(), 13 + 3);
        assert!(held.is_sorted_by_key(|holding| holding.area.clone()));
        let flat = &held[0];
        assert_eq!(
            (flat.kind, flat.is_developer, flat.delivered, flat.guardian.clone()),
            (DwellingKind::Home, false, true, None)
        );
        let [shop, parent, minor] = &held[13..] else { panic!("{held:?}") };
        assert_eq!(
            (shop.kind, shop.is_developer, shop.delivered, shop.born.as_str()),
            (DwellingKind::Shop, true, true, "")
        );
        assert_eq!(
            (parent.is_developer, parent.delivered, parent.developer.as_ref().map(|builder| &builder.id)),
            (false, false, Some(&developer))
        );
        assert_eq!(
            (&minor.person, minor.guardian.as_ref(), minor.born.as_str()),
            (&child, Some(&person(0)), "2015-06-01")
        );
        assert_eq!((minor.share.num, minor.share.den, minor.kind), (1, 2, DwellingKind::Parking));
    }
}

#[tokio::test]
async fn an_export_is_a_workbook_and_an_event() {
    for core in cores().await {
        fill(&core).await;
        let texts = export::Texts {
            sheet: "居民".into(),
            heads: ["姓名", "出生", "手机", "证件", "地址"].map(String::from),
            more: String::new(),
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

#[tokio::test]
async fn an_export_that_is_cut_says_so_in_its_last_row() {
    for core in cores().await {
        fill(&core).await;
        let texts = || export::Texts {
            sheet: "居民".into(),
            heads: ["姓名", "出生", "手机", "证件", "地址"].map(String::from),
            more: "还有".into(),
        };
        let last = |file: Vec<u8>| {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
            let sheet = book.worksheet_range_at(0).unwrap().unwrap();
            (sheet.rows().count(), sheet.rows().next_back().unwrap()[0].to_string())
        };
        let whole = people::export(&worker(COMMUNITY), &core, PeopleSearch::default(), texts()).await.unwrap();
        assert_eq!(last(whole).0, 1 + 24);
        let home = area("3410.03.100.004.g01.c01.b02.u1.h9901");
        let one = |n: usize| {
            let born = "1970-01-01".to_owned();
            Sealer(&core.keys).person(person(100 + n), "程人".into(), born, home.clone(), None, None)
        };
        let all = Registration { persons: (0..people::MOST).map(one).collect(), ..Registration::default() };
        core.db.write(all, |tx, all| Box::pin(async move { register(tx.conn(), all).await })).await.unwrap();
        let cut = people::export(&worker(COMMUNITY), &core, PeopleSearch::default(), texts()).await.unwrap();
        assert_eq!(last(cut), (1 + people::MOST + 1, "还有".to_owned()));
    }
}
