//! The doorstep list: owners who have not voted, while they still can.

use super::found::worked;
use super::store::{Vote, roll};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::people;
use crate::sheets::{Cell, workbook};
use contract::ids::VoteId;
use contract::voting::{Doorstep, Phase, WaitingBuilding, WaitingOwner};
use contract::{AreaId, Error, Refusal};
use sqlx::AnyConnection;
use std::collections::HashMap;

/// Who has not voted in one building: the one asked for, else the first where somebody is waited for.
///
/// # Errors
/// `NotFound` (unknown, a draft, or a building that is not on the roll), `Forbidden`;
/// [`Refusal::VoteNotOpen`] before the poll, [`Refusal::VoteClosed`] after it.
pub async fn doorstep(caller: &Caller, core: &Core, vote: &VoteId, building: Option<&AreaId>) -> Result<Doorstep> {
    let mut conn = core.db.read().await?;
    let vote = open_vote(caller, core, &mut conn, vote).await?;
    let buildings = buildings(&mut conn, &vote.id).await?;
    let chosen = match building {
        Some(wanted) => Some(buildings.iter().find(|known| known.building == *wanted).ok_or(Error::NotFound)?),
        None => buildings.iter().find(|known| known.waiting > 0).or_else(|| buildings.first()),
    };
    let building = chosen.map(|known| known.building.clone());
    let rows = match &building {
        Some(building) => waiting(&mut conn, &vote.id, building).await?,
        None => Vec::new(),
    };
    let unreturned = vote.rules().unreturned;
    Ok(Doorstep { vote: vote.summary(core.clock.now()), buildings, building, rows, unreturned })
}

/// The texts of an exported doorstep list, in the reader's language.
#[derive(Clone, Debug)]
pub struct DoorstepTexts {
    /// The sheet's name.
    pub sheet: String,
    /// Building, address, name: the columns' heads.
    pub heads: [String; 3],
}

/// The same for all buildings, as XLSX.
///
/// # Errors
/// As [`doorstep`].
pub async fn export_doorstep(caller: &Caller, core: &Core, vote: &VoteId, texts: DoorstepTexts) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let vote = open_vote(caller, core, &mut conn, vote).await?;
    let names: HashMap<AreaId, String> =
        buildings(&mut conn, &vote.id).await?.into_iter().map(|known| (known.building, known.name)).collect();
    let rows = waiting(&mut conn, &vote.id, &vote.area).await?;
    drop(conn);
    let row = |owner: &WaitingOwner| -> Vec<Cell> {
        let building = names.get(&owner.building).map_or("", String::as_str);
        vec![building.into(), owner.address.as_str().into(), owner.name.as_str().into()]
    };
    workbook(&texts.sheet, &texts.heads, &rows.iter().map(row).collect::<Vec<_>>())
}

async fn open_vote(caller: &Caller, core: &Core, conn: &mut AnyConnection, vote: &VoteId) -> Result<Vote> {
    let vote = worked(caller, conn, Verb::VotingDoorstep, vote).await?;
    match vote.phase(core.clock.now()) {
        Phase::Open => Ok(vote),
        Phase::Announced => Err(Refusal::VoteNotOpen.into()),
        _ => Err(Refusal::VoteClosed.into()),
    }
}

async fn buildings(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<WaitingBuilding>> {
    let turnout = roll::turnout(conn, vote).await?.into_iter();
    let waiting = turnout.map(|known| WaitingBuilding {
        waiting: known.heads - known.voted,
        building: known.building,
        name: known.name,
    });
    Ok(waiting.collect())
}

/// Persons of the roll in an area whose head has not voted, in the order of their doors.
pub(super) async fn waiting(conn: &mut AnyConnection, vote: &VoteId, area: &AreaId) -> Result<Vec<WaitingOwner>> {
    let names = people::names_under(conn, area).await?;
    let mut rows = Vec::new();
    for row in roll::waiting(conn, vote, area).await? {
        let name = match names.get(&row.person) {
            Some(name) => name.clone(),
            None => people::find(conn, &row.person).await?.map(|known| known.name).unwrap_or_default(),
        };
        rows.push(WaitingOwner {
            head: row.head,
            person: row.person,
            name,
            building: row.building,
            address: row.place,
        });
    }
    Ok(rows)
}
