//! Opening the urn: an organiser and a scrutineer each give their code, in either order, once the poll is
//! closed. What the first gives waits sealed and opens nothing by itself; the second's brings the count.

use super::count;
use super::keys::{from_typed, unwrap, verb};
use super::store::keys::{self, Given, Holder, Wrap};
use super::store::{self, Vote};
use super::{papers, record};
use crate::core::Core;
use crate::crypto::envelope::{PrivateKey, Share};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::identity::{Caller, Verb};
use contract::ids::VoteId;
use contract::voting::{KeyPart, OpeningState, Phase};
use contract::{Error as Told, Issue, Millis, Refusal};
use serde_json::json;
use std::collections::BTreeMap;

/// Gives the caller's opening code. With the other person's given before, the ballots are counted; within the
/// recount window of a counted vote, both codes count once more and the log says whether anything differs.
///
/// # Errors
/// `NotFound`; `Forbidden` for who holds none of the vote's keys or lost the role; [`Refusal::WrongState`] while
/// the poll is open or once the window is over; `Invalid` (`code`: `WrongCode`).
pub async fn open(caller: &Caller, core: &Core, vote: &VoteId, typed: &str) -> Result<OpeningState> {
    caller.allow_somewhere(Verb::VotingCount)?;
    let mut conn = core.db.read().await?;
    let stored = store::find(&mut conn, vote).await?.ok_or(Told::NotFound)?;
    papers::settled(&mut conn, &stored).await?;
    let (holders, wraps) = (keys::holders(&mut conn, vote).await?, keys::wraps(&mut conn, vote).await?);
    drop(conn);
    let own = holders.iter().find(|holder| holder.holder == caller.hand()).ok_or(Told::Forbidden)?;
    caller.allow(verb(own.part()), &stored.area)?;
    openable(&stored, core.clock.now())?;
    let key = from_typed(vote, typed).filter(|key| key.public() == own.public_key);
    let key = key.ok_or_else(|| Error::field("code", Issue::WrongCode))?;
    let sealed = core.keys.seal(&share_for(vote, &own.holder), &shares_of(&key, own, &wraps)?);
    let given = core
        .db
        .write((caller.clone(), stored.clone(), own.part(), sealed), |tx, (caller, vote, part, sealed)| {
            Box::pin(give(tx, caller, vote, *part, sealed))
        })
        .await?;
    match urn_key(core, &stored, &holders, &wraps, &given)? {
        None => Ok(OpeningState::Waiting),
        Some(key) => count::with_key(caller, core, stored, key).await.map(|()| OpeningState::Counted),
    }
}

/// An urn opens from the poll's end to the end of the window in which its published count may be repeated.
fn openable(vote: &Vote, now: Millis) -> Result<()> {
    let open = match vote.phase(now) {
        Phase::Closed => true,
        Phase::Counted => true,
        Phase::Published => vote.appeals_until.is_some_and(|until| now < until),
        Phase::Draft | Phase::Announced | Phase::Open => false,
    };
    if open { Ok(()) } else { Err(Refusal::WrongState.into()) }
}

/// What a holder's waiting shares are sealed for.
pub(super) fn share_for(vote: &VoteId, holder: &str) -> String {
    format!("voting.share/{vote}/{holder}")
}

/// The holder's share in each wrapping that is theirs, by the other holder, as JSON.
fn shares_of(key: &PrivateKey, own: &Holder, wraps: &[Wrap]) -> Result<String> {
    let mut shares = BTreeMap::new();
    for wrap in wraps {
        let other = match own.part() {
            KeyPart::Organiser if wrap.organiser == own.holder => &wrap.scrutineer,
            KeyPart::Scrutineer if wrap.scrutineer == own.holder => &wrap.organiser,
            _ => continue,
        };
        shares.extend(key.share(&wrap.wrapped).map(|share| (other.clone(), hex::encode(*share))));
    }
    serde_json::to_string(&shares).map_err(Error::internal)
}

/// Keeps what was given; all that was given so far.
async fn give(tx: &mut Tx, caller: &Caller, vote: &Vote, part: KeyPart, sealed: &str) -> Result<Vec<Given>> {
    keys::give(tx.conn(), &vote.id, (caller.hand(), part), sealed).await?;
    let payload = json!({ "part": part.code() });
    record(tx, caller, vote, "give_code", payload).await?;
    Ok(keys::given(tx.conn(), &vote.id).await?)
}

/// The urn's key, if both kinds of holders gave their shares of one wrapping.
fn urn_key(
    core: &Core,
    vote: &Vote,
    holders: &[Holder],
    wraps: &[Wrap],
    given: &[Given],
) -> Result<Option<PrivateKey>> {
    let mut shares = BTreeMap::new();
    for gave in given {
        let opened = core.keys.open(&share_for(&vote.id, &gave.holder), &gave.share)?;
        let opened: BTreeMap<String, String> = serde_json::from_str(&opened).map_err(Error::internal)?;
        shares.insert((gave.part().code(), gave.holder.as_str()), opened);
    }
    let share = |part: KeyPart, of: &str, with: &str| -> Option<Share> {
        let bytes = hex::decode(shares.get(&(part.code(), of))?.get(with)?).ok()?;
        Some(Share::new(bytes.try_into().ok()?))
    };
    let keys = wraps.iter().filter_map(|wrap| {
        let organiser = share(KeyPart::Organiser, &wrap.organiser, &wrap.scrutineer)?;
        let scrutineer = share(KeyPart::Scrutineer, &wrap.scrutineer, &wrap.organiser)?;
        unwrap(&vote.id, holders, wrap, [organiser, scrutineer])
    });
    Ok(keys.into_iter().find(|key| Some(key.public()) == vote.public_key))
}
