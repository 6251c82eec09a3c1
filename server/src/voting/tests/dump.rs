//! What the whole database tells, table by table, in the order in which rows lie: before the count no choice,
//! after it no way from a voter to a choice.

use super::*;
use crate::testing;
use crate::voting::testing::{area_dm2, person};
use sqlx::{AssertSqlSafe, Row};
use std::collections::{BTreeMap, BTreeSet};

const VOTERS: usize = 24;

/// Every table's rows as texts, in the order of storage.
async fn dump(core: &Core) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut conn = core.db.read().await.unwrap();
    let sqlite = core.config.database_url.starts_with("sqlite");
    let names = match sqlite {
        true => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        false => "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
    };
    let tables: Vec<(String,)> = sqlx::query_as(names).fetch_all(&mut *conn).await.unwrap();
    let mut all = BTreeMap::new();
    for (table,) in tables.into_iter().filter(|(table,)| !table.starts_with("_sqlx")) {
        let order = if sqlite { "rowid" } else { "ctid" };
        let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table} ORDER BY {order}")));
        let rows = rows.fetch_all(&mut *conn).await.unwrap();
        let text = |row: &sqlx::any::AnyRow, at: usize| {
            row.try_get::<String, _>(at)
                .or_else(|_| row.try_get::<i64, _>(at).map(|number| number.to_string()))
                .or_else(|_| row.try_get::<Vec<u8>, _>(at).map(hex::encode))
                .unwrap_or_default()
        };
        all.insert(table, rows.iter().map(|row| (0..row.len()).map(|at| text(row, at)).collect()).collect());
    }
    all
}

/// The choice of the n-th head: three answers, in no order that repeats soon.
fn said(n: usize) -> u32 {
    u32::try_from(n * n % 7 % 3).unwrap() + 1
}

fn values(rows: &[Vec<String>]) -> BTreeSet<&str> {
    rows.iter().flatten().map(String::as_str).collect()
}

#[tokio::test]
async fn neither_before_nor_after_the_count_a_dump_tells_a_choice() {
    for core in testing::cores().await {
        let vote = open_resolution(&core, VOTERS + 3, &[Majority::Ordinary], Secrecy::Private).await;
        for n in 0..VOTERS {
            core.clock.advance(1_000);
            crate::voting::cast(&voter(n), &core, ballot_of(&vote, n, &[vec![said(n)]])).await.unwrap();
        }
        let before = dump(&core).await;
        sealed_and_of_one_shape(&core, &vote, &before["voting_ballots"]);
        assert!(before["voting_counted"].is_empty());

        core.clock.advance(DAY);
        count(&core, &vote).await.unwrap();
        let after = dump(&core).await;
        no_way_to_a_voter(&vote, &before, &after);
        in_an_order_of_their_own(&after);
    }
}

/// Envelopes differ where choices agree, are of one length, and open with nothing that the server has.
fn sealed_and_of_one_shape(core: &Core, vote: &VoteId, urn: &[Vec<String>]) {
    assert_eq!(urn.len(), VOTERS);
    let envelopes: BTreeSet<&str> = urn.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(envelopes.len(), VOTERS);
    assert_eq!(urn.iter().map(|row| (row[2].len(), row[3].len())).collect::<BTreeSet<_>>().len(), 1);
    for row in urn {
        for purpose in [format!("voting/{vote}/{}", row[1]), format!("voting.ballot/{vote}/{}", row[1])] {
            assert!(core.keys.open(&purpose, &row[2]).is_err(), "the keyring opens no ballot");
        }
        assert_eq!(row[4], "", "no head beside a ballot");
        for n in 0..VOTERS {
            assert!(!row.iter().any(|value| value.contains(person(n).as_str())));
        }
    }
}

/// Nothing that stands beside a counted choice stands anywhere else, now or in an earlier copy, save the vote.
fn no_way_to_a_voter(
    vote: &VoteId,
    before: &BTreeMap<String, Vec<Vec<String>>>,
    after: &BTreeMap<String, Vec<Vec<String>>>,
) {
    let counted = &after["voting_counted"];
    assert_eq!(counted.len(), VOTERS);
    let marks: BTreeSet<&str> = counted.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(marks.len(), 3, "three answers were given, each many times");
    let ids: BTreeSet<&str> = counted.iter().map(|row| row[1].as_str()).collect();
    for (name, rows) in before.iter().chain(after.iter().filter(|(name, _)| *name != "voting_counted")) {
        for value in values(rows) {
            let leads = ids.iter().any(|id| value.contains(id));
            assert!(!leads, "{name} leads to a counted ballot: {value}");
        }
    }
    assert!(
        counted.iter().all(|row| row.len() == 3 && row[0] == vote.as_str()),
        "vote, id, marks: no area and no time"
    );
}

