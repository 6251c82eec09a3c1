//! What goes on in 龙北小区: one election under way, one announced, one published; messages and points
//! follow from them, and [`bulletins`] between them. Everything is done by the rooms' own verbs, under a clock that stands in the past.

use super::bulletins;
use super::cast::{LOGINS, PARTS};
use super::desk;
use super::dice::Dice;
use super::folk::SEED;
use super::logins::{caller, holder, place};
use crate::clock::Clock;
use crate::identity::Caller;
use crate::ids::Ids;
use crate::inbox::{self, NewNote};
use crate::jobs::{self, Handlers};
use crate::people::{self, Owner};
use crate::{Core, Error, Result, voting};
use contract::ids::{AccountId, VoteId};
use contract::people::{SealedField, Unmask, UnmaskReason};
use contract::voting::{CandidateDraft, CastBallot, DraftForm, DraftVote};
use contract::{AreaId, Millis, Refusal};
use futures::{StreamExt, TryStreamExt};
use std::collections::BTreeMap;

pub(super) const HOUR: Millis = 3_600_000;
pub(super) const DAY: Millis = 24 * HOUR;
/// Huangshan's clock is ahead of UTC by this.
const ZONE: Millis = 8 * HOUR;
/// Ballots under way at a time.
const AT_ONCE: usize = 16;

/// An election to be set up; days are counted from today.
struct Election {
    key: &'static str,
    title: &'static str,
    area: AreaId,
    opens: i64,
    closes: i64,
    candidates: &'static [(&'static str, &'static str)],
}

const SECOND_BUILDING: &[(&str, &str)] = &[
    ("程建国", "退休教师，楼道议事会召集人三年。"),
    ("胡秀英", "社区志愿者，今年服务 126 小时。"),
    ("汪志明", "电气工程师，主持过 2 幢电梯维修。"),
];
const OTHERS: &[(&str, &str)] =
    &[("吴国强", "小区住户十二年，愿意多跑腿。"), ("方志远", "党员，负责过楼道充电桩改造。")];

impl Election {
    /// 8:00 of its first day.
    fn opens_at(&self, today: Millis) -> Millis {
        today + self.opens * DAY + 8 * HOUR
    }
}

/// Plays all scenes. Each step may be repeated: what is done already is left as it is.
pub(super) async fn play(core: &Core) -> Result<()> {
    let today = (core.clock.now() + ZONE).div_euclid(DAY) * DAY - ZONE;
    let clock = Clock::fixed(today - 20 * DAY + 9 * HOUR);
    let past = Core::with((*core.config).clone(), clock, Ids::from_system()).await?;
    let done = history(&past, today).await;
    past.db.close().await;
    done
}

async fn history(past: &Core, today: Millis) -> Result<()> {
    let compound = place(&["g01", "c01"]);
    let worker = caller(past, "community_worker").await?;
    let scrutineer = caller(past, "scrutineer").await?;
    let building = compound.child("b03");
    let before = Election {
        key: "demo-published",
        title: "龙北小区 3 幢楼栋代表补选",
        area: building,
        opens: -16,
        closes: -13,
        candidates: OTHERS,
    };
    bulletins::archive(past, today).await?;
    let published = announced(past, &worker, &before, today).await?;
    move_to(past, before.opens_at(today)).await?;
    move_to(past, today - 15 * DAY + 19 * HOUR).await?;
    ballots(past, &published, &before, 78, |_| true).await?;
    move_to(past, today - 12 * DAY + 10 * HOUR).await?;
    unless_done(voting::count(&scrutineer, past, &published).await.map(drop))?;
    unless_done(voting::publish(&worker, past, &published).await)?;
    background(past).await?;
    bulletins::earlier(past, &worker).await?;

    move_to(past, today - 3 * DAY + 9 * HOUR).await?;
    let now = Election {
        key: "demo-open",
        title: "龙北小区业主代表选举",
        area: compound.clone(),
        opens: -2,
        closes: 3,
        candidates: SECOND_BUILDING,
    };
    let open = announced(past, &worker, &now, today).await?;
    move_to(past, now.opens_at(today)).await?;
    move_to(past, today - DAY + 19 * HOUR).await?;
    messages(past, &worker).await?;
    bulletins::latest(past, &worker, today).await?;
    desk::lay(past, &worker).await?;
    // Who signs in as one of the demo's logins shall find a ballot to cast.
    let stays_away = |owner: &Owner| !PARTS.iter().any(|part| part.name == owner.name);
    ballots(past, &open, &now, 58, stays_away).await?;

    let next = Election {
        key: "demo-announced",
        title: "龙北小区 5 幢楼栋代表选举",
        area: compound.child("b05"),
        opens: 7,
        closes: 12,
        candidates: OTHERS,
    };
    announced(past, &worker, &next, today).await.map(drop)
}

