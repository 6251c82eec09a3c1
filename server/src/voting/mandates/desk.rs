//! The workers' table of mandates.

use super::own::shown;
use super::store;
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::listing::EXPORTED;
use crate::sheets::{Cell, workbook};
use crate::voting::found::worked;
use contract::ids::VoteId;
use contract::voting::{Mandate, MandateFilter, MandateState, VoteSummary};
use contract::{Page, PageRequest};

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
    let vote = worked(caller, &mut conn, Verb::VotingMandates, vote).await?;
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
    let vote = worked(caller, &mut conn, Verb::VotingMandates, vote).await?;
    let rows = store::of_vote(&mut conn, &vote.id, ("", filter.state()), EXPORTED).await?;
    let rows = shown(&mut conn, rows).await?;
    drop(conn);
    let row = |mandate: &Mandate| -> Vec<Cell> {
        vec![
            Cell::minute(Some(mandate.at)),
            mandate.owner.as_str().into(),
            mandate.agent.as_str().into(),
            Cell::named(&texts.states, MandateState::ALL, &mandate.state),
            Cell::minute(mandate.ended_at),
        ]
    };
    workbook(&texts.sheet, &texts.heads, &rows.iter().map(row).collect::<Vec<_>>())
}
