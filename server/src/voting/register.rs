//! The roll as published for objection: doors, masked names, areas.

use super::found::announced;
use super::objections;
use super::store::register::{self, Narrowed};
use super::store::roll;
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::people;
use contract::ids::VoteId;
use contract::voting::{Register, RegisterFilter, RegisterLine, Stage};
use contract::{AreaId, Page, PageRequest};

/// Parts a page's key: no address holds it.
const BETWEEN: char = '\u{1f}';

/// One page of a vote's roll, by building and door. Names are masked.
///
/// # Errors
/// `SignIn`; `NotFound` for a vote that is unknown or still a draft.
pub async fn register(caller: &Caller, core: &Core, vote: &VoteId, filter: RegisterFilter) -> Result<Register> {
    caller.allow_somewhere(Verb::VotingRoll)?;
    let mut conn = core.db.read().await?;
    let stored = announced(&mut conn, vote).await?;
    let building = filter.building.parse::<AreaId>().unwrap_or_else(|_| stored.area.clone());
    let after = filter.after.unwrap_or_default();
    let mut key = after.split(BETWEEN);
    let mut part = || key.next().unwrap_or_default();
    let end = building.end();
    let asked = Narrowed { from: building.as_str(), to: &end, search: &filter.search, after: (part(), part(), part()) };
    let limit = PageRequest::default().limit();
    let rows = register::page(&mut conn, vote, &asked, limit + 1).await?;
    let key = |(building, line): &(AreaId, RegisterLine)| {
        format!("{building}{BETWEEN}{}{BETWEEN}{}", people::door_order(&line.place), line.head)
    };
    let buildings = roll::buildings(&mut conn, vote).await?.into_iter().map(|(_, id, name)| (id, name));
    let now = core.clock.now();
    let window = objections::window(&stored, now).filter(|(stage, _)| *stage == Stage::Roll);
    Ok(Register {
        objections_until: window.map(|(_, until)| until),
        vote: stored.summary(now),
        buildings: buildings.collect(),
        page: Page::from_overfetch(rows, limit, key).map(|(_, line)| line),
    })
}
