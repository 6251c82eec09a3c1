//! The rules of votes: dated settings by area, which a vote's announcement freezes.

use super::ROOM;
use super::periods::{DAY, Holidays};
use super::store::rules;
use crate::core::Core;
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::people;
use contract::voting::{RuleForm, RuleName, Rules, SetRule};
use contract::{AreaId, Issue, Millis, local};
use sqlx::AnyConnection;

/// Rules shown at most.
const SHOWN: i64 = 400;

/// What holds for a vote of an area at `now`: of each setting the one nearest to the area, and there the
/// latest in force.
pub(super) async fn in_force(conn: &mut AnyConnection, area: &AreaId, now: Millis) -> Result<Rules> {
    let mut rules = Rules::default();
    // Outermost first, so that what is nearer overwrites.
    for area in area.trail() {
        for set in rules::of_area(conn, &area, now).await?.into_iter().filter(|set| set.holds) {
            rules.set(set.rule.name, &set.rule.value, &set.rule.clause);
        }
    }
    Ok(rules)
}

/// The holidays that an area knows of: its own and those around it, whenever they were set.
pub(super) async fn holidays(conn: &mut AnyConnection, area: &AreaId) -> Result<Holidays> {
    let mut known = Vec::new();
    for area in area.trail() {
        let set = rules::of_area(conn, &area, Millis::MAX).await?.into_iter();
        let holidays = set.filter(|set| set.rule.name == RuleName::Holiday);
        known.extend(holidays.filter_map(|set| Some((set.rule.from, local::day(&set.rule.value)? + DAY))));
    }
    Ok(Holidays(known))
}

/// The rules set in the caller's areas, with their history; at most 400.
///
/// # Errors
/// `SignIn`, `SecondFactor`, `Forbidden`.
pub async fn rules_of(caller: &Caller, core: &Core) -> Result<Vec<SetRule>> {
    caller.allow_somewhere(Verb::VotingRules)?;
    let now = core.clock.now();
    let mut conn = core.db.read().await?;
    let mut found = Vec::new();
    for area in caller.areas(Verb::VotingRules) {
        found.extend(rules::inside(&mut conn, &area, now, SHOWN).await?);
    }
    for set in &mut found {
        let known = people::area(&mut conn, &set.rule.area).await?;
        set.area_name = known.map_or_else(|| set.rule.area.to_string(), |area| area.name);
    }
    Ok(found)
}

/// Sets a rule. It holds for votes announced from its day on; those announced before keep theirs.
///
/// # Errors
/// `Invalid` by the form's field names (`from`: `NotFuture` for a day gone by, `Taken` for one that is set
/// already); `Forbidden` outside the caller's areas.
pub async fn set_rule(caller: &Caller, core: &Core, form: RuleForm) -> Result<RuleName> {
    caller.allow_somewhere(Verb::VotingSetRules)?;
    let rule = form.parse()?;
    caller.allow(Verb::VotingSetRules, &rule.area)?;
    let name = rule.name;
    core.db
        .write((caller.clone(), rule), |tx, (caller, rule)| {
            Box::pin(async move {
                let now = tx.now();
                // The day that is under way may still be chosen.
                if rule.from <= now - DAY {
                    return Err(Error::field("from", Issue::NotFuture));
                }
                if people::area(tx.conn(), &rule.area).await?.is_none() {
                    return Err(Error::field("area", Issue::Unknown));
                }
                if !rules::insert(tx.conn(), rule, (caller.actor(), now)).await? {
                    return Err(Error::field("from", Issue::Taken));
                }
                let event =
                    Event { room: ROOM, verb: "set_rule", area: &rule.area, subject: rule.name.code(), payload: rule };
                events::record(tx, caller, event).await.map(drop)
            })
        })
        .await?;
    Ok(name)
}
