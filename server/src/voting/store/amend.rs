//! SQL of what changes a published roll before its poll opens, and of what marks a head from paper.

use super::roll::Head;
use contract::check::mask_name;
use contract::ids::{PersonId, VoteId};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

pub(in super::super) const ROLL_IS_OPEN: &str =
    "SELECT short FROM voting_votes WHERE id = $1 AND state = 'announced' AND opens_at > $2";

/// May the roll still change?
pub(in super::super) async fn roll_is_open(
    conn: &mut AnyConnection,
    vote: &VoteId,
    now: Millis,
) -> Result<bool, Error> {
    let row: Option<(i64,)> = sqlx::query_as(ROLL_IS_OPEN).bind(vote).bind(now).fetch_optional(conn).await?;
    Ok(row.is_some())
}

/// A head counts with another area.
pub(in super::super) async fn set_area(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    area_dm2: i64,
) -> Result<(), Error> {
    sqlx::query("UPDATE voting_roll SET area_dm2 = $3 WHERE vote = $1 AND head = $2")
        .bind(vote)
        .bind(head)
        .bind(area_dm2)
        .execute(conn)
        .await?;
    Ok(())
}

/// Lets one person alone cast a head's ballot, as if all who act for it had named them; they are listed with the
/// head where they are not.
pub(in super::super) async fn set_voter(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    voter: &PersonId,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO voting_members (vote, head, person, acts, may_vote) VALUES ($1, $2, $3, 1, 1) \
         ON CONFLICT (vote, head, person) DO UPDATE SET acts = 1",
    )
    .bind(vote)
    .bind(head)
    .bind(voter)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "UPDATE voting_members SET names = CASE WHEN acts = 1 THEN $3 ELSE names END, \
         may_vote = CASE WHEN person = $3 THEN 1 ELSE 0 END WHERE vote = $1 AND head = $2",
    )
    .bind(vote)
    .bind(head)
    .bind(voter)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a person off a head, and the head off the roll with its last person; whom they alone kept from voting
/// votes then. `name` is theirs; as masked it goes from the names shown. False when they are not of the head.
pub(in super::super) async fn remove(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    (person, name): (&PersonId, &str),
) -> Result<bool, Error> {
    let done = sqlx::query("DELETE FROM voting_members WHERE vote = $1 AND head = $2 AND person = $3")
        .bind(vote)
        .bind(head)
        .bind(person)
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("UPDATE voting_members SET names = NULL WHERE vote = $1 AND head = $2 AND names = $3")
        .bind(vote)
        .bind(head)
        .bind(person)
        .execute(&mut *conn)
        .await?;
    for statement in [EMPTY_DWELLINGS, EMPTY_HEAD] {
        sqlx::query(statement).bind(vote).bind(head).execute(&mut *conn).await?;
    }
    drop_name(conn, vote, head, name).await?;
    settle_rest(conn, vote, head).await?;
    Ok(true)
}

/// What a head without persons counted, and the head itself.
const EMPTY_DWELLINGS: &str = "DELETE FROM voting_dwellings WHERE vote = $1 AND head = $2 \
     AND NOT EXISTS (SELECT 1 FROM voting_members m WHERE m.vote = $1 AND m.head = $2)";
const EMPTY_HEAD: &str = "DELETE FROM voting_roll WHERE vote = $1 AND head = $2 \
     AND NOT EXISTS (SELECT 1 FROM voting_members m WHERE m.vote = $1 AND m.head = $2)";

/// Shows a head with one name less.
pub(in super::super) async fn drop_name(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    name: &str,
) -> Result<(), Error> {
    let shown: Option<(String, String)> = super::register::shown(&mut *conn, vote, head).await?;
    let Some((_, names)) = shown else { return Ok(()) };
    sqlx::query("UPDATE voting_roll SET names = $3 WHERE vote = $1 AND head = $2")
        .bind(vote)
        .bind(head)
        .bind(without(&names, name))
        .execute(conn)
        .await?;
    Ok(())
}

/// Names of a head without one person's, which stands there masked, an organisation's in full. Two who look the same
/// are one less; the last name stays.
fn without(names: &str, name: &str) -> String {
    let masked = mask_name(name);
    let mut left: Vec<&str> = names.split('、').collect();
    let at = left.iter().position(|shown| *shown == masked || *shown == name);
    if let Some(at) = at.filter(|_| left.len() > 1) {
        left.remove(at);
    }
    left.join("、")
}

/// Lets somebody vote for a head of owners that has lost its voter: who alone acts for it now, or whom all who do
/// have named.
pub(in super::super) async fn settle_rest(conn: &mut AnyConnection, vote: &VoteId, head: &str) -> Result<(), Error> {
    sqlx::query(
        "UPDATE voting_members SET may_vote = 1 WHERE vote = $1 AND head = $2 AND acts = 1 \
         AND EXISTS (SELECT 1 FROM voting_votes WHERE id = $1 AND unit = 'owners') \
         AND NOT EXISTS (SELECT 1 FROM voting_members v WHERE v.vote = $1 AND v.head = $2 AND v.may_vote = 1) \
         AND ((SELECT COUNT(*) FROM voting_members a WHERE a.vote = $1 AND a.head = $2 AND a.acts = 1) = 1 \
         OR NOT EXISTS (SELECT 1 FROM voting_members o WHERE o.vote = $1 AND o.head = $2 AND o.acts = 1 \
         AND (o.names IS NULL OR o.names <> voting_members.person)))",
    )
    .bind(vote)
    .bind(head)
    .execute(conn)
    .await?;
    Ok(())
}

