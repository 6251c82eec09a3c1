//! The registry given out whole: what stands in it in clear, and who is told.

use super::imports::{count, counts, good, told};
use super::lists::{cells, checked, entered, number, town};
use super::{COMMUNITY, area, id, person, worker};
use crate::Core;
use crate::people::{NewOwner, Registration, Sealer, export_registry, register};
use crate::testing::cores;
use contract::ids::DwellingId;
use contract::people::{Column, ExportRegistry, SheetKind, UnmaskReason};
use contract::{Error, Issue};

async fn export(core: &Core, by: &str, clear: &str, reason: Option<UnmaskReason>) -> crate::Result<Vec<u8>> {
    let input = ExportRegistry { area: area(COMMUNITY), clear: clear.to_owned(), reason };
    export_registry(&worker(by), core, input).await
}

#[tokio::test]
async fn what_goes_out_comes_back_as_it_was() {
    for core in cores().await {
        town(&core).await;
        let found = checked(&core, "a", good()).await;
        entered(&core, &found.line.id, "").await;
        let looks = "SELECT COUNT(*) FROM events WHERE room = 'people' AND verb = 'unmask'";
        let masked = export(&core, COMMUNITY, "", None).await.unwrap();
        assert_eq!(count(&core, looks).await, 0);
        let missing = export(&core, COMMUNITY, "1", None).await.unwrap_err().public();
        assert_eq!(missing, Error::field("reason", Issue::Required));
        let clear = export(&core, COMMUNITY, "1", Some(UnmaskReason::Errand)).await.unwrap();
        // The fixture's first and the wife have both fields, husband and child a number; nobody else has any.
        assert_eq!(count(&core, looks).await, 2 + 2 + 1 + 1);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM events WHERE verb = 'export'").await, 2);
        for (key, file) in [("masked", masked), ("clear", clear)] {
            let again = checked(&core, key, file).await;
            assert_eq!(told(&core, &again.line.id).await, [], "{key}");
            let [dwellings, residents, owners] = again.line.counts.0;
            assert_eq!(
                (dwellings, residents, owners),
                (counts(0, 0, 26, 0), counts(0, 0, 27, 0), counts(0, 0, 28, 0)),
                "{key}"
            );
        }
    }
}

/// A child of the community whose guardian lives elsewhere; the guardian has a phone and owns a flat here.
async fn family(core: &Core) {
    let sealer = Sealer(&core.keys);
    let far = area("3410.04.100.001.g01.c01.b01.u1.h0101");
    let home = area("3410.03.100.004.g01.c01.b01.u1.h0301");
    let (parents, owner) = (number(1), number(2));
    let parent = sealer.person(person(41), "远亲".into(), "1981-01-02".into(), far.clone(), None, Some(&parents));
    let owns = sealer.person(person(42), "房东".into(), "1982-01-03".into(), far, Some("13955500042"), Some(&owner));
    let child = sealer.person(person(40), "小童".into(), "2015-06-01".into(), home, None, None).under(person(41));
    let share = NewOwner { dwelling: DwellingId::trusted(id(60)), person: person(42), share: (1, 1) };
    let place = area("3410.03.100.004.g01.c01.b01.u1.h9901");
    let flat = crate::people::NewDwelling::flat(share.dwelling.clone(), place, "9901".into(), "9901".into(), 5_000);
    let all = Registration {
        persons: vec![parent, owns, child],
        dwellings: vec![flat],
        owners: vec![share],
        ..Registration::default()
    };
    core.db.write(all, |tx, all| Box::pin(async move { register(tx.conn(), all).await })).await.unwrap();
}

/// The fields of somebody that were looked at.
async fn looks(core: &Core, n: usize) -> Vec<String> {
    let rows: Vec<(String,)> = sqlx::query_as("SELECT payload FROM events WHERE verb = 'unmask' AND subject = $1")
        .bind(person(n))
        .fetch_all(&mut *core.db.read().await.unwrap())
        .await
        .unwrap();
    let field = |(payload,): (String,)| {
        let look: serde_json::Value = serde_json::from_str(&payload).unwrap();
        look["field"].as_str().unwrap().to_owned()
    };
    rows.into_iter().map(field).collect()
}

#[tokio::test]
async fn what_stands_in_clear_is_a_look_and_nothing_else_is() {
    for core in cores().await {
        town(&core).await;
        family(&core).await;
        let guardian = number(1);
        let clear = export(&core, COMMUNITY, "1", Some(UnmaskReason::Errand)).await.unwrap();
        let guardians = cells(&clear, SheetKind::Residents, Column::Guardian);
        assert_eq!(guardians, [contract::check::mask_id_number(&guardian)]);
        assert_eq!(looks(&core, 41).await, Vec::<String>::new(), "masked");
        assert!(cells(&clear, SheetKind::Owners, Column::IdNumber).contains(&number(2)));
        assert_eq!(looks(&core, 42).await, ["id_number"], "no phone stands among the owners");
        assert_eq!(looks(&core, 5).await, Vec::<String>::new(), "the registry has neither");

        // Who answers for the guardian's place as well sees the number, and the guardian hears of it.
        let clear = export(&core, "3410", "1", Some(UnmaskReason::Errand)).await.unwrap();
        assert_eq!(cells(&clear, SheetKind::Residents, Column::Guardian), [guardian]);
        assert_eq!(looks(&core, 41).await, ["id_number"]);
    }
}
