//! One person in whole, for those whose areas they live or own in.

use super::known::{Known, places};
use super::search::masked;
use super::store::persons::{self, Stored};
use super::{areas, homes};
use crate::crypto::Keys;
use crate::identity::{Caller, Verb};
use crate::{Core, Result};
use contract::ids::PersonId;
use contract::people::PersonDetail;
use contract::{AreaId, Error};
use sqlx::AnyConnection;

/// What the registry holds of a person, sealed fields masked.
///
/// # Errors
/// [`Error::NotFound`] also for a person outside the caller's areas: that they exist is not told.
pub async fn detail(caller: &Caller, core: &Core, id: PersonId) -> Result<PersonDetail> {
    caller.allow_somewhere(Verb::PeopleSearch)?;
    let mut conn = core.db.read().await?;
    let id = super::canonical(&mut conn, &id).await?;
    let (person, _) = within(&mut conn, caller, Verb::PeopleSearch, &id).await?;
    whole(&mut conn, &core.keys, person).await
}

/// A stored person with place, household and homes.
pub(super) async fn whole(conn: &mut AnyConnection, keys: &Keys, person: Stored) -> Result<PersonDetail> {
    let trail = areas::trail_names(conn, &person.area_id).await?;
    let household = persons::household(conn, &person.id).await?;
    let homes = homes(conn, &person.id).await?;
    Ok(PersonDetail { person: masked(keys, person)?, trail, household, homes })
}

/// The person, and the place by which the caller may use `verb` on them: where they live, or else
/// where they own.
///
/// # Errors
/// [`Error::NotFound`] when there is no such person or no such place.
pub(super) async fn within(
    conn: &mut AnyConnection,
    caller: &Caller,
    verb: Verb,
    id: &PersonId,
) -> Result<(Stored, AreaId)> {
    let person = persons::find(conn, id).await?.ok_or(Error::NotFound)?;
    let mut places = places(conn, &Known::from(person.clone())).await?.into_iter();
    let place = places.find(|place| caller.allow(verb, place).is_ok()).ok_or(Error::NotFound)?;
    Ok((person, place))
}
