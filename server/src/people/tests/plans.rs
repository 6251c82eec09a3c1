//! Every list follows an index: with 1.3 million people a page must not read them all.

use crate::people::store::audience::{COUNTS, PAGES};
use crate::people::store::corrections as asked;
use crate::people::store::imports::{FAULTS, LISTED, STAGED};
use crate::people::store::merged::TWINS;
use crate::people::store::search::{BY_AREA, BY_NAME, BY_NAME_IN_COMMUNITY, DWELLINGS, of_dwellings_text};
use crate::people::store::tenure::{HOLDINGS, HOLDINGS_AT};
use crate::people::store::whole;
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
async fn audiences_are_walked_place_by_place() {
    for text in PAGES.into_iter().chain(COUNTS) {
        let plan = plan(text, if text.contains("$4") { 4 } else { 3 }, text.contains("$5")).await;
        assert!(!plan.iter().any(|step| step.starts_with("SCAN") && !step.contains("listed")), "{text}: {plan:?}");
    }
}

#[tokio::test]
async fn looks_at_a_person_follow_their_events() {
    let text = crate::events::about_text(5, 1);
    let plan = plan(&text.replace("$3", "20"), 8, false).await;
    assert!(plan.len() == 1 && plan[0].starts_with("SEARCH") && plan[0].contains("events_subject"), "{plan:?}");
}

#[tokio::test]
async fn holdings_are_read_in_order_of_place() {
    let plan = plan(HOLDINGS, 2, false).await;
    assert!(plan[0].starts_with("SEARCH d") && !plan.iter().any(|step| step.contains("SCAN")), "{plan:?}");
}

#[tokio::test]
async fn the_past_is_looked_up_like_the_present() {
    let plan = plan(HOLDINGS_AT, 3, false).await;
    let scanned = |step: &&String| step.contains("SCAN d") || step.contains("SCAN o") || step.contains("SCAN p");
    let tables = ["dwellings", "owners", "persons"];
    let read: Vec<_> =
        plan.iter().filter(scanned).filter(|step| tables.iter().any(|table| step.contains(table))).collect();
    assert!(read.is_empty(), "{plan:?}");
    assert!(plan.iter().any(|step| step.contains("dwellings_past") && step.starts_with("SEARCH")), "{plan:?}");
}

#[tokio::test]
async fn imports_are_read_from_where_they_stopped() {
    for (text, texts, index) in
        [(STAGED, 3, "people_import_rows"), (FAULTS, 4, "people_import_faults"), (LISTED, 3, "people_imports")]
    {
        let plan = plan(text, texts, true).await;
        assert!(plan[0].starts_with("SEARCH") && plan[0].contains(index), "{plan:?}");
    }
}

#[tokio::test]
async fn corrections_are_read_by_state_and_by_person() {
    let by_state = plan(&asked::listed_text(2).replace("$6", "20"), 10, false).await;
    assert!(by_state[0].starts_with("SEARCH") && by_state[0].contains("people_corrections_state"), "{by_state:?}");
    let own = plan(asked::OF_PERSON, 1, true).await;
    assert!(own.len() == 1 && own[0].contains("people_corrections_person"), "{own:?}");
}

#[tokio::test]
async fn duplicates_and_whole_lists_follow_an_index() {
    let pairs = plan(TWINS, 5, true).await;
    assert!(pairs[0].starts_with("SEARCH a") && pairs[0].contains("persons_community"), "{pairs:?}");
    assert!(!pairs.iter().any(|step| step.starts_with("SCAN")), "{pairs:?}");
    let dwellings = plan(whole::DWELLINGS, 2, true).await;
    assert!(
        dwellings[0].starts_with("SEARCH d") && !dwellings.iter().any(|step| step.contains("TEMP")),
        "{dwellings:?}"
    );
}

#[tokio::test]
async fn people_of_a_dwelling_are_looked_up() {
    let plan = plan(&of_dwellings_text(2), 2, false).await;
    assert!(!plan.iter().any(|step| step.starts_with("SCAN")), "{plan:?}");
}
