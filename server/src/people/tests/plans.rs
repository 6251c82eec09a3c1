//! Every list follows an index: with 1.3 million people a page must not read them all.

use crate::people::store::search::{BY_AREA, BY_NAME, BY_NAME_IN_COMMUNITY, DWELLINGS, OF_DWELLING};
use crate::people::store::tenure::HOLDINGS;
use sqlx::{AssertSqlSafe, Row};

/// SQLite's plan of a query, one step a line.
async fn plan(text: &str, texts: usize, limit: bool) -> Vec<String> {
    let core = crate::testing::sqlite().await;
    let mut conn = core.db.read().await.unwrap();
    let mut query = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}")));
    for _ in 0..texts {
        query = query.bind("x");
    }
    if limit {
        query = query.bind(20_i64);
    }
    if text.contains("$7") {
        query = query.bind("x");
    }
    let rows = query.fetch_all(&mut *conn).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>("detail")).collect()
}

#[tokio::test]
async fn lists_search_their_index_and_never_sort() {
    for (text, texts, index) in [
        (BY_AREA, 3, "persons_area"),
        (BY_NAME, 5, "persons_name"),
        (BY_NAME_IN_COMMUNITY, 5, "persons_community"),
        (DWELLINGS, 5, "dwellings_address"),
    ] {
        let plan = plan(text, texts, true).await;
        assert!(plan[0].starts_with("SEARCH") && plan[0].contains(index), "{plan:?}");
        assert!(!plan.iter().any(|step| step.contains("SCAN") || step.contains("TEMP B-TREE")), "{plan:?}");
    }
}

#[tokio::test]
async fn looks_at_a_person_follow_their_events() {
    let plan = plan(crate::events::ABOUT, 3, true).await;
    assert!(plan.len() == 1 && plan[0].starts_with("SEARCH") && plan[0].contains("events_subject"), "{plan:?}");
}

#[tokio::test]
async fn holdings_are_read_in_order_of_place() {
    let plan = plan(HOLDINGS, 2, false).await;
    assert!(plan[0].starts_with("SEARCH d") && !plan.iter().any(|step| step.contains("SCAN")), "{plan:?}");
}

#[tokio::test]
async fn people_of_a_dwelling_are_looked_up() {
    let plan = plan(OF_DWELLING, 1, false).await;
    assert!(!plan.iter().any(|step| step.starts_with("SCAN")), "{plan:?}");
}
