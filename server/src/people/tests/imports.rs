//! Lists taken into the registry: what is found in them, what is entered, and that nothing else is.

use super::lists::{book, checked, entered, number, send, start, town};
use super::{COMMUNITY, ID_NUMBER, PHONE, area, person, worker};
use crate::Core;
use crate::jobs::{Handlers, work_off, work_once};
use crate::people::import::step;
use crate::people::{drop_import, faults, holdings_under, import, own_record, search, send_import};
use crate::testing::cores;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use contract::ids::{ImportId, PersonId};
use contract::people::{Column, ImportState, PeopleSearch, RowFault, SendImport, SheetCounts, SheetKind};
use contract::{Error, Issue, PageRequest, Refusal};

/// A company's credit code.
const CODE: &str = "91350100M000100Y43";

pub(super) async fn told(core: &Core, id: &ImportId) -> Vec<RowFault> {
    faults(&worker(COMMUNITY), core, id, PageRequest { after: None, size: Some(200) }).await.unwrap().rows
}

pub(super) async fn count(core: &Core, what: &'static str) -> i64 {
    let (n,): (i64,) = sqlx::query_as(what).fetch_one(&mut *core.db.read().await.unwrap()).await.unwrap();
    n
}

pub(super) fn counts(new: i64, changed: i64, unchanged: i64, refused: i64) -> SheetCounts {
    SheetCounts { new, changed, unchanged, refused, ended: 0 }
}

/// A new flat with a couple, their child and both as owners; a shop that the developer has not sold.
pub(super) fn good() -> Vec<u8> {
    use Column::*;
    use SheetKind::*;
    let (wife, husband, child) = (number(1), number(2), number(3));
    let (wife, husband, child) = (wife.as_str(), husband.as_str(), child.as_str());
    let flat = (Door, "1301");
    book(&[
        (Dwellings, vec![flat, (Area, "98.5")]),
        (Dwellings, vec![(Door, "101"), (Area, "100.01")]),
        (Dwellings, vec![(Door, "S1"), (Area, "45"), (Use, "商铺"), (Developer, "徽州置业"), (DeveloperCode, CODE)]),
        (Residents, vec![(Name, "程一"), (IdNumber, wife), (Phone, "13955500001"), flat]),
        (Residents, vec![(Name, "程小"), (IdNumber, child), flat, (Guardian, husband)]),
        (Residents, vec![(Name, "胡二"), (IdNumber, husband), flat]),
        (Owners, vec![flat, (Name, "程一"), (IdNumber, wife), (Share, "1/2")]),
        (Owners, vec![flat, (Name, "胡二"), (IdNumber, husband), (Share, "50%")]),
        (Owners, vec![(Door, "S1"), (Name, "徽州置业"), (IdNumber, CODE), (Share, "1")]),
    ])
}

#[tokio::test]
async fn a_good_list_is_counted_entered_and_then_nothing_new() {
    for core in cores().await {
        town(&core).await;
        let found = checked(&core, "a", good()).await;
        assert_eq!(found.line.state, ImportState::Checked);
        assert_eq!(told(&core, &found.line.id).await, []);
        assert_eq!(found.line.counts.0, [counts(2, 0, 1, 0), counts(3, 0, 0, 0), counts(3, 0, 0, 0)]);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM persons").await, 24, "nothing is entered yet");

        let done = entered(&core, &found.line.id, "").await;
        assert_eq!((done.line.state, done.progress.done), (ImportState::Done, done.progress.rows));
        assert_eq!(told(&core, &found.line.id).await, []);
        // The couple, the child, the company.
        assert_eq!(count(&core, "SELECT COUNT(*) FROM persons").await, 28);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM people_import_rows").await, 0);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM people_import_parts").await, 0);
        let mut conn = core.db.read().await.unwrap();
        let unit = area("3410.03.100.004.g01.c01.b01.u1");
        let held = holdings_under(&mut conn, &unit).await.unwrap();
        let flat: Vec<_> = held.iter().filter(|h| h.address == "龙北小区1幢1单元1301").collect();
        assert_eq!(flat.iter().map(|h| (h.share.num, h.share.den)).collect::<Vec<_>>(), [(1, 2), (1, 2)]);
        let shop = held.iter().find(|h| h.address.ends_with("S1")).unwrap();
        assert!(shop.is_developer && shop.area_dm2 == 4_500);
        drop(conn);
        let wards = "SELECT COUNT(*) FROM persons c JOIN persons g ON g.id = c.guardian WHERE c.name = '程小' AND g.name = '胡二'";
        assert_eq!(count(&core, wards).await, 1);
        let household = "SELECT COUNT(*) FROM residents r JOIN households h ON h.id = r.household_id \
             JOIN dwellings d ON d.id = h.dwelling_id WHERE d.label = '1301'";
        assert_eq!(count(&core, household).await, 3);

        let again = checked(&core, "b", good()).await;
        assert_eq!(again.line.counts.0, [counts(0, 0, 3, 0), counts(0, 0, 3, 0), counts(0, 0, 3, 0)]);
        entered(&core, &again.line.id, "").await;
        assert_eq!(count(&core, "SELECT COUNT(*) FROM persons").await, 28);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM owners_past").await, 0);
    }
}

