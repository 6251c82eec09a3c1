//! Entering what was checked while the registry moves on, and lists that never come to their end.

use super::imports::{count, counts, good, told};
use super::lists::{book, checked, entered, number, start, town};
use super::{COMMUNITY, ID_NUMBER, id, name, person, worker};
use crate::Core;
use crate::jobs::{Handlers, work_off};
use crate::people::import::step;
use crate::people::{drop_import, import, import_under_way};
use crate::testing::cores;
use contract::ids::ImportId;
use contract::people::{Column, ImportState, SheetKind};
use contract::{Error, Issue, Refusal};

use Column::*;
use SheetKind::*;

async fn drop(core: &Core, id: &ImportId) -> Result<(), Error> {
    drop_import(&worker(COMMUNITY), core, id).await.map_err(|error| error.public())
}

#[tokio::test]
async fn one_person_under_two_names_of_theirs_is_told_before_anything_is_entered() {
    for core in cores().await {
        town(&core).await;
        let (me, masked) = (id(0), contract::check::mask_id_number(ID_NUMBER));
        let list = book(&[
            (Residents, vec![(Name, "汪一"), (Number, &me), (IdNumber, &masked), (Door, "101")]),
            (Residents, vec![(Name, "汪一"), (IdNumber, ID_NUMBER), (Phone, "13955500009"), (Door, "201")]),
            (Owners, vec![(Door, "101"), (Name, "汪一"), (Number, &me), (IdNumber, &masked), (Share, "1/2")]),
            (Owners, vec![(Door, "101"), (Name, "汪一"), (IdNumber, ID_NUMBER), (Share, "1/2")]),
        ]);
        let found = checked(&core, "a", list).await;
        let faults = told(&core, &found.line.id).await;
        let faults: Vec<_> =
            faults.into_iter().map(|f| (f.sheet.unwrap(), f.row, f.column.unwrap(), f.issue, f.other_row)).collect();
        assert_eq!(
            faults,
            [
                (Residents, 3, IdNumber, Issue::Taken, Some(2)),
                (Owners, 2, Share, Issue::Sum, None),
                (Owners, 3, IdNumber, Issue::Taken, Some(2)),
            ]
        );
    }
}

#[tokio::test]
async fn a_row_that_stopped_fitting_is_counted_and_named() {
    for core in cores().await {
        town(&core).await;
        let (known, new) = (id(2), number(7));
        let two = name(2);
        let list = book(&[
            (Residents, vec![(Name, &two), (Number, &known), (Phone, "13955500002"), (Door, "401")]),
            (Residents, vec![(Name, &two), (IdNumber, &new), (Phone, "13955500003"), (Door, "501")]),
        ]);
        core.clock.advance(1_000);
        let found = checked(&core, "a", list).await;
        assert_eq!(found.line.counts.0[1], counts(1, 1, 0, 0));
        // Meanwhile the desk learns the number of whom the first row is about: both rows are about one person.
        let input =
            (person(2), core.keys.seal(super::super::ID_NUMBER, &new), core.keys.blind(super::super::ID_NUMBER, &new));
        core.db
            .write(input, |tx, (person, sealed, index)| {
                Box::pin(async move {
                    sqlx::query("UPDATE persons SET id_number = $2, id_index = $3 WHERE id = $1")
                        .bind(&*person)
                        .bind(&*sealed)
                        .bind(&*index)
                        .execute(tx.conn())
                        .await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        let done = entered(&core, &found.line.id, "").await;
        assert_eq!((done.line.state, done.line.counts.0[1]), (ImportState::Done, counts(0, 1, 0, 1)));
        let faults = told(&core, &found.line.id).await;
        assert_eq!((faults.len(), faults[0].row, faults[0].issue.clone()), (1, 3, Issue::Taken));
        assert_eq!(count(&core, "SELECT COUNT(*) FROM persons_past").await, 1);
        let log = "SELECT COUNT(*) FROM events WHERE verb = 'imported' AND payload LIKE '%\"refused\":1%'";
        assert_eq!(count(&core, log).await, 1);
    }
}

#[tokio::test]
async fn a_list_whose_work_was_given_up_can_be_ended_and_what_is_in_stays() {
    for core in cores().await {
        town(&core).await;
        let found = checked(&core, "a", good()).await;
        let list = found.line.id;
        let under_way = |core: Core| async move {
            let mut conn = core.db.read().await.unwrap();
            import_under_way(&mut conn, &super::area("3410.03.100.004.g01.c01.b02")).await.unwrap()
        };
        assert!(!under_way(core.clone()).await);
        start(&core, &list, "").await.unwrap();
        assert!(under_way(core.clone()).await, "the community around the building");
        assert!(step(&core, &list).await.unwrap());
        assert_eq!(drop(&core, &list).await, Err(Error::Refused(Refusal::WrongState)), "it is at work");
        core.db
            .write((), |tx, ()| {
                Box::pin(async move {
                    sqlx::query("UPDATE jobs SET dead_at = 1 WHERE kind = 'people.import.apply'")
                        .execute(tx.conn())
                        .await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        assert!(import(&worker(COMMUNITY), &core, &list).await.unwrap().stuck);
        drop(&core, &list).await.unwrap();
        let ended = import(&worker(COMMUNITY), &core, &list).await.unwrap();
        assert_eq!((ended.line.state, ended.stuck, ended.progress.done), (ImportState::Dropped, false, 2));
        assert!(!under_way(core.clone()).await);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM people_import_rows").await, 0);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM dwellings").await, 26, "the flat and the shop are in");
        assert_eq!(count(&core, "SELECT COUNT(*) FROM persons").await, 25, "the shop's developer, and nobody else");
        assert!(!step(&core, &list).await.unwrap());
    }
}

#[tokio::test]
async fn what_nobody_decides_is_dropped() {
    for core in cores().await {
        town(&core).await;
        let found = checked(&core, "a", good()).await;
        assert_eq!(found.until - found.line.at, 14 * 86_400_000);
        core.clock.advance(14 * 86_400_000 - 1_000);
        work_off(&core, &Handlers::all()).await.unwrap();
        let state = |core: Core, list: ImportId| async move {
            import(&worker(COMMUNITY), &core, &list).await.unwrap().line.state
        };
        assert_eq!(state(core.clone(), found.line.id.clone()).await, ImportState::Checked);
        core.clock.advance(1_000);
        work_off(&core, &Handlers::all()).await.unwrap();
        assert_eq!(state(core.clone(), found.line.id.clone()).await, ImportState::Dropped);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM people_import_rows").await, 0);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM events WHERE verb = 'import_dropped'").await, 1);
    }
}
