//! The workers' table of mandates.

use super::own::shown;
use super::store;
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::sheets::{Cell, workbook};
use crate::voting::store::{self as votes, Vote};
use contract::ids::VoteId;
use contract::voting::{Mandate, MandateFilter, MandateState, VoteSummary};
use contract::{Error, Page, PageRequest, local};
use sqlx::AnyConnection;

/// Rows of a workbook at most.
const EXPORTED: i64 = 10_000;

/// Mandates of a vote, oldest first.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub async fn mandates(
    caller: &Caller,
    core: &Core,
    vote: &VoteId,
    filter: MandateFilter,
) -> Result<(VoteSummary, Page<Mandate>)> {
    let mut conn = core.db.read().await?;
    let vote = listed(caller, &mut conn, vote).await?;
    let limit = PageRequest::default().limit();
    let wanted = (filter.after.as_deref().unwrap_or_default(), filter.state());
    let rows = store::of_vote(&mut conn, &vote.id, wanted, limit + 1).await?;
    let rows = shown(&mut conn, rows).await?;
    Ok((vote.summary(core.clock.now()), Page::from_overfetch(rows, limit, |row| row.id.to_string())))
}

/// The texts of an exported table, in the reader's language.
#[derive(Clone, Debug)]
pub struct MandateTexts {
    /// The sheet's name.
    pub sheet: String,
    /// Given at, owner, agent, state, ended at: the columns' heads.
    pub heads: [String; 5],
    /// The name of each state, in the order of [`MandateState::ALL`].
    pub states: Vec<String>,
}

/// The same table, all pages of it (10,000 rows at most), as XLSX.
///
/// # Errors
/// As [`mandates`].
pub async fn export_mandates(
    caller: &Caller,
    core: &Core,
    vote: &VoteId,
    filter: MandateFilter,
    texts: MandateTexts,
) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let vote = listed(caller, &mut conn, vote).await?;
    let rows = store::of_vote(&mut conn, &vote.id, ("", filter.state()), EXPORTED).await?;
    let rows = shown(&mut conn, rows).await?;
    drop(conn);
    let minute = |at: i64| local::format(at).replace('T', " ");
    let row = |mandate: &Mandate| -> Vec<Cell> {
        let state = MandateState::ALL.iter().position(|state| *state == mandate.state);
        vec![
            minute(mandate.at).into(),
            mandate.owner.as_str().into(),
            mandate.agent.as_str().into(),
            state.and_then(|at| texts.states.get(at)).map_or(Cell::Empty, |name| name.as_str().into()),
            mandate.ended_at.map_or(Cell::Empty, |at| minute(at).into()),
        ]
    };
    let heads = texts.heads.each_ref().map(String::as_str);
    workbook(&texts.sheet, &heads, &rows.iter().map(row).collect::<Vec<_>>())
}

async fn listed(caller: &Caller, conn: &mut AnyConnection, vote: &VoteId) -> Result<Vote> {
    caller.allow_somewhere(Verb::VotingMandates)?;
    let vote = votes::find(conn, vote).await?.filter(|vote| vote.state != "draft").ok_or(Error::NotFound)?;
    caller.allow(Verb::VotingMandates, &vote.area)?;
    Ok(vote)
}
