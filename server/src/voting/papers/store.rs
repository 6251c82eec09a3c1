//! SQL of paper ballots and what was read off them.

use crate::db::rows::{self, Bound, Row as ManyRow};
use crate::listing::pattern;
use contract::ids::VoteId;
use contract::voting::PaperState;
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};
use std::collections::HashMap;

/// A paper's state: one that was handed in and not entered yet is received.
macro_rules! state {
    () => {
        "CASE WHEN received_at IS NOT NULL AND state IN ('issued', 'delivered') THEN 'received' ELSE state END"
    };
}

/// What a [`Row`] is read from: papers `p` with their heads `r`.
macro_rules! columns {
    () => {
        concat!(
            "p.number, p.head, ",
            state!(),
            " AS state, p.delivered_at, p.proof, p.received_at, r.place, r.names, r.area_dm2, r.voted_at, r.channel \
             FROM voting_papers p JOIN voting_roll r ON r.vote = p.vote AND r.head = p.head"
        )
    };
}

/// One paper with its head.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::voting) struct Row {
    pub number: i64,
    pub head: String,
    state: String,
    pub delivered_at: Option<Millis>,
    /// The picture of the signed receipt or of the door, or the receipt's number.
    pub proof: Option<String>,
    pub received_at: Option<Millis>,
    pub place: String,
    pub names: String,
    pub area_dm2: i64,
    pub voted_at: Option<Millis>,
    pub channel: Option<String>,
}

impl Row {
    /// Where it stands.
    pub fn state(&self) -> PaperState {
        PaperState::from_code(&self.state).unwrap_or(PaperState::Issued)
    }
}

/// A paper to be made.
pub(super) struct New {
    pub vote: VoteId,
    pub number: i64,
    pub head: String,
    pub building: AreaId,
    pub at: Millis,
}

impl ManyRow for New {
    const INTO: &'static str = "voting_papers (vote, number, head, building, state, issued_at)";

    fn bind(&self, bound: Bound) -> Bound {
        bound
            .bind(self.vote.clone())
            .bind(self.number)
            .bind(self.head.clone())
            .bind(self.building.clone())
            .bind(PaperState::Issued.code())
            .bind(self.at)
    }
}

/// Makes papers.
pub(super) async fn insert(conn: &mut AnyConnection, papers: &[New]) -> Result<(), Error> {
    rows::insert(conn, papers).await
}

pub(in crate::voting) const LAST: &str =
    "SELECT number FROM voting_papers WHERE vote = $1 ORDER BY number DESC LIMIT 1";

/// The highest number of a vote's papers, 0 before the first.
pub(super) async fn last(conn: &mut AnyConnection, vote: &VoteId) -> Result<i64, Error> {
    let row: Option<(i64,)> = sqlx::query_as(LAST).bind(vote).fetch_optional(conn).await?;
    Ok(row.map_or(0, |(number,)| number))
}

pub(in crate::voting) const WITHOUT: &str = "SELECT r.head, r.building FROM voting_roll r \
     WHERE r.vote = $1 AND r.building >= $2 AND r.building < $3 AND r.voted_at IS NULL \
     AND NOT EXISTS (SELECT 1 FROM voting_papers p WHERE p.vote = r.vote AND p.head = r.head) \
     ORDER BY r.building, r.door, r.head";

/// Heads of an area that have neither voted nor a paper, door by door.
pub(super) async fn without(
    conn: &mut AnyConnection,
    vote: &VoteId,
    area: &AreaId,
) -> Result<Vec<(String, AreaId)>, Error> {
    sqlx::query_as(WITHOUT).bind(vote).bind(area).bind(area.end()).fetch_all(conn).await
}

pub(in crate::voting) const NUMBERS: &str = "SELECT head, number FROM voting_papers WHERE vote = $1";

/// The papers of a vote by head.
pub(in crate::voting) async fn numbers(conn: &mut AnyConnection, vote: &VoteId) -> Result<HashMap<String, i64>, Error> {
    let rows: Vec<(String, i64)> = sqlx::query_as(NUMBERS).bind(vote).fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}

pub(in crate::voting) const FIND: &str = concat!("SELECT ", columns!(), " WHERE p.vote = $1 AND p.number = $2");