#[tokio::test]
async fn every_wrong_row_is_named_and_none_is_entered() {
    use Column::*;
    use SheetKind::*;
    for core in cores().await {
        town(&core).await;
        let (a, b) = (number(1), number(2));
        let wrong = book(&[
            (Dwellings, vec![(Door, "1401"), (Area, "98.5")]),
            (Dwellings, vec![(Door, "1401"), (Area, "98.5")]),
            (Dwellings, vec![(Door, "1402"), (Area, "0")]),
            (Dwellings, vec![(Door, "1403"), (Area, "98.5"), (Building, "9幢")]),
            (Residents, vec![(Name, "程一"), (IdNumber, &a), (Door, "1401")]),
            (Residents, vec![(Name, "程二"), (IdNumber, &a), (Door, "1401")]),
            (Residents, vec![(Name, "胡三"), (IdNumber, "110105194912310021"), (Door, "1401")]),
            (Residents, vec![(Name, "别名"), (IdNumber, ID_NUMBER), (Door, "101")]),
            (Residents, vec![(Name, "胡四"), (IdNumber, &b), (Door, "9999"), (Phone, "123")]),
            (Residents, vec![(Name, "胡五"), (IdNumber, &b), (Door, "9999")]),
            (Owners, vec![(Door, "1401"), (Name, "程一"), (IdNumber, &a), (Share, "1/2")]),
            (Owners, vec![(Door, "101"), (Name, "程九"), (IdNumber, &a), (Share, "1")]),
        ]);
        let found = checked(&core, "a", wrong).await;
        let faults = told(&core, &found.line.id).await;
        let told: Vec<_> =
            faults.iter().map(|f| (f.sheet.unwrap(), f.row, f.column.unwrap(), f.issue.clone(), f.other_row)).collect();
        assert_eq!(
            told,
            [
                (Dwellings, 3, Door, Issue::Taken, Some(2)),
                (Dwellings, 4, Area, Issue::TooSmall(0), None),
                (Dwellings, 5, Building, Issue::Unknown, None),
                (Residents, 3, IdNumber, Issue::Taken, Some(2)),
                (Residents, 4, IdNumber, Issue::CheckDigit, None),
                (Residents, 5, Name, Issue::Mismatch, None),
                (Residents, 6, Phone, Issue::Format, None),
                (Residents, 7, Door, Issue::Unknown, None),
                (Owners, 2, Share, Issue::Sum, None),
                (Owners, 3, Name, Issue::Mismatch, None),
            ]
        );
        assert_eq!(found.line.counts.total(|c| c.refused), 10);
        let refused = start(&core, &found.line.id, "").await.unwrap_err().public();
        assert_eq!(refused, Error::Refused(Refusal::RowsRefused));
        work_off(&core, &Handlers::all()).await.unwrap();
        assert_eq!(count(&core, "SELECT COUNT(*) FROM persons").await, 24);

        // Left out on the worker's word, the rest is entered: a flat and its resident.
        let done = entered(&core, &found.line.id, "1").await;
        assert!(done.partial && done.line.state == ImportState::Done);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM persons").await, 25);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM dwellings").await, 25);
        let again = start(&core, &found.line.id, "1").await.unwrap_err().public();
        assert_eq!(again, Error::Refused(Refusal::WrongState));
    }
}

