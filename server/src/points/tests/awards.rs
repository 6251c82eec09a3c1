use super::audit::audit;
use super::*;
use crate::events::{self, Event};
use crate::inbox;

const ROLL: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// Records an event of the resident [`ROLL`] and seals it.
async fn happen(core: &Core, room: &'static str, verb: &'static str) {
    let recorded = core.db.write((room, verb), |tx, (room, verb)| {
        Box::pin(async move {
            let area: AreaId = "3410.03.001.004.g01.c01".parse().unwrap();
            let event = Event { room, verb, area: &area, subject: "s", payload: "" };
            events::record(tx, &resident(ROLL), event).await
        })
    });
    recorded.await.unwrap();
    events::seal_once(core).await.unwrap();
}

async fn rule(core: &Core, sql: &'static str) {
    let done = core
        .db
        .write(sql, |tx, sql| Box::pin(async move { Ok(sqlx::query(*sql).execute(tx.conn()).await.map(|_| ())?) }));
    done.await.unwrap();
}

#[tokio::test]
async fn taking_part_in_a_vote_earns_once_and_tells_the_resident() {
    for core in testing::cores().await {
        happen(&core, "voting", "cast").await;
        happen(&core, "voting", "announce").await;
        events::follow(&core, FOLLOWER).await.unwrap();
        rule(&core, "DELETE FROM cursors").await;
        events::follow(&core, FOLLOWER).await.unwrap();
        let statement = statement(&resident(ROLL), &core, PageRequest::default()).await.unwrap();
        assert_eq!(statement.balance.to_string(), "5.00");
        let [line] = statement.lines.rows.as_slice() else { panic!("{statement:?}") };
        assert_eq!((line.reason.as_str(), line.rule_version, line.reversed), ("voting_cast", Some(1), false));
        assert!(line.event.is_some());
        assert_eq!(statement.months.len(), MONTHS);
        assert_eq!(statement.months.last().map(|month| month.earned.to_string()), Some("5.00".to_owned()));
        assert_eq!(statement.rules.len(), 1);
        let inbox = inbox::list(&resident(ROLL), &core, PageRequest::default()).await.unwrap();
        let [note] = inbox.notes.rows.as_slice() else { panic!("{inbox:?}") };
        assert_eq!((note.kind.as_str(), note.params["amount"].as_str()), ("points.note.voting_cast", "5.00"));
        assert_eq!(audit(&core).await, 1);
        let pools = audit::count(
            &core,
            "SELECT COUNT(*) FROM points_postings WHERE account = 'pool:3410.03.001.004' AND amount = -500",
        );
        assert_eq!(pools.await, 1, "awards come from the pool of the community");
    }
}

#[tokio::test]
async fn acts_are_judged_by_the_rule_of_their_day_up_to_its_cap() {
    for core in testing::cores().await {
        happen(&core, "sorting", "sort").await;
        // 2026-08-29 is the day of START; the rule holds from the next day on.
        rule(
            &core,
            "INSERT INTO points_rules (id, room, verb, version, amount, daily_cap, effective_from) \
             VALUES ('sorting.sort.1', 'sorting', 'sort', 1, 200, 500, 1788019200000)",
        )
        .await;
        core.clock.advance(24 * 3_600_000);
        for _ in 0..4 {
            happen(&core, "sorting", "sort").await;
        }
        core.clock.advance(24 * 3_600_000);
        happen(&core, "sorting", "sort").await;
        events::follow(&core, FOLLOWER).await.unwrap();
        let lines = statement(&resident(ROLL), &core, PageRequest::default()).await.unwrap().lines.rows;
        let amounts: Vec<i64> = lines.iter().rev().map(|line| line.amount.hundredths()).collect();
        assert_eq!(amounts, [200, 200, 100, 200]);
    }
}

#[tokio::test]
async fn what_nobody_in_particular_did_earns_nothing_and_holds_up_nothing() {
    for core in testing::cores().await {
        let recorded = core.db.write((), |tx, ()| {
            Box::pin(async move {
                let city = AreaId::city();
                let event = Event { room: "voting", verb: "cast", area: &city, subject: "s", payload: "" };
                events::record_as(tx, "system", event).await
            })
        });
        recorded.await.unwrap();
        happen(&core, "voting", "cast").await;
        events::follow(&core, FOLLOWER).await.unwrap();
        assert_eq!(audit(&core).await, 1);
    }
}

#[tokio::test]
async fn what_an_entry_earned_before_it_became_part_of_another_is_that_ones() {
    const KEPT: &str = "01890a5d-ac96-774b-bcce-b302099a8058";
    for core in testing::cores().await {
        happen(&core, "voting", "cast").await;
        let merged = core.db.write((), |tx, ()| {
            Box::pin(async move {
                let text = "INSERT INTO people_merged (lost, kept, merged_at, merged_by) VALUES ($1, $2, 1, 'worker')";
                Ok(sqlx::query(text).bind(ROLL).bind(KEPT).execute(tx.conn()).await.map(|_| ())?)
            })
        });
        merged.await.unwrap();
        events::follow(&core, FOLLOWER).await.unwrap();
        assert_eq!(balance(&resident(KEPT), &core).await.unwrap().to_string(), "5.00");
        assert_eq!(balance(&resident(ROLL), &core).await.unwrap().to_string(), "0.00");
        assert_eq!(inbox::list(&resident(KEPT), &core, PageRequest::default()).await.unwrap().unread, 1);
    }
}