pub(super) async fn find(conn: &mut AnyConnection, vote: &VoteId, number: i64) -> Result<Option<Row>, Error> {
    sqlx::query_as(FIND).bind(vote).bind(number).fetch_optional(conn).await
}

/// What a list of papers asks for.
pub(in crate::voting) struct Wanted<'a> {
    /// Every building inside it.
    pub area: &'a AreaId,
    /// As stored; empty for all.
    pub state: &'a str,
    /// Part of the address or the masked names; empty for all.
    pub search: &'a str,
    /// Above this number.
    pub after: i64,
}

pub(in crate::voting) const OF_VOTE: &str = concat!(
    "SELECT ",
    columns!(),
    " WHERE p.vote = $1 AND p.number > $2 AND ($3 = '' OR ",
    state!(),
    " = $3) AND p.building >= $4 AND p.building < $5 \
     AND (r.place LIKE $6 ESCAPE '\\' OR r.names LIKE $6 ESCAPE '\\') ORDER BY p.number LIMIT $7"
);

/// Papers of a vote by number.
pub(super) async fn of_vote(
    conn: &mut AnyConnection,
    vote: &VoteId,
    wanted: &Wanted<'_>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    sqlx::query_as(OF_VOTE)
        .bind(vote)
        .bind(wanted.after)
        .bind(wanted.state)
        .bind(wanted.area)
        .bind(wanted.area.end())
        .bind(pattern(wanted.search))
        .bind(limit)
        .fetch_all(conn)
        .await
}

pub(in crate::voting) const STATES: &str = concat!(
    "SELECT ",
    state!(),
    ", CAST(COUNT(*) AS BIGINT), CAST(COUNT(delivered_at) AS BIGINT) FROM voting_papers WHERE vote = $1 GROUP BY 1"
);

/// Papers in each state, and how many of them were handed out.
pub(super) async fn states(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<(String, i64, i64)>, Error> {
    sqlx::query_as(STATES).bind(vote).fetch_all(conn).await
}

pub(in crate::voting) const CHANNELS: &str =
    "SELECT channel, CAST(COUNT(*) AS BIGINT) FROM voting_roll WHERE vote = $1 GROUP BY channel";

/// Heads by the channel that their ballot came through; none for who has not voted.
pub(in crate::voting) async fn channels(
    conn: &mut AnyConnection,
    vote: &VoteId,
) -> Result<Vec<(Option<String>, i64)>, Error> {
    sqlx::query_as(CHANNELS).bind(vote).fetch_all(conn).await
}

/// Moves a paper from one state to another; false when it is in another one by now.
pub(super) async fn set_state(
    conn: &mut AnyConnection,
    (vote, number): (&VoteId, i64),
    from: PaperState,
    to: PaperState,
) -> Result<bool, Error> {
    let text = concat!("UPDATE voting_papers SET state = $4 WHERE vote = $1 AND number = $2 AND ", state!(), " = $3");
    let done = sqlx::query(text).bind(vote).bind(number).bind(from.code()).bind(to.code()).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps a scan beside those before.
pub(super) async fn insert_scan(
    conn: &mut AnyConnection,
    (vote, number): (&VoteId, i64),
    scan: &str,
    (by, at): (&str, Millis),
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO voting_paper_scans (vote, number, scan, kept_by, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (vote, number, scan) DO NOTHING",
    )
    .bind(vote)
    .bind(number)
    .bind(scan)
    .bind(by)
    .bind(at)
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::voting) const SCANS: &str =
    "SELECT scan FROM voting_paper_scans WHERE vote = $1 AND number = $2 ORDER BY at, scan";

/// A paper's scans, the first one first.
pub(super) async fn scans(conn: &mut AnyConnection, vote: &VoteId, number: i64) -> Result<Vec<String>, Error> {
    let rows: Vec<(String,)> = sqlx::query_as(SCANS).bind(vote).bind(number).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(scan,)| scan).collect())
}

