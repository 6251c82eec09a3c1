//! The resident's side: objecting, taking back, hearing what came of it.

use super::store::{self, End, New, Row};
use super::window;
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::files::FileName;
use crate::identity::{Caller, Verb};
use crate::voting::found::announced;
use crate::voting::record;
use crate::voting::store::{self as votes, Vote, roll};
use bytes::Bytes;
use contract::ids::{ObjectionId, PersonId, VoteId};
use contract::voting::{ObjectionForm, ObjectionState, OwnObjections};
use contract::{Error, Issue, Refusal, Role};
use serde_json::json;

/// The caller's objections to a vote, and whether another can be made now.
///
/// # Errors
/// `SignIn`; [`Refusal::NotBound`]; `NotFound` for a vote that is unknown or still a draft.
pub async fn own_objections(caller: &Caller, core: &Core, vote: &VoteId) -> Result<OwnObjections> {
    caller.allow_somewhere(Verb::VotingObject)?;
    let person = caller.person()?;
    let mut conn = core.db.read().await?;
    let found = announced(&mut conn, vote).await?;
    let now = core.clock.now();
    let (stage, until) = window(&found, now).unzip();
    let rows = store::of_person(&mut conn, person, vote).await?.into_iter().map(Row::shown).collect();
    let heads = roll::entries(&mut conn, vote, person).await?;
    Ok(OwnObjections { vote: found.summary(now), stage, until, heads, rows })
}

/// What is to be written.
struct Said {
    caller: Caller,
    person: PersonId,
    vote: VoteId,
    form: ObjectionForm,
    key: String,
}

/// Objects to what can be objected to now. The same form sent again gives the same objection.
///
/// # Errors
/// `SignIn`; [`Refusal::NotBound`]; `NotFound`; [`Refusal::NotOnRoll`] for who neither is on the roll nor lives
/// or owns in the vote's area; [`Refusal::WindowClosed`]; [`Refusal::AlreadyObjected`] while one with this
/// ground and head is open; `Invalid` by the form's fields.
pub async fn object(caller: &Caller, core: &Core, vote: &VoteId, form: ObjectionForm) -> Result<ObjectionId> {
    caller.allow_somewhere(Verb::VotingObject)?;
    let person = caller.person()?.clone();
    if !form.photo.is_empty() && form.photo.parse::<FileName>().is_err() {
        return Err(crate::Error::field("photo", Issue::FileKind));
    }
    let key = format!("{}/{}", caller.actor(), form.key);
    let said = Said { caller: caller.clone(), person, vote: vote.clone(), form, key };
    core.db.write(said, |tx, said| Box::pin(write(tx, said))).await
}

async fn write(tx: &mut Tx, said: &Said) -> Result<ObjectionId> {
    let now = tx.now();
    let vote = announced(tx.conn(), &said.vote).await?;
    let (stage, _) = window(&vote, now).ok_or(Refusal::WindowClosed)?;
    let ground = said.form.check(stage)?;
    let own = roll::entries(tx.conn(), &vote.id, &said.person).await?;
    if own.is_empty() && !lives_there(said, &vote) {
        return Err(Refusal::NotOnRoll.into());
    }
    let head = said.form.head_of(ground, &own)?.unwrap_or_default();
    let id: ObjectionId = tx.id();
    let photo = Some(said.form.photo.as_str()).filter(|photo| !photo.is_empty());
    let new = New {
        id: &id,
        vote: &vote.id,
        ground,
        person: &said.person,
        head: &head,
        text: said.form.text.trim(),
        photo,
        at: now,
        key: &said.key,
    };
    let stored = store::insert(tx.conn(), &new).await.map_err(|error| {
        let error = crate::Error::from(error);
        if error.is_unique_violation() { Refusal::AlreadyObjected.into() } else { error }
    })?;
    if stored == id {
        record(tx, &said.caller, &vote, "object", json!({ "objection": id, "ground": ground })).await?;
    }
    Ok(stored)
}

/// Besides who is on the roll, whoever lives or owns there may object.
fn lives_there(said: &Said, vote: &Vote) -> bool {
    said.caller.grants.iter().any(|grant| grant.role == Role::Resident && vote.area.holds(&grant.area))
}

/// Takes an open objection of the caller's back.
///
/// # Errors
/// `SignIn`; [`Refusal::NotBound`]; `NotFound` for one that is not the caller's; [`Refusal::Stale`] when it is
/// decided already.
pub async fn withdraw_objection(caller: &Caller, core: &Core, id: &ObjectionId) -> Result<VoteId> {
    caller.allow_somewhere(Verb::VotingObject)?;
    let person = caller.person()?.clone();
    core.db
        .write((caller.clone(), person, id.clone()), |tx, (caller, person, id)| {
            Box::pin(async move {
                let row = store::find(tx.conn(), id).await?.filter(|row| row.person == *person);
                let row = row.ok_or(Error::NotFound)?;
                let at = tx.now();
                let end = End { state: ObjectionState::Withdrawn, reason: None, by: caller.actor(), at };
                if !store::end(tx.conn(), id, &end).await? {
                    return Err(Refusal::Stale.into());
                }
                let vote = votes::find(tx.conn(), &row.vote).await?.ok_or(Error::NotFound)?;
                let payload = json!({ "objection": id, "ground": row.ground() });
                record(tx, caller, &vote, "object_withdraw", payload).await?;
                Ok(vote.id)
            })
        })
        .await
}

/// Keeps a picture that belongs to an objection or a mandate and gives its name.
///
/// # Errors
/// `SignIn`; as [`crate::files::Files::put_image`].
pub async fn keep_attachment(caller: &Caller, core: &Core, picture: Bytes) -> Result<FileName> {
    caller.allow_somewhere(Verb::VotingObject)?;
    Ok(core.files.put_image(picture).await?.name)
}

/// The picture of an objection, for its author and for who decides it.
///
/// # Errors
/// `SignIn`; `NotFound` also for who may not see it.
pub async fn objection_photo(caller: &Caller, core: &Core, id: &ObjectionId) -> Result<Bytes> {
    caller.allow_somewhere(Verb::VotingObject)?;
    let mut conn = core.db.read().await?;
    let row = store::find(&mut conn, id).await?.ok_or(Error::NotFound)?;
    let vote = votes::find(&mut conn, &row.vote).await?.ok_or(Error::NotFound)?;
    drop(conn);
    if caller.person.as_ref() != Some(&row.person) && caller.allow(Verb::VotingObjections, &vote.area).is_err() {
        return Err(Error::NotFound.into());
    }
    let name = row.shown().photo.and_then(|name| name.parse::<FileName>().ok()).ok_or(Error::NotFound)?;
    Ok(core.files.get(&name).await?.ok_or(Error::NotFound)?)
}
