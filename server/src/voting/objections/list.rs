//! The workers' table of objections.

use super::store::{self, Row, Wanted};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::listing::EXPORTED;
use crate::people;
use crate::sheets::{Cell, workbook};
use crate::voting::found::worked;
use crate::voting::store::Vote;
use contract::ids::{PersonId, VoteId};
use contract::voting::{Ground, ObjectionFilter, ObjectionLine, ObjectionState, VoteSummary};
use contract::{Page, PageRequest};
use sqlx::AnyConnection;
use std::collections::BTreeSet;

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
    let vote = worked(caller, &mut conn, Verb::VotingObjections, vote).await?;
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
    let vote = worked(caller, &mut conn, Verb::VotingObjections, vote).await?;
    let rows = lines(&mut conn, &vote, &ObjectionFilter { after: None, ..filter }, EXPORTED).await?;
    drop(conn);
    let row = |line: ObjectionLine| -> Vec<Cell> {
        let ObjectionLine { objection, name, address } = line;
        vec![
            Cell::minute(Some(objection.at)),
            name.into(),
            objection.place.unwrap_or(address).into(),
            Cell::named(&texts.grounds, Ground::ALL, &objection.ground),
            objection.text.into(),
            Cell::named(&texts.states, ObjectionState::ALL, &objection.state),
            Cell::minute(objection.decided_at),
            objection.reason.map_or(Cell::Empty, Cell::from),
        ]
    };
    workbook(&texts.sheet, &texts.heads, &rows.into_iter().map(row).collect::<Vec<_>>())
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
