//! Giving a mandate and taking it back.

use super::store::{self, Row};
use super::{end, record, tell};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::files::FileName;
use crate::identity::limit::Limit;
use crate::identity::{Caller, Verb};
use crate::people;
use crate::voting::found::announced;
use crate::voting::papers;
use crate::voting::store::{self as votes, Vote, amend, roll};
use contract::ids::{MandateId, PersonId, VoteId};
use contract::voting::{MandateForm, MandateState, Phase, RollEntry};
use contract::{Error, Issue, Refusal};

/// Tries against others who take the same agent's free slot at the same moment.
const TRIES: usize = 8;

/// Whom somebody asks for by name and phone is not told more often: nobody finds out so who has which phone.
const PER_ACCOUNT: Limit = Limit { most: 5, window: 24 * 3_600_000 };

/// How giving ended; that somebody was asked for must be committed whatever the end.
enum End {
    Given(MandateId),
    Wait(u32),
    /// The registry has nobody of that name with the phone, or they are of the head themselves.
    Nobody,
    Full,
}

/// Everything that the transaction needs, made before it begins.
struct Giving {
    caller: Caller,
    vote: VoteId,
    form: MandateForm,
    /// Blind indexes of the owner's phone, at the desk, and of the agent's.
    owner: Option<String>,
    agent: String,
    key: String,
}

/// Gives somebody the right to cast the ballot of one of the caller's heads. The same form sent again gives
/// the same mandate.
///
/// # Errors
/// `SignIn`; [`Refusal::NotBound`]; `NotFound`; `Invalid` by the form's fields (`phone`: `Unknown` when the
/// registry has nobody of that name with it, or they are of the head themselves; which of it is not told);
/// [`Error::TooMany`] for who asks for more than five a day; before all of that [`Refusal::NotOnRoll`],
/// [`Refusal::NotTheVoter`], [`Refusal::AlreadyVoted`], [`Refusal::PaperReceived`],
/// [`Refusal::VoteClosed`]; [`Refusal::WrongState`] for a poll of residents; [`Refusal::MandateGiven`] when the
/// head has an agent; [`Refusal::MandateLimit`] when the agent has as many as the rules allow.
pub async fn give_mandate(caller: &Caller, core: &Core, vote: &VoteId, form: MandateForm) -> Result<MandateId> {
    caller.allow_somewhere(Verb::VotingMandate)?;
    caller.person()?;
    form.check(false)?;
    give(caller, core, vote, form, false).await
}

/// The same for an owner who brings the signed mandate to the desk.
///
/// # Errors
/// As [`give_mandate`], `owner_phone` as `phone`; `Forbidden`.
pub async fn give_at_desk(caller: &Caller, core: &Core, vote: &VoteId, form: MandateForm) -> Result<MandateId> {
    caller.allow_somewhere(Verb::VotingMandateDesk)?;
    form.check(true)?;
    give(caller, core, vote, form, true).await
}

async fn give(caller: &Caller, core: &Core, vote: &VoteId, form: MandateForm, desk: bool) -> Result<MandateId> {
    if form.photo.parse::<FileName>().is_err() {
        return Err(crate::Error::field("photo", Issue::FileKind));
    }
    let index = |phone: &str| people::phone_index(&core.keys, phone.trim());
    let (owner, agent) = (desk.then(|| index(&form.owner_phone)), index(&form.phone));
    let key = format!("{}/{}", caller.actor(), form.key);
    let mut tried = 0;
    loop {
        let giving = Giving {
            caller: caller.clone(),
            vote: vote.clone(),
            form: form.clone(),
            owner: owner.clone(),
            agent: agent.clone(),
            key: key.clone(),
        };
        match core.db.write(giving, |tx, giving| Box::pin(write(tx, giving))).await {
            // Somebody else took the slot between looking and writing: look again.
            Err(error) if error.is_unique_violation() && tried < TRIES => tried += 1,
            Err(error) if error.is_unique_violation() => return Err(Refusal::MandateLimit.into()),
            Err(error) => return Err(error),
            Ok(End::Given(id)) => return Ok(id),
            Ok(End::Wait(retry_after_s)) => return Err(Error::TooMany { retry_after_s }.into()),
            Ok(End::Nobody) => return Err(crate::Error::field("phone", Issue::Unknown)),
            Ok(End::Full) => return Err(Refusal::MandateLimit.into()),
        }
    }
}

