//! The workers' table of papers.

use super::store::{self, Row, Wanted};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::sheets::{Cell, workbook};
use crate::voting::found::worked;
use crate::voting::store::{Vote, roll};
use contract::ids::VoteId;
use contract::voting::{Channel, PaperFilter, PaperLine, PaperProgress, PaperState, VoteSummary};
use contract::{AreaId, Page, PageRequest};
use sqlx::AnyConnection;

/// Rows of a workbook at most.
const EXPORTED: i64 = 20_000;

/// A page of papers by number, and the roll's buildings to narrow by.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub async fn papers(
    caller: &Caller,
    core: &Core,
    vote: &VoteId,
    filter: PaperFilter,
) -> Result<(VoteSummary, Vec<(AreaId, String)>, Page<PaperLine>)> {
    let mut conn = core.db.read().await?;
    let vote = worked(caller, &mut conn, Verb::VotingPaper, vote).await?;
    let limit = PageRequest::default().limit();
    let rows = lines(&mut conn, &vote, &filter, limit + 1).await?;
    let page = Page::from_overfetch(rows, limit, |line| line.number.to_string());
    let buildings = roll::buildings(&mut conn, &vote.id).await?;
    let buildings = buildings.into_iter().map(|(_, building, name)| (building, name)).collect();
    Ok((vote.summary(core.clock.now()), buildings, page))
}

/// How far the paper side has come.
///
/// # Errors
/// As [`papers`].
pub async fn paper_progress(caller: &Caller, core: &Core, vote: &VoteId) -> Result<PaperProgress> {
    let mut conn = core.db.read().await?;
    let vote = worked(caller, &mut conn, Verb::VotingPaper, vote).await?;
    let mut progress = PaperProgress { heads: vote.heads, ..PaperProgress::default() };
    for (state, papers, delivered) in store::states(&mut conn, &vote.id).await? {
        let at = PaperState::ALL.iter().position(|known| known.code() == state);
        if let Some(count) = at.and_then(|at| progress.states.get_mut(at)) {
            *count = papers;
        }
        progress.delivered += delivered;
    }
    let channels = store::channels(&mut conn, &vote.id).await?;
    let online = channels.iter().find(|(channel, _)| channel.as_deref() == Some(Channel::Online.code()));
    progress.online = online.map_or(0, |(_, heads)| *heads);
    Ok(progress)
}

/// The texts of an exported table, in the reader's language.
#[derive(Clone, Debug)]
pub struct PaperTexts {
    /// The sheet's name.
    pub sheet: String,
    /// Number, address, names, area, state, handed out, voted online: the columns' heads.
    pub heads: [String; 7],
    /// The name of each state, in the order of [`PaperState::ALL`].
    pub states: Vec<String>,
}

/// The same table, all pages of it (20,000 rows at most), as XLSX.
///
/// # Errors
/// As [`papers`].
pub async fn export_papers(
    caller: &Caller,
    core: &Core,
    vote: &VoteId,
    filter: PaperFilter,
    texts: PaperTexts,
) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let vote = worked(caller, &mut conn, Verb::VotingPaper, vote).await?;
    let rows = lines(&mut conn, &vote, &PaperFilter { after: None, ..filter }, EXPORTED).await?;
    drop(conn);
    let row = |line: PaperLine| -> Vec<Cell> {
        vec![
            line.number.into(),
            line.place.into(),
            line.names.into(),
            Cell::Number(line.area_dm2 as f64 / 100.0),
            Cell::named(&texts.states, PaperState::ALL, &line.state),
            Cell::minute(line.delivered_at),
            Cell::minute(line.online_at),
        ]
    };
    workbook(&texts.sheet, &texts.heads, &rows.into_iter().map(row).collect::<Vec<_>>())
}

async fn lines(conn: &mut AnyConnection, vote: &Vote, filter: &PaperFilter, limit: i64) -> Result<Vec<PaperLine>> {
    let area = filter.building().unwrap_or_else(|| vote.area.clone());
    let after = filter.after.as_deref().and_then(|after| after.parse().ok()).unwrap_or_default();
    let wanted = Wanted { area: &area, state: filter.state(), search: &filter.search, after };
    Ok(store::of_vote(conn, &vote.id, &wanted, limit).await?.into_iter().map(line).collect())
}

/// A paper as the table shows it.
pub(super) fn line(row: Row) -> PaperLine {
    let online = row.channel.as_deref() == Some(Channel::Online.code());
    PaperLine {
        state: row.state(),
        number: row.number,
        place: row.place,
        names: row.names,
        area_dm2: row.area_dm2,
        delivered_at: row.delivered_at,
        proven: row.proof.is_some(),
        received_at: row.received_at,
        online_at: row.voted_at.filter(|_| online),
    }
}
