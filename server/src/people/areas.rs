//! Names of the area tree, for every room.

use super::store::areas as store;
use crate::Result;
use contract::AreaId;
use contract::people::AreaName;
use sqlx::AnyConnection;

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
    let mut names = Vec::new();
    for id in id.trail() {
        names.extend(store::find(conn, &id).await?);
    }
    Ok(names)
}
