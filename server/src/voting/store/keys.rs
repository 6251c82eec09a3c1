//! SQL of the opening keys: who holds one, what is wrapped for whom, what was given.

use contract::ids::VoteId;
use contract::voting::KeyPart;
use sqlx::{AnyConnection, Error};

/// Who holds one of a vote's keys.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Holder {
    /// The account's or person's name in events.
    pub holder: String,
    /// A [`KeyPart`]'s code.
    part: String,
    pub name: String,
    pub public_key: String,
}

impl Holder {
    /// Which key; a CHECK keeps the column to the codes known.
    pub fn part(&self) -> KeyPart {
        KeyPart::from_code(&self.part).unwrap_or(KeyPart::Organiser)
    }
}

/// Keeps the public part of somebody's key of a draft, in place of their earlier one; false when the vote is
/// announced or they hold the other kind.
pub(in super::super) async fn put(
    conn: &mut AnyConnection,
    vote: &VoteId,
    (holder, name): (&str, &str),
    part: KeyPart,
    public_key: &str,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO voting_keys (vote, holder, part, name, public_key) \
         SELECT id, $2, $3, $4, $5 FROM voting_votes WHERE id = $1 AND state = 'draft' \
         ON CONFLICT (vote, holder) DO UPDATE SET public_key = excluded.public_key, name = excluded.name \
         WHERE voting_keys.part = excluded.part",
    )
    .bind(vote)
    .bind(holder)
    .bind(part.code())
    .bind(name)
    .bind(public_key)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) const HOLDERS: &str =
    "SELECT holder, part, name, public_key FROM voting_keys WHERE vote = $1 ORDER BY holder";

/// Everybody who holds a key.
pub(in super::super) async fn holders(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Holder>, Error> {
    sqlx::query_as(HOLDERS).bind(vote).fetch_all(conn).await
}

/// The urn's private key, wrapped for two holders together.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Wrap {
    pub organiser: String,
    pub scrutineer: String,
    pub wrapped: String,
}

/// Keeps one wrapping.
pub(in super::super) async fn wrap(conn: &mut AnyConnection, vote: &VoteId, wrap: &Wrap) -> Result<(), Error> {
    sqlx::query("INSERT INTO voting_wraps (vote, organiser, scrutineer, wrapped) VALUES ($1, $2, $3, $4)")
        .bind(vote)
        .bind(&wrap.organiser)
        .bind(&wrap.scrutineer)
        .bind(&wrap.wrapped)
        .execute(conn)
        .await?;
    Ok(())
}

pub(in super::super) const WRAPS: &str =
    "SELECT organiser, scrutineer, wrapped FROM voting_wraps WHERE vote = $1 ORDER BY organiser, scrutineer";

/// All wrappings of a vote's key.
pub(in super::super) async fn wraps(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Wrap>, Error> {
    sqlx::query_as(WRAPS).bind(vote).fetch_all(conn).await
}

/// What one holder gave towards the opening.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Given {
    pub holder: String,
    part: String,
    /// Their shares, sealed.
    pub share: String,
}

impl Given {
    /// See [`Holder::part`].
    pub fn part(&self) -> KeyPart {
        KeyPart::from_code(&self.part).unwrap_or(KeyPart::Organiser)
    }
}

/// Keeps what a holder gave, once.
pub(in super::super) async fn give(
    conn: &mut AnyConnection,
    vote: &VoteId,
    (holder, part): (&str, KeyPart),
    share: &str,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO voting_openings (vote, holder, part, share) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (vote, holder) DO UPDATE SET share = excluded.share",
    )
    .bind(vote)
    .bind(holder)
    .bind(part.code())
    .bind(share)
    .execute(conn)
    .await?;
    Ok(())
}

pub(in super::super) const GIVEN: &str =
    "SELECT holder, part, share FROM voting_openings WHERE vote = $1 ORDER BY holder";

