//! The workers' side: list, one vote, the list as a workbook.

use super::browse::sum;
use super::count::Stored;
use super::keys;
use super::store::lists;
use super::store::{self, Vote, roll};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::listing::{self, EXPORTED, Filter, OFFERED, named_areas};
use crate::people;
use crate::sheets::{Cell, workbook};
use contract::area::AreaKind;
use contract::ids::VoteId;
use contract::people::AreaName;
use contract::voting::{Phase, VoteDetail, VoteFilter, VoteKind, VoteLine};
use contract::{Error as Told, Millis, Page, PageRequest};
use std::collections::BTreeMap;

/// Votes in the caller's areas, newest first, drafts included.
///
/// # Errors
/// `SignIn`, `SecondFactor`, `Forbidden`.
pub async fn console_list(caller: &Caller, core: &Core, filter: VoteFilter) -> Result<Page<VoteLine>> {
    let limit = PageRequest::default().limit();
    let now = core.clock.now();
    let votes = inside(caller, core, &filter, now, limit + 1).await?;
    Ok(Page::from_overfetch(votes, limit, |vote| vote.id.to_string()).map(|vote| vote.line(now)))
}

/// The texts of an exported list, in the reader's language.
#[derive(Clone, Debug)]
pub struct ListTexts {
    /// The sheet's name.
    pub sheet: String,
    /// Title, area, kind, phase, items, heads, opens, closes: the columns' heads.
    pub heads: [String; 8],
    /// The name of each phase, in the order of [`Phase::ALL`].
    pub phases: [String; 6],
    /// The name of each kind, in the order of [`VoteKind::ALL`].
    pub kinds: [String; 3],
}

/// The same list, all pages of it (10,000 votes at most), as XLSX.
///
/// # Errors
/// As [`console_list`].
pub async fn export_list(caller: &Caller, core: &Core, filter: VoteFilter, texts: ListTexts) -> Result<Vec<u8>> {
    let now = core.clock.now();
    let filter = VoteFilter { after: None, ..filter };
    let votes = inside(caller, core, &filter, now, EXPORTED).await?;
    let row = |vote: &Vote| -> Vec<Cell> {
        vec![
            vote.title.as_str().into(),
            vote.area_name.as_str().into(),
            Cell::named(&texts.kinds, VoteKind::ALL, &vote.kind()),
            Cell::named(&texts.phases, &Phase::ALL, &vote.phase(now)),
            vote.items.into(),
            vote.heads.into(),
            Cell::minute(Some(vote.opens_at)),
            Cell::minute(Some(vote.closes_at)),
        ]
    };
    workbook(&texts.sheet, &texts.heads, &votes.iter().map(row).collect::<Vec<_>>())
}

/// Votes in all areas that the caller may list; the areas never overlap.
async fn inside(caller: &Caller, core: &Core, filter: &VoteFilter, now: Millis, limit: i64) -> Result<Vec<Vote>> {
    let areas = listing::areas(caller, Verb::VotingList, filter.area().as_ref())?;
    let mut conn = core.db.read().await?;
    let mut votes = Vec::new();
    for area in areas {
        let filter = Filter {
            area: &area,
            search: &filter.search,
            state: filter.phase().map_or("", |phase| phase.code()),
            before: filter.after.as_deref().unwrap_or_default(),
        };
        votes.extend(lists::inside(&mut conn, &filter, now, limit).await?);
    }
    Ok(listing::newest(votes, limit, |vote| vote.id.as_str()))
}

/// The compounds and buildings in the caller's areas that votes are for, in the order of their ids and each
/// building after its compound: what the list can be narrowed to. At most 400 areas of votes are looked at.
///
/// # Errors
/// As [`console_list`].
pub async fn listed_areas(caller: &Caller, core: &Core) -> Result<Vec<AreaName>> {
    caller.allow_somewhere(Verb::VotingList)?;
    let mut conn = core.db.read().await?;
    let mut found = BTreeMap::new();
    for own in caller.areas(Verb::VotingList) {
        for (area, name) in named_areas(&mut conn, lists::AREAS, &own, OFFERED).await? {
            let compound = area.up_to(AreaKind::Compound).filter(|compound| own.holds(compound));
            if let Some(compound) = compound.filter(|compound| *compound != area && !found.contains_key(compound)) {
                let known = people::area(&mut conn, &compound).await?;
                found.extend(known.map(|known| (compound, known.name)));
            }
            found.insert(area, name);
        }
    }
    Ok(found.into_iter().map(|(id, name)| AreaName { id, name }).collect())
}

/// One vote with paper, keys, turnout and, once counted, its result.
///
/// # Errors
/// `NotFound`; as [`console_list`] outside the caller's areas.
pub async fn detail(caller: &Caller, core: &Core, vote: &VoteId) -> Result<VoteDetail> {
    caller.allow_somewhere(Verb::VotingList)?;
    let mut conn = core.db.read().await?;
    let stored = store::find(&mut conn, vote).await?.ok_or(Told::NotFound)?;
    caller.allow(Verb::VotingList, &stored.area)?;
    let result = stored.result.as_deref().map(Stored::read).transpose()?.map(|stored| stored.result);
    Ok(VoteDetail {
        vote: stored.summary(core.clock.now()),
        items: store::items(&mut conn, vote).await?,
        keys: keys::shown(caller, &mut conn, vote).await?,
        turnout: sum(roll::turnout(&mut conn, vote).await?),
        roll_sha256: stored.roll_sha256,
        result,
    })
}
