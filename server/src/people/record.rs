//! One's own record, and who looked at it.

use super::detail::whole;
use super::known;
use super::merge::formerly;
use super::moving::MOVED_IN;
use super::store::persons;
use super::unmask::{LOOKED, Looked, REFUSED, ROOM};
use crate::events::{self, Recorded};
use crate::identity::{Caller, Verb};
use crate::{Core, Error, Result};
use contract::ids::PersonId;
use contract::people::{Look, PersonDetail, Trace};
use contract::{AreaId, Error as Told, Page, PageRequest};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};

/// An account was tied to somebody.
const BOUND: &str = "bound";
/// An attempt at it that was refused.
const BIND_REFUSED: &str = "bind_refused";
/// A list changed somebody's entry.
const CHANGED: &str = "changed";
/// What leaves a trace on a record; each is a [`Trace`].
const TRACES: &[&str] = &[LOOKED, REFUSED, BOUND, BIND_REFUSED, CHANGED, MOVED_IN];

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

/// Looks at the caller's sealed fields, refused ones too, newest first; also at those of an entry that became part
/// of theirs.
///
/// # Errors
/// As [`own_record`].
pub async fn looks(caller: &Caller, core: &Core, page: PageRequest) -> Result<Page<Look>> {
    caller.allow(Verb::PeopleOwn, &AreaId::city())?;
    let (person, limit) = (caller.person()?, page.limit());
    let mut conn = core.db.read().await?;
    let before = page.after.as_deref();
    let mut known_as = formerly(&mut conn, person).await?;
    known_as.push(person.clone());
    let known_as: Vec<String> = known_as.iter().map(PersonId::to_string).collect();
    let events = events::about(&mut conn, (ROOM, TRACES), &known_as, before, limit + 1).await?;
    let page = Page::from_overfetch(events, limit, |event| event.id.to_string());
    let actors: BTreeSet<&str> = page.rows.iter().map(|event| event.actor.as_str()).collect();
    let names = known::names(&mut conn, &actors.into_iter().collect::<Vec<_>>()).await?;
    let rows = page.rows.into_iter().filter_map(|event| look(event, &names).transpose());
    Ok(Page { rows: rows.collect::<Result<_>>()?, next: page.next })
}

/// The event as a trace on the record; none for another kind of event.
fn look(event: Recorded, names: &HashMap<String, String>) -> Result<Option<Look>> {
    let (what, role, refused) = match event.verb.as_str() {
        LOOKED | REFUSED => {
            let Looked { field, reason, role } = serde_json::from_str(&event.payload).map_err(Error::internal)?;
            (Trace::Looked(field, reason), role, event.verb == REFUSED)
        }
        BOUND | BIND_REFUSED => (Trace::Bound, None, event.verb == BIND_REFUSED),
        MOVED_IN => (Trace::MovedIn, None, false),
        CHANGED => {
            let Changed { fields } = serde_json::from_str(&event.payload).map_err(Error::internal)?;
            (Trace::Changed(fields), None, false)
        }
        _ => return Ok(None),
    };
    let name = names.get(&event.actor).cloned();
    Ok(Some(Look { at: event.at, name, role, what, refused }))
}

/// What the log keeps of a change by a list.
#[derive(Deserialize)]
struct Changed {
    fields: Vec<String>,
}
