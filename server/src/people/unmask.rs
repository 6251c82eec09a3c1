//! Showing one sealed field in clear. Each look is an event that the person concerned can see, and so is
//! each attempt on somebody of another place.

use super::detail::within;
use super::store::persons;
use super::{ID_NUMBER, PHONE};
use crate::db::Tx;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::inbox::{self, NewNote};
use crate::{Core, Result};
use contract::ids::{EventId, PersonId};
use contract::people::{SealedField, Unmask, UnmaskReason};
use contract::{AreaId, Error, Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The room's name in the log.
pub(super) const ROOM: &str = "people";
/// A look.
pub(super) const LOOKED: &str = "unmask";
/// An attempt that was refused.
pub(super) const REFUSED: &str = "unmask_refused";

/// What the log keeps of a look: which field, why and as what, never the value.
#[derive(Serialize, Deserialize)]
pub(super) struct Looked {
    pub field: SealedField,
    pub reason: UnmaskReason,
    #[serde(default)]
    pub role: Option<Role>,
}

/// One sealed field of a person in clear. The event is committed before the value is opened; so is that
/// of an attempt on somebody outside the caller's areas, who is told nothing of whether they exist.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Error::NotFound`] outside the caller's areas, or when the
/// registry does not hold the field.
pub async fn unmask(caller: &Caller, core: &Core, input: Unmask) -> Result<String> {
    caller.allow_somewhere(Verb::PeopleUnmask)?;
    let reason = input.check()?;
    let field = input.field;
    let sealed = core
        .db
        .write((caller.clone(), input, reason), |tx, (caller, input, reason)| {
            Box::pin(look(tx, caller, input, *reason))
        })
        .await?;
    let purpose = match field {
        SealedField::Phone => PHONE,
        SealedField::IdNumber => ID_NUMBER,
    };
    Ok(core.keys.open(purpose, &sealed.ok_or(Error::NotFound)?)?)
}

/// The sealed value, its look recorded; none when the look is refused, which is recorded as well.
async fn look(tx: &mut Tx, caller: &Caller, input: &Unmask, reason: UnmaskReason) -> Result<Option<String>> {
    let person = &input.person;
    let place = match within(tx.conn(), caller, Verb::PeopleUnmask, person).await {
        Ok((_, place)) => place,
        Err(crate::Error::Public(Error::NotFound)) => {
            if let Some(known) = persons::find(tx.conn(), person).await? {
                let looked = Looked { field: input.field, reason, role: caller.grants.first().map(|grant| grant.role) };
                record(tx, caller, (REFUSED, person, &known.area_id), &looked).await?;
            }
            return Ok(None);
        }
        Err(other) => return Err(other),
    };
    let sealed = persons::sealed(tx.conn(), person, input.field).await?.ok_or(Error::NotFound)?;
    let granted = caller.grants.iter().find(|grant| grant.area.holds(&place));
    let looked = Looked { field: input.field, reason, role: granted.map(|grant| grant.role) };
    let event = record(tx, caller, (LOOKED, person, &place), &looked).await?;
    inbox::send(tx, person, &note(&event, &looked)).await?;
    Ok(Some(sealed))
}

/// A sealed field was shown as part of a list: the person sees it among the looks, and hears of it.
pub(super) async fn looked_at(
    tx: &mut Tx,
    caller: &Caller,
    (person, area): (&PersonId, &AreaId),
    field: SealedField,
    reason: UnmaskReason,
) -> Result<()> {
    let granted = caller.grants.iter().find(|grant| grant.area.holds(area));
    let looked = Looked { field, reason, role: granted.map(|grant| grant.role) };
    let event = record(tx, caller, (LOOKED, person, area), &looked).await?;
    inbox::send(tx, person, &note(&event, &looked)).await.map(drop)
}

async fn record(
    tx: &mut Tx,
    caller: &Caller,
    (verb, person, area): (&'static str, &PersonId, &AreaId),
    payload: &Looked,
) -> Result<EventId> {
    events::record(tx, caller, Event { room: ROOM, verb, area, subject: person.as_str(), payload }).await
}

/// Tells the person concerned, of every look on its own.
fn note(event: &EventId, looked: &Looked) -> NewNote {
    NewNote {
        kind: format!("people.note.unmask.{}.{}", looked.field.code(), looked.reason.code()),
        params: BTreeMap::new(),
        link: "/me/record".to_owned(),
        unique_key: format!("people.unmask/{event}"),
    }
}
