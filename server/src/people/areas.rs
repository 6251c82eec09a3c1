//! Names of the area tree, for every room.

use super::store::{areas as store, bulk};
use crate::identity::{Caller, Verb};
use crate::{Core, Result};
use contract::area::AreaKind;
use contract::people::AreaName;
use contract::{AreaId, Role};
use sqlx::AnyConnection;
use std::collections::HashMap;

/// An area with its name; none when the registry does not know it.
///
/// # Errors
/// The database's own.
pub async fn area(conn: &mut AnyConnection, id: &AreaId) -> Result<Option<AreaName>> {
    Ok(store::find(conn, id).await?)
}

/// The areas directly inside one, in order of their codes.
///
/// # Errors
/// The database's own.
pub async fn children(conn: &mut AnyConnection, id: &AreaId) -> Result<Vec<AreaName>> {
    Ok(store::children(conn, id).await?)
}

/// The area and those around it by name, outermost first; what the registry does not know is left out.
///
/// # Errors
/// The database's own.
pub async fn trail_names(conn: &mut AnyConnection, id: &AreaId) -> Result<Vec<AreaName>> {
    let trail = id.trail();
    let mut names = bulk::area_names(conn, &trail).await?;
    Ok(trail.into_iter().filter_map(|id| names.remove(&id).map(|name| AreaName { id, name })).collect())
}

/// Names of areas; without those that the registry does not know.
///
/// # Errors
/// The database's own.
pub async fn area_names(conn: &mut AnyConnection, ids: &[AreaId]) -> Result<HashMap<AreaId, String>> {
    Ok(bulk::area_names(conn, ids).await?)
}

/// Where the caller is at home, as neighbours say it: the community and the building. Empty for who
/// is signed out or lives nowhere here.
///
/// # Errors
/// The database's own.
pub async fn home(caller: &Caller, core: &Core) -> Result<Vec<AreaName>> {
    caller.allow_somewhere(Verb::Look)?;
    let Some(home) = caller.grants.iter().find(|grant| grant.role == Role::Resident) else { return Ok(Vec::new()) };
    let mut conn = core.db.read().await?;
    let mut names = Vec::new();
    for kind in [AreaKind::Community, AreaKind::Building] {
        if let Some(id) = home.area.up_to(kind) {
            names.extend(store::find(&mut conn, &id).await?);
        }
    }
    Ok(names)
}
