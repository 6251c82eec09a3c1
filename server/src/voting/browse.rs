//! The resident's side: votes that concern them, the paper, the turnout.

use super::found::announced;
use super::store::{self, lists, roll};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Verb};
use contract::ids::VoteId;
use contract::voting::{BallotPaper, BuildingTurnout, OpenVote, Phase, Standing, Turnout, VoteLine};
use contract::{AreaId, Error, Page, PageRequest, Role};

/// Votes open now whose roll lists the caller, soonest to close first; at most 20.
///
/// # Errors
/// `SignIn`. An account tied to nobody has none.
pub async fn open_for(caller: &Caller, core: &Core) -> Result<Vec<OpenVote>> {
    caller.allow_somewhere(Verb::VotingBrowse)?;
    let Some(person) = &caller.person else { return Ok(Vec::new()) };
    let now = core.clock.now();
    let mut conn = core.db.read().await?;
    let votes = lists::open_for(&mut conn, person, now).await?;
    Ok(votes.into_iter().map(|(vote, voted_at)| OpenVote { vote: vote.summary(now), voted_at }).collect())
}

/// All votes whose roll lists the caller, newest first.
///
/// # Errors
/// As [`open_for`].
pub async fn browse(caller: &Caller, core: &Core, page: PageRequest) -> Result<Page<VoteLine>> {
    caller.allow_somewhere(Verb::VotingBrowse)?;
    let Some(person) = &caller.person else { return Ok(Page { rows: Vec::new(), next: None }) };
    let limit = page.limit();
    let mut conn = core.db.read().await?;
    let votes = lists::of_person(&mut conn, person, page.after.as_deref().unwrap_or_default(), limit + 1).await?;
    let now = core.clock.now();
    Ok(Page::from_overfetch(votes, limit, |vote| vote.id.to_string()).map(|vote| vote.line(now)))
}

/// The paper of a vote and how the caller stands towards it.
///
/// # Errors
/// `SignIn`; `NotFound` for a vote that is unknown or still a draft. Everything else is a standing
/// or a phase.
pub async fn ballot_paper(caller: &Caller, core: &Core, vote: &VoteId) -> Result<BallotPaper> {
    caller.allow_somewhere(Verb::VotingBrowse)?;
    let mut conn = core.db.read().await?;
    let stored = store::find(&mut conn, vote).await?.ok_or(Error::NotFound)?;
    let summary = stored.summary(core.clock.now());
    if summary.phase == Phase::Draft {
        return Err(Error::NotFound.into());
    }
    let entries = match &caller.person {
        Some(person) => roll::entries(&mut conn, vote, person).await?,
        None => Vec::new(),
    };
    Ok(BallotPaper {
        items: store::items(&mut conn, vote).await?,
        standing: if entries.is_empty() { outsider(caller, &summary.area) } else { Standing::OnRoll(entries) },
        vote: summary,
        key: hex::encode(core.ids.bytes::<16>()),
    })
}

/// How somebody stands towards a vote whose roll does not list them.
pub(super) fn outsider(caller: &Caller, area: &AreaId) -> Standing {
    if caller.person.is_none() {
        return Standing::NotBound;
    }
    let mut homes = caller.grants.iter().filter(|grant| grant.role == Role::Resident).peekable();
    let elsewhere = homes.peek().is_some() && !homes.any(|home| area.holds(&home.area));
    if elsewhere { Standing::OtherBuilding } else { Standing::NotOnRoll }
}

/// Who has taken part so far. Changes are announced as [`super::topic`].
///
/// # Errors
/// `SignIn`; `NotFound` for a vote that is unknown or still a draft.
pub async fn turnout(caller: &Caller, core: &Core, vote: &VoteId) -> Result<Turnout> {
    caller.allow_somewhere(Verb::VotingBrowse)?;
    let mut conn = core.db.read().await?;
    announced(&mut conn, vote).await?;
    Ok(sum(roll::turnout(&mut conn, vote).await?))
}

/// Buildings and their sums.
pub(super) fn sum(buildings: Vec<BuildingTurnout>) -> Turnout {
    let total = |part: fn(&BuildingTurnout) -> i64| buildings.iter().map(part).sum();
    Turnout {
        heads: total(|building| building.heads),
        voted: total(|building| building.voted),
        area_dm2: total(|building| building.area_dm2),
        voted_area_dm2: total(|building| building.voted_area_dm2),
        buildings,
    }
}
