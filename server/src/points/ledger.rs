//! The ledger: every movement takes from one account and gives the same to another.

use super::store;
use crate::db::Tx;
use crate::error::{Error, Result};
use contract::ids::{EventId, PersonId, TransferId};
use contract::points::Points;
use contract::{AreaId, Millis, Refusal};

/// Who can hold points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Account {
    /// A resident. Their balance is never below zero.
    Resident(PersonId),
    /// The pool of a community that awards come from and spent points return to. It issues points, so
    /// its balance is the negative of what its residents hold.
    Pool(AreaId),
}

impl Account {
    /// The account as stored.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Resident(person) => format!("resident:{person}"),
            Self::Pool(area) => format!("pool:{area}"),
        }
    }

    /// The account of a stored key.
    fn of(key: &str) -> Result<Self> {
        match key.split_once(':') {
            Some(("resident", person)) => Ok(Self::Resident(PersonId::trusted(person))),
            Some(("pool", area)) => Ok(Self::Pool(area.parse().map_err(Error::internal)?)),
            _ => Err(Error::internal(format!("not a points account: {key}"))),
        }
    }
}

/// Why points moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// An event earned them by a rule: at most one award for both.
    Award {
        /// The event.
        event: EventId,
        /// The id of the rule's version.
        rule: String,
        /// The code of the rule ([`contract::points::Rule::code`]).
        code: String,
    },
    /// Spent on something; its code names the text in the statement.
    Spend(&'static str),
    /// An earlier movement was a mistake.
    Reversal(TransferId),
}

impl Reason {
    /// The code as stored.
    pub(super) fn code(&self) -> &str {
        match self {
            Self::Award { code, .. } => code,
            Self::Spend(code) => code,
            Self::Reversal(_) => "reversal",
        }
    }
}

/// A movement to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Who gives.
    pub from: Account,
    /// Who gets.
    pub to: Account,
    /// How much, above zero.
    pub amount: Points,
    /// When it counts; an award counts from its event.
    pub at: Millis,
    /// Why.
    pub reason: Reason,
}

/// Moves points in the caller's own transaction; none when this award was made before.
///
/// # Errors
/// [`Refusal::NotEnoughPoints`], or the database's own trouble (an amount of zero or less is a defect).
pub async fn transfer(tx: &mut Tx, transfer: &Transfer) -> Result<Option<TransferId>> {
    let id: TransferId = tx.id();
    let (from, to) = (transfer.from.key(), transfer.to.key());
    if !store::insert_transfer(tx.conn(), &id, transfer, &from, &to).await? {
        return Ok(None);
    }
    store::insert_postings(tx.conn(), &id, transfer, &from, &to).await?;
    if let Account::Resident(person) = &transfer.from
        && !store::take(tx.conn(), person, transfer.amount).await?
    {
        return Err(Refusal::NotEnoughPoints.into());
    }
    if let Account::Resident(person) = &transfer.to {
        store::give(tx.conn(), person, transfer.amount).await?;
    }
    Ok(Some(id))
}

/// Takes a movement back by one the other way; a movement can be taken back once, and a reversal never.
///
/// # Errors
/// [`contract::Error::NotFound`] for an unknown movement, [`Refusal::WrongState`] when it is a reversal or
/// was taken back before, [`Refusal::NotEnoughPoints`] when the points are spent.
pub async fn reverse(tx: &mut Tx, id: &TransferId) -> Result<TransferId> {
    let made = store::made(tx.conn(), id).await?.ok_or(contract::Error::NotFound)?;
    if made.is_reversal() || store::is_reversed(tx.conn(), id).await? {
        return Err(Refusal::WrongState.into());
    }
    let back = Transfer {
        from: Account::of(&made.to_account)?,
        to: Account::of(&made.from_account)?,
        amount: made.amount,
        at: tx.now(),
        reason: Reason::Reversal(id.clone()),
    };
    transfer(tx, &back).await?.ok_or_else(|| Refusal::WrongState.into())
}
