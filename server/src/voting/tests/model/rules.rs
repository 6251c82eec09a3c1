//! What the model answers to each act: the rules of a vote over owners, written down once more.

use super::acts::{Act, Said, Who};
use super::compound::{self, DEVELOPER, DIRECTOR, Owners};
use super::verdict::Fate;
use contract::voting::Entered;
use std::collections::{BTreeMap, BTreeSet};

/// Whom one asks for by phone is not told more often than this in a day.
const ASKED_A_DAY: usize = 5;

/// Whoever decides says for, against or abstain to each item.
fn whole(said: [u32; 2]) -> bool {
    !said.contains(&0)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Before,
    Open,
    After,
}

/// How an act ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Refused,
    Done,
    Read(Entered),
    /// There is no such mandate yet: nobody does anything.
    Nothing,
}

/// One head's side of the vote.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub of: compound::Head,
    named: BTreeMap<u8, u8>,
    pub voter: Option<u8>,
    /// The channel and what it says.
    pub ballot: Option<(&'static str, Said)>,
    received: bool,
    delivered: bool,
    entries: Vec<(usize, Said)>,
    clash: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Mandate {
    pub head: usize,
    pub owner: u8,
    pub agent: u8,
    pub state: &'static str,
}

/// A vote as the model keeps it.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// In the order of their owners.
    pub heads: Vec<Head>,
    pub mandates: Vec<Mandate>,
    limit: usize,
    asked: BTreeMap<u8, usize>,
    /// What has happened so far.
    pub seen: BTreeSet<&'static str>,
}

impl Model {
    pub(super) fn new(heads: &BTreeMap<Owners, compound::Head>, limit: i64) -> Self {
        let head = |of: &compound::Head| {
            let alone = if of.acting.len() == 1 { of.acting.first().copied() } else { None };
            Head { of: of.clone(), voter: alone, ..Head::default() }
        };
        Self {
            heads: heads.values().map(head).collect(),
            mandates: Vec::new(),
            limit: usize::try_from(limit).unwrap(),
            asked: BTreeMap::new(),
            seen: BTreeSet::new(),
        }
    }

    pub(super) fn place(&self, head: usize) -> usize {
        head % self.heads.len()
    }

    pub(super) fn given(&self, mandate: usize) -> Option<usize> {
        (!self.mandates.is_empty()).then(|| mandate % self.mandates.len())
    }

    /// Who is meant, seen from a head.
    pub(super) fn who(&self, head: usize, who: &Who) -> u8 {
        let head = &self.heads[self.place(head)];
        let acting: Vec<u8> = head.of.acting.iter().copied().collect();
        match who {
            Who::Voter => head.voter.or(acting.first().copied()).unwrap_or(DIRECTOR),
            Who::Acting(at) if !acting.is_empty() => acting[at.index(acting.len())],
            Who::Acting(_) => DIRECTOR,
            Who::Anyone(person) => *person,
        }
    }

