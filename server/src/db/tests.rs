use super::*;
use crate::core::Core;
use crate::error::Error;
use crate::testing;
use contract::Refusal;
use sqlx::{AssertSqlSafe, Connection, Executor};

/// A shop's shelf: stock guarded by a conditional UPDATE, as every room does it.
async fn shelf(core: &Core, stock: i64) {
    core.db
        .write(stock, |tx, stock| {
            Box::pin(async move {
                tx.conn()
                    .execute("CREATE TABLE shelf (id BIGINT PRIMARY KEY, stock BIGINT CHECK (stock >= 0))")
                    .await?;
                tx.conn().execute("CREATE TABLE orders (id TEXT PRIMARY KEY)").await?;
                sqlx::query("INSERT INTO shelf VALUES (1, $1)").bind(*stock).execute(tx.conn()).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn buy(core: &Core) -> Result<()> {
    core.db
        .write((), |tx, ()| {
            Box::pin(async move {
                let order = tx.id::<contract::ids::JobId>();
                sqlx::query("INSERT INTO orders VALUES ($1)").bind(&order).execute(tx.conn()).await?;
                let sold = sqlx::query("UPDATE shelf SET stock = stock - 1 WHERE id = 1 AND stock > 0")
                    .execute(tx.conn())
                    .await?;
                if sold.rows_affected() == 0 {
                    return Err(Refusal::Stale.into());
                }
                tx.change("shelf");
                Ok(())
            })
        })
        .await
}

async fn count(core: &Core, sql: &'static str) -> i64 {
    let mut conn = core.db.read().await.unwrap();
    let (n,): (i64,) = sqlx::query_as(sql).fetch_one(&mut *conn).await.unwrap();
    n
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn stock_1_and_200_buyers_give_1_order() {
    for core in testing::cores().await {
        shelf(&core, 1).await;
        let buyers = (0..200).map(|_| {
            let core = core.clone();
            tokio::spawn(async move { buy(&core).await })
        });
        let mut sold = 0;
        for buyer in futures::future::join_all(buyers).await {
            match buyer.unwrap() {
                Ok(()) => sold += 1,
                Err(Error::Public(contract::Error::Refused(Refusal::Stale) | contract::Error::Busy)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(sold, 1, "{:?}", core.db.engine());
        assert_eq!(count(&core, "SELECT COUNT(*) FROM orders").await, 1);
        assert_eq!(count(&core, "SELECT stock FROM shelf").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_fails_or_panics_in_a_group_rolls_back_alone() {
    for core in testing::cores().await {
        shelf(&core, 0).await;
        let writers = (0..60i64).map(|i| {
            let core = core.clone();
            tokio::spawn(async move {
                core.db
                    .write(i, |tx, i| {
                        Box::pin(async move {
                            sqlx::query("INSERT INTO orders VALUES ($1)")
                                .bind(i.to_string())
                                .execute(tx.conn())
                                .await?;
                            assert!(i % 3 != 2, "a defect in one caller's work");
                            if i % 3 == 1 { Err(contract::Error::NotFound.into()) } else { Ok(()) }
                        })
                    })
                    .await
            })
        });
        let results = futures::future::join_all(writers).await;
        let kept = results.iter().filter(|result| matches!(result, Ok(Ok(())))).count();
        assert_eq!(kept, 20);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM orders").await, 20);
        assert_eq!(count(&core, "SELECT COUNT(*) FROM orders WHERE CAST(id AS BIGINT) % 3 = 0").await, 20);
    }
}

#[tokio::test]
async fn changes_are_told_after_the_commit_and_only_then() {
    for core in testing::cores().await {
        shelf(&core, 1).await;
        let mut changes = core.db.watch(["shelf"]);
        buy(&core).await.unwrap();
        assert!(soon(&mut changes).await);
        assert!(buy(&core).await.is_err());
        core.db.close().await;
        assert!(!soon(&mut changes).await, "told of what was not kept, or twice");
    }
}

#[tokio::test]
async fn servers_hear_of_each_others_changes() {
    let Ok(cluster) = std::env::var("TEST_DATABASE_URL") else { return };
    let url = testing::fresh_database(&cluster).await;
    let open = || Db::open(&url, Clock::System, Ids::from_system());
    let (here, there) = (open().await.unwrap(), open().await.unwrap());
    let (mut near, mut far, mut other) = (here.watch(["shelf"]), there.watch(["shelf"]), there.watch(["shop"]));
    let told = here.write((), |tx, ()| {
        Box::pin(async move {
            tx.change("shelf");
            Ok(())
        })
    });
    told.await.unwrap();
    assert!(soon(&mut near).await);
    assert!(soon(&mut far).await);
    assert!(!soon(&mut near).await, "heard its own change twice");
    assert!(!soon(&mut other).await, "heard of another topic");
    for db in [here, there] {
        db.close().await;
    }
}

#[tokio::test]
async fn a_server_that_was_cut_off_looks_again() {
    let Ok(cluster) = std::env::var("TEST_DATABASE_URL") else { return };
    let url = testing::fresh_database(&cluster).await;
    let db = Db::open(&url, Clock::System, Ids::from_system()).await.unwrap();
    let mut changes = db.watch(["shelf"]);
    sqlx::query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND query LIKE 'LISTEN %'",
    )
    .execute(&mut *db.read().await.unwrap())
    .await
    .unwrap();
    assert!(soon(&mut changes).await);
    db.close().await;
}

#[tokio::test]
async fn a_server_that_hears_nothing_of_others_says_so() {
    let Ok(cluster) = std::env::var("TEST_DATABASE_URL") else { return };
    let url = testing::fresh_database(&cluster).await;
    let (_, name) = url.rsplit_once('/').unwrap();
    let db = Db::open(&url, Clock::System, Ids::from_system()).await.unwrap();
    let mut around = sqlx::PgConnection::connect(&cluster).await.unwrap();
    let mut doors = async |open: bool| {
        let text = format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {open}");
        around.execute(AssertSqlSafe(text)).await.unwrap();
    };
    assert!(db.hears_changes());
    let mut reader = db.read().await.unwrap();
    doors(false).await;
    sqlx::query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND query LIKE 'LISTEN %'",
    )
    .execute(&mut *reader)
    .await
    .unwrap();
    assert!(becomes(&db, false).await, "it cannot hear anything now");
    doors(true).await;
    assert!(becomes(&db, true).await, "and hears again by itself");
    drop(reader);
    db.close().await;
}

/// Whether the others' changes are heard, or not heard, within some seconds.
async fn becomes(db: &Db, heard: bool) -> bool {
    for _ in 0..100 {
        if db.hears_changes() == heard {
            return true;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    false
}

/// Whether there is a change within some seconds.
async fn soon(changes: &mut Watch) -> bool {
    tokio::time::timeout(std::time::Duration::from_secs(2), changes.changed()).await.is_ok()
}

#[tokio::test]
async fn a_copy_can_be_put_back_while_serving() {
    let core = testing::sqlite().await;
    let url = core.config.database_url.clone();
    let file = core.config.data.join("copy.db");
    shelf(&core, 2).await;
    buy(&core).await.unwrap();
    copy::save(&url, &file.to_string_lossy()).await.unwrap();
    buy(&core).await.unwrap();
    assert_eq!(count(&core, "SELECT stock FROM shelf").await, 0);
    copy::load(&url, &file.to_string_lossy()).await.unwrap();
    assert_eq!(count(&core, "SELECT stock FROM shelf").await, 1);
    buy(&core).await.unwrap();
    assert_eq!(count(&core, "SELECT COUNT(*) FROM orders").await, 2);
}
