//! Never the same message twice, whoever runs what again.

use super::*;
use crate::testing;
use contract::ids::PersonId;
use std::collections::BTreeMap;

/// Numbers out of the database.
async fn numbers(core: &Core, sql: &'static str) -> Vec<i64> {
    let mut conn = core.db.read().await.unwrap();
    let rows: Vec<(i64,)> = sqlx::query_as(sql).fetch_all(&mut *conn).await.unwrap();
    rows.into_iter().map(|(number,)| number).collect()
}

/// As if every server had died before it noted what it did.
const ALL_JOBS_AGAIN: &str = "UPDATE jobs SET done_at = NULL, dead_at = NULL, lease_until = NULL, run_at = 0";

#[tokio::test]
async fn jobs_that_run_again_tell_nobody_twice() {
    for core in testing::cores().await {
        residents(&core, 1_300).await.unwrap();
        let notice = sent(&core, form(&[Channel::Sms])).await;
        core.db
            .write((), |tx, ()| {
                Box::pin(async move { Ok(sqlx::query(ALL_JOBS_AGAIN).execute(tx.conn()).await.map(drop)?) })
            })
            .await
            .unwrap();
        work_off(&core).await;
        let twice = numbers(&core, "SELECT COUNT(*) FROM notes GROUP BY person HAVING COUNT(*) > 1").await;
        assert!(twice.is_empty(), "{twice:?}");
        assert_eq!(numbers(&core, "SELECT COUNT(*) FROM notes").await, [1_300]);
        assert_eq!(numbers(&core, "SELECT COUNT(*) FROM notices_deliveries").await, [2_600]);
        assert_eq!(count(&core, &notice, Channel::Sms, Delivery::Sent).await, 1_170);
        assert_eq!(numbers(&core, "SELECT MAX(attempts) FROM notices_deliveries").await, [1]);
    }
}

#[tokio::test]
async fn several_workers_share_a_lane_without_a_double() {
    for core in testing::cores().await {
        residents(&core, 400).await.unwrap();
        let notice = draft(&worker(), &core, form(&[Channel::Sms, Channel::Wechat])).await.unwrap();
        send(&worker(), &core, &notice, SendForm::default()).await.unwrap();
        let workers = (0..4).map(|_| work_off(&core));
        futures::future::join_all(workers).await;
        work_off(&core).await;
        let state = detail(&worker(), &core, &notice).await.unwrap();
        assert_eq!(state.notice.state.code(), "sent");
        let mut conn = core.db.read().await.unwrap();
        let notes: Vec<(PersonId,)> = sqlx::query_as("SELECT person FROM notes").fetch_all(&mut *conn).await.unwrap();
        let mut heard = BTreeMap::<PersonId, usize>::new();
        notes.into_iter().for_each(|(person,)| *heard.entry(person).or_default() += 1);
        assert!(heard.len() == 400 && heard.values().all(|times| *times == 1));
    }
}