/// Notes that a paper was handed in; false when that is noted already, or more is.
pub(super) async fn set_received(
    conn: &mut AnyConnection,
    (vote, number): (&VoteId, i64),
    (by, at): (&str, Millis),
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_papers SET received_at = $4, received_by = $3 WHERE vote = $1 AND number = $2 \
         AND received_at IS NULL AND state IN ('issued', 'delivered')",
    )
    .bind(vote)
    .bind(number)
    .bind(by)
    .bind(at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes back that a paper was handed in, with what was read off it; false when it is settled or was not.
pub(super) async fn unset_received(conn: &mut AnyConnection, (vote, number): (&VoteId, i64)) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_papers SET received_at = NULL, received_by = NULL, \
         state = CASE WHEN delivered_at IS NULL THEN 'issued' ELSE 'delivered' END \
         WHERE vote = $1 AND number = $2 AND received_at IS NOT NULL \
         AND state IN ('issued', 'delivered', 'entered', 'differs')",
    )
    .bind(vote)
    .bind(number)
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM voting_paper_entries WHERE vote = $1 AND number = $2 AND marks IS NOT NULL")
        .bind(vote)
        .bind(number)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::voting) const ALL_SCANS: &str = "SELECT vote, number, scan FROM voting_paper_scans \
     WHERE (vote, number, scan) > ($1, $2, $3) ORDER BY vote, number, scan LIMIT $4";

/// Scans of all votes' papers, after one of them.
pub(in crate::voting) async fn all_scans(
    conn: &mut AnyConnection,
    (vote, number, scan): (&VoteId, i64, &str),
    limit: i64,
) -> Result<Vec<(VoteId, i64, String)>, Error> {
    sqlx::query_as(ALL_SCANS).bind(vote).bind(number).bind(scan).bind(limit).fetch_all(conn).await
}

/// Puts a scan that was sealed anew in the place of `old`; false when another stands there by now.
pub(in crate::voting) async fn replace_scan(
    conn: &mut AnyConnection,
    (vote, number): (&VoteId, i64),
    (old, new): (&str, &str),
) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE voting_paper_scans SET scan = $4 WHERE vote = $1 AND number = $2 AND scan = $3")
        .bind(vote)
        .bind(number)
        .bind(old)
        .bind(new)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a paper was handed out, and the proof of it, now or later; false when that is noted already.
pub(super) async fn set_delivered(
    conn: &mut AnyConnection,
    (vote, number): (&VoteId, i64),
    (at, by): (Millis, &str),
    proof: Option<&str>,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_papers SET delivered_at = COALESCE(delivered_at, $3), \
         delivered_by = COALESCE(delivered_by, $4), proof = $5, \
         state = CASE WHEN state = 'issued' THEN 'delivered' ELSE state END \
         WHERE vote = $1 AND number = $2 AND (delivered_at IS NULL OR (proof IS NULL AND $6 = 1))",
    )
    .bind(vote)
    .bind(number)
    .bind(at)
    .bind(by)
    .bind(proof)
    .bind(i64::from(proof.is_some()))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One entry as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Entry {
    pub turn: i64,
    pub worker: String,
    /// Sealed; none once the paper is settled.
    pub marks: Option<String>,
}

pub(in crate::voting) const ENTRIES: &str =
    "SELECT turn, worker, marks FROM voting_paper_entries WHERE vote = $1 AND number = $2 ORDER BY turn";

/// A paper's entries in their order.
pub(super) async fn entries(conn: &mut AnyConnection, vote: &VoteId, number: i64) -> Result<Vec<Entry>, Error> {
    sqlx::query_as(ENTRIES).bind(vote).bind(number).fetch_all(conn).await
}

/// Adds an entry; the constraints refuse a turn taken and a worker's second.
pub(super) async fn insert_entry(
    conn: &mut AnyConnection,
    (vote, number): (&VoteId, i64),
    entry: &Entry,
    at: Millis,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO voting_paper_entries (vote, number, turn, worker, marks, at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(vote)
    .bind(number)
    .bind(entry.turn)
    .bind(&entry.worker)
    .bind(&entry.marks)
    .bind(at)
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets what was read off a paper.
pub(super) async fn forget(conn: &mut AnyConnection, vote: &VoteId, number: i64) -> Result<(), Error> {
    sqlx::query("UPDATE voting_paper_entries SET marks = NULL WHERE vote = $1 AND number = $2")
        .bind(vote)
        .bind(number)
        .execute(conn)
        .await?;
    Ok(())
}
