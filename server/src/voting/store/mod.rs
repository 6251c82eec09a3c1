//! SQL of the votes: the vote itself and its paper. The roll, the urn and the lists have files of their own.

/// What a [`Vote`] is read from.
macro_rules! columns {
    () => {
        "id, short, title, area, area_name, seats, candidates, opens_at, closes_at, state, heads, roll_sha256, result"
    };
}

pub(super) mod lists;
pub(super) mod roll;
pub(super) mod urn;

use contract::ids::VoteId;
use contract::voting::{Candidate, DraftVote, Phase, VoteLine, VoteSummary};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

/// One vote as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Vote {
    pub id: VoteId,
    pub short: i64,
    pub title: String,
    pub area: AreaId,
    pub area_name: String,
    pub seats: i64,
    pub candidates: i64,
    pub opens_at: Millis,
    pub closes_at: Millis,
    pub state: String,
    pub heads: i64,
    pub roll_sha256: Option<String>,
    pub result: Option<String>,
}

impl Vote {
    /// Where it stands at `now`.
    pub fn phase(&self, now: Millis) -> Phase {
        match self.state.as_str() {
            "draft" => Phase::Draft,
            "announced" => Phase::of_announced(self.opens_at, self.closes_at, now),
            "counted" => Phase::Counted,
            _ => Phase::Published,
        }
    }

    /// What everybody may know of it.
    pub fn summary(&self, now: Millis) -> VoteSummary {
        VoteSummary {
            id: self.id.clone(),
            title: self.title.clone(),
            area: self.area.clone(),
            area_name: self.area_name.clone(),
            seats: whole(self.seats),
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            phase: self.phase(now),
        }
    }

    /// The vote as a row of a list.
    pub fn line(&self, now: Millis) -> VoteLine {
        VoteLine { vote: self.summary(now), candidates: whole(self.candidates), heads: self.heads }
    }
}

/// A stored count as the contract's type; a CHECK or the draft's own check keeps it in range.
fn whole(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

pub(super) const FIND: &str = concat!("SELECT ", columns!(), " FROM voting_votes WHERE id = $1");

pub(super) async fn find(conn: &mut AnyConnection, id: &VoteId) -> Result<Option<Vote>, Error> {
    sqlx::query_as(FIND).bind(id).fetch_optional(conn).await
}

pub(super) const BY_SHORT: &str = "SELECT id FROM voting_votes WHERE short = $1";

pub(super) async fn by_short(conn: &mut AnyConnection, short: i64) -> Result<Option<VoteId>, Error> {
    let row: Option<(VoteId,)> = sqlx::query_as(BY_SHORT).bind(short).fetch_optional(conn).await?;
    Ok(row.map(|(id,)| id))
}

/// Stores a new draft without its candidates; the vote that has the key, be it this one or the first.
pub(super) async fn insert_draft(
    conn: &mut AnyConnection,
    (id, key, short): (&VoteId, &str, i64),
    draft: &DraftVote,
    area_name: &str,
) -> Result<VoteId, Error> {
    sqlx::query(
        "INSERT INTO voting_votes (id, draft_key, short, title, area, area_name, seats, candidates, opens_at, \
         closes_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, 'draft') ON CONFLICT (draft_key) DO NOTHING",
    )
    .bind(id)
    .bind(key)
    .bind(short)
    .bind(&draft.title)
    .bind(&draft.area)
    .bind(area_name)
    .bind(i64::from(draft.seats))
    .bind(draft.opens_at)
    .bind(draft.closes_at)
    .execute(&mut *conn)
    .await?;
    let (id,) = sqlx::query_as("SELECT id FROM voting_votes WHERE draft_key = $1").bind(key).fetch_one(conn).await?;
    Ok(id)
}

/// Changes a draft; false when it is none any more.
pub(super) async fn update_draft(
    conn: &mut AnyConnection,
    id: &VoteId,
    draft: &DraftVote,
    area_name: &str,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_votes SET title = $2, area = $3, area_name = $4, seats = $5, opens_at = $6, closes_at = $7 \
         WHERE id = $1 AND state = 'draft'",
    )
    .bind(id)
    .bind(&draft.title)
    .bind(&draft.area)
    .bind(area_name)
    .bind(i64::from(draft.seats))
    .bind(draft.opens_at)
    .bind(draft.closes_at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts the draft's candidates on the paper in place of those there, numbered in order from 1.
pub(super) async fn replace_candidates(conn: &mut AnyConnection, id: &VoteId, draft: &DraftVote) -> Result<(), Error> {
    sqlx::query("DELETE FROM voting_candidates WHERE vote = $1").bind(id).execute(&mut *conn).await?;
    for (number, candidate) in (1i64..).zip(&draft.candidates) {
        sqlx::query("INSERT INTO voting_candidates (vote, number, name, statement, photo) VALUES ($1, $2, $3, $4, $5)")
            .bind(id)
            .bind(number)
            .bind(&candidate.name)
            .bind(&candidate.statement)
            .bind(&candidate.photo)
            .execute(&mut *conn)
            .await?;
    }
    let candidates = i64::try_from(draft.candidates.len()).unwrap_or(i64::MAX);
    sqlx::query("UPDATE voting_votes SET candidates = $2 WHERE id = $1")
        .bind(id)
        .bind(candidates)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) const CANDIDATES: &str =
    "SELECT number, name, statement, photo FROM voting_candidates WHERE vote = $1 ORDER BY number";

/// Who stands, by number.
pub(super) async fn candidates(conn: &mut AnyConnection, id: &VoteId) -> Result<Vec<Candidate>, Error> {
    let rows: Vec<(i64, String, String, Option<String>)> = sqlx::query_as(CANDIDATES).bind(id).fetch_all(conn).await?;
    let candidate = |(number, name, statement, photo)| Candidate { number: whole(number), name, statement, photo };
    Ok(rows.into_iter().map(candidate).collect())
}

/// What announcing fixes besides the roll's rows; false when the vote is no draft.
pub(super) async fn set_announced(
    conn: &mut AnyConnection,
    id: &VoteId,
    (heads, area_dm2): (i64, i64),
    roll_sha256: &str,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_votes SET state = 'announced', heads = $2, area_dm2 = $3, roll_sha256 = $4 \
         WHERE id = $1 AND state = 'draft'",
    )
    .bind(id)
    .bind(heads)
    .bind(area_dm2)
    .bind(roll_sha256)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends the poll with its result; false before the closing time or when it was counted before.
pub(super) async fn set_counted(
    conn: &mut AnyConnection,
    id: &VoteId,
    now: Millis,
    result: &str,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_votes SET state = 'counted', result = $3 \
         WHERE id = $1 AND state = 'announced' AND closes_at <= $2",
    )
    .bind(id)
    .bind(now)
    .bind(result)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Shows the result to everybody; false when the vote is not just counted.
pub(super) async fn set_published(conn: &mut AnyConnection, id: &VoteId) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE voting_votes SET state = 'published' WHERE id = $1 AND state = 'counted'")
        .bind(id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}
