//! What the whole database tells, table by table, in the order in which rows lie: before the count no choice,
//! after it no way from a voter to a choice.

use super::mandates::{give, open_vote};
use super::papers::{read, worker};
use super::*;
use crate::testing;
use crate::voting::receipt::{counted_id, sealed_id};
use crate::voting::testing::{area_dm2, person};
use crate::voting::{Entry, cast, cast_by_mandate, enter_paper, issue_papers, receive_paper};
use contract::voting::Marked;
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

/// The last papers are entered once before the first dump, and again after it.
const ENTERED_ONCE: [usize; 2] = [20, 23];
/// A paper that nobody can read.
const TORN: usize = 5;
const AGENTS: usize = 2;

/// Every head votes, each by its way and a second after the other.
async fn all_vote(core: &Core) -> VoteId {
    let limit = i64::try_from(VOTERS).unwrap();
    let vote = open_vote(core, VOTERS + 3 + AGENTS, VOTERS + 3, limit).await;
    issue_papers(&worker("a"), core, &vote, None).await.unwrap();
    for n in 0..VOTERS {
        core.clock.advance(1_000);
        let ballot = ballot_of(&vote, n, &[vec![said(n)]]);
        match n % 3 {
            0 => drop(cast(&voter(n), core, ballot).await.unwrap()),
            1 => {
                let agent = VOTERS + 3 + n % AGENTS;
                let mandate = give(core, &vote, n, agent).await;
                cast_by_mandate(&voter(agent), core, &mandate, ballot).await.unwrap();
            }
            _ => {
                receive_paper(&worker("a"), core, &vote, paper(n)).await.unwrap();
                enter_paper(&worker("a"), core, &vote, entry(core, n).await).await.unwrap();
                if !ENTERED_ONCE.contains(&n) {
                    enter_paper(&worker("b"), core, &vote, entry(core, n).await).await.unwrap();
                }
            }
        }
    }
    vote
}

fn paper(n: usize) -> i64 {
    i64::try_from(n + 1).unwrap()
}

async fn entry(core: &Core, n: usize) -> Entry {
    let read = read(core, paper(n), &[said(n)]).await;
    if n == TORN { Entry { marked: Marked { choices: vec![Vec::new()], invalid: true }, ..read } } else { read }
}

#[tokio::test]
async fn neither_before_nor_after_the_count_a_dump_tells_a_choice() {
    for core in testing::cores().await {
        let vote = all_vote(&core).await;
        let before = dump(&core).await;
        sealed_and_of_one_shape(&core, &vote, &before["voting_ballots"]);
        entries_sealed(&before["voting_paper_entries"]);
        assert!(before["voting_counted"].is_empty());
        for n in ENTERED_ONCE {
            enter_paper(&worker("b"), &core, &vote, entry(&core, n).await).await.unwrap();
        }

        core.clock.advance(DAY);
        count(&core, &vote).await.unwrap();
        let after = dump(&core).await;
        no_way_to_a_voter(&vote, &before, &after);
        in_an_order_of_their_own(&after);
        let kept: BTreeSet<&str> = after["voting_paper_entries"].iter().map(|row| row[4].as_str()).collect();
        assert_eq!(kept, BTreeSet::from([""]), "what was read off papers is forgotten");
        let channels: Vec<&str> = after["voting_roll"].iter().map(|row| row[CHANNEL].as_str()).collect();
        assert_eq!(channels.iter().filter(|channel| **channel == "paper").count(), VOTERS / 3);
        let used = after["voting_mandates"].iter().filter(|row| row.iter().any(|value| value == "used"));
        assert_eq!(used.count(), VOTERS / 3);
    }
}

/// Of the roll's columns.
const CHANNEL: usize = 9;

