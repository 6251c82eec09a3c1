//! Showing one sealed field in clear. Each look is an event that the person concerned can see.

use super::detail::within;
use super::store::persons;
use super::{ID_NUMBER, PHONE};
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::inbox::{self, NewNote};
use crate::{Core, Result};
use contract::Error;
use contract::ids::EventId;
use contract::people::{SealedField, Unmask, UnmaskReason};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the log keeps of a look: which field and why, never the value.
#[derive(Serialize)]
struct Looked {
    field: SealedField,
    reason: UnmaskReason,
}

/// One sealed field of a person in clear. The event is committed before the value is opened.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Error::NotFound`] outside the caller's areas, or when the
/// registry does not hold the field.
pub async fn unmask(caller: &Caller, core: &Core, input: Unmask) -> Result<String> {
    caller.allow_somewhere(Verb::PeopleUnmask)?;
    let reason = input.check()?;
    let field = input.field;
    let work = (caller.clone(), input, Looked { field, reason });
    let sealed = core
        .db
        .write(work, |tx, (caller, input, looked)| {
            Box::pin(async move {
                let (_, place) = within(tx.conn(), caller, Verb::PeopleUnmask, &input.person).await?;
                let sealed = persons::sealed(tx.conn(), &input.person, input.field).await?.ok_or(Error::NotFound)?;
                let subject = input.person.as_str();
                let event = Event { room: "people", verb: "unmask", area: &place, subject, payload: looked };
                let event = events::record(tx, caller, event).await?;
                inbox::send(tx, &input.person, &note(&event, looked)).await?;
                Ok(sealed)
            })
        })
        .await?;
    let purpose = match field {
        SealedField::Phone => PHONE,
        SealedField::IdNumber => ID_NUMBER,
    };
    Ok(core.keys.open(purpose, &sealed)?)
}

/// Tells the person concerned, of every look on its own.
fn note(event: &EventId, looked: &Looked) -> NewNote {
    NewNote {
        kind: format!("people.note.unmask.{}.{}", looked.field.code(), looked.reason.code()),
        params: BTreeMap::new(),
        link: "/me".to_owned(),
        unique_key: format!("people.unmask/{event}"),
    }
}