/// Ballots lie in the order of their ids, which is no order of voters: neither urn nor count can be laid beside
/// the log of who came when.
fn in_an_order_of_their_own(after: &BTreeMap<String, Vec<Vec<String>>>) {
    for table in ["voting_ballots", "voting_counted"] {
        let ids: Vec<&str> = after[table].iter().map(|row| row[1].as_str()).collect();
        assert!(ids.is_sorted(), "{table}");
    }
    let came: Vec<u32> = (0..VOTERS).map(said).collect();
    let lie: Vec<u32> =
        after["voting_counted"].iter().map(|row| i64::from_str_radix(&row[2], 16).unwrap().ilog2() + 1).collect();
    assert_eq!(lie.len(), came.len());
    assert_ne!(lie, came, "the order of choices is not that in which they were made");
    for row in &after["voting_votes"] {
        for n in 0..VOTERS {
            let area = area_dm2(n).to_string();
            assert!(!row.iter().any(|value| value.contains(&area)), "a unique area stands in the result");
        }
    }
}

#[tokio::test]
async fn a_side_that_few_took_is_not_named_by_its_area() {
    for core in testing::cores().await {
        let vote = open_resolution(&core, 20, &[Majority::Ordinary], Secrecy::Private).await;
        let choices: Vec<Vec<Vec<u32>>> = (0..20).map(|n| vec![vec![if n == 7 { 2 } else { 1 }]]).collect();
        finish(&core, &vote, &choices).await;
        let result = crate::voting::result(&organiser(), &core, &vote).await.unwrap().result;
        let item = &result.items[0];
        assert!(item.withheld && item.passed == Some(true) && item.options.iter().all(|one| one.area_dm2.is_none()));
        let lone = area_dm2(7);
        let others: i64 = (0..20).map(area_dm2).sum::<i64>() - lone;
        for (name, rows) in dump(&core).await {
            // The roll itself lists every area.
            if name != "voting_roll" {
                for value in values(&rows) {
                    assert!(
                        !value.contains(&lone.to_string()) && !value.contains(&others.to_string()),
                        "{name}: {value}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn the_sums_of_several_items_leave_no_ballot_over() {
    for core in testing::cores().await {
        let vote = open_resolution(&core, 24, &[Majority::Ordinary; 3], Secrecy::Private).await;
        // The first two items differ by one ballot; those for the third are those against the first.
        let choices = |n: usize| match n {
            7 => [1, 2, 3],
            n if n < 14 => [1, 1, 2],
            _ => [2, 2, 1],
        };
        let choices: Vec<Vec<Vec<u32>>> = (0..24).map(|n| choices(n).map(|said| vec![said]).to_vec()).collect();
        finish(&core, &vote, &choices).await;
        let bundle = crate::voting::bundle(&crate::identity::Caller::anonymous(), &core, &vote).await.unwrap();
        let result = crate::voting::verify_bundle(&bundle).unwrap().result;
        assert_eq!(result.items.iter().map(|item| item.withheld).collect::<Vec<_>>(), [false, true, false]);
        assert!(result.items.iter().all(|item| item.passed.is_some() && item.steps.len() == 2));
        let mut sums: Vec<i64> = vec![0, result.voted_area_dm2];
        sums.extend(result.items.iter().flat_map(|item| &item.options).filter_map(|option| option.area_dm2));
        let lone = area_dm2(7);
        for (a, b) in sums.iter().flat_map(|a| sums.iter().map(move |b| (a, b))) {
            assert!((a - b).abs() != lone && (a + b - result.voted_area_dm2).abs() != lone, "{a} {b}");
        }
    }
}

#[tokio::test]
async fn of_a_signed_vote_the_owner_and_the_scrutineers_see_the_choice() {
    for core in testing::cores().await {
        let vote = open_resolution(&core, 6, &[Majority::Ordinary], Secrecy::Signed).await;
        let choices: Vec<Vec<Vec<u32>>> = (0..5).map(|n| vec![vec![said(n)]]).collect();
        finish(&core, &vote, &choices).await;
        let own = crate::voting::signed_ballots(&voter(2), &core, &vote, None).await.unwrap();
        assert_eq!(own.rows.iter().map(|row| row.marks[0].named[0].as_str()).collect::<Vec<_>>(), [name(said(2))]);
        assert!(crate::voting::signed_ballots(&voter(5), &core, &vote, None).await.unwrap().rows.is_empty());
        let all = crate::voting::signed_ballots(&scrutineer(), &core, &vote, None).await.unwrap();
        let named: Vec<&str> = all.rows.iter().map(|row| row.marks[0].named[0].as_str()).collect();
        assert_eq!(named, (0..5).map(|n| name(said(n))).collect::<Vec<_>>());
        assert!(crate::voting::signed_ballots(&organiser(), &core, &vote, None).await.unwrap().rows.is_empty());
        assert_eq!(number(&core, "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE verb = 'read_signed'").await, 1);
        // The database alone does not tell: which counted ballot is whose is sealed.
        let dump = dump(&core).await;
        let counted: BTreeSet<&str> = dump["voting_counted"].iter().map(|row| row[1].as_str()).collect();
        let result = crate::voting::result(&organiser(), &core, &vote).await.unwrap().result;
        assert!(result.items[0].withheld, "to everybody else a signed vote tells no more than a private one");
        assert!(dump["voting_signed"].len() == 5 && values(&dump["voting_signed"]).is_disjoint(&counted));
    }
}

fn name(number: u32) -> &'static str {
    contract::voting::decision::NAMES[usize::try_from(number).unwrap() - 1]
}
