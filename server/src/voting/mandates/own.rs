//! What the caller gave and holds, and the paper that an agent fills in.

use super::store::{self, Row};
use crate::core::Core;
use crate::error::Result;
use crate::files::FileName;
use crate::identity::{Caller, Verb};
use crate::people;
use crate::voting::found::announced;
use crate::voting::papers;
use crate::voting::store::{self as votes, roll};
use bytes::Bytes;
use contract::Error;
use contract::ids::{MandateId, PersonId, VoteId};
use contract::voting::{BallotPaper, Mandate, OwnMandates, Phase, Standing};
use sqlx::AnyConnection;
use std::collections::BTreeSet;

/// The caller's mandates in a vote.
///
/// # Errors
/// `SignIn`; [`contract::Refusal::NotBound`]; `NotFound` for a vote that is unknown or still a draft.
pub async fn own_mandates(caller: &Caller, core: &Core, vote: &VoteId) -> Result<OwnMandates> {
    caller.allow_somewhere(Verb::VotingMandate)?;
    let person = caller.person()?;
    let mut conn = core.db.read().await?;
    let found = announced(&mut conn, vote).await?;
    let now = core.clock.now();
    let mut heads = Vec::new();
    if papers::of_owners(&found) && matches!(found.phase(now), Phase::Announced | Phase::Open) {
        for entry in roll::entries(&mut conn, vote, person).await? {
            let free = entry.may_vote && entry.waits();
            if free && store::active_of(&mut conn, vote, &entry.head).await?.is_none() {
                heads.push(entry);
            }
        }
    }
    let given = store::given(&mut conn, person, vote).await?;
    let held = store::held(&mut conn, person, vote).await?;
    Ok(OwnMandates {
        limit: found.rules().mandates_per_agent,
        vote: found.summary(now),
        heads,
        given: shown(&mut conn, given).await?,
        held: shown(&mut conn, held).await?,
    })
}

/// Mandates with the names of both, which are looked up together.
pub(super) async fn shown(conn: &mut AnyConnection, rows: Vec<Row>) -> Result<Vec<Mandate>> {
    let both: BTreeSet<&str> = rows.iter().flat_map(|row| [row.owner.as_str(), row.agent.as_str()]).collect();
    let names = people::names(conn, &both.into_iter().collect::<Vec<_>>()).await?;
    let name = |person: &PersonId| names.get(person.as_str()).cloned().unwrap_or_default();
    let mandate = |row: Row| {
        let (owner, agent, state) = (name(&row.owner), name(&row.agent), row.state());
        let Row { id, vote, head, photo, desk, at, ended_at, .. } = row;
        Mandate { id, vote, head, owner, agent, state, at, ended_at, desk: desk.is_some(), photo }
    };
    Ok(rows.into_iter().map(mandate).collect())
}

/// The paper of the head that the caller may vote for by a mandate, and the mandate.
///
/// # Errors
/// `SignIn`; [`contract::Refusal::NotBound`]; `NotFound` for a mandate that the caller does not hold. Whether it has
/// ended, its state says.
pub async fn mandate_paper(caller: &Caller, core: &Core, id: &MandateId) -> Result<(BallotPaper, Mandate)> {
    caller.allow_somewhere(Verb::VotingMandate)?;
    let person = caller.person()?;
    let mut conn = core.db.read().await?;
    let row = store::find(&mut conn, id).await?.filter(|row| row.agent == *person).ok_or(Error::NotFound)?;
    let vote = votes::find(&mut conn, &row.vote).await?.ok_or(Error::NotFound)?;
    let entries = roll::entries(&mut conn, &vote.id, &row.owner).await?;
    let entries = entries.into_iter().filter(|entry| entry.head == row.head).collect();
    let paper = BallotPaper {
        items: votes::items(&mut conn, &vote.id).await?,
        standing: Standing::OnRoll(entries),
        vote: vote.summary(core.clock.now()),
        key: hex::encode(core.ids.bytes::<16>()),
    };
    let mandate = shown(&mut conn, vec![row]).await?.pop().ok_or(Error::Internal)?;
    Ok((paper, mandate))
}

/// The picture of a signed mandate, for owner, agent and the workers of the place.
///
/// # Errors
/// `SignIn`; `NotFound` also for who may not see it.
pub async fn mandate_photo(caller: &Caller, core: &Core, id: &MandateId) -> Result<Bytes> {
    caller.allow_somewhere(Verb::VotingMandate)?;
    let mut conn = core.db.read().await?;
    let row = store::find(&mut conn, id).await?.ok_or(Error::NotFound)?;
    let vote = votes::find(&mut conn, &row.vote).await?.ok_or(Error::NotFound)?;
    drop(conn);
    let party = caller.person.as_ref().is_some_and(|person| [&row.owner, &row.agent].contains(&person));
    if !party && caller.allow(Verb::VotingMandates, &vote.area).is_err() {
        return Err(Error::NotFound.into());
    }
    let name: FileName = row.photo.parse().map_err(|_| Error::NotFound)?;
    Ok(core.files.get(&name).await?.ok_or(Error::NotFound)?)
}