/// What was given so far.
pub(in super::super) async fn given(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Given>, Error> {
    sqlx::query_as(GIVEN).bind(vote).fetch_all(conn).await
}

/// Forgets what was given: the next opening needs both holders again.
pub(in super::super) async fn forget_given(conn: &mut AnyConnection, vote: &VoteId) -> Result<(), Error> {
    sqlx::query("DELETE FROM voting_openings WHERE vote = $1").bind(vote).execute(conn).await?;
    Ok(())
}

/// Destroys the wrapped private key: the urn can never be opened again.
pub(in super::super) async fn destroy(conn: &mut AnyConnection, vote: &VoteId) -> Result<(), Error> {
    forget_given(conn, vote).await?;
    sqlx::query("DELETE FROM voting_wraps WHERE vote = $1").bind(vote).execute(conn).await?;
    Ok(())
}

/// Notes which counted ballot is a head's, sealed; for signed votes.
pub(in super::super) async fn sign(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
    counted: &str,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO voting_signed (vote, head, counted) VALUES ($1, $2, $3)")
        .bind(vote)
        .bind(head)
        .bind(counted)
        .execute(conn)
        .await?;
    Ok(())
}

pub(in super::super) const SIGNED: &str = "SELECT head, counted FROM voting_signed WHERE vote = $1 AND head = $2";

/// The sealed id of a head's counted ballot.
pub(in super::super) async fn signed(
    conn: &mut AnyConnection,
    vote: &VoteId,
    head: &str,
) -> Result<Option<(String, String)>, Error> {
    sqlx::query_as(SIGNED).bind(vote).bind(head).fetch_optional(conn).await
}

pub(in super::super) const SIGNED_AFTER: &str =
    "SELECT head, counted FROM voting_signed WHERE vote = $1 AND head > $2 ORDER BY head LIMIT $3";

/// Heads after `after` (empty: from the first) with the sealed ids of their counted ballots.
pub(in super::super) async fn signed_after(
    conn: &mut AnyConnection,
    vote: &VoteId,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, String)>, Error> {
    sqlx::query_as(SIGNED_AFTER).bind(vote).bind(after).bind(limit).fetch_all(conn).await
}

/// A column that the server's keyring seals.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct SealedColumn {
    select: &'static str,
    update: &'static str,
}

/// Whose a counted ballot is.
pub(in super::super) const SIGNED_ALL: SealedColumn = SealedColumn {
    select: "SELECT vote, head AS whose, counted AS sealed FROM voting_signed WHERE (vote, head) > ($1, $2) \
         ORDER BY vote, head LIMIT $3",
    update: "UPDATE voting_signed SET counted = $4 WHERE vote = $1 AND head = $2 AND counted = $3",
};

/// What waits for an opening.
pub(in super::super) const GIVEN_ALL: SealedColumn = SealedColumn {
    select: "SELECT vote, holder AS whose, share AS sealed FROM voting_openings WHERE (vote, holder) > ($1, $2) \
         ORDER BY vote, holder LIMIT $3",
    update: "UPDATE voting_openings SET share = $4 WHERE vote = $1 AND holder = $2 AND share = $3",
};

/// What workers read off papers that are not settled yet; `whose` is the paper's number and the entry's turn.
pub(in super::super) const ENTRIES_ALL: SealedColumn = SealedColumn {
    select: "SELECT e.vote, e.whose, e.marks AS sealed FROM (SELECT vote, marks, \
         CAST(number AS TEXT) || '/' || CAST(turn AS TEXT) AS whose FROM voting_paper_entries \
         WHERE marks IS NOT NULL) e WHERE (e.vote, e.whose) > ($1, $2) ORDER BY e.vote, e.whose LIMIT $3",
    update: "UPDATE voting_paper_entries SET marks = $4 \
         WHERE vote = $1 AND CAST(number AS TEXT) || '/' || CAST(turn AS TEXT) = $2 AND marks = $3",
};

/// One sealed value: whose it is within the vote, and its text.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Sealed {
    pub vote: VoteId,
    pub whose: String,
    pub sealed: String,
}

/// Sealed values of all votes after (`vote`, `of`), in that order.
pub(in super::super) async fn sealed_after(
    conn: &mut AnyConnection,
    column: SealedColumn,
    (vote, of): (&VoteId, &str),
    limit: i64,
) -> Result<Vec<Sealed>, Error> {
    sqlx::query_as(column.select).bind(vote).bind(of).bind(limit).fetch_all(conn).await
}

/// Puts a value sealed anew in the old one's place, if that still stands there.
pub(in super::super) async fn replace_sealed(
    conn: &mut AnyConnection,
    column: SealedColumn,
    value: &Sealed,
    again: &str,
) -> Result<(), Error> {
    sqlx::query(column.update)
        .bind(&value.vote)
        .bind(&value.whose)
        .bind(&value.sealed)
        .bind(again)
        .execute(conn)
        .await?;
    Ok(())
}
