use super::*;
use crate::core::Core;
use crate::testing;

async fn happen(core: &Core, subject: &str) {
    core.db
        .write(subject.to_owned(), |tx, subject| {
            Box::pin(async move {
                let area = AreaId::city();
                let event = Event { room: "test", verb: "happen", area: &area, subject, payload: "x" };
                record(tx, &Caller::anonymous(), event).await.map(|_| ())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn blocks_chain_and_a_changed_event_is_named() {
    for core in testing::cores().await {
        for round in 0..3 {
            for i in 0..5 {
                happen(&core, &format!("{round}-{i}")).await;
            }
            assert_eq!(seal_once(&core).await.unwrap(), 5);
        }
        assert_eq!(seal_once(&core).await.unwrap(), 0);
        assert_eq!(verify(&core).await.unwrap(), Verdict::Whole { blocks: 3, events: 15 });
        tamper(&core, "UPDATE events SET payload = '\"y\"' WHERE subject = '1-2'").await;
        assert_eq!(verify(&core).await.unwrap(), Verdict::Broken { height: 2, why: "an event was changed" });
        tamper(&core, "DELETE FROM events WHERE subject = '0-0'").await;
        assert_eq!(verify(&core).await.unwrap(), Verdict::Broken { height: 1, why: "events were added or removed" });
    }
}

#[tokio::test]
async fn only_the_lease_holder_seals() {
    for core in testing::cores().await {
        happen(&core, "a").await;
        seal_once(&core).await.unwrap();
        happen(&core, "b").await;
        let other = Core { node: "other".to_owned(), ..core.clone() };
        assert_eq!(seal_once(&other).await.unwrap(), 0);
        core.clock.advance(11_000);
        assert_eq!(seal_once(&other).await.unwrap(), 1);
    }
}

async fn tamper(core: &Core, sql: &'static str) {
    core.db
        .write(sql, |tx, sql| {
            Box::pin(async move {
                sqlx::query(*sql).execute(tx.conn()).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
}
