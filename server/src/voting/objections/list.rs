//! The workers' table of objections.

use super::store::{self, Row, Wanted};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::people;
use crate::sheets::{Cell, workbook};
use crate::voting::store::{self as votes, Vote};
use contract::ids::{PersonId, VoteId};
use contract::voting::{Ground, ObjectionFilter, ObjectionLine, ObjectionState, VoteSummary};
use contract::{Error, Page, PageRequest, local};
use sqlx::AnyConnection;
use std::collections::BTreeSet;

/// Rows of a workbook at most.
const EXPORTED: i64 = 10_000;

/// Objections to a vote, oldest first, with the names that only who decides may see.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub async fn objections(
    caller: &Caller,
    core: &Core,
    vote: &VoteId,
    filter: ObjectionFilter,
) -> Result<(VoteSummary, Page<ObjectionLine>)> {
    let mut conn = core.db.read().await?;
    let vote = listed(caller, &mut conn, vote).await?;
    let limit = PageRequest::default().limit();
    let rows = lines(&mut conn, &vote, &filter, limit + 1).await?;
    let page = Page::from_overfetch(rows, limit, |line| line.objection.id.to_string());
    Ok((vote.summary(core.clock.now()), page))
}

/// The texts of an exported table, in the reader's language.
#[derive(Clone, Debug)]
pub struct ObjectionTexts {
    /// The sheet's name.
    pub sheet: String,
    /// When, name, address, ground, text, state, decided at, reason: the columns' heads.
    pub heads: [String; 8],
    /// The name of each ground, in the order of [`Ground::ALL`].
    pub grounds: Vec<String>,
    /// The name of each state, in the order of [`ObjectionState::ALL`].
    pub states: Vec<String>,
}

/// The same table, all pages of it (10,000 rows at most), as XLSX.
///
/// # Errors
/// As [`objections`].
pub async fn export_objections(
    caller: &Caller,
    core: &Core,
    vote: &VoteId,
    filter: ObjectionFilter,
    texts: ObjectionTexts,
) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let vote = listed(caller, &mut conn, vote).await?;
    let rows = lines(&mut conn, &vote, &ObjectionFilter { after: None, ..filter }, EXPORTED).await?;
    drop(conn);
    let minute = |at: i64| local::format(at).replace('T', " ");
    let row = |line: ObjectionLine| -> Vec<Cell> {
        let ObjectionLine { objection, name, address } = line;
        let ground = Ground::ALL.iter().position(|ground| *ground == objection.ground);
        let state = ObjectionState::ALL.iter().position(|state| *state == objection.state);
        let named = |names: &[String], at: Option<usize>| {
            at.and_then(|at| names.get(at)).map_or(Cell::Empty, |name| name.as_str().into())
        };
        vec![
            minute(objection.at).into(),
            name.into(),
            objection.place.unwrap_or(address).into(),
            named(&texts.grounds, ground),
            objection.text.into(),
            named(&texts.states, state),
            objection.decided_at.map_or(Cell::Empty, |at| minute(at).into()),
            objection.reason.map_or(Cell::Empty, Cell::from),
        ]
    };
    let heads = texts.heads.each_ref().map(String::as_str);
    workbook(&texts.sheet, &heads, &rows.into_iter().map(row).collect::<Vec<_>>())
}

async fn listed(caller: &Caller, conn: &mut AnyConnection, vote: &VoteId) -> Result<Vote> {
    caller.allow_somewhere(Verb::VotingObjections)?;
    let vote = votes::find(conn, vote).await?.filter(|vote| vote.state != "draft").ok_or(Error::NotFound)?;
    caller.allow(Verb::VotingObjections, &vote.area)?;
    Ok(vote)
}

async fn lines(
    conn: &mut AnyConnection,
    vote: &Vote,
    filter: &ObjectionFilter,
    limit: i64,
) -> Result<Vec<ObjectionLine>> {
    let after = filter.after.as_deref().unwrap_or_default();
    let wanted = Wanted { state: filter.state(), stage: filter.stage(), after };
    let rows = store::of_vote(conn, &vote.id, &wanted, limit).await?;
    let authors: BTreeSet<&PersonId> = rows.iter().map(|row| &row.person).collect();
    let authors: Vec<&PersonId> = authors.into_iter().collect();
    let names = people::names(conn, &authors.iter().map(|author| author.as_str()).collect::<Vec<_>>()).await?;
    let addresses = people::addresses(conn, &authors, &vote.area).await?;
    let line = |row: Row| {
        let name = names.get(row.person.as_str()).cloned().unwrap_or_default();
        let address = addresses.get(&row.person).cloned().unwrap_or_default();
        ObjectionLine { objection: row.shown(), name, address }
    };
    Ok(rows.into_iter().map(line).collect())
}