async fn write(tx: &mut Tx, giving: &Giving) -> Result<End> {
    if let Some(id) = store::by_key(tx.conn(), &giving.key).await? {
        return Ok(End::Given(id));
    }
    let now = tx.now();
    let vote = announced(tx.conn(), &giving.vote).await?;
    if !matches!(vote.phase(now), Phase::Announced | Phase::Open) {
        return Err(Refusal::VoteClosed.into());
    }
    if !papers::of_owners(&vote) {
        return Err(Refusal::WrongState.into());
    }
    let owner = owner(tx, giving, &vote).await?;
    let head = head(tx, &vote, &owner, &giving.form.head).await?;
    if store::active_of(tx.conn(), &vote.id, &head.head).await?.is_some() {
        return Err(Refusal::MandateGiven.into());
    }
    if giving.owner.is_none()
        && let Some(wait) = PER_ACCOUNT.hit(tx.conn(), &format!("mandate-by:{}", giving.caller.actor()), now).await?
    {
        return Ok(End::Wait(wait));
    }
    let agent = named(tx, &giving.agent, &giving.form.name).await?;
    let own = amend::members(tx.conn(), &vote.id, &head.head).await?;
    let Some(agent) = agent.filter(|agent| !own.contains(agent)) else { return Ok(End::Nobody) };
    let Some(slot) = free(tx, &vote, &agent).await? else { return Ok(End::Full) };
    let row = Row {
        id: tx.id(),
        vote: vote.id.clone(),
        head: head.head,
        slot,
        owner,
        agent,
        state: MandateState::Active.code().to_owned(),
        photo: giving.form.photo.clone(),
        desk: giving.owner.as_ref().map(|_| giving.caller.actor().to_owned()),
        at: now,
        ended_at: None,
    };
    store::insert(tx.conn(), &row, &giving.key).await?;
    record(tx, &vote, &row, MandateState::Active, giving.caller.actor()).await?;
    tell(tx, &vote, &row, &row.agent, MandateState::Active).await?;
    tell(tx, &vote, &row, &row.owner, MandateState::Active).await?;
    Ok(End::Given(row.id))
}

/// Whose head it is: the caller's, or at the desk that of the owner named.
async fn owner(tx: &mut Tx, giving: &Giving, vote: &Vote) -> Result<PersonId> {
    match &giving.owner {
        None => Ok(giving.caller.person()?.clone()),
        Some(index) => {
            giving.caller.allow(Verb::VotingMandateDesk, &vote.area)?;
            let owner = named(tx, index, &giving.form.owner_name).await?;
            owner.ok_or_else(|| crate::Error::field("owner_phone", Issue::Unknown))
        }
    }
}

/// The one person of the registry with this phone and this name.
async fn named(tx: &mut Tx, index: &str, name: &str) -> Result<Option<PersonId>> {
    let mut known = people::by_phone_index(tx.conn(), index).await?;
    known.retain(|known| known.name == name.trim());
    Ok(match known.as_slice() {
        [one] => Some(one.id.clone()),
        _ => None,
    })
}

/// The head asked for, or the only one that the owner may vote for.
async fn head(tx: &mut Tx, vote: &Vote, owner: &PersonId, asked: &str) -> Result<RollEntry> {
    let entries = roll::entries(tx.conn(), &vote.id, owner).await?;
    if entries.is_empty() {
        return Err(Refusal::NotOnRoll.into());
    }
    let mut own = entries.into_iter().filter(|entry| entry.may_vote && (asked.is_empty() || entry.head == asked));
    let found = own.find(|entry| entry.voted_at.is_none());
    match found {
        Some(entry) if entry.paper_at.is_some() => Err(Refusal::PaperReceived.into()),
        Some(entry) => Ok(entry),
        None if roll::entries(tx.conn(), &vote.id, owner).await?.iter().any(|entry| entry.may_vote) => {
            Err(Refusal::AlreadyVoted.into())
        }
        None => Err(Refusal::NotTheVoter.into()),
    }
}

/// The agent's lowest free slot; none when they hold as many mandates as the rules allow. Who became one person
/// with another may hold more.
async fn free(tx: &mut Tx, vote: &Vote, agent: &PersonId) -> Result<Option<i64>> {
    let taken = store::slots(tx.conn(), &vote.id, agent).await?;
    let limit = vote.rules().mandates_per_agent;
    let full = usize::try_from(limit).is_ok_and(|limit| taken.len() >= limit);
    Ok((1..=limit).find(|slot| !full && !taken.contains(slot)))
}

/// Takes a mandate back while its ballot is not cast. Owners take back their own, workers at the desk any.
///
/// # Errors
/// `SignIn`; `NotFound` also for somebody else's; [`Refusal::NoMandate`] when it has ended already.
pub async fn revoke_mandate(caller: &Caller, core: &Core, id: &MandateId) -> Result<VoteId> {
    caller.allow_somewhere(Verb::VotingMandate)?;
    core.db
        .write((caller.clone(), id.clone()), |tx, (caller, id)| {
            Box::pin(async move {
                let row = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
                let vote = votes::find(tx.conn(), &row.vote).await?.ok_or(Error::NotFound)?;
                let own = caller.person.as_ref() == Some(&row.owner);
                if !own && caller.allow(Verb::VotingMandateDesk, &vote.area).is_err() {
                    return Err(Error::NotFound.into());
                }
                if !end(tx, &vote, &row, MandateState::Revoked, caller.actor()).await? {
                    return Err(Refusal::NoMandate.into());
                }
                tell(tx, &vote, &row, &row.agent, MandateState::Revoked).await?;
                tell(tx, &vote, &row, &row.owner, MandateState::Revoked).await?;
                Ok(vote.id)
            })
        })
        .await
}
