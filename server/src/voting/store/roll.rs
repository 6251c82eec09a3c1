//! SQL of the frozen roll, its buildings and its members.

use crate::db::rows::{self, Bound, Row};
use crate::people::door_order;
use contract::ids::{DwellingId, MandateId, PersonId, VoteId};
use contract::voting::{BuildingTurnout, RollEntry};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

/// One head to be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// Names it within the vote.
    pub head: String,
    pub building: AreaId,
    /// The address of its first dwelling.
    pub place: String,
    /// Its owners' masked names.
    pub names: String,
    pub dwellings: i64,
    pub area_dm2: i64,
    pub members: Vec<Member>,
    /// Dwellings of owners, each with the area that it counts with.
    pub homes: Vec<(DwellingId, i64)>,
}

/// A person of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub person: PersonId,
    /// Does this person act for the head?
    pub acts: bool,
    /// May this person cast its ballot?
    pub may_vote: bool,
}

struct Listed<'a>(&'a VoteId, &'a Head);

impl Row for Listed<'_> {
    const INTO: &'static str = "voting_roll (vote, head, building, place, door, names, dwellings, area_dm2)";

    fn bind(&self, bound: Bound) -> Bound {
        let Head { head, building, place, names, dwellings, area_dm2, .. } = self.1;
        let bound = bound.bind(self.0.clone()).bind(head.clone()).bind(building.clone());
        let bound = bound.bind(place.clone()).bind(door_order(place));
        bound.bind(names.clone()).bind(*dwellings).bind(*area_dm2)
    }
}

struct Belongs<'a>(&'a VoteId, &'a Head, &'a Member);

impl Row for Belongs<'_> {
    const INTO: &'static str = "voting_members (vote, head, person, acts, may_vote)";

    fn bind(&self, bound: Bound) -> Bound {
        let Member { person, acts, may_vote } = self.2;
        let bound = bound.bind(self.0.clone()).bind(self.1.head.clone()).bind(person.clone());
        bound.bind(i64::from(*acts)).bind(i64::from(*may_vote))
    }
}

struct Counts<'a>(&'a VoteId, &'a Head, &'a (DwellingId, i64));

impl Row for Counts<'_> {
    const INTO: &'static str = "voting_dwellings (vote, dwelling, head, area_dm2)";

    fn bind(&self, bound: Bound) -> Bound {
        let (dwelling, area_dm2) = self.2;
        bound.bind(self.0.clone()).bind(dwelling.clone()).bind(self.1.head.clone()).bind(*area_dm2)
    }
}

/// Lists all heads with their members and dwellings.
pub(in super::super) async fn insert(conn: &mut AnyConnection, vote: &VoteId, heads: &[Head]) -> Result<(), Error> {
    let listed: Vec<Listed<'_>> = heads.iter().map(|head| Listed(vote, head)).collect();
    rows::insert(conn, &listed).await?;
    let members = heads.iter().flat_map(|head| head.members.iter().map(move |member| Belongs(vote, head, member)));
    rows::insert(conn, &members.collect::<Vec<_>>()).await?;
    let counts = heads.iter().flat_map(|head| head.homes.iter().map(move |home| Counts(vote, head, home)));
    rows::insert(conn, &counts.collect::<Vec<_>>()).await
}

