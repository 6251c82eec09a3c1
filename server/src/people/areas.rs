//! Names of the area tree, for every room.

use super::store::areas as store;
use crate::identity::{Caller, Verb};
use crate::{Core, Result};
use contract::area::AreaKind;
use contract::people::AreaName;
use contract::{AreaId, Role};
use sqlx::AnyConnection;
use std::collections::{BTreeSet, HashMap};

/// An area with its name; none when the registry does not know it.
///
/// # Errors
/// The database's own.
pub async fn area(conn: &mut AnyConnection, id: &AreaId) -> Result<Option<AreaName>> {
    Ok(store::find(conn, id).await?)
}

/// Areas with their names, each once; one that the registry does not know goes by its id.
///
/// # Errors
/// The database's own.
pub async fn named(conn: &mut AnyConnection, ids: &BTreeSet<AreaId>) -> Result<HashMap<AreaId, AreaName>> {
    let keys: Vec<&str> = ids.iter().map(AreaId::as_str).collect();
    let known = store::many(conn, &keys).await?.into_iter().map(|area| (area.id.clone(), area));
    let unknown = ids.iter().map(|id| (id.clone(), AreaName { id: id.clone(), name: id.to_string() }));
    Ok(unknown.chain(known).collect())
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
    let mut known = store::many(conn, &trail.iter().map(AreaId::as_str).collect::<Vec<_>>()).await?;
    known.sort_by_key(|area| area.id.kind());
    Ok(known)
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