/// Numbers a building that the roll has not known before.
pub(in super::super) async fn add_building(
    conn: &mut AnyConnection,
    vote: &VoteId,
    building: &AreaId,
    name: &str,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO voting_buildings (vote, number, building, name) \
         SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3 FROM voting_buildings WHERE vote = $1 \
         ON CONFLICT (vote, building) DO NOTHING",
    )
    .bind(vote)
    .bind(building)
    .bind(name)
    .execute(conn)
    .await?;
    Ok(())
}

pub(in super::super) const HEADS: &str =
    "SELECT head, building, area_dm2 FROM voting_roll WHERE vote = $1 ORDER BY head";

/// What a roll's hash is taken of: every head with its building and area, without its members.
pub(in super::super) async fn heads(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Head>, Error> {
    let rows: Vec<(String, AreaId, i64)> = sqlx::query_as(HEADS).bind(vote).fetch_all(conn).await?;
    let head = |(head, building, area_dm2)| Head {
        head,
        building,
        area_dm2,
        place: String::new(),
        names: String::new(),
        dwellings: 0,
        members: Vec::new(),
        homes: Vec::new(),
    };
    Ok(rows.into_iter().map(head).collect())
}

/// The roll's new sums and hash; false once the poll is open.
pub(in super::super) async fn set_roll(
    conn: &mut AnyConnection,
    vote: &VoteId,
    (heads, area_dm2): (i64, i64),
    sha256: &str,
    now: Millis,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE voting_votes SET heads = $2, area_dm2 = $3, roll_sha256 = $4 \
         WHERE id = $1 AND state = 'announced' AND opens_at > $5",
    )
    .bind(vote)
    .bind(heads)
    .bind(area_dm2)
    .bind(sha256)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) const MARK_PAPER: &str = "\
     UPDATE voting_roll SET voted_at = $4, channel = 'paper' WHERE vote = $1 AND head = $2 AND voted_at IS NULL \
     AND area_dm2 = $3 AND EXISTS (SELECT 1 FROM voting_votes WHERE id = $1 AND state = 'announced' \
     AND opens_at <= $4 AND closes_at > $4 - $5) RETURNING building";

/// Marks a head as having voted on paper, unless it has voted before; `late` is how long after the poll papers
/// may still be entered. One statement: of paper and phone at the same moment one succeeds.
pub(in super::super) async fn mark_paper(
    conn: &mut AnyConnection,
    (vote, head): (&VoteId, &str),
    area_dm2: i64,
    now: Millis,
    late: Millis,
) -> Result<Option<AreaId>, Error> {
    let row: Option<(AreaId,)> = sqlx::query_as(MARK_PAPER)
        .bind(vote)
        .bind(head)
        .bind(area_dm2)
        .bind(now)
        .bind(late)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|(building,)| building))
}

/// Notes that a head's paper was handed in, unless a ballot has come before, or takes that back; false when
/// nothing was changed.
pub(in super::super) async fn set_paper(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    at: Option<Millis>,
) -> Result<bool, Error> {
    let text = match at {
        Some(_) => {
            "UPDATE voting_roll SET paper_at = $3 WHERE vote = $1 AND head = $2 AND voted_at IS NULL \
             AND paper_at IS NULL"
        }
        None => "UPDATE voting_roll SET paper_at = $3 WHERE vote = $1 AND head = $2 AND voted_at IS NULL",
    };
    let done = sqlx::query(text).bind(vote).bind(head).bind(at).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) const HAS_PAPER: &str = "SELECT paper_at FROM voting_roll WHERE vote = $1 AND head = $2";

/// Was a head's paper handed in?
pub(in super::super) async fn has_paper(conn: &mut AnyConnection, vote: &VoteId, head: &str) -> Result<bool, Error> {
    let row: Option<(Option<Millis>,)> = sqlx::query_as(HAS_PAPER).bind(vote).bind(head).fetch_optional(conn).await?;
    Ok(row.is_some_and(|(at,)| at.is_some()))
}

/// Keeps the proof that a paper reached a head.
pub(in super::super) async fn set_delivered(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    proof: &str,
) -> Result<(), Error> {
    sqlx::query("UPDATE voting_roll SET delivered = $3 WHERE vote = $1 AND head = $2")
        .bind(vote)
        .bind(head)
        .bind(proof)
        .execute(conn)
        .await?;
    Ok(())
}

pub(in super::super) const VOTER: &str =
    "SELECT person FROM voting_members WHERE vote = $1 AND head = $2 AND may_vote = 1 ORDER BY person LIMIT 1";

/// Who casts a head's ballot; nobody while none is named.
pub(in super::super) async fn voter(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
) -> Result<Option<PersonId>, Error> {
    let row: Option<(PersonId,)> = sqlx::query_as(VOTER).bind(vote).bind(head).fetch_optional(conn).await?;
    Ok(row.map(|(person,)| person))
}

pub(in super::super) const MEMBERS: &str =
    "SELECT person FROM voting_members WHERE vote = $1 AND head = $2 ORDER BY person";

/// Everybody whom a head belongs to.
pub(in super::super) async fn members(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<(PersonId,)> = sqlx::query_as(MEMBERS).bind(vote).bind(head).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}