#[tokio::test]
async fn a_changed_row_keeps_history_and_is_seen_by_its_person() {
    use Column::*;
    use SheetKind::*;
    for core in cores().await {
        town(&core).await;
        core.clock.advance(1_000);
        // Person 0 moves to 201, has another phone, and sells flat 101 to somebody unknown.
        let buyer = number(5);
        let list = book(&[
            (Dwellings, vec![(Door, "101"), (Area, "101")]),
            (Residents, vec![(Name, "汪一"), (IdNumber, ID_NUMBER), (Phone, "13955500009"), (Door, "201")]),
            (Owners, vec![(Door, "101"), (Name, "买家"), (IdNumber, &buyer), (Share, "1")]),
        ]);
        let found = checked(&core, "a", list).await;
        let owners = SheetCounts { ended: 1, ..counts(1, 0, 0, 0) };
        assert_eq!(found.line.counts.0, [counts(0, 1, 0, 0), counts(0, 1, 0, 0), owners]);
        entered(&core, &found.line.id, "").await;
        assert_eq!(count(&core, "SELECT COUNT(*) FROM dwellings_past WHERE area_dm2 = 10001").await, 1);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM owners_past WHERE share_den = 1").await, 1);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM persons_past").await, 1);
        let me = crate::identity::Caller {
            account: Some(contract::ids::AccountId::trusted("owner")),
            person: Some(person(0)),
            ..Default::default()
        };
        let record = own_record(&me, &core).await.unwrap();
        assert_eq!(record.person.address, "龙北小区1幢1单元201");
        assert_eq!(record.person.phone.as_deref(), Some("139****0009"));
        assert_eq!(record.household.len(), 1, "lives with who lives there");
        assert_eq!(record.homes.len(), 1);
        let changed = "SELECT COUNT(*) FROM events WHERE room = 'people' AND verb = 'changed' \
             AND payload LIKE '{\"fields\":[\"phone\",\"address\"]%'";
        assert_eq!(count(&core, changed).await, 1);
    }
}

#[tokio::test]
async fn a_check_and_an_entering_cut_short_go_on_and_double_nothing() {
    use Column::*;
    use SheetKind::*;
    for core in cores().await {
        town(&core).await;
        let numbers: Vec<String> = (100..999).map(number).collect();
        let doors: Vec<String> = (0..1_200).map(|n| format!("{}", 20_000 + n)).collect();
        let mut rows: Vec<(SheetKind, Vec<(Column, &str)>)> = Vec::new();
        rows.extend(doors.iter().map(|door| (Dwellings, vec![(Door, door.as_str()), (Area, "50")])));
        let people = numbers.iter().zip(&doors);
        rows.extend(people.map(|(id, door)| (Residents, vec![(Name, "程人"), (IdNumber, id.as_str()), (Door, door)])));
        let id = send(&core, "a", book(&rows)).await;
        // A check whose worker died halfway: its rows are there, its lease has run out.
        core.db
            .write(id.clone(), |tx, id| {
                Box::pin(async move {
                    use crate::people::store::imports as store;
                    let attempt = store::begin_check(tx.conn(), id).await?.unwrap();
                    let row = store::Staged { sheet: 0, place: "x".into(), line: 2, sealed: "half".into() };
                    crate::db::rows::insert(tx.conn(), &[store::NewStaged(id, &row)]).await?;
                    assert!(store::checked(tx.conn(), id, attempt, 1).await?);
                    Ok(())
                })
            })
            .await
            .unwrap();
        assert!(work_once(&core, &Handlers::all()).await.unwrap());
        let found = import(&worker(COMMUNITY), &core, &id).await.unwrap();
        assert_eq!(found.line.counts.0[..2], [counts(1_200, 0, 0, 0), counts(899, 0, 0, 0)]);

        // The first part is entered, then the server is killed.
        start(&core, &id, "").await.unwrap();
        assert!(step(&core, &id).await.unwrap());
        let half = count(&core, "SELECT COUNT(*) FROM dwellings").await;
        assert!(half > 24 && half < 24 + 1_200, "{half}");
        // Two workers at once: both think that it is theirs.
        let other = async { while step(&core, &id).await.unwrap() {} };
        let handlers = Handlers::all();
        let (worked, ()) = tokio::join!(work_off(&core, &handlers), other);
        worked.unwrap();
        let done = import(&worker(COMMUNITY), &core, &id).await.unwrap();
        assert_eq!((done.line.state, done.progress.done), (ImportState::Done, 2_099));
        assert_eq!(count(&core, "SELECT COUNT(*) FROM dwellings").await, 24 + 1_200);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM persons").await, 24 + 899);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM residents").await, 24 + 899);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM events WHERE verb = 'imported'").await, 1);
    }
}

