//! SQL of objections and of what they changed.

use contract::Millis;
use contract::ids::{ObjectionId, PersonId, VoteId};
use contract::voting::{Ground, Objection, ObjectionState};
use sqlx::{AnyConnection, Error};

/// What a [`Row`] is read from.
macro_rules! columns {
    () => {
        "id, vote, ground, person, head, text, photo, state, reason, decided_at, at, (SELECT r.place FROM voting_roll r \
         WHERE r.vote = voting_objections.vote AND r.head = voting_objections.head) AS place"
    };
}

/// One objection as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::voting) struct Row {
    pub id: ObjectionId,
    pub vote: VoteId,
    ground: String,
    pub person: PersonId,
    /// The head that is meant; empty where none was named.
    pub head: String,
    text: String,
    photo: Option<String>,
    pub state: String,
    reason: Option<String>,
    decided_at: Option<Millis>,
    at: Millis,
    /// The door of the head, while it is on the roll.
    place: Option<String>,
}

impl Row {
    /// What is said to be wrong.
    pub fn ground(&self) -> Ground {
        Ground::from_code(&self.ground).unwrap_or(Ground::Procedure)
    }

    /// As its author and the workers see it.
    pub fn shown(self) -> Objection {
        Objection {
            ground: self.ground(),
            state: ObjectionState::from_code(&self.state).unwrap_or(ObjectionState::Withdrawn),
            id: self.id,
            text: self.text,
            photo: self.photo,
            at: self.at,
            reason: self.reason,
            decided_at: self.decided_at,
            head: self.head,
            place: self.place,
        }
    }
}

/// A new objection.
pub(super) struct New<'a> {
    pub id: &'a ObjectionId,
    pub vote: &'a VoteId,
    pub ground: Ground,
    pub person: &'a PersonId,
    pub head: &'a str,
    pub text: &'a str,
    pub photo: Option<&'a str>,
    pub at: Millis,
    pub key: &'a str,
}

/// Stores an objection; the one that has the key, be it this one or the first.
pub(super) async fn insert(conn: &mut AnyConnection, new: &New<'_>) -> Result<ObjectionId, Error> {
    sqlx::query(
        "INSERT INTO voting_objections (id, vote, stage, ground, person, head, text, photo, state, at, form_key) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10) ON CONFLICT (form_key) DO NOTHING",
    )
    .bind(new.id)
    .bind(new.vote)
    .bind(new.ground.stage().code())
    .bind(new.ground.code())
    .bind(new.person)
    .bind(new.head)
    .bind(new.text)
    .bind(new.photo)
    .bind(new.at)
    .bind(new.key)
    .execute(&mut *conn)
    .await?;
    let (id,) =
        sqlx::query_as("SELECT id FROM voting_objections WHERE form_key = $1").bind(new.key).fetch_one(conn).await?;
    Ok(id)
}

pub(in crate::voting) const FIND: &str = concat!("SELECT ", columns!(), " FROM voting_objections WHERE id = $1");

pub(super) async fn find(conn: &mut AnyConnection, id: &ObjectionId) -> Result<Option<Row>, Error> {
    sqlx::query_as(FIND).bind(id).fetch_optional(conn).await
}

pub(in crate::voting) const OF_PERSON: &str =
    concat!("SELECT ", columns!(), " FROM voting_objections WHERE person = $1 AND vote = $2 ORDER BY id DESC LIMIT 50");

/// One person's objections to a vote, newest first, at most 50.
pub(super) async fn of_person(conn: &mut AnyConnection, person: &PersonId, vote: &VoteId) -> Result<Vec<Row>, Error> {
    sqlx::query_as(OF_PERSON).bind(person).bind(vote).fetch_all(conn).await
}

pub(in crate::voting) const OF_VOTE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM voting_objections WHERE vote = $1 AND id > $2 AND ($3 = '' OR state = $3) \
     AND ($4 = '' OR stage = $4) ORDER BY id LIMIT $5"
);

/// What a list of objections asks for: state and stage as stored, empty for all.
pub(in crate::voting) struct Wanted<'a> {
    pub state: &'a str,
    pub stage: &'a str,
    pub after: &'a str,
}

/// Objections to a vote in the order in which they were made.
pub(in crate::voting) async fn of_vote(
    conn: &mut AnyConnection,
    vote: &VoteId,
    wanted: &Wanted<'_>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    sqlx::query_as(OF_VOTE)
        .bind(vote)
        .bind(wanted.after)
        .bind(wanted.state)
        .bind(wanted.stage)
        .bind(limit)
        .fetch_all(conn)
        .await
}

/// How an objection ends.
pub(super) struct End<'a> {
    pub state: ObjectionState,
    pub reason: Option<&'a str>,
    pub by: &'a str,
    pub at: Millis,
}

/// Ends an objection; false when it is not open any more.
pub(super) async fn end(conn: &mut AnyConnection, id: &ObjectionId, end: &End<'_>) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_objections SET state = $2, reason = $3, decided_by = $4, decided_at = $5 \
         WHERE id = $1 AND state = 'open'",
    )
    .bind(id)
    .bind(end.state.code())
    .bind(end.reason)
    .bind(end.by)
    .bind(end.at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::voting) const CHANGES: &str = "SELECT CAST(COUNT(DISTINCT objection) AS BIGINT) FROM voting_roll_changes \
     WHERE vote = $1";

/// How many granted objections have changed a vote's roll.
pub(super) async fn changes(conn: &mut AnyConnection, vote: &VoteId) -> Result<i64, Error> {
    let (changes,) = sqlx::query_as(CHANGES).bind(vote).fetch_one(conn).await?;
    Ok(changes)
}
