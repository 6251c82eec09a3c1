//! The demo's votes: what is asked, who holds the keys, who votes how.

use super::cast::PARTS;
use super::dice::Dice;
use super::folk::SEED;
use crate::identity::Caller;
use crate::people;
use crate::{Core, Error, Result, voting};
use contract::ids::{AccountId, PersonId, VoteId};
use contract::voting::{
    BallotPaper, CastBallot, DraftForm, DraftItem, DraftVote, HeadUnit, KeyPart, Majority, NameVoter, OptionDraft,
    Secrecy, VoteKind,
};
use contract::{AreaId, Millis, Refusal};
use futures::{StreamExt, TryStreamExt};
use std::collections::BTreeSet;

/// Ballots under way at a time.
const AT_ONCE: usize = 16;
/// The demo's opening codes: a real one is shown once and known to its holder alone.
const CODES: [(KeyPart, &str); 2] =
    [(KeyPart::Organiser, "DEM0DEM0DEM0DEM0DEM00001"), (KeyPart::Scrutineer, "DEM0DEM0DEM0DEM0DEM00002")];

/// What the demo prints of its opening codes.
pub(super) fn codes_text() -> String {
    let name = |part| match part {
        KeyPart::Organiser => "组织人 organiser",
        KeyPart::Scrutineer => "监票人 scrutineer",
    };
    let lines = CODES.map(|(part, code)| format!("  {}  {}", crate::crypto::grouped(code), name(part)));
    format!("演示投票的开箱码 opening codes of the demo's votes:\n{}", lines.join("\n"))
}

/// A vote to be set up; days are counted from today.
pub(super) struct Scene {
    pub key: &'static str,
    pub title: &'static str,
    pub kind: VoteKind,
    pub area: AreaId,
    pub opens: i64,
    pub closes: i64,
    pub items: Vec<DraftItem>,
}

/// The one item of an election for one seat.
pub(super) fn candidates(title: &str, names: &[(&str, &str)]) -> Vec<DraftItem> {
    let option = |(name, statement): &(&str, &str)| OptionDraft {
        statement: (*statement).to_owned(),
        ..OptionDraft::named(name)
    };
    vec![DraftItem::election(title, 1, names.iter().map(option).collect())]
}

/// The item that most compounds decide first.
pub(super) fn maintenance_fund() -> DraftItem {
    DraftItem::decide(
        "使用维修资金更换 6 部电梯",
        "预算 186 万元，从专项维修资金列支，按建筑面积分摊，工期 90 天。",
        Majority::Ordinary,
        "民法典第278条第5项",
    )
}

/// One that needs three quarters.
pub(super) fn shared_ground() -> DraftItem {
    DraftItem::decide(
        "利用东侧绿地加建充电车棚",
        "改变约 120 平方米共有绿地的用途，收益归全体业主。",
        Majority::Special,
        "民法典第278条第8项",
    )
}

impl Scene {
    /// 8:00 of its first day.
    pub fn opens_at(&self, today: Millis) -> Millis {
        today + self.opens * DAY + 8 * HOUR
    }

    /// Drafts, has the two take their keys, and announces; polls close at 18:00.
    pub async fn announced(&self, core: &Core, [worker, scrutineer]: [&Caller; 2], today: Millis) -> Result<VoteId> {
        let draft = DraftVote {
            kind: self.kind,
            secrecy: Secrecy::Private,
            unit: HeadUnit::Owners,
            title: self.title.to_owned(),
            area: self.area.clone(),
            opens_at: self.opens_at(today),
            closes_at: today + self.closes * DAY + 18 * HOUR,
            items: self.items.clone(),
        };
        let form = DraftForm { key: self.key.to_owned(), ..draft.form() };
        let vote = voting::draft(worker, core, form).await?;
        for ((part, code), holder) in CODES.into_iter().zip([worker, scrutineer]) {
            unless_done(voting::take_known_key(holder, core, &vote, part, code).await)?;
        }
        unless_done(voting::announce(worker, core, &vote).await)?;
        Ok(vote)
    }
}

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;