    /// What comes of an act at this time; the model is changed by it.
    pub(super) fn act(&mut self, when: When, act: &Act) -> Answer {
        let place = |head: &usize| self.place(*head);
        let done = match act {
            Act::Name { head, by, voter } => {
                let (by, voter) = (self.who(*head, by), self.who(*head, voter));
                self.name(when, place(head), by, voter)
            }
            Act::Appoint { head, voter } => {
                let (at, voter) = (place(head), self.who(*head, voter));
                self.appoint(when, at, voter)
            }
            Act::Give { head, owner, agent, desk } => {
                let (at, owner) = (place(head), self.who(*head, owner));
                self.give(when, at, (owner, *agent), *desk)
            }
            Act::Revoke { mandate, by } => {
                let Some(at) = self.given(*mandate) else { return Answer::Nothing };
                let by = by.as_ref().map(|who| self.who(self.mandates[at].head, who));
                self.revoke(at, by)
            }
            Act::Cast { head, by, said } => {
                let (at, by) = (place(head), self.who(*head, by));
                self.cast(when, at, by, *said)
            }
            Act::CastByMandate { mandate, by, head, said } => {
                let Some(at) = self.given(*mandate) else { return Answer::Nothing };
                let head = head.map_or(self.mandates[at].head, |head| self.place(head));
                let by = by.unwrap_or(self.mandates[at].agent);
                self.cast_by_mandate(when, at, (by, head), *said)
            }
            Act::Deliver { head } => {
                let at = place(head);
                when != When::After && !std::mem::replace(&mut self.heads[at].delivered, true)
            }
            Act::Receive { head } => {
                let at = place(head);
                self.receive(when, at)
            }
            Act::Enter { head, worker, said } => {
                let at = place(head);
                return self.enter(when, at, *worker, *said).map_or(Answer::Refused, Answer::Read);
            }
            Act::Waive { head } => {
                let at = place(head);
                self.waive(at)
            }
        };
        if done { Answer::Done } else { Answer::Refused }
    }

    fn name(&mut self, when: When, at: usize, by: u8, voter: u8) -> bool {
        let head = &mut self.heads[at];
        let acts = head.of.acting.contains(&by) && head.of.acting.contains(&voter);
        if when == When::After || head.ballot.is_some() || !acts {
            return false;
        }
        head.named.insert(by, voter);
        if head.of.acting.iter().all(|one| head.named.get(one) == Some(&voter)) {
            head.voter = Some(voter);
            if head.of.acting.len() > 1 {
                self.seen.insert("co-owners agreed on a voter");
            }
            self.outlived(at);
        }
        true
    }

    fn appoint(&mut self, when: When, at: usize, voter: u8) -> bool {
        let head = &mut self.heads[at];
        if when == When::After || head.ballot.is_some() || !head.of.acting.contains(&voter) {
            return false;
        }
        head.named = head.of.acting.iter().map(|one| (*one, voter)).collect();
        head.voter = Some(voter);
        self.outlived(at);
        true
    }

    fn active(&self, head: usize) -> Option<usize> {
        self.mandates.iter().position(|mandate| mandate.head == head && mandate.state == "active")
    }

    /// Another casts the head's ballot now than who gave the mandate.
    fn outlived(&mut self, head: usize) {
        if let Some(at) = self.active(head)
            && self.heads[head].voter != Some(self.mandates[at].owner)
        {
            self.mandates[at].state = "ended";
            self.seen.insert("a mandate outlived its owner's right");
        }
    }

    /// The head's owners voted themselves.
    fn overtaken(&mut self, head: usize, how: &'static str) {
        if let Some(at) = self.active(head) {
            self.mandates[at].state = "ended";
            self.seen.insert(how);
        }
    }

    fn give(&mut self, when: When, at: usize, (owner, agent): (u8, u8), desk: bool) -> bool {
        let head = &self.heads[at];
        let own = head.voter == Some(owner) && head.ballot.is_none() && !head.received;
        if when == When::After || !own || self.active(at).is_some() {
            return false;
        }
        if !desk {
            let asked = self.asked.entry(owner).or_default();
            if *asked == ASKED_A_DAY {
                return false;
            }
            *asked += 1;
        }
        let held = |mandate: &&Mandate| mandate.agent == agent && ["active", "used"].contains(&mandate.state);
        // An organisation has no phone to be found by.
        if head.of.members.contains(&agent) || agent == DEVELOPER {
            return false;
        }
        if self.mandates.iter().filter(held).count() >= self.limit {
            self.seen.insert("an agent was full");
            return false;
        }
        self.mandates.push(Mandate { head: at, owner, agent, state: "active" });
        self.seen.insert(if desk { "a mandate at the desk" } else { "a mandate from home" });
        true
    }

