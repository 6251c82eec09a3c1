mod audit;
mod awards;
mod concurrency;
mod property;

use super::*;
use crate::testing;
use contract::AreaId;
use contract::ids::{AccountId, EventId, TransferId};

fn resident(name: &str) -> Caller {
    Caller { account: Some(AccountId::trusted(name)), person: Some(PersonId::trusted(name)), ..Caller::default() }
}

/// An award as if by an event, of so many hundredths.
fn award(person: &str, event: &str, hundredths: i64) -> Transfer {
    let reason = Reason::Award {
        event: EventId::trusted(event),
        rule: "voting.cast.1".to_owned(),
        code: "voting_cast".to_owned(),
    };
    movement(Account::Pool(AreaId::city()), Account::Resident(PersonId::trusted(person)), hundredths, reason)
}

/// So many hundredths spent.
fn spend(person: &str, hundredths: i64) -> Transfer {
    let to = Account::Pool(AreaId::city());
    movement(Account::Resident(PersonId::trusted(person)), to, hundredths, Reason::Spend("test"))
}

fn movement(from: Account, to: Account, hundredths: i64, reason: Reason) -> Transfer {
    Transfer { from, to, amount: Points::of_hundredths(hundredths), at: testing::START, reason }
}

async fn make(core: &Core, movement: Transfer) -> Result<Option<TransferId>> {
    core.db.write(movement, |tx, movement| Box::pin(transfer(tx, movement))).await
}
