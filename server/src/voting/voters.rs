//! Who votes for a head that several own: co-owners name one of themselves, and once all have named the same,
//! that one casts the ballot. Until then nobody does: the law gives them one vote together. The worker's desk
//! is the other way, with a paper that all have signed.

use super::found::announced;
use super::store::register::{self, Acting};
use super::store::{Vote, amend, roll};
use super::{mandates, record};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::people;
use contract::check::Checks;
use contract::ids::{PersonId, VoteId};
use contract::voting::{MAX_EVIDENCE, NameVoter, Naming, NamingMember, Phase, SharedHead};
use contract::{Error, Refusal};
use serde_json::json;
use sqlx::AnyConnection;

/// The caller's heads that several act for, with whom each has named.
///
/// # Errors
/// `SignIn`, [`Refusal::NotBound`]; `NotFound` for a vote that is unknown or still a draft.
pub async fn naming(caller: &Caller, core: &Core, vote: &VoteId) -> Result<Naming> {
    caller.allow_somewhere(Verb::VotingRoll)?;
    let person = caller.person()?;
    let mut conn = core.db.read().await?;
    let stored = announced(&mut conn, vote).await?;
    let mut heads = Vec::new();
    for entry in roll::entries(&mut conn, vote, person).await? {
        let acting = register::acting(&mut conn, vote, &entry.head).await?;
        if acting.len() > 1 && acting.iter().any(|one| one.person == *person) {
            heads.push(SharedHead { members: members(&mut conn, person, acting).await?, entry });
        }
    }
    Ok(Naming { vote: stored.summary(core.clock.now()), heads })
}

/// A head and everybody who acts for it, for who notes at the desk whom they have named.
///
/// # Errors
/// `NotFound` (no such vote or head, or the vote is still a draft), `Forbidden`.
pub async fn shared_head(caller: &Caller, core: &Core, vote: &VoteId, head: &str) -> Result<SharedHead> {
    caller.allow_somewhere(Verb::VotingAppoint)?;
    let mut conn = core.db.read().await?;
    let stored = announced(&mut conn, vote).await?;
    caller.allow(Verb::VotingAppoint, &stored.area)?;
    let first = amend::members(&mut conn, vote, head).await?.into_iter().next().ok_or(Error::NotFound)?;
    let entry = roll::entries(&mut conn, vote, &first).await?.into_iter().find(|entry| entry.head == head);
    let acting = register::acting(&mut conn, vote, head).await?;
    let nobody = PersonId::trusted("");
    let own = caller.person.as_ref().unwrap_or(&nobody);
    Ok(SharedHead { entry: entry.ok_or(Error::NotFound)?, members: members(&mut conn, own, acting).await? })
}

async fn members(conn: &mut AnyConnection, own: &PersonId, acting: Vec<Acting>) -> Result<Vec<NamingMember>> {
    let mut members = Vec::with_capacity(acting.len());
    for one in acting {
        let known = people::find(conn, &one.person).await?;
        members.push(NamingMember {
            name: known.map(|known| known.name).unwrap_or_default(),
            own: one.person == *own,
            votes: one.may_vote == 1,
            names: one.names,
            person: one.person,
        });
    }
    Ok(members)
}

/// Names who shall vote for a head of the caller's. Settled is it once all who act for the head name the same
/// person; naming another later needs them all again, and ends the mandate of who voted before. True when it is
/// settled.
///
/// # Errors
/// `SignIn`, [`Refusal::NotBound`]; `NotFound` (no such vote); [`Refusal::VoteClosed`]; [`Refusal::NotTheVoter`]
/// when caller or voter do not act for the head, or its ballot is cast.
pub async fn name_voter(caller: &Caller, core: &Core, name: NameVoter) -> Result<bool> {
    caller.allow_somewhere(Verb::VotingRoll)?;
    let by = caller.person()?.clone();
    core.db
        .write((caller.clone(), by, name), |tx, (caller, by, name)| {
            Box::pin(async move {
                let vote = nameable(tx, &name.vote).await?;
                if !register::name(tx.conn(), (&vote.id, &name.head), by, &name.person).await? {
                    return Err(Refusal::NotTheVoter.into());
                }
                let settled = register::settle(tx.conn(), &vote.id, &name.head, &name.person).await?;
                if settled {
                    mandates::outlived(tx, &vote, &name.head, caller.actor()).await?;
                }
                record(
                    tx,
                    caller,
                    &vote,
                    "name_voter",
                    json!({ "head": name.head, "voter": name.person, "settled": settled }),
                )
                .await?;
                Ok(settled)
            })
        })
        .await
}

/// Notes at the desk whom the co-owners of a head have named, with the evidence for the log.
///
/// # Errors
/// `NotFound`, `Forbidden`; `reason`: `Required`, `TooLong`; as [`name_voter`].
pub async fn appoint_voter(caller: &Caller, core: &Core, name: NameVoter, reason: String) -> Result<()> {
    caller.allow_somewhere(Verb::VotingAppoint)?;
    let mut checks = Checks::new();
    checks.text("reason", &reason, 1, MAX_EVIDENCE);
    checks.done()?;
    core.db
        .write((caller.clone(), name, reason), |tx, (caller, name, reason)| {
            Box::pin(async move {
                let vote = nameable(tx, &name.vote).await?;
                caller.allow(Verb::VotingAppoint, &vote.area)?;
                if !register::appoint(tx.conn(), &vote.id, &name.head, &name.person).await? {
                    return Err(Refusal::NotTheVoter.into());
                }
                mandates::outlived(tx, &vote, &name.head, caller.actor()).await?;
                let payload = json!({ "head": name.head, "voter": name.person, "reason": reason });
                record(tx, caller, &vote, "appoint_voter", payload).await
            })
        })
        .await
}

/// The vote, from its announcement to the poll's end.
async fn nameable(tx: &mut Tx, id: &VoteId) -> Result<Vote> {
    let now = tx.now();
    let vote = announced(tx.conn(), id).await?;
    match vote.phase(now) {
        Phase::Announced | Phase::Open => Ok(vote),
        _ => Err(Refusal::VoteClosed.into()),
    }
}
