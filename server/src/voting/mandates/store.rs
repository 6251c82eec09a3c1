//! SQL of mandates.

use contract::Millis;
use contract::ids::{MandateId, PersonId, VoteId};
use contract::voting::MandateState;
use sqlx::{AnyConnection, Error};

/// What a [`Row`] is read from.
macro_rules! columns {
    () => {
        "id, vote, head, owner, agent, slot, state, photo, desk, at, ended_at"
    };
}

/// One mandate as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::voting) struct Row {
    pub id: MandateId,
    pub vote: VoteId,
    pub head: String,
    pub owner: PersonId,
    pub agent: PersonId,
    /// Which of the agent's mandates in this vote, from 1.
    pub slot: i64,
    pub state: String,
    pub photo: String,
    /// The worker who entered it, if one did.
    pub desk: Option<String>,
    pub at: Millis,
    pub ended_at: Option<Millis>,
}

impl Row {
    /// Where it stands.
    pub fn state(&self) -> MandateState {
        MandateState::from_code(&self.state).unwrap_or(MandateState::Ended)
    }
}

/// Stores an active mandate. The unique indexes refuse a form's second, a head's second, and an agent's in a slot
/// that is taken.
pub(super) async fn insert(conn: &mut AnyConnection, row: &Row, key: &str) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO voting_mandates (id, vote, head, owner, agent, slot, state, photo, desk, at, form_key) \
         VALUES ($1, $2, $3, $4, $5, $6, 'active', $7, $8, $9, $10)",
    )
    .bind(&row.id)
    .bind(&row.vote)
    .bind(&row.head)
    .bind(&row.owner)
    .bind(&row.agent)
    .bind(row.slot)
    .bind(&row.photo)
    .bind(&row.desk)
    .bind(row.at)
    .bind(key)
    .execute(conn)
    .await?;
    Ok(())
}

pub(in crate::voting) const BY_KEY: &str = "SELECT id FROM voting_mandates WHERE form_key = $1";

/// The mandate that a form made.
pub(super) async fn by_key(conn: &mut AnyConnection, key: &str) -> Result<Option<MandateId>, Error> {
    let row: Option<(MandateId,)> = sqlx::query_as(BY_KEY).bind(key).fetch_optional(conn).await?;
    Ok(row.map(|(id,)| id))
}

pub(in crate::voting) const FIND: &str = concat!("SELECT ", columns!(), " FROM voting_mandates WHERE id = $1");

pub(super) async fn find(conn: &mut AnyConnection, id: &MandateId) -> Result<Option<Row>, Error> {
    sqlx::query_as(FIND).bind(id).fetch_optional(conn).await
}

pub(in crate::voting) const ACTIVE_OF: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM voting_mandates WHERE vote = $1 AND head = $2 AND state IN ('active', 'used') AND state = 'active'"
);

/// A head's active mandate.
pub(in crate::voting) async fn active_of(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
) -> Result<Option<Row>, Error> {
    sqlx::query_as(ACTIVE_OF).bind(vote).bind(head).fetch_optional(conn).await
}

pub(in crate::voting) const SLOTS: &str = "SELECT slot FROM voting_mandates \
     WHERE vote = $1 AND agent = $2 AND state IN ('active', 'used') ORDER BY slot";

/// The slots that an agent's mandates in a vote take.
pub(in crate::voting) async fn slots(
    conn: &mut AnyConnection,
    vote: &VoteId,
    agent: &PersonId,
) -> Result<Vec<i64>, Error> {
    let rows: Vec<(i64,)> = sqlx::query_as(SLOTS).bind(vote).bind(agent).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(slot,)| slot).collect())
}

pub(in crate::voting) const GIVEN: &str =
    concat!("SELECT ", columns!(), " FROM voting_mandates WHERE owner = $1 AND vote = $2 ORDER BY id DESC LIMIT 50");

/// Mandates that a person gave in a vote, newest first, at most 50.
pub(super) async fn given(conn: &mut AnyConnection, owner: &PersonId, vote: &VoteId) -> Result<Vec<Row>, Error> {
    sqlx::query_as(GIVEN).bind(owner).bind(vote).fetch_all(conn).await
}

pub(in crate::voting) const HELD: &str =
    concat!("SELECT ", columns!(), " FROM voting_mandates WHERE agent = $1 AND vote = $2 ORDER BY id DESC LIMIT 50");

/// Mandates that a person holds as agent in a vote, newest first, at most 50.
pub(super) async fn held(conn: &mut AnyConnection, agent: &PersonId, vote: &VoteId) -> Result<Vec<Row>, Error> {
    sqlx::query_as(HELD).bind(agent).bind(vote).fetch_all(conn).await
}

pub(in crate::voting) const OF_VOTE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM voting_mandates WHERE vote = $1 AND id > $2 AND ($3 = '' OR state = $3) ORDER BY id LIMIT $4"
);

/// Mandates of a vote after the id `after`, of one state or all, in the order in which they were given.
pub(super) async fn of_vote(
    conn: &mut AnyConnection,
    vote: &VoteId,
    (after, state): (&str, &str),
    limit: i64,
) -> Result<Vec<Row>, Error> {
    sqlx::query_as(OF_VOTE).bind(vote).bind(after).bind(state).bind(limit).fetch_all(conn).await
}

/// Ends an active mandate; false when it is none any more.
pub(super) async fn end(
    conn: &mut AnyConnection,
    id: &MandateId,
    state: MandateState,
    at: Millis,
) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE voting_mandates SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'active'")
        .bind(id)
        .bind(state.code())
        .bind(at)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}
