//! What goes on in 龙北小区: an election and a resolution under way, an election announced, one of each
//! published; messages and points follow from them. Everything is done by the rooms' own verbs, under a clock
//! that stands in the past.

use super::bulletins;
use super::cast::{LOGINS, PARTS};
use super::desk;
use super::dice::Dice;
use super::logins::{caller, holder, place};
use super::offline;
use super::votes::{Ready, Scene, candidates, cast, maintenance_fund, open, ready, shared_ground, unless_done};
use crate::clock::Clock;
use crate::identity::Caller;
use crate::ids::Ids;
use crate::inbox::{self, NewNote};
use crate::jobs::{self, Handlers};
use crate::people;
use crate::{Core, Error, Result, voting};
use contract::people::{SealedField, Unmask, UnmaskReason};
use contract::voting::{RuleForm, VoteKind, decision};
use contract::{AreaId, Millis, local};
use std::collections::BTreeMap;

pub(super) const HOUR: Millis = 3_600_000;
pub(super) const DAY: Millis = 24 * HOUR;
/// Huangshan's clock is ahead of UTC by this.
const ZONE: Millis = 8 * HOUR;

const SECOND_BUILDING: &[(&str, &str)] = &[
    ("程建国", "退休教师，楼道议事会召集人三年。"),
    ("胡秀英", "社区志愿者，今年服务 126 小时。"),
    ("汪志明", "电气工程师，主持过 2 幢电梯维修。"),
];
const OTHERS: &[(&str, &str)] =
    &[("吴国强", "小区住户十二年，愿意多跑腿。"), ("方志远", "党员，负责过楼道充电桩改造。")];

/// Plays all scenes. Each step may be repeated: what is done already is left as it is.
pub(super) async fn play(core: &Core) -> Result<()> {
    let today = (core.clock.now() + ZONE).div_euclid(DAY) * DAY - ZONE;
    let clock = Clock::fixed(today - 20 * DAY + 9 * HOUR);
    let past = Core::with((*core.config).clone(), clock, Ids::from_system()).await?;
    let done = history(&past, today).await;
    past.db.close().await;
    done
}

fn election(key: &'static str, title: &'static str, area: AreaId, (opens, closes): (i64, i64)) -> Scene {
    let names = if key == "demo-open" { SECOND_BUILDING } else { OTHERS };
    Scene { key, title, kind: VoteKind::Election, area, opens, closes, items: candidates(title, names) }
}

fn resolution(key: &'static str, title: &'static str, area: AreaId, (opens, closes): (i64, i64)) -> Scene {
    let items = match key {
        "demo-resolved" => vec![maintenance_fund()],
        _ => vec![maintenance_fund(), shared_ground()],
    };
    Scene { key, title, kind: VoteKind::Resolution, area, opens, closes, items }
}

