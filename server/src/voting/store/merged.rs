//! SQL of two entries of the registry that are one person: among the members of heads, in mandates and objections.

use contract::ids::{MandateId, PersonId, VoteId};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

pub(in super::super) const VOTES: &str = "SELECT id, area FROM voting_votes WHERE id IN ( \
     SELECT vote FROM voting_members WHERE person = $1 UNION SELECT vote FROM voting_mandates WHERE owner = $1 \
     UNION SELECT vote FROM voting_mandates WHERE agent = $1 \
     UNION SELECT vote FROM voting_objections WHERE person = $1) ORDER BY id";

/// The votes that somebody has a part in, with their areas.
pub(in super::super) async fn votes(
    conn: &mut AnyConnection,
    person: &PersonId,
) -> Result<Vec<(VoteId, AreaId)>, Error> {
    sqlx::query_as(VOTES).bind(person).fetch_all(conn).await
}

pub(in super::super) const HEADS: &str = "SELECT m.head, CAST((SELECT COUNT(*) FROM voting_members o \
     WHERE o.vote = m.vote AND o.head = m.head AND o.person = $3) AS BIGINT) FROM voting_members m \
     WHERE m.person = $2 AND m.vote = $1 ORDER BY m.head";

/// The heads of a vote that the lost entry belongs to; of each, does the kept one as well?
pub(in super::super) async fn heads(
    conn: &mut AnyConnection,
    vote: &VoteId,
    (lost, kept): (&PersonId, &PersonId),
) -> Result<Vec<(String, bool)>, Error> {
    let rows: Vec<(String, i64)> = sqlx::query_as(HEADS).bind(vote).bind(lost).bind(kept).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(head, both)| (head, both > 0)).collect())
}

/// What co-owners named the lost entry as is said of the kept one.
const NAMED: &str = "UPDATE voting_members SET names = $4 WHERE vote = $1 AND head = $2 AND names = $3";

/// Where both are members the kept one takes over what only the lost one could do or had said.
const FOLD: &str = "UPDATE voting_members SET \
     acts = CASE WHEN acts = 1 OR EXISTS (SELECT 1 FROM voting_members l WHERE l.vote = $1 AND l.head = $2 \
     AND l.person = $3 AND l.acts = 1) THEN 1 ELSE 0 END, \
     may_vote = CASE WHEN may_vote = 1 OR EXISTS (SELECT 1 FROM voting_members l WHERE l.vote = $1 AND l.head = $2 \
     AND l.person = $3 AND l.may_vote = 1) THEN 1 ELSE 0 END, \
     names = COALESCE(names, (SELECT l.names FROM voting_members l WHERE l.vote = $1 AND l.head = $2 AND l.person = $3)) \
     WHERE vote = $1 AND head = $2 AND person = $4";

const GONE: &str = "DELETE FROM voting_members WHERE vote = $1 AND head = $2 AND person = $3 \
     AND EXISTS (SELECT 1 FROM voting_members k WHERE k.vote = $1 AND k.head = $2 AND k.person = $4)";

const RENAMED: &str = "UPDATE voting_members SET person = $4 WHERE vote = $1 AND head = $2 AND person = $3";

/// Puts the kept entry in the lost one's place among a head's members, as one of them.
pub(in super::super) async fn member(
    conn: &mut AnyConnection,
    (vote, head): (&VoteId, &str),
    (lost, kept): (&PersonId, &PersonId),
) -> Result<(), Error> {
    for statement in [NAMED, FOLD, GONE, RENAMED] {
        sqlx::query(statement).bind(vote).bind(head).bind(lost).bind(kept).execute(&mut *conn).await?;
    }
    Ok(())
}

pub(in super::super) const BETWEEN: &str = "SELECT id FROM voting_mandates \
     WHERE vote = $1 AND state = 'active' AND ((owner = $2 AND agent = $3) OR (owner = $3 AND agent = $2)) ORDER BY id";

/// Active mandates from one of the two for the other.
pub(in super::super) async fn between(
    conn: &mut AnyConnection,
    vote: &VoteId,
    (lost, kept): (&PersonId, &PersonId),
) -> Result<Vec<MandateId>, Error> {
    let rows: Vec<(MandateId,)> = sqlx::query_as(BETWEEN).bind(vote).bind(lost).bind(kept).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Lets the kept entry have given what the lost one gave; a mandate between the two stays as it was.
pub(in super::super) async fn owner(
    conn: &mut AnyConnection,
    vote: &VoteId,
    (lost, kept): (&PersonId, &PersonId),
) -> Result<(), Error> {
    sqlx::query("UPDATE voting_mandates SET owner = $3 WHERE owner = $2 AND vote = $1 AND agent <> $3")
        .bind(vote)
        .bind(lost)
        .bind(kept)
        .execute(conn)
        .await?;
    Ok(())
}

pub(in super::super) const HELD: &str = "SELECT id, slot, CASE WHEN state IN ('active', 'used') THEN 1 ELSE 0 END \
     FROM voting_mandates WHERE agent = $2 AND vote = $1 AND owner <> $3 ORDER BY id";

/// What the lost entry holds as agent: each with its slot, and whether it takes it still.
pub(in super::super) async fn held(
    conn: &mut AnyConnection,
    vote: &VoteId,
    (lost, kept): (&PersonId, &PersonId),
) -> Result<Vec<(MandateId, i64, bool)>, Error> {
    let rows: Vec<(MandateId, i64, i64)> =
        sqlx::query_as(HELD).bind(vote).bind(lost).bind(kept).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, slot, takes)| (id, slot, takes == 1)).collect())
}

/// Lets another hold a mandate, in this slot of theirs.
pub(in super::super) async fn agent(
    conn: &mut AnyConnection,
    id: &MandateId,
    kept: &PersonId,
    slot: i64,
) -> Result<(), Error> {
    sqlx::query("UPDATE voting_mandates SET agent = $2, slot = $3 WHERE id = $1")
        .bind(id)
        .bind(kept)
        .bind(slot)
        .execute(conn)
        .await?;
    Ok(())
}

/// Lets the kept entry have made the lost one's objections; where both have the same one open, the lost one's is
/// withdrawn.
pub(in super::super) async fn objections(
    conn: &mut AnyConnection,
    vote: &VoteId,
    (lost, kept): (&PersonId, &PersonId),
    (at, by): (Millis, &str),
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE voting_objections SET state = 'withdrawn', decided_at = $4, decided_by = $5 \
         WHERE vote = $1 AND person = $2 AND state = 'open' AND EXISTS (SELECT 1 FROM voting_objections k \
         WHERE k.vote = $1 AND k.person = $3 AND k.ground = voting_objections.ground \
         AND k.head = voting_objections.head AND k.state = 'open')",
    )
    .bind(vote)
    .bind(lost)
    .bind(kept)
    .bind(at)
    .bind(by)
    .execute(&mut *conn)
    .await?;
    sqlx::query("UPDATE voting_objections SET person = $3 WHERE vote = $1 AND person = $2")
        .bind(vote)
        .bind(lost)
        .bind(kept)
        .execute(conn)
        .await?;
    Ok(())
}
