//! One's own record, and who looked at it.

use super::detail::whole;
use super::known;
use super::store::persons;
use super::unmask::{LOOKED, Looked, REFUSED, ROOM};
use crate::events::{self, Recorded};
use crate::identity::{Caller, Verb};
use crate::{Core, Error, Result};
use contract::ids::PersonId;
use contract::people::{Look, PersonDetail};
use contract::{AreaId, Error as Told, Page, PageRequest};
use std::collections::{BTreeMap, BTreeSet};

/// What the registry holds of the caller, sealed fields masked.
///
/// # Errors
/// `SignIn`; `NotBound` for an account that is tied to nobody.
pub async fn own_record(caller: &Caller, core: &Core) -> Result<PersonDetail> {
    caller.allow(Verb::PeopleOwn, &AreaId::city())?;
    let mut conn = core.db.read().await?;
    let person = persons::find(&mut conn, caller.person()?).await?.ok_or(Told::NotFound)?;
    whole(&mut conn, &core.keys, person).await
}

/// Looks at the caller's sealed fields, refused ones too, newest first.
///
/// # Errors
/// As [`own_record`].
pub async fn looks(caller: &Caller, core: &Core, page: PageRequest) -> Result<Page<Look>> {
    caller.allow(Verb::PeopleOwn, &AreaId::city())?;
    let (person, limit) = (caller.person()?, page.limit());
    let mut conn = core.db.read().await?;
    let before = page.after.as_deref();
    let events = events::about(&mut conn, ROOM, person.as_str(), before, limit + 1).await?;
    let page = Page::from_overfetch(events, limit, |event| event.id.to_string());
    let mut names = BTreeMap::new();
    let actors: BTreeSet<String> = page.rows.iter().map(|event| event.actor.clone()).collect();
    for actor in actors {
        let known = known::find(&mut conn, &PersonId::trusted(actor.clone())).await?;
        names.insert(actor, known.map(|known| known.name));
    }
    let rows = page.rows.into_iter().filter_map(|event| look(event, &names).transpose());
    Ok(Page { rows: rows.collect::<Result<_>>()?, next: page.next })
}

/// The event as a look; none for another kind of event.
fn look(event: Recorded, names: &BTreeMap<String, Option<String>>) -> Result<Option<Look>> {
    if event.verb != LOOKED && event.verb != REFUSED {
        return Ok(None);
    }
    let Looked { field, reason, role } = serde_json::from_str(&event.payload).map_err(Error::internal)?;
    let name = names.get(&event.actor).cloned().flatten();
    Ok(Some(Look { at: event.at, name, role, field, reason, refused: event.verb == REFUSED }))
}
