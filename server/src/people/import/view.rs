//! Imports as workers see them.

use contract::area::AreaKind;
use contract::ids::ImportId;
use contract::people::{ImportLine, ImportPlaces, ImportProgress, ImportState, ImportView};
use contract::{AreaId, Error, Page, PageRequest};
use sqlx::AnyConnection;

use super::expire::KEPT;
use super::faults::read;
use super::{given_up, state};
use crate::identity::{Caller, Verb};
use crate::people::store::imports::{self as store, Import};
use crate::people::{areas, known};
use crate::{Core, Result};

/// Imports of an area and inside it, newest first; of the caller's widest area when none is given.
///
/// # Errors
/// `Forbidden` outside the caller's areas.
pub async fn imports(
    caller: &Caller,
    core: &Core,
    area: Option<AreaId>,
    page: PageRequest,
) -> Result<Page<ImportLine>> {
    caller.allow_somewhere(Verb::PeopleImport)?;
    let own = caller.areas(Verb::PeopleImport).into_iter().next();
    let area = area.or(own).ok_or(Error::Forbidden)?;
    caller.allow(Verb::PeopleImport, &area)?;
    let mut conn = core.db.read().await?;
    let rows = store::listed(&mut conn, &area, page.after.as_deref(), page.limit() + 1).await?;
    let page = Page::from_overfetch(rows, page.limit(), |row| row.id.to_string());
    Ok(Page { rows: lines(&mut conn, page.rows).await?, next: page.next })
}

/// One import.
///
/// # Errors
/// `NotFound` outside the caller's areas.
pub async fn import(caller: &Caller, core: &Core, id: &ImportId) -> Result<ImportView> {
    let mut conn = core.db.read().await?;
    let stored = visible(&mut conn, caller, id).await?;
    let unreadable = match state(&stored) {
        ImportState::Unreadable => store::faults(&mut conn, id, (-2, 0, ""), 1).await?.pop().and_then(read),
        _ => None,
    };
    let (progress, partial) = (progress_of(&stored), stored.partial == 1);
    let stuck = given_up(&mut conn, &stored).await?;
    let until = stored.sent_at + KEPT;
    let line = lines(&mut conn, vec![stored]).await?.pop().ok_or(Error::NotFound)?;
    Ok(ImportView { line, progress, partial, stuck, until, unreadable })
}

/// How far an import's work is. Changes are announced as [`super::topic`].
///
/// # Errors
/// As [`import`].
pub async fn progress(caller: &Caller, core: &Core, id: &ImportId) -> Result<ImportProgress> {
    let mut conn = core.db.read().await?;
    Ok(progress_of(&visible(&mut conn, caller, id).await?))
}

/// Places that a list can be taken in for, by the depth at which they stand below the first; and the areas
/// inside one that is too wide.
///
/// # Errors
/// `Forbidden` outside the caller's areas.
pub async fn import_places(caller: &Caller, core: &Core, area: Option<AreaId>) -> Result<ImportPlaces> {
    caller.allow_somewhere(Verb::PeopleImport)?;
    let own = caller.areas(Verb::PeopleImport).into_iter().next();
    let area = area.or(own).ok_or(Error::Forbidden)?;
    caller.allow(Verb::PeopleImport, &area)?;
    let mut conn = core.db.read().await?;
    if area.kind() < AreaKind::Community {
        return Ok(ImportPlaces { places: Vec::new(), inside: areas::children(&mut conn, &area).await? });
    }
    let (mut places, mut line) = (Vec::new(), Vec::new());
    line.extend(areas::area(&mut conn, &area).await?.map(|area| (0, area)));
    while let Some((depth, area)) = line.pop() {
        if area.kind() < AreaKind::Compound {
            let inside = areas::children(&mut conn, &area.id).await?;
            line.extend(inside.into_iter().rev().map(|area| (depth + 1, area)));
        }
        places.push((depth, area));
    }
    Ok(ImportPlaces { places, inside: Vec::new() })
}

/// The stored import, for who may take lists into its area.
pub(super) async fn visible(conn: &mut AnyConnection, caller: &Caller, id: &ImportId) -> Result<Import> {
    caller.allow_somewhere(Verb::PeopleImport)?;
    let stored = store::find(conn, id).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::PeopleImport, &stored.area).map_err(|_| Error::NotFound)?;
    Ok(stored)
}

fn progress_of(stored: &Import) -> ImportProgress {
    ImportProgress { state: state(stored), done: stored.rows_done, rows: stored.rows_all }
}

/// Stored imports as lists show them.
async fn lines(conn: &mut AnyConnection, stored: Vec<Import>) -> Result<Vec<ImportLine>> {
    let actors: Vec<&str> = stored.iter().map(|row| row.actor.as_str()).collect();
    let names = known::names(conn, &actors).await?;
    let areas = areas::named(conn, &stored.iter().map(|row| row.area.clone()).collect()).await?;
    let line = |row: Import| {
        let counts = serde_json::from_str(&row.counts).map_err(crate::Error::internal)?;
        let area = areas.get(&row.area).cloned().ok_or_else(|| crate::Error::internal("an area without its name"))?;
        let (state, by) = (state(&row), names.get(&row.actor).cloned());
        Ok(ImportLine { id: row.id, area, at: row.sent_at, by, state, counts })
    };
    stored.into_iter().map(line).collect()
}
