//! Who was told what goes after its time; how many they were stays.

use super::*;
use crate::notices::retention::purge;
use crate::testing;
use contract::notices::{BrowseFilter, CorrectionForm, NoticeFilter, RecipientFilter};

const DAY: i64 = 24 * 60 * MINUTE;

async fn rows(core: &Core, table: &'static str) -> i64 {
    let text = sqlx::AssertSqlSafe(format!("SELECT CAST(COUNT(*) AS BIGINT) FROM {table}"));
    let (count,): (i64,) = sqlx::query_as(text).fetch_one(&mut *core.db.read().await.unwrap()).await.unwrap();
    count
}

#[tokio::test]
async fn deliveries_go_after_a_year_and_their_counts_stay() {
    for core in testing::cores().await {
        residents(&core, 1_100).await.unwrap();
        let old = sent(&core, form(&[Channel::Sms])).await;
        for n in 0..3 {
            open(&resident(n), &core, &old, true).await.unwrap();
        }
        core.clock.advance(364 * DAY);
        let new = sent(&core, NoticeForm { key: "new".into(), ..form(&[]) }).await;
        assert_eq!(purge(&core).await.unwrap(), 0, "a year is not over");
        let before = detail(&worker(), &core, &old).await.unwrap();
        assert_eq!((before.progress.recipients, before.progress.read, before.purged), (1_100, 3, false));

        core.clock.advance(2 * DAY);
        assert_eq!(purge(&core).await.unwrap(), 2_200);
        assert_eq!((purge(&core).await.unwrap(), rows(&core, "notices_deliveries").await), (0, 1_100));
        let after = detail(&worker(), &core, &old).await.unwrap();
        assert_eq!((&after.progress, after.purged), (&before.progress, true));
        let list = console_list(&worker(), &core, NoticeFilter::default()).await.unwrap();
        assert_eq!(
            list.rows.iter().map(|line| (line.recipients, line.read)).collect::<Vec<_>>(),
            [(1_100, 0), (1_100, 3)]
        );
        let (_, recipients) = recipients(&worker(), &core, &old, &RecipientFilter::default()).await.unwrap();
        assert!(recipients.rows.is_empty());
        let told = browse(&resident(0), &core, BrowseFilter::default()).await.unwrap();
        assert_eq!(told.rows.iter().map(|line| &line.notice.id).collect::<Vec<_>>(), [&new]);
        // Nobody knows any more whom a correction would be for.
        let again = correct(&worker(), &core, &old, CorrectionForm::default()).await;
        assert!(again.is_err() && refusal(correction_form(&worker(), &core, &old).await) == Some(Refusal::NoticeState));
        assert_eq!(rows(&core, "events WHERE room = 'notices' AND verb = 'purge'").await, 1);
    }
}

#[tokio::test]
async fn what_goes_to_gateways_is_work_of_its_own() {
    for core in testing::cores().await {
        residents(&core, 3).await.unwrap();
        sent(&core, form(&[Channel::Sms])).await;
        assert_eq!(rows(&core, "jobs WHERE kind = 'notices.send' AND payload LIKE '%\"sms\"%'").await, 0);
        assert!(rows(&core, "jobs WHERE kind = 'notices.carry' AND payload LIKE '%\"sms\"%'").await > 0);
        assert!(rows(&core, "jobs WHERE kind = 'notices.send'").await > 0);
    }
}