/// Both open the urn.
pub(super) async fn open(core: &Core, holders: [&Caller; 2], vote: &VoteId) -> Result<()> {
    for ((_, code), holder) in CODES.into_iter().zip(holders) {
        unless_done(voting::open(holder, core, vote, code).await.map(drop))?;
    }
    Ok(())
}

/// An earlier, interrupted filling may have come this far.
pub(super) fn unless_done(step: Result<()>) -> Result<()> {
    match step {
        Err(Error::Public(contract::Error::Refused(
            Refusal::WrongState | Refusal::VoteClosed | Refusal::NoticeState,
        ))) => Ok(()),
        other => other,
    }
}

/// A ballot that can be cast: for whom, by whom, on which paper.
pub(super) struct Ready {
    caller: Caller,
    paper: BallotPaper,
    /// The head's area in 0.01 m².
    pub area_dm2: i64,
    head: String,
}

fn owner(person: &PersonId) -> Caller {
    let account = Some(AccountId::trusted(person.as_str()));
    Caller { account, person: Some(person.clone()), ..Caller::default() }
}

/// Co-owners name who votes for them, and everybody of `area` who may cast a ballot then stands ready, the
/// demo's logins apart: who signs in as one of them shall find a ballot to cast.
pub(super) async fn ready(core: &Core, vote: &VoteId, area: &AreaId) -> Result<Vec<Ready>> {
    let owners = people::owners_under(&mut *core.db.read().await?, area).await?;
    let ours: BTreeSet<&str> = PARTS.iter().map(|part| part.name).collect();
    let owners: Vec<Caller> =
        owners.iter().filter(|one| !ours.contains(one.name.as_str())).map(|one| owner(&one.person)).collect();
    for caller in &owners {
        for shared in voting::naming(caller, core, vote).await?.heads {
            let Some(first) = shared.members.first() else { continue };
            if shared.members.iter().any(|member| member.own && member.names.is_none()) {
                let name = NameVoter { vote: vote.clone(), head: shared.entry.head, person: first.person.clone() };
                unless_done(voting::name_voter(caller, core, name).await.map(drop))?;
            }
        }
    }
    let mut ready = Vec::new();
    for caller in owners {
        let paper = voting::ballot_paper(&caller, core, vote).await?;
        let next = paper.next().map(|entry| (entry.head.clone(), entry.area_dm2));
        ready.extend(next.map(|(head, area_dm2)| Ready { caller, paper, area_dm2, head }));
    }
    Ok(ready)
}

/// So many in a hundred cast their ballots.
pub(super) async fn cast(
    core: &Core,
    ready: Vec<Ready>,
    percent: u64,
    choose: impl Fn(&mut Dice, usize, &Ready) -> Vec<u32>,
) -> Result<()> {
    let mut dice = Dice::new(SEED ^ ready.len() as u64);
    let mut ballots = Vec::new();
    for (at, one) in ready.into_iter().enumerate() {
        let comes = dice.chance(percent);
        let key = format!("{:016x}{:016x}", dice.below(u64::MAX), dice.below(u64::MAX));
        let choices = (0..one.paper.items.len()).map(|_| choose(&mut dice, at, &one)).collect();
        if comes {
            let (vote, area_dm2) = (one.paper.vote.id, one.area_dm2);
            ballots.push((one.caller, CastBallot { vote, head: one.head, area_dm2, choices, key }));
        }
    }
    let casting = ballots.into_iter().map(|(caller, ballot)| async move {
        // Cast before the interruption, counted or not.
        unless_done(voting::cast(&caller, core, ballot).await.map(drop))
    });
    futures::stream::iter(casting).buffer_unordered(AT_ONCE).try_collect().await
}
