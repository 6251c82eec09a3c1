//! The doorstep list: who has not read a notice.

use super::console::listed;
use super::store::{Notice, deliveries};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::people;
use crate::sheets::{Cell, workbook};
use contract::ids::NoticeId;
use contract::notices::{Doorstep, NoticeState, UnreadBuilding, UnreadPerson};
use contract::{AreaId, Error, Refusal};
use sqlx::AnyConnection;
use std::collections::HashMap;

/// Buildings offered at most, the first in order.
const BUILDINGS: i64 = 5_000;
/// People of one building, at most.
const IN_BUILDING: i64 = 2_000;
/// Rows of a workbook at most.
const EXPORTED: i64 = 100_000;

/// Who of one building has not read the notice: of the one asked for, else of the first where somebody has not.
///
/// # Errors
/// `NotFound` (unknown, or a building where everybody has read it or nobody was to); `Forbidden`;
/// [`Refusal::NoticeState`] when it is not out, or withdrawn.
pub async fn doorstep(caller: &Caller, core: &Core, notice: &NoticeId, building: Option<&AreaId>) -> Result<Doorstep> {
    let mut conn = core.db.read().await?;
    let notice = readable(caller, &mut conn, notice).await?;
    let buildings = buildings(&mut conn, &notice).await?;
    let chosen = match building {
        Some(wanted) => Some(buildings.iter().find(|known| known.building == *wanted).ok_or(Error::NotFound)?),
        None => buildings.first(),
    };
    let building = chosen.map(|known| known.building.clone());
    let rows = match &building {
        Some(building) => unread(&mut conn, &notice, building, IN_BUILDING).await?,
        None => Vec::new(),
    };
    Ok(Doorstep { notice: notice.summary(), buildings, building, rows })
}

/// The texts of an exported doorstep list, in the reader's language.
#[derive(Clone, Debug)]
pub struct DoorstepTexts {
    /// The sheet's name.
    pub sheet: String,
    /// Building, address, name: the columns' heads.
    pub heads: [String; 3],
}

/// The same for all buildings (100,000 people at most), as XLSX.
///
/// # Errors
/// As [`doorstep`].
pub async fn export_doorstep(caller: &Caller, core: &Core, notice: &NoticeId, texts: DoorstepTexts) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let notice = readable(caller, &mut conn, notice).await?;
    let known = buildings(&mut conn, &notice).await?.into_iter();
    let names: HashMap<AreaId, String> = known.map(|known| (known.building, known.name)).collect();
    let rows = unread(&mut conn, &notice, &AreaId::city(), EXPORTED).await?;
    let row = |person: UnreadPerson| -> Vec<Cell> {
        let building = names.get(&person.building).map_or("", String::as_str);
        vec![building.into(), person.address.into(), person.name.into()]
    };
    workbook(&texts.sheet, &texts.heads, &rows.into_iter().map(row).collect::<Vec<_>>())
}

async fn readable(caller: &Caller, conn: &mut AnyConnection, notice: &NoticeId) -> Result<Notice> {
    let notice = listed(caller, conn, Verb::NoticesDoorstep, notice).await?;
    match notice.state() {
        NoticeState::Sending | NoticeState::Sent => Ok(notice),
        _ => Err(Refusal::NoticeState.into()),
    }
}

async fn buildings(conn: &mut AnyConnection, notice: &Notice) -> Result<Vec<UnreadBuilding>> {
    let found = deliveries::unread_buildings(conn, &notice.id, notice.version, BUILDINGS).await?;
    let around = found.iter().filter_map(|(building, _)| building.parent());
    let places = around.chain(found.iter().map(|(building, _)| building.clone())).collect();
    let names = people::named(conn, &places).await?;
    let named = found.into_iter().map(|(building, waiting)| {
        // `龙北小区 2幢`: as neighbours of several compounds say it.
        let last = [building.parent().and_then(|around| names.get(&around)), names.get(&building)];
        let name = last.into_iter().flatten().map(|area| area.name.as_str()).collect::<Vec<_>>().join(" ");
        UnreadBuilding { building, name, waiting }
    });
    Ok(named.collect())
}

/// Who of an area has not read it, in the order of their doors.
async fn unread(conn: &mut AnyConnection, notice: &Notice, area: &AreaId, limit: i64) -> Result<Vec<UnreadPerson>> {
    let ends = (area.as_str(), area.end());
    let found = deliveries::unread(conn, &notice.id, notice.version, (ends.0, &ends.1), limit).await?;
    let mut known = people::names_and_addresses(conn, found.iter().map(|(person, _)| person)).await?;
    let row = |(person, building)| {
        let (name, address) = known.remove(&person).unwrap_or_default();
        UnreadPerson { person, name, building, address }
    };
    let mut rows: Vec<UnreadPerson> = found.into_iter().map(row).collect();
    rows.sort_by_cached_key(|row| (row.building.clone(), people::door_order(&row.address), row.name.clone()));
    Ok(rows)
}