#[tokio::test]
async fn only_who_may_sends_and_the_same_form_twice_is_one_import() {
    for core in cores().await {
        town(&core).await;
        let try_it = |at: &'static str, to: &'static str, key: &'static str, file: Vec<u8>| {
            let core = core.clone();
            async move {
                let input = SendImport { area: area(to), key: key.to_owned() };
                send_import(&worker(at), &core, input, file.into()).await.map_err(|error| error.public())
            }
        };
        assert_eq!(try_it("3410.02", COMMUNITY, "k", good()).await, Err(Error::Forbidden));
        assert_eq!(try_it("3410", "3410.03", "k", good()).await, Err(Error::field("area", Issue::Unknown)));
        let nothing = try_it(COMMUNITY, COMMUNITY, "k", Vec::new()).await;
        assert_eq!(nothing, Err(Error::field("file", Issue::FileKind)));
        let one = try_it(COMMUNITY, COMMUNITY, "k", good()).await.unwrap();
        assert_eq!(try_it(COMMUNITY, COMMUNITY, "k", good()).await, Ok(one.clone()));
        let other = try_it(COMMUNITY, COMMUNITY, "k", book(&[])).await;
        assert_eq!(other, Err(Error::Refused(Refusal::KeyReused)));
        let elsewhere = import(&worker("3410.02"), &core, &one).await.unwrap_err().public();
        assert_eq!(elsewhere, Error::NotFound);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM people_imports").await, 1);
        // The file is kept sealed: neither as it came nor as the text that is sealed.
        let (kept,): (String,) = sqlx::query_as("SELECT sealed FROM people_import_parts WHERE part = 0")
            .fetch_one(&mut *core.db.read().await.unwrap())
            .await
            .unwrap();
        let file = good();
        assert!(kept.len() > file.len() && !kept.contains(&BASE64_STANDARD.encode(&file[..48])), "{kept}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_says_so_and_what_is_dropped_is_gone() {
    for core in cores().await {
        town(&core).await;
        let broken = checked(&core, "a", b"PK\x03\x04 no workbook".to_vec()).await;
        assert_eq!(broken.line.state, ImportState::Unreadable);
        assert_eq!(broken.unreadable.map(|fault| fault.issue), Some(Issue::FileKind));
        let found = checked(&core, "b", good()).await;
        drop_import(&worker(COMMUNITY), &core, &found.line.id).await.unwrap();
        assert_eq!(count(&core, "SELECT COUNT(*) FROM people_import_rows").await, 0);
        let refused = start(&core, &found.line.id, "").await.unwrap_err().public();
        assert_eq!(refused, Error::Refused(Refusal::WrongState));
    }
}

#[tokio::test]
async fn nobody_of_another_community_is_changed_by_a_list() {
    use Column::*;
    use SheetKind::*;
    for core in cores().await {
        town(&core).await;
        let elsewhere: PersonId = person(40);
        let far = crate::people::Sealer(&core.keys).person(
            elsewhere.clone(),
            "远方".into(),
            "1981-01-02".into(),
            area("3410.04.100.001.g01.c01.b01.u1.h0101"),
            Some(PHONE),
            Some(&number(1)),
        );
        let all = crate::people::Registration { persons: vec![far], ..Default::default() };
        core.db
            .write(all, |tx, all| Box::pin(async move { crate::people::register(tx.conn(), all).await }))
            .await
            .unwrap();
        let id = number(1);
        let row = vec![(Name, "远方"), (IdNumber, id.as_str()), (Phone, "13900000000"), (Door, "101")];
        let found = checked(&core, "a", book(&[(Residents, row)])).await;
        let faults = told(&core, &found.line.id).await;
        assert_eq!((faults.len(), faults[0].issue.clone()), (1, Issue::Taken));
        // To own here is another matter.
        let owner = vec![(Door, "101"), (Name, "远方"), (IdNumber, id.as_str()), (Share, "1")];
        let found = checked(&core, "b", book(&[(Owners, owner)])).await;
        entered(&core, &found.line.id, "").await;
        let input = PeopleSearch { q: id.clone(), ..PeopleSearch::default() };
        let rows = search(&worker(COMMUNITY), &core, input).await.unwrap().page.rows;
        assert_eq!((rows.len(), rows[0].phone.as_deref()), (1, Some("138****0001")));
    }
}
