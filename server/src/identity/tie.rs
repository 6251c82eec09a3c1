//! Tying an account to a person of the registry when the phone does not: by name, identity number and phone on
//! record, or at the worker's desk after a look at the identity card.
//!
//! An account has one person and a person one account; the database says so, not a look before. Attempts are
//! limited by account and by identity number: with 5 a day nobody finds out who has which phone. A refused
//! attempt is an event that the person concerned can see.

use super::limit::Limit;
use super::sign_in::{self, SEALED_PHONE};
use super::store::accounts;
use super::{Caller, Verb};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::inbox::{self, NewNote};
use crate::people::{self, Proof, Proven};
use contract::ids::{AccountId, PersonId};
use contract::people::{BindPerson, TieAccount};
use contract::{AreaId, Error, Millis, Refusal};
use serde_json::json;
use std::collections::BTreeMap;

const DAY: Millis = 24 * 3_600_000;
const PER_ACCOUNT: Limit = Limit { most: 5, window: DAY };
const PER_NUMBER: Limit = Limit { most: 10, window: DAY };

/// An attempt that was refused, in the log of the registry.
const REFUSED: &str = "bind_refused";

/// How an attempt ended; what it counts must be committed whatever the end.
enum End {
    Tied,
    Wait(u32),
    Wrong,
    Taken,
}

/// Ties the caller's account to who they say and show they are.
///
/// # Errors
/// Fields `name`, `id_number`, `phone`; [`Error::TooMany`]; [`Refusal::NoSuchPerson`] when the three do not
/// belong together (which of them is wrong is not told); [`Refusal::PersonTaken`] when they have an account
/// already; [`Refusal::AlreadyBound`] for an account that has a person.
pub async fn bind_person(caller: &Caller, core: &Core, input: BindPerson) -> Result<()> {
    caller.allow(Verb::PeopleBind, &AreaId::city())?;
    let account = caller.account()?.clone();
    if caller.person.is_some() {
        return Err(Refusal::AlreadyBound.into());
    }
    let (name, number, phone) = input.check()?;
    let proof = Proof::new(&core.keys, name, &number, &phone);
    let tried = core
        .db
        .write((caller.clone(), account, proof), |tx, (caller, account, proof)| {
            Box::pin(attempt(tx, caller, account, proof))
        })
        .await;
    match tried {
        Ok(End::Tied) => Ok(()),
        Ok(End::Wait(retry_after_s)) => Err(Error::TooMany { retry_after_s }.into()),
        Ok(End::Wrong) => Err(Refusal::NoSuchPerson.into()),
        Ok(End::Taken) => Err(Refusal::PersonTaken.into()),
        // Another account was quicker.
        Err(error) if error.is_unique_violation() => Err(Refusal::PersonTaken.into()),
        Err(error) => Err(error),
    }
}

async fn attempt(tx: &mut Tx, caller: &Caller, account: &AccountId, proof: &Proof) -> Result<End> {
    let now = tx.now();
    let by_account = PER_ACCOUNT.hit(tx.conn(), &format!("bind-by:{account}"), now).await?;
    let by_number = PER_NUMBER.hit(tx.conn(), &format!("bind-to:{}", proof.number_index), now).await?;
    if let Some(wait) = by_account.max(by_number) {
        return Ok(End::Wait(wait));
    }
    match people::proven(tx.conn(), proof).await? {
        Proven::Nobody => Ok(End::Wrong),
        Proven::Wrong(known) => {
            record(tx, caller, REFUSED, (&known.id, &known.area), account, "real_name").await?;
            Ok(End::Wrong)
        }
        Proven::Right(known) if !accounts::tie(tx.conn(), account, &known.id, "real_name").await? => {
            record(tx, caller, REFUSED, (&known.id, &known.area), account, "real_name").await?;
            Ok(End::Taken)
        }
        Proven::Right(known) => {
            record(tx, caller, "bound", (&known.id, &known.area), account, "real_name").await?;
            tell(tx, &known.id, account, "real_name").await?;
            Ok(End::Tied)
        }
    }
}

/// Ties the account of a phone to a person whose identity card the worker has seen. An account that the person
/// had before is theirs no more.
///
/// # Errors
/// Fields `phone` and `seen`; `NotFound` for a person outside the caller's areas; [`Refusal::AccountTaken`] when
/// the phone's account is somebody else's.
pub async fn tie_account(caller: &Caller, core: &Core, input: TieAccount) -> Result<()> {
    caller.allow_somewhere(Verb::PeopleCorrect)?;
    let phone = input.check()?;
    let index = sign_in::phone_index(&core.keys, &phone);
    let sealed = core.keys.seal(SEALED_PHONE, &phone);
    core.db
        .write((caller.clone(), input.person, index, sealed), |tx, (caller, person, index, sealed)| {
            Box::pin(async move {
                let known = people::find(tx.conn(), person).await?.ok_or(Error::NotFound)?;
                let mut places = people::places(tx.conn(), &known).await?.into_iter();
                let place = places.find(|place| caller.allow(Verb::PeopleCorrect, place).is_ok());
                let place = place.ok_or(Error::NotFound)?;
                let account = super::roles::account_of(tx, index, sealed).await?;
                let tied = accounts::person(tx.conn(), &account).await?;
                if tied.is_some_and(|tied| tied != known.id) {
                    return Err(Refusal::AccountTaken.into());
                }
                accounts::untie(tx.conn(), &known.id).await?;
                accounts::tie(tx.conn(), &account, &known.id, "desk").await?;
                record(tx, caller, "bound", (&known.id, &place), &account, "desk").await?;
                tell(tx, &known.id, &account, "desk").await
            })
        })
        .await
}

/// The account of an entry that became part of another: the other's, unless it has one already.
///
/// # Errors
/// The database's own.
pub async fn adopt_account(tx: &mut Tx, lost: &PersonId, kept: &PersonId) -> Result<()> {
    if !accounts::hand_on(tx.conn(), lost, kept).await? {
        accounts::untie(tx.conn(), lost).await?;
    }
    Ok(())
}

async fn record(
    tx: &mut Tx,
    caller: &Caller,
    verb: &'static str,
    (person, area): (&PersonId, &AreaId),
    account: &AccountId,
    how: &'static str,
) -> Result<()> {
    let payload = json!({ "account": account, "how": how });
    let event = Event { room: "people", verb, area, subject: person.as_str(), payload };
    events::record(tx, caller, event).await.map(drop)
}

async fn tell(tx: &mut Tx, person: &PersonId, account: &AccountId, how: &'static str) -> Result<()> {
    let at = tx.now();
    let note = NewNote {
        kind: format!("people.note.bound.{how}"),
        params: BTreeMap::new(),
        link: "/me/record".to_owned(),
        unique_key: format!("people.bound/{account}/{at}"),
    };
    inbox::send(tx, person, &note).await.map(drop)
}