    fn revoke(&mut self, at: usize, by: Option<u8>) -> bool {
        let mandate = &mut self.mandates[at];
        if by.is_some_and(|by| by != mandate.owner) || mandate.state != "active" {
            return false;
        }
        mandate.state = "revoked";
        true
    }

    fn free(&self, when: When, at: usize) -> bool {
        when == When::Open && self.heads[at].ballot.is_none() && !self.heads[at].received
    }

    fn cast(&mut self, when: When, at: usize, by: u8, said: [u32; 2]) -> bool {
        let head = &self.heads[at];
        if !whole(said) || !self.free(when, at) || head.voter != Some(by) {
            if when == When::Open && head.received && head.ballot.is_none() && head.voter == Some(by) {
                self.seen.insert("phone after paper");
            }
            return false;
        }
        if by == DIRECTOR {
            self.seen.insert("the developer voted");
        } else if head.of.members.contains(&6) {
            self.seen.insert("a guardian voted");
        }
        self.heads[at].ballot = Some(("online", Some(said)));
        self.overtaken(at, "an owner overtook a mandate by phone");
        true
    }

    fn cast_by_mandate(&mut self, when: When, at: usize, (by, head): (u8, usize), said: [u32; 2]) -> bool {
        let mandate = self.mandates[at].clone();
        if mandate.state != "active" {
            self.seen
                .extend((when == When::Open && mandate.state == "revoked").then_some("a revoked mandate was tried"));
            return false;
        }
        if !whole(said) || !self.free(when, head) || mandate.agent != by || mandate.head != head {
            return false;
        }
        self.mandates[at].state = "used";
        self.heads[head].ballot = Some(("online", Some(said)));
        self.seen.insert("an agent voted");
        true
    }

    fn receive(&mut self, when: When, at: usize) -> bool {
        let head = &mut self.heads[at];
        when != When::Before && head.ballot.is_none() && !std::mem::replace(&mut head.received, true)
    }

    fn enter(&mut self, when: When, at: usize, worker: usize, said: Said) -> Option<Entered> {
        let head = &mut self.heads[at];
        let on_paper = matches!(head.ballot, Some(("paper", _)));
        if when == When::Before || on_paper || head.clash {
            return None;
        }
        if head.ballot.is_some() {
            head.clash = true;
            self.seen.insert("paper after phone");
            return Some(Entered::Clash);
        }
        if said.is_some_and(|said| !whole(said)) || head.entries.iter().any(|(before, _)| *before == worker) {
            return None;
        }
        head.received = true;
        head.entries.push((worker, said));
        match &head.entries[..] {
            [_] => return Some(Entered::First),
            [(_, first), (_, second)] if first != second => return Some(Entered::Differs),
            [_, _, _] => self.seen.insert("a third settled it"),
            _ => self.seen.insert("two agreed on a paper"),
        };
        head.ballot = Some(("paper", said));
        self.overtaken(at, "an owner overtook a mandate on paper");
        Some(Entered::Counted)
    }

    fn waive(&mut self, at: usize) -> bool {
        let head = &mut self.heads[at];
        if !head.received || head.ballot.is_some() {
            return false;
        }
        head.entries.clear();
        head.received = false;
        self.seen.insert("a paper was given back");
        true
    }

    /// Papers that are neither settled nor given back: until then nothing is counted.
    pub(super) fn unsettled(&self) -> Vec<usize> {
        let waits = |at: &usize| self.heads[*at].received && self.heads[*at].ballot.is_none();
        (0..self.heads.len()).filter(waits).collect()
    }

    /// Each head's area, and what became of its ballot.
    pub(super) fn fates(&self) -> Vec<(i64, Fate)> {
        let fate = |head: &Head| match head.ballot {
            Some((_, Some(said))) => Fate::Says(said),
            Some((_, None)) => Fate::Broken,
            None if head.delivered => Fate::Kept,
            None => Fate::Away,
        };
        self.heads.iter().map(|head| (head.of.area_dm2, fate(head))).collect()
    }
}
