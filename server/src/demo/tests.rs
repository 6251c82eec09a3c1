//! The demo city holds what the demo says, once, whoever interrupts it.

use super::cast::LOGINS;
use super::fill;
use crate::testing::cores;
use crate::{Core, people};
use contract::AreaId;
use contract::area::AreaKind;
use contract::check::{is_id_number, is_mobile};

async fn count(core: &Core, what: &'static str) -> i64 {
    let (n,): (i64,) = sqlx::query_as(what).fetch_one(&mut *core.db.read().await.unwrap()).await.unwrap();
    n
}

const PERSONS: &str = "SELECT COUNT(*) FROM persons";

#[tokio::test]
async fn the_city_has_exactly_the_people_asked_for_and_a_second_call_does_nothing() {
    for core in cores().await {
        fill(&core, 1_500).await.unwrap();
        assert_eq!(count(&core, PERSONS).await, 1_500);
        let homeless =
            "SELECT COUNT(*) FROM persons p WHERE NOT EXISTS (SELECT 1 FROM dwellings d WHERE d.area_id = p.area_id)";
        assert_eq!(count(&core, homeless).await, 0);
        let ownerless =
            "SELECT COUNT(*) FROM dwellings d WHERE NOT EXISTS (SELECT 1 FROM owners o WHERE o.dwelling_id = d.id)";
        assert_eq!(count(&core, ownerless).await, 0);
        fill(&core, 3_000).await.unwrap();
        assert_eq!(count(&core, PERSONS).await, 1_500);
    }
}

#[tokio::test]
async fn what_an_interruption_left_out_is_filled_in() {
    for core in cores().await {
        fill(&core, 2_000).await.unwrap();
        let before = count(&core, PERSONS).await;
        core.db
            .write((), |tx, ()| {
                Box::pin(async move {
                    for cut in [
                        "DELETE FROM owners WHERE person_id IN (SELECT id FROM persons WHERE community = '3410.24.100.001')",
                        "DELETE FROM residents WHERE person_id IN (SELECT id FROM persons WHERE community = '3410.24.100.001')",
                        "DELETE FROM persons WHERE community = '3410.24.100.001'",
                        "DELETE FROM households WHERE dwelling_id IN (SELECT id FROM dwellings WHERE area_id LIKE '3410.24.100.001.%')",
                        "DELETE FROM dwellings WHERE area_id LIKE '3410.24.100.001.%'",
                        "DELETE FROM areas WHERE id LIKE '3410.24.100.001%' OR id = '3410'",
                    ] {
                        sqlx::query(cut).execute(tx.conn()).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        assert!(count(&core, PERSONS).await < before);
        fill(&core, 2_000).await.unwrap();
        assert_eq!(count(&core, PERSONS).await, before);
    }
}

#[tokio::test]
async fn no_two_compounds_of_a_community_are_called_the_same() {
    for core in cores().await {
        // 龙北社区 is so large then that it has made-up compounds beside the named one.
        fill(&core, 6_000).await.unwrap();
        let compounds = "SELECT COUNT(*) FROM areas WHERE id >= '3410.03.100.004.' AND id < '3410.03.100.004/' AND kind = 'compound'";
        assert!(count(&core, compounds).await > 1);
        let twins = "SELECT COUNT(*) FROM areas a JOIN areas b ON a.name = b.name AND a.id < b.id \
             AND substr(a.id, 1, 15) = substr(b.id, 1, 15) WHERE a.kind = 'compound' AND b.kind = 'compound'";
        assert_eq!(count(&core, twins).await, 0);
    }
}

#[tokio::test]
async fn two_fillings_are_the_same_city() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let core = crate::testing::sqlite().await;
        fill(&core, 800).await.unwrap();
        let rows: Vec<(String, String, String)> = sqlx::query_as("SELECT id, name, born FROM persons ORDER BY id")
            .fetch_all(&mut *core.db.read().await.unwrap())
            .await
            .unwrap();
        seen.push(rows);
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn identity_numbers_and_phones_are_valid() {
    let core = crate::testing::sqlite().await;
    fill(&core, 1_000).await.unwrap();
    let rows: Vec<(Option<String>, String, String)> =
        sqlx::query_as("SELECT phone, id_number, born FROM persons WHERE id_number IS NOT NULL")
            .fetch_all(&mut *core.db.read().await.unwrap())
            .await
            .unwrap();
    for (phone, id_number, born) in rows {
        let number = core.keys.open("people.id_number", &id_number).unwrap();
        assert!(is_id_number(&number), "{number}");
        assert_eq!(number[6..14], born.replace('-', ""));
        if let Some(sealed) = phone {
            assert!(is_mobile(&core.keys.open("people.phone", &sealed).unwrap()));
        }
    }
}

#[tokio::test]
async fn the_cast_is_at_home_in_longbei() {
    for core in cores().await {
        fill(&core, 400).await.unwrap();
        let mut conn = core.db.read().await.unwrap();
        for login in LOGINS {
            let index = people::phone_index(&core.keys, login.phone);
            let person = people::by_phone_index(&mut conn, &index).await.unwrap().remove(0);
            assert_eq!(person.name, login.name);
            let trail = people::trail_names(&mut conn, &person.area).await.unwrap();
            let names: Vec<&str> = trail.iter().map(|area| area.name.as_str()).collect();
            assert_eq!(names[..6], ["黄山市", "黄山区", "甘棠镇", "龙北社区", "第1网格", "龙北小区"]);
        }
        let two = people::phone_index(&core.keys, LOGINS[1].phone);
        let owner = people::by_phone_index(&mut conn, &two).await.unwrap().remove(0);
        let homes = people::homes(&mut conn, &owner.id).await.unwrap();
        assert_eq!(homes.iter().map(|home| home.area_dm2).collect::<Vec<_>>(), [9_850, 11_624]);
        let compound = owner.area.up_to(AreaKind::Compound).unwrap();
        let owners = people::owners_under(&mut conn, &compound).await.unwrap();
        let head = owners.iter().find(|head| head.person == owner.id).unwrap();
        assert_eq!((head.dwellings, head.area_dm2), (2, 21_474));
        let (total,): (i64,) =
            sqlx::query_as("SELECT CAST(SUM(area_dm2) AS BIGINT) FROM dwellings WHERE area_id >= $1 AND area_id < $2")
                .bind(&compound)
                .bind(compound.end())
                .fetch_one(&mut *conn)
                .await
                .unwrap();
        assert_eq!(owners.iter().map(|owner| owner.area_dm2).sum::<i64>(), total);
        assert_eq!(people::area(&mut conn, &AreaId::city()).await.unwrap().unwrap().name, "黄山市");
    }
}