/// Moves a standing clock to a later moment.
async fn move_to(core: &Core, moment: Millis) -> Result<()> {
    core.clock.advance(moment - core.clock.now());
    background(core).await
}

/// Does what is due in the background: messages are of their moment, as if a server had run then.
pub(super) async fn background(core: &Core) -> Result<()> {
    jobs::work_off(core, &Handlers::all()).await.map(drop)
}

/// Drafts and announces; polls close at 18:00.
async fn announced(core: &Core, worker: &Caller, election: &Election, today: Millis) -> Result<VoteId> {
    let candidate = |(name, statement): &(&str, &str)| CandidateDraft {
        name: (*name).to_owned(),
        statement: (*statement).to_owned(),
        photo: None,
    };
    let draft = DraftVote {
        title: election.title.to_owned(),
        area: election.area.clone(),
        seats: 1,
        opens_at: election.opens_at(today),
        closes_at: today + election.closes * DAY + 18 * HOUR,
        candidates: election.candidates.iter().map(candidate).collect(),
    };
    let form = DraftForm { key: election.key.to_owned(), ..draft.form() };
    let vote = voting::draft(worker, core, form).await?;
    unless_done(voting::announce(worker, core, &vote).await)?;
    background(core).await?;
    Ok(vote)
}

/// An earlier, interrupted filling may have come this far.
pub(super) fn unless_done(step: Result<()>) -> Result<()> {
    match step {
        Err(Error::Public(contract::Error::Refused(Refusal::WrongState | Refusal::NoticeState))) => Ok(()),
        other => other,
    }
}

/// `percent` of the owners on the roll who pass `who` cast a ballot each, the first candidate most
/// often; a few are blank.
async fn ballots(
    core: &Core,
    vote: &VoteId,
    election: &Election,
    percent: u64,
    who: impl Fn(&Owner) -> bool,
) -> Result<()> {
    let owners = people::owners_under(&mut *core.db.read().await?, &election.area).await?;
    let mut dice = Dice::new(SEED ^ election.opens.unsigned_abs());
    let candidates = election.candidates.len() as u64;
    let mut cast = Vec::new();
    for owner in owners.into_iter().filter(who) {
        let (comes, first, other) = (dice.chance(percent), dice.chance(45), dice.below(candidates + 1));
        let key = format!("{:016x}{:016x}", dice.below(u64::MAX), dice.below(u64::MAX));
        let chosen = if first { 1 } else { u32::try_from(other).unwrap_or(0) };
        let choices = if chosen == 0 { Vec::new() } else { vec![chosen] };
        if comes {
            let account = Some(AccountId::trusted(owner.person.as_str()));
            let caller = Caller { account, person: Some(owner.person), ..Caller::default() };
            cast.push((caller, CastBallot { vote: vote.clone(), choices, key }));
        }
    }
    let casting = cast.into_iter().map(|(caller, ballot)| async move {
        match voting::cast(&caller, core, ballot).await {
            // Cast before the interruption, counted or not.
            Err(Error::Public(contract::Error::Refused(Refusal::VoteClosed))) => Ok(()),
            other => other.map(drop),
        }
    });
    futures::stream::iter(casting).buffer_unordered(AT_ONCE).try_collect().await
}

/// A welcome for everyone who signs in, and a look at a sealed phone that its owner hears of.
async fn messages(core: &Core, worker: &Caller) -> Result<()> {
    for login in &LOGINS {
        let person = holder(core, login.phone).await?;
        let note = NewNote {
            kind: "people.note.welcome".to_owned(),
            params: BTreeMap::from([("name".to_owned(), login.name.to_owned())]),
            link: "/voting".to_owned(),
            unique_key: "people/welcome".to_owned(),
        };
        core.db
            .write((person.id, note), |tx, (person, note)| {
                Box::pin(async move { inbox::send(tx, person, note).await.map(drop) })
            })
            .await?;
    }
    let resident = holder(core, PARTS[0].phone).await?;
    let look = Unmask { person: resident.id, field: SealedField::Phone, reason: Some(UnmaskReason::Contact) };
    people::unmask(worker, core, look).await.map(drop)
}
