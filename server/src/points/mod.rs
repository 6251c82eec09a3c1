//! Points: an append-only double-entry ledger, awards by dated rules, a resident's statement.
//!
//! Awards are derived from sealed events ([`FOLLOWER`]), so each point cites an event and the version of a
//! rule, and is made once whatever is tried again. Points have no cash value, and no rule takes points away
//! or ties a public service to them.

mod award;
mod ledger;
mod rules;
mod store;
#[cfg(test)]
mod tests;

pub use award::FOLLOWER;
pub use ledger::{Account, Reason, Transfer, reverse, transfer};

use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use contract::ids::PersonId;
use contract::points::{Month, Points, Statement};
use contract::{Page, PageRequest};

/// Months in the statement's chart, the current one included.
const MONTHS: usize = 6;

/// What the caller has to spend.
///
/// # Errors
/// [`contract::Error::SignIn`], or [`contract::Refusal::NotBound`] for an account without a person.
pub async fn balance(caller: &Caller, core: &Core) -> Result<Points> {
    let person = holder(caller)?;
    let mut conn = core.db.read().await?;
    Ok(store::balance(&mut conn, person).await?)
}

/// The caller's balance and last months, the rules in force, and one page of where each point came from
/// and went.
///
/// # Errors
/// As [`balance`].
pub async fn statement(caller: &Caller, core: &Core, page: PageRequest) -> Result<Statement> {
    let person = holder(caller)?;
    let account = Account::Resident(person.clone()).key();
    let now = core.clock.now();
    let mut conn = core.db.read().await?;
    let rows = store::lines(&mut conn, &account, page.after.as_deref(), page.limit() + 1).await?;
    let lines = Page::from_overfetch(rows, page.limit(), |row| row.transfer.to_string()).map(store::LineRow::into_line);
    let mut months = Vec::with_capacity(MONTHS);
    for (starts_at, ends_at) in rules::last_months(now, MONTHS) {
        let (earned, spent) = store::turnover(&mut conn, &account, starts_at, ends_at).await?;
        months.push(Month { starts_at, earned, spent });
    }
    let rules = rules::in_force(&store::rules(&mut conn).await?, now);
    Ok(Statement { balance: store::balance(&mut conn, person).await?, months, rules, lines })
}

/// Gives the points of an entry of the registry that became part of another to that one, as a movement like
/// any other.
///
/// # Errors
/// The database's own trouble.
pub async fn adopt(tx: &mut Tx, lost: &PersonId, kept: &PersonId) -> Result<()> {
    let amount = store::balance(tx.conn(), lost).await?;
    if amount > Points::ZERO {
        let (from, to) = (Account::Resident(lost.clone()), Account::Resident(kept.clone()));
        let at = tx.now();
        ledger::transfer(tx, &Transfer { from, to, amount, at, reason: Reason::Spend("merged") }).await?;
    }
    Ok(())
}

fn holder(caller: &Caller) -> Result<&PersonId> {
    caller.allow_somewhere(Verb::PointsRead)?;
    caller.person()
}