/// Numbers and names the roll's buildings, from 1 in the order given.
pub(in super::super) async fn insert_buildings(
    conn: &mut AnyConnection,
    vote: &VoteId,
    buildings: &[(AreaId, String)],
) -> Result<(), Error> {
    for (number, (building, name)) in (1i64..).zip(buildings) {
        sqlx::query("INSERT INTO voting_buildings (vote, number, building, name) VALUES ($1, $2, $3, $4)")
            .bind(vote)
            .bind(number)
            .bind(building)
            .bind(name)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Number, id and name of each building.
pub(in super::super) async fn buildings(
    conn: &mut AnyConnection,
    vote: &VoteId,
) -> Result<Vec<(i64, AreaId, String)>, Error> {
    sqlx::query_as("SELECT number, building, name FROM voting_buildings WHERE vote = $1 ORDER BY number")
        .bind(vote)
        .fetch_all(conn)
        .await
}

pub(in super::super) const ENTRIES: &str = "SELECT r.head, r.building, b.name, r.place, r.dwellings, r.area_dm2, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM voting_members o WHERE o.vote = r.vote AND o.head = r.head) AS members, \
     (SELECT CAST(SUM(o.may_vote) AS BIGINT) FROM voting_members o WHERE o.vote = r.vote AND o.head = r.head) AS voters, \
     m.may_vote, r.voted_at, r.paper_at FROM voting_members m JOIN voting_roll r ON r.vote = m.vote AND r.head = m.head \
     JOIN voting_buildings b ON b.vote = r.vote AND b.building = r.building \
     WHERE m.vote = $1 AND m.person = $2 ORDER BY r.door, r.head";

#[derive(sqlx::FromRow)]
struct EntryRow {
    head: String,
    building: AreaId,
    name: String,
    place: String,
    dwellings: i64,
    area_dm2: i64,
    members: i64,
    voters: i64,
    may_vote: i64,
    voted_at: Option<Millis>,
    paper_at: Option<Millis>,
}

/// The heads that one person belongs to.
pub(in super::super) async fn entries(
    conn: &mut AnyConnection,
    vote: &VoteId,
    person: &PersonId,
) -> Result<Vec<RollEntry>, Error> {
    let rows: Vec<EntryRow> = sqlx::query_as(ENTRIES).bind(vote).bind(person).fetch_all(conn).await?;
    let entry = |row: EntryRow| RollEntry {
        head: row.head,
        building: row.building,
        building_name: row.name,
        place: row.place,
        dwellings: row.dwellings,
        area_dm2: row.area_dm2,
        members: row.members,
        named: row.voters > 0,
        may_vote: row.may_vote == 1,
        voted_at: row.voted_at,
        paper_at: row.paper_at,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// A ballot that is about to be cast.
pub(in super::super) struct Casting<'a> {
    pub vote: &'a VoteId,
    pub head: &'a str,
    pub person: &'a PersonId,
    /// The area that the voter has seen and that is sealed with the ballot.
    pub area_dm2: i64,
    /// The key that the ballot is sealed to, and with it the paper that it was checked against.
    pub public_key: &'a str,
    /// By which the person, who is not of the head, casts its ballot.
    pub mandate: Option<&'a MandateId>,
}

pub(in super::super) const MARK_VOTED: &str = "\
     UPDATE voting_roll SET voted_at = $6, channel = 'online' \
     WHERE vote = $1 AND head = $2 AND voted_at IS NULL AND paper_at IS NULL AND area_dm2 = $4 \
     AND EXISTS (SELECT 1 FROM voting_members WHERE vote = $1 AND head = $2 AND person = $3 AND may_vote = 1) \
     AND EXISTS (SELECT 1 FROM voting_votes WHERE id = $1 AND state = 'announced' AND public_key = $5 \
     AND opens_at <= $6 AND closes_at > $6) RETURNING building, CASE WHEN EXISTS (SELECT 1 FROM voting_mandates m \
     WHERE m.vote = $1 AND m.head = $2 AND m.state = 'active') THEN 1 ELSE 0 END";

/// The same for who holds this mandate of the head, from one who casts its ballot.
pub(in super::super) const MARK_BY_MANDATE: &str = "\
     UPDATE voting_roll SET voted_at = $6, channel = 'online' \
     WHERE vote = $1 AND head = $2 AND voted_at IS NULL AND paper_at IS NULL AND area_dm2 = $4 \
     AND EXISTS (SELECT 1 FROM voting_mandates m JOIN voting_members o ON o.vote = m.vote AND o.head = m.head \
     AND o.person = m.owner WHERE m.id = $7 AND m.vote = $1 AND m.head = $2 AND m.agent = $3 AND m.state = 'active' \
     AND o.may_vote = 1) \
     AND EXISTS (SELECT 1 FROM voting_votes WHERE id = $1 AND state = 'announced' AND public_key = $5 \
     AND opens_at <= $6 AND closes_at > $6) RETURNING building, 1";

/// Marks a head as having voted, if the poll is open, the person casts its ballot, the weight is the one seen
/// and no ballot of it has come yet: all in one statement, so that of any number of tries one succeeds. Gives back its
/// building, and whether a mandate is active for it.
pub(in super::super) async fn mark_voted(
    conn: &mut AnyConnection,
    ballot: &Casting<'_>,
    now: Millis,
) -> Result<Option<(AreaId, bool)>, Error> {
    let query = sqlx::query_as(if ballot.mandate.is_some() { MARK_BY_MANDATE } else { MARK_VOTED })
        .bind(ballot.vote)
        .bind(ballot.head)
        .bind(ballot.person)
        .bind(ballot.area_dm2)
        .bind(ballot.public_key)
        .bind(now);
    let query = match ballot.mandate {
        Some(mandate) => query.bind(mandate),
        None => query,
    };
    let row: Option<(AreaId, i64)> = query.fetch_optional(conn).await?;
    Ok(row.map(|(building, mandated)| (building, mandated == 1)))
}

pub(in super::super) const PERSONS_AFTER: &str = "\
     SELECT DISTINCT m.person FROM voting_members m JOIN voting_roll r ON r.vote = m.vote AND r.head = m.head \
     WHERE m.vote = $1 AND m.person > $2 AND ($3 = 0 OR (m.acts = 1 AND r.voted_at IS NULL AND r.paper_at IS NULL)) \
     ORDER BY m.person LIMIT $4";

/// Which persons of a roll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Persons {
    All,
    /// Who acts for a head that no ballot has come from: not minors, not organisations.
    Waiting,
}

/// These persons of the roll after `after` (empty: from the first).
pub(in super::super) async fn persons_after(
    conn: &mut AnyConnection,
    vote: &VoteId,
    after: &str,
    which: Persons,
    limit: i64,
) -> Result<Vec<PersonId>, Error> {
    let query =
        sqlx::query_as(PERSONS_AFTER).bind(vote).bind(after).bind(i64::from(which == Persons::Waiting)).bind(limit);
    let rows: Vec<(PersonId,)> = query.fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

pub(in super::super) const WAITING: &str = "\
     SELECT r.head, m.person, r.building, r.place FROM voting_roll r \
     JOIN voting_members m ON m.vote = r.vote AND m.head = r.head \
     WHERE r.vote = $1 AND r.building >= $2 AND r.building < $3 AND r.voted_at IS NULL \
     ORDER BY r.building, r.door, r.head, m.person";

/// One person of a head that has not voted.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Waiting {
    pub head: String,
    pub person: PersonId,
    pub building: AreaId,
    pub place: String,
}

/// Persons of an area's heads that have not voted, door by door.
pub(in super::super) async fn waiting(
    conn: &mut AnyConnection,
    vote: &VoteId,
    area: &AreaId,
) -> Result<Vec<Waiting>, Error> {
    sqlx::query_as(WAITING).bind(vote).bind(area).bind(area.end()).fetch_all(conn).await
}

pub(in super::super) const TURNOUT: &str = "\
     SELECT b.building, b.name, r.heads, r.voted, r.area, r.voted_area FROM voting_buildings b JOIN ( \
     SELECT building, CAST(COUNT(*) AS BIGINT) AS heads, CAST(COUNT(voted_at) AS BIGINT) AS voted, \
     CAST(SUM(area_dm2) AS BIGINT) AS area, \
     CAST(SUM(CASE WHEN voted_at IS NULL THEN 0 ELSE area_dm2 END) AS BIGINT) AS voted_area \
     FROM voting_roll WHERE vote = $1 GROUP BY building) r ON r.building = b.building \
     WHERE b.vote = $1 ORDER BY b.number";

/// Heads and area per building, in all and of those who voted.
pub(in super::super) async fn turnout(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<BuildingTurnout>, Error> {
    let rows: Vec<(AreaId, String, i64, i64, i64, i64)> = sqlx::query_as(TURNOUT).bind(vote).fetch_all(conn).await?;
    Ok(rows
        .into_iter()
        .map(|(building, name, heads, voted, area_dm2, voted_area_dm2)| BuildingTurnout {
            building,
            name,
            heads,
            voted,
            area_dm2,
            voted_area_dm2,
        })
        .collect())
}

pub(in super::super) const DELIVERED: &str = "SELECT CAST(COUNT(*) AS BIGINT), \
     CAST(COALESCE(SUM(area_dm2), 0) AS BIGINT) FROM voting_roll \
     WHERE vote = $1 AND voted_at IS NULL AND delivered IS NOT NULL";

/// Heads and area that a ballot was delivered to, each with a proof of its own, and none came back from.
pub(in super::super) async fn delivered(conn: &mut AnyConnection, vote: &VoteId) -> Result<(i64, i64), Error> {
    sqlx::query_as(DELIVERED).bind(vote).fetch_one(conn).await
}
