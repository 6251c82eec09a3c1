//! Awards: sealed events become points by the rules of their day.

use super::ledger::{Account, Reason, Transfer, transfer};
use super::{rules, store};
use crate::db::Tx;
use crate::error::Result;
use crate::events::{Follower, Recorded};
use crate::inbox::{self, NewNote};
use crate::people;
use contract::AreaId;
use contract::area::AreaKind;
use contract::ids::PersonId;
use contract::points::Points;
use store::RuleRow;

/// Derives awards from the sealed log.
pub const FOLLOWER: Follower = Follower { name: "points", work: |tx, events| Box::pin(award_all(tx, events)) };

async fn award_all(tx: &mut Tx, events: &[Recorded]) -> Result<()> {
    let rules = store::rules(tx.conn()).await?;
    for event in events {
        if let Some(rule) = rules::on(&rules, &event.room, &event.verb, event.at) {
            award(tx, event, rule).await?;
        }
    }
    Ok(())
}

/// Awards what an event earns to the person who acted, or whose entry became part of theirs, and tells them. Only that they acted counts: the
/// payload, and so what was chosen, is never looked at.
///
/// An event whose actor is no person, or that names no area, earns nothing: it must not hold up the log.
async fn award(tx: &mut Tx, event: &Recorded, rule: &RuleRow) -> Result<()> {
    let (Ok(person), Ok(area)) = (event.actor.parse::<PersonId>(), event.area.parse::<AreaId>()) else {
        return Ok(());
    };
    // Who became one with another entry since earns for that one.
    let person = people::canonical(tx.conn(), &person).await?;
    let to = Account::Resident(person.clone());
    let today = match rule.daily_cap {
        Some(_) => {
            let (from, until) = rules::day(event.at);
            store::awarded(tx.conn(), &to.key(), &rule.room, &rule.verb, from, until).await?
        }
        None => Points::ZERO,
    };
    let amount = rules::earned(rule, today);
    if amount == Points::ZERO {
        return Ok(());
    }
    let pool = area.up_to(AreaKind::Community).unwrap_or(area);
    let code = rule.rule().code();
    let reason = Reason::Award { event: event.id.clone(), rule: rule.id.clone(), code: code.clone() };
    let made = transfer(tx, &Transfer { from: Account::Pool(pool), to, amount, at: event.at, reason }).await?;
    if made.is_some() {
        let note = NewNote {
            kind: format!("points.note.{code}"),
            params: [("amount".to_owned(), amount.to_string())].into(),
            link: "/points".to_owned(),
            unique_key: format!("points:{}:{}", event.id, rule.id),
        };
        inbox::send(tx, &person, &note).await?;
    }
    Ok(())
}
