//! Moving to another community. The community that somebody comes to takes them in, once a worker there has seen
//! their card: the one they leave need do nothing, and its history keeps that they lived there.

use contract::ids::PersonId;
use contract::people::TakeIn;
use contract::{AreaId, Issue, Refusal};
use serde_json::json;
use sqlx::AnyConnection;
use std::collections::BTreeMap;

use super::ID_NUMBER;
use super::corrections::move_home;
use super::rules::normal_address;
use super::store::bulk::{self, By, PersonRow};
use super::store::{change, corrections, search};
use super::unmask::ROOM;
use crate::db::Tx;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::inbox::{self, NewNote};
use crate::{Core, Result};

/// Somebody came: recorded where they live now.
pub(super) const MOVED_IN: &str = "moved_in";
/// Somebody left: recorded where they lived.
const MOVED_OUT: &str = "moved_out";

/// Lets somebody of the registry live in a dwelling of the caller's areas from now on; they are told. What they
/// own stays theirs, and what they asked to be corrected is for the new community to decide.
///
/// # Errors
/// `Invalid` (`name`, `id_number`, `address`, `seen`): a number that nobody has is `Unknown`, a name that is not
/// of the number a `Mismatch`, an address outside the caller's areas `Unknown`, and where they live already
/// `Taken`; [`Refusal::OwnRecord`] for the caller.
pub async fn take_in(caller: &Caller, core: &Core, input: TakeIn) -> Result<PersonId> {
    caller.allow_somewhere(Verb::PeopleMoveIn)?;
    let (name, number, address) = input.check()?;
    let index = core.keys.blind(ID_NUMBER, &number);
    core.db
        .write((caller.clone(), name, index, address), |tx, (caller, name, index, address)| {
            Box::pin(async move {
                let found = bulk::persons(tx.conn(), By::IdIndex, &[index.as_str()]).await?.pop();
                let old = found.ok_or_else(|| crate::Error::field("id_number", Issue::Unknown))?;
                if old.name != *name {
                    return Err(crate::Error::field("name", Issue::Mismatch));
                }
                if caller.is_person(&old.id) {
                    return Err(Refusal::OwnRecord.into());
                }
                let place = place(tx.conn(), caller, address).await?;
                caller.allow(Verb::PeopleMoveIn, &place)?;
                if place == old.area_id {
                    return Err(crate::Error::field("address", Issue::Taken));
                }
                enter(tx, caller, &old, &place).await?;
                Ok(old.id)
            })
        })
        .await
}

/// The dwelling at an address of the caller's areas.
async fn place(conn: &mut AnyConnection, caller: &Caller, address: &str) -> Result<AreaId> {
    let address = normal_address(address);
    for area in caller.areas(Verb::PeopleMoveIn) {
        if let Some(place) = search::dwelling_at(conn, &area, &address).await? {
            return Ok(place);
        }
    }
    Err(crate::Error::field("address", Issue::Unknown))
}

async fn enter(tx: &mut Tx, caller: &Caller, old: &PersonRow, place: &AreaId) -> Result<()> {
    let now = PersonRow { area_id: place.clone(), ..old.clone() };
    let at = tx.now();
    move_home(tx, old, place).await?;
    change::person(tx.conn(), old, &now, at).await?;
    corrections::follow(tx.conn(), &old.id, place, (at, caller.actor())).await?;
    let subject = old.id.as_str();
    let payload = json!({ "to": place });
    let left = Event { room: ROOM, verb: MOVED_OUT, area: &old.area_id, subject, payload };
    events::record(tx, caller, left).await?;
    let payload = json!({ "from": old.area_id });
    let event = events::record(tx, caller, Event { room: ROOM, verb: MOVED_IN, area: place, subject, payload }).await?;
    let note = NewNote {
        kind: "people.note.moved_in".to_owned(),
        params: BTreeMap::new(),
        link: "/me/record".to_owned(),
        unique_key: format!("people.moved_in/{event}"),
    };
    inbox::send(tx, &old.id, &note).await.map(drop)
}