/// Envelopes differ where choices agree, are of one length whatever way they came, and open with nothing that the
/// server has.
fn sealed_and_of_one_shape(core: &Core, vote: &VoteId, urn: &[Vec<String>]) {
    let cast = VOTERS - ENTERED_ONCE.len();
    assert_eq!(urn.len(), cast);
    let envelopes: BTreeSet<&str> = urn.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(envelopes.len(), cast);
    assert_eq!(urn.iter().map(|row| (row[1].len(), row[2].len(), row[3].len())).collect::<BTreeSet<_>>().len(), 1);
    for row in urn {
        for purpose in [format!("voting/{vote}/{}", row[1]), format!("voting.ballot/{vote}/{}", row[1])] {
            assert!(core.keys.open(&purpose, &row[2]).is_err(), "the keyring opens no ballot");
        }
        assert_eq!(row[4], "", "no head beside a ballot");
        for n in 0..VOTERS + 3 + AGENTS {
            assert!(!row.iter().any(|value| value.contains(person(n).as_str())));
        }
    }
}

/// Entries of papers that are not settled are sealed, of one length, and no two the same; of others nothing is kept.
fn entries_sealed(entries: &[Vec<String>]) {
    let kept: Vec<&str> = entries.iter().map(|row| row[4].as_str()).filter(|marks| !marks.is_empty()).collect();
    assert_eq!(kept.len(), ENTERED_ONCE.len());
    assert!(kept.iter().all(|marks| marks.starts_with("k1.")), "sealed by the keyring: {kept:?}");
    assert_eq!(kept.iter().map(|marks| marks.len()).collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(kept.iter().collect::<BTreeSet<_>>().len(), kept.len());
}

/// Nothing that stands beside a counted choice stands anywhere else or follows from what does, now or in an earlier
/// copy, save the vote.
fn no_way_to_a_voter(
    vote: &VoteId,
    before: &BTreeMap<String, Vec<Vec<String>>>,
    after: &BTreeMap<String, Vec<Vec<String>>>,
) {
    let counted = &after["voting_counted"];
    assert_eq!(counted.len(), VOTERS);
    let marks: BTreeSet<&str> = counted.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(marks.len(), 4, "three answers were given, each many times, and one cannot be read");
    let ids: BTreeSet<&str> = counted.iter().map(|row| row[1].as_str()).collect();
    let urn: BTreeSet<&str> = after["voting_ballots"].iter().map(|row| row[1].as_str()).collect();
    for (name, rows) in before.iter().chain(after.iter().filter(|(name, _)| *name != "voting_counted")) {
        for value in values(rows) {
            let leads = ids.iter().any(|id| value.contains(id));
            assert!(!leads, "{name} leads to a counted ballot: {value}");
            let says = marks.iter().any(|marks| !marks.is_empty() && value.contains(marks));
            assert!(!says, "{name} says a choice: {value}");
            let follows =
                ids.contains(counted_id(vote, value).as_str()) || urn.contains(sealed_id(vote, value).as_str());
            assert!(!follows, "{name} has a receipt: {value}");
        }
    }
    assert!(
        counted.iter().all(|row| row.len() == 3 && row[0] == vote.as_str()),
        "vote, id, marks: no area, no channel and no time"
    );
    assert_eq!(ids.iter().map(|id| id.len()).collect::<BTreeSet<_>>().len(), 1, "whatever way they came");
}

/// Ballots lie in the order of their ids, which is no order of voters: neither urn nor count can be laid beside
/// the log of who came when, the roll, the papers or the mandates.
fn in_an_order_of_their_own(after: &BTreeMap<String, Vec<Vec<String>>>) {
    for table in ["voting_ballots", "voting_counted"] {
        let ids: Vec<&str> = after[table].iter().map(|row| row[1].as_str()).collect();
        assert!(ids.is_sorted(), "{table}");
    }
    let answer = |marks: &str| i64::from_str_radix(marks, 16).map_or(0, |bits| bits.ilog2() + 1);
    let lie: Vec<u32> = after["voting_counted"].iter().map(|row| answer(&row[2])).collect();
    let came = |n: usize| if n == TORN { 0 } else { said(n) };
    // As they came, which is also the order of the roll and of the papers; and way by way, as mandates lie.
    let one_by_one: Vec<u32> = (0..VOTERS).map(came).collect();
    let way_by_way: Vec<u32> = (0..VOTERS).map(|n| came(n % (VOTERS / 3) * 3 + n / (VOTERS / 3))).collect();
    for order in [one_by_one, way_by_way] {
        assert_eq!(lie.len(), order.len());
        assert_ne!(lie, order, "the order of choices is not that in which they were made");
        assert_ne!(lie, order.into_iter().rev().collect::<Vec<_>>());
    }
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