async fn history(past: &Core, today: Millis) -> Result<()> {
    let compound = place(&["g01", "c01"]);
    let (worker, scrutineer) = (caller(past, "community_worker").await?, caller(past, "scrutineer").await?);
    let both = [&worker, &scrutineer];
    bulletins::archive(past, today).await?;
    short_announcement(past, &compound).await?;
    let elected = election("demo-published", "龙北小区 3 幢楼栋代表补选", compound.child("b03"), (-16, -13));
    let resolved = resolution("demo-resolved", "龙北小区 6 幢电梯更换表决", compound.child("b06"), (-16, -13));
    announce_all(past, [&elected, &resolved], both, today).await?;
    move_to(past, today - 15 * DAY + 19 * HOUR).await?;
    for (scene, percent, choose) in [(&elected, 92, first_mostly as Choose), (&resolved, 100, small_flats_agree)] {
        let vote = scene.announced(past, both, today).await?;
        let mut ready = ready(past, &vote, &scene.area).await?;
        ready.sort_by_key(|one| one.area_dm2);
        let half = ready.len() * 54 / 100;
        cast(past, ready, percent, |dice, at, one| choose(dice, at < half, one)).await?;
    }
    move_to(past, today - 12 * DAY + 10 * HOUR).await?;
    for scene in [&elected, &resolved] {
        let vote = scene.announced(past, both, today).await?;
        open(past, both, &vote).await?;
        unless_done(voting::publish(&worker, past, &vote).await)?;
    }
    background(past).await?;
    bulletins::earlier(past, &worker).await?;

    move_to(past, today - 3 * DAY + 9 * HOUR).await?;
    let now = election("demo-open", "龙北小区业主代表选举", compound.clone(), (-2, 3));
    let asked = resolution("demo-asked", "龙北小区 2026 年业主大会表决", compound.clone(), (-2, 5));
    announce_all(past, [&now, &asked], both, today).await?;
    move_to(past, today - DAY + 19 * HOUR).await?;
    for (scene, percent, choose) in [(&now, 58, first_mostly as Choose), (&asked, 45, mostly_agree)] {
        let vote = scene.announced(past, both, today).await?;
        cast(past, ready(past, &vote, &scene.area).await?, percent, |dice, _, one| choose(dice, false, one)).await?;
    }
    offline::play(past, &worker, &now.announced(past, both, today).await?, &compound.child("b02")).await?;
    messages(past, &worker).await?;
    bulletins::latest(past, &worker, today).await?;
    desk::lay(past, &worker).await?;

    let next = election("demo-announced", "龙北小区 5 幢楼栋代表选举", compound.child("b05"), (7, 12));
    next.announced(past, both, today).await?;
    background(past).await
}

/// Announces both and lets them open on the same day.
async fn announce_all(core: &Core, scenes: [&Scene; 2], both: [&Caller; 2], today: Millis) -> Result<()> {
    for scene in scenes {
        scene.announced(core, both, today).await?;
    }
    background(core).await?;
    move_to(core, scenes[0].opens_at(today)).await
}

/// How somebody answers one item; true where they are among the smaller part of the owners.
type Choose = fn(&mut Dice, bool, &Ready) -> Vec<u32>;

/// The first candidate most often; a few are blank.
fn first_mostly(dice: &mut Dice, _small: bool, _: &Ready) -> Vec<u32> {
    if dice.chance(45) {
        return vec![1];
    }
    let other = u32::try_from(dice.below(3)).unwrap_or_default();
    if other == 0 { Vec::new() } else { vec![other] }
}

/// Enough heads and too little area: small flats for, large ones against.
fn small_flats_agree(_: &mut Dice, small: bool, _: &Ready) -> Vec<u32> {
    vec![if small { decision::FOR } else { decision::AGAINST }]
}

fn mostly_agree(dice: &mut Dice, _small: bool, _: &Ready) -> Vec<u32> {
    vec![match dice.below(10) {
        0..7 => decision::FOR,
        7..9 => decision::AGAINST,
        _ => decision::ABSTAIN,
    }]
}

/// In the demo's compound a vote may open at once: who tries it out does not wait for 15 days.
async fn short_announcement(core: &Core, compound: &AreaId) -> Result<()> {
    let administrator = caller(core, "administrator").await?;
    let form = RuleForm {
        area: compound.to_string(),
        name: "announce_days".to_owned(),
        value: "0".to_owned(),
        clause: "演示小区，公告期从简".to_owned(),
        from: local::format(core.clock.now())[..10].to_owned(),
    };
    match voting::set_rule(&administrator, core, form).await {
        // Set by an earlier, interrupted filling.
        Err(Error::Public(contract::Error::Invalid(_))) => Ok(()),
        other => other.map(drop),
    }
}

/// Moves a standing clock to a later moment.
async fn move_to(core: &Core, moment: Millis) -> Result<()> {
    core.clock.advance((moment - core.clock.now()).max(0));
    background(core).await
}

/// Does what is due in the background: messages are of their moment, as if a server had run then.
pub(super) async fn background(core: &Core) -> Result<()> {
    jobs::work_off(core, &Handlers::all()).await.map(drop)
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
