//! SQL of the votes themselves. Paper, roll, urn, keys, rules and lists have files of their own.

/// What a [`Vote`] is read from.
macro_rules! columns {
    () => {
        "id, short, kind, secrecy, unit, title, area, area_name, items, opens_at, closes_at, state, heads, \
         roll_sha256, announced_at, public_key, rules, counted_at, result, objections_until, appeals_until"
    };
}

pub(super) mod amend;
pub(super) mod keys;
pub(super) mod lists;
pub(super) mod merged;
pub(super) mod paper;
pub(super) mod register;
pub(super) mod relist;
pub(super) mod roll;
pub(super) mod rules;
pub(super) mod urn;

pub(super) use paper::items;

use contract::ids::VoteId;
use contract::voting::{DraftVote, HeadUnit, Phase, Rules, Secrecy, VoteKind, VoteLine, VoteSummary};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

/// One vote as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Vote {
    pub id: VoteId,
    pub short: i64,
    kind: String,
    secrecy: String,
    unit: String,
    pub title: String,
    pub area: AreaId,
    pub area_name: String,
    pub items: i64,
    pub opens_at: Millis,
    pub closes_at: Millis,
    pub state: String,
    pub heads: i64,
    pub roll_sha256: Option<String>,
    pub announced_at: Option<Millis>,
    pub public_key: Option<String>,
    #[sqlx(try_from = "Option<String>")]
    rules: FrozenRules,
    pub counted_at: Option<Millis>,
    pub result: Option<String>,
    /// Until when its roll can be objected to, and never once the poll is open; none for a draft.
    pub objections_until: Option<Millis>,
    /// Until when its result can be appealed against and its count repeated; none before the publication.
    pub appeals_until: Option<Millis>,
}

/// The column with the rules, as JSON: what cannot be read is an error of the query, for no vote may be counted by
/// others than its own.
#[derive(Clone, Debug)]
struct FrozenRules(Rules);

impl TryFrom<Option<String>> for FrozenRules {
    type Error = serde_json::Error;

    fn try_from(column: Option<String>) -> Result<Self, serde_json::Error> {
        column.map_or_else(|| Ok(Rules::default()), |rules| serde_json::from_str(&rules)).map(Self)
    }
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

    /// What is decided; a CHECK keeps the column to the codes known.
    pub fn kind(&self) -> VoteKind {
        VoteKind::from_code(&self.kind).unwrap_or(VoteKind::Election)
    }

    /// Who may learn a choice.
    pub fn secrecy(&self) -> Secrecy {
        Secrecy::from_code(&self.secrecy).unwrap_or(Secrecy::Private)
    }

    /// What counts as one head.
    pub fn unit(&self) -> HeadUnit {
        HeadUnit::from_code(&self.unit).unwrap_or(HeadUnit::Owners)
    }

    /// The rules that its announcement froze; the usual ones for a draft.
    pub fn rules(&self) -> &Rules {
        &self.rules.0
    }

    /// What everybody may know of it.
    pub fn summary(&self, now: Millis) -> VoteSummary {
        VoteSummary {
            id: self.id.clone(),
            kind: self.kind(),
            secrecy: self.secrecy(),
            unit: self.unit(),
            title: self.title.clone(),
            area: self.area.clone(),
            area_name: self.area_name.clone(),
            items: whole(self.items),
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            phase: self.phase(now),
        }
    }

    /// The vote as a row of a list.
    pub fn line(&self, now: Millis) -> VoteLine {
        VoteLine { vote: self.summary(now), heads: self.heads }
    }
}

/// A stored count as the contract's type; a CHECK or the draft's own check keeps it in range.
pub(super) fn whole(number: i64) -> u32 {
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

/// Stores a new draft without its paper; the vote that has the key, be it this one or the first.
pub(super) async fn insert_draft(
    conn: &mut AnyConnection,
    (id, key, short): (&VoteId, &str, i64),
    draft: &DraftVote,
    area_name: &str,
) -> Result<VoteId, Error> {
    sqlx::query(
        "INSERT INTO voting_votes (id, draft_key, short, kind, secrecy, unit, title, area, area_name, opens_at, \
         closes_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft') \
         ON CONFLICT (draft_key) DO NOTHING",
    )
    .bind(id)
    .bind(key)
    .bind(short)
    .bind(draft.kind.code())
    .bind(draft.secrecy.code())
    .bind(draft.unit.code())
    .bind(&draft.title)
    .bind(&draft.area)
    .bind(area_name)
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
        "UPDATE voting_votes SET kind = $2, secrecy = $3, unit = $4, title = $5, area = $6, area_name = $7, \
         opens_at = $8, closes_at = $9 WHERE id = $1 AND state = 'draft'",
    )
    .bind(id)
    .bind(draft.kind.code())
    .bind(draft.secrecy.code())
    .bind(draft.unit.code())
    .bind(&draft.title)
    .bind(&draft.area)
    .bind(area_name)
    .bind(draft.opens_at)
    .bind(draft.closes_at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What announcing fixes besides the rows of roll and keys.
pub(super) struct Announced<'a> {
    pub now: Millis,
    pub objections_until: Millis,
    pub heads: i64,
    pub area_dm2: i64,
    pub roll_sha256: &'a str,
    pub public_key: &'a str,
    /// JSON.
    pub rules: &'a str,
}

/// Announces; false when the vote is no draft.
pub(super) async fn set_announced(conn: &mut AnyConnection, id: &VoteId, fixed: &Announced<'_>) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_votes SET state = 'announced', announced_at = $2, heads = $3, area_dm2 = $4, \
         roll_sha256 = $5, public_key = $6, rules = $7, objections_until = $8 WHERE id = $1 AND state = 'draft'",
    )
    .bind(id)
    .bind(fixed.now)
    .bind(fixed.heads)
    .bind(fixed.area_dm2)
    .bind(fixed.roll_sha256)
    .bind(fixed.public_key)
    .bind(fixed.rules)
    .bind(fixed.objections_until)
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
        "UPDATE voting_votes SET state = 'counted', counted_at = $2, result = $3 \
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
pub(super) async fn set_published(conn: &mut AnyConnection, id: &VoteId, appeals_until: Millis) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_votes SET state = 'published', appeals_until = $2 WHERE id = $1 AND state = 'counted'",
    )
    .bind(id)
    .bind(appeals_until)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
