//! The count's arithmetic, pure: the same for the count and for whoever checks its export.

use super::choices::Choices;
use super::crowd::{Shown, shown, side};
use super::seats::elect;
use super::store::urn::Opened;
use contract::voting::{
    HeadUnit, Item, ItemAreas, ItemKind, ItemResult, Majority, OptionVotes, Outcome, Step, Tally, Unreturned, VoteKind,
    decision,
};
use sha2::{Digest, Sha256};

/// What is known of the roll when the ballots are counted. Areas in 0.01 m².
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RollTotals {
    pub heads: i64,
    pub area_dm2: i64,
    pub voted: i64,
    pub voted_area_dm2: i64,
    /// Heads that a ballot was delivered to and none came back from, and their area.
    pub delivered: i64,
    pub delivered_area_dm2: i64,
}

/// What the count needs of a vote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paper<'a> {
    pub kind: VoteKind,
    pub unit: HeadUnit,
    pub unreturned: Unreturned,
    /// Is nobody elected without a quorum?
    pub election_quorum: bool,
    pub items: &'a [Item],
}

/// Ballots and area of an item's three sides: for, against, and the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sides {
    votes: [i64; 3],
    areas_dm2: [i64; 3],
}

/// The areas of each item that is decided, from the opened ballots with their heads' areas; empty for others.
/// Only here is an area beside a ballot, and nothing of it is kept but the sums that hide the single one.
pub(super) fn areas(paper: Paper<'_>, roll: RollTotals, ballots: &[(Option<Choices>, i64)]) -> Vec<ItemAreas> {
    let shown = shown(paper.items, ballots.iter().map(|(choices, _)| choices.as_ref()));
    let of_item = |(place, (item, shown)): (usize, (&Item, Shown))| {
        if item.kind != ItemKind::Decide {
            return ItemAreas::default();
        }
        let mut sides = Sides::default();
        for (choices, area_dm2) in ballots {
            let at = side(place, choices.as_ref());
            sides.votes[at] += 1;
            sides.areas_dm2[at] += area_dm2;
        }
        let follows = match paper.unreturned {
            Unreturned::FollowMajority => leader(&sides),
            _ => None,
        };
        let part = participants(paper.unreturned, roll);
        let yes = sides.areas_dm2[0] + if follows == Some(decision::FOR) { roll.delivered_area_dm2 } else { 0 };
        let holds = enough(item.majority, yes, part.1);
        let [yes, no, rest] = sides.areas_dm2;
        let areas_dm2 = match shown {
            Shown::All => [Some(yes), Some(no), Some(rest)],
            Shown::For => [Some(yes), None, None],
            Shown::None => [None; 3],
        };
        ItemAreas { areas_dm2, holds, follows }
    };
    paper.items.iter().zip(shown).enumerate().map(of_item).collect()
}

/// Do an export's areas fit its roll and its ballots? What is kept back cannot be checked, and what is published
/// must be whole, leave out nothing that hides nobody, and lead to what it is said to lead to.
pub(super) fn areas_hold(paper: Paper<'_>, roll: RollTotals, areas: &[ItemAreas], ballots: &[Opened]) -> bool {
    let shown = shown(paper.items, ballots.iter().map(|ballot| ballot.choices.as_ref()));
    let holds = |(place, ((item, said), shown)): (usize, ((&Item, &ItemAreas), Shown))| {
        if item.kind != ItemKind::Decide {
            return *said == ItemAreas::default();
        }
        let mut votes = [0; 3];
        ballots.iter().for_each(|ballot| votes[side(place, ballot.choices.as_ref())] += 1);
        let known: Vec<i64> = said.areas_dm2.iter().copied().flatten().collect();
        let whole = match (shown, &said.areas_dm2) {
            (Shown::None, [None, None, None]) => true,
            (Shown::For, [Some(yes), None, None]) => (0..=roll.voted_area_dm2).contains(yes),
            (Shown::All, [Some(yes), Some(no), Some(rest)]) => {
                known.iter().all(|area| *area >= 0) && yes + no + rest == roll.voted_area_dm2
            }
            _ => false,
        };
        let follows = match (paper.unreturned, known[..].try_into()) {
            (Unreturned::FollowMajority, Ok(areas_dm2)) => said.follows == leader(&Sides { votes, areas_dm2 }),
            (Unreturned::FollowMajority, Err(_)) => true,
            _ => said.follows.is_none(),
        };
        let part = participants(paper.unreturned, roll).1;
        let added = if said.follows == Some(decision::FOR) { roll.delivered_area_dm2 } else { 0 };
        let sums = known.first().is_none_or(|yes| said.holds == enough(item.majority, yes + added, part));
        whole && follows && sums
    };
    areas.len() == paper.items.len() && paper.items.iter().zip(areas).zip(shown).enumerate().all(holds)
}

/// The option that leads by ballots and by area; none where they differ or are equal.
fn leader(sides: &Sides) -> Option<u32> {
    let leads = |numbers: &[i64; 3]| {
        let most = numbers.iter().max()?;
        let mut first = numbers.iter().enumerate().filter(|(_, number)| *number == most);
        first.next().filter(|_| first.next().is_none()).map(|(at, _)| at)
    };
    let at = leads(&sides.votes).filter(|at| Some(*at) == leads(&sides.areas_dm2))?;
    u32::try_from(at + 1).ok()
}

/// Heads and area that take part: those who voted, and where the rules say so those whose delivered ballot did
/// not come back.
fn participants(unreturned: Unreturned, roll: RollTotals) -> (i64, i64) {
    match unreturned {
        Unreturned::NotParticipating => (roll.voted, roll.voted_area_dm2),
        Unreturned::Abstain | Unreturned::FollowMajority => {
            (roll.voted + roll.delivered, roll.voted_area_dm2 + roll.delivered_area_dm2)
        }
    }
}

/// Over integers: 2 × yes > part, or 4 × yes ≥ 3 × part, so that no rounding decides.
fn enough(majority: Majority, yes: i64, part: i64) -> bool {
    match majority {
        Majority::Ordinary => 2 * yes > part,
        Majority::Special => part > 0 && 4 * yes >= 3 * part,
    }
}

/// Tallies opened ballots; `areas` has an entry for each item, from [`areas`] or from an export.
///
/// An election's seats go to those with most votes. A tie across the last seat is declared and left to the
/// owners; nobody without a vote is elected, and nobody at all without the quorum where the rules ask for it. An
/// item is agreed to when two thirds take part and its majority holds, each by heads and by area.
pub(super) fn tally(paper: Paper<'_>, roll: RollTotals, areas: &[ItemAreas], ballots: &[Opened]) -> Tally {
    let valid: Vec<&Choices> =
        ballots.iter().filter_map(|b| b.choices.as_ref()).filter(|choices| choices.fit(paper.items)).collect();
    let cast = length(ballots);
    let invalid = cast - length(&valid);
    let mut steps = vec![
        Step { code: "roll".to_owned(), sum: equation(roll.voted, cast), holds: roll.voted == cast },
        Step { code: "ballots".to_owned(), sum: format!("{} + {invalid} = {cast}", cast - invalid), holds: true },
    ];
    if paper.unit == HeadUnit::Owners {
        let part = participants(paper.unreturned, roll);
        if paper.unreturned != Unreturned::NotParticipating {
            let sum = format!("{} + {} = {}", roll.voted, roll.delivered, part.0);
            steps.push(Step { code: "unreturned".to_owned(), sum, holds: true });
        }
        steps.push(two_thirds("quorum_area", part.1, roll.area_dm2));
        steps.push(two_thirds("quorum_heads", part.0, roll.heads));
    }
    let quorum = steps.iter().filter(|step| step.code.starts_with("quorum")).all(|step| step.holds);
    let count = Count { paper, roll, quorum, valid: &valid };
    let none = ItemAreas::default();
    let items = paper.items.iter().enumerate();
    let items = items.map(|(place, item)| count.item(place, item, areas.get(place).unwrap_or(&none))).collect();
    Tally {
        kind: paper.kind,
        heads: roll.heads,
        area_dm2: roll.area_dm2,
        voted: roll.voted,
        voted_area_dm2: roll.voted_area_dm2,
        cast,
        invalid,
        quorum,
        steps,
        items,
        ballots_sha256: ballots_sha256(ballots),
    }
}

/// What all items share.
struct Count<'a> {
    paper: Paper<'a>,
    roll: RollTotals,
    quorum: bool,
    valid: &'a [&'a Choices],
}

impl Count<'_> {
    fn item(&self, place: usize, item: &Item, areas: &ItemAreas) -> ItemResult {
        let naming = |number| count(self.valid, |choices| choices.names(place, number));
        let votes: Vec<i64> = item.options.iter().map(|option| naming(option.number)).collect();
        let blank = count(self.valid, |choices| choices.is_blank(place));
        let (mut outcomes, mut tie, mut vacant) = (Vec::new(), None, 0);
        if self.paper.kind == VoteKind::Election {
            (outcomes, tie, vacant) = match self.quorum || !self.paper.election_quorum {
                true => elect(item.most, &votes),
                false => (vec![Outcome::NotElected; votes.len()], None, item.most),
            };
        }
        let decided = item.kind == ItemKind::Decide;
        let steps = if decided { self.majority(item, &votes, areas) } else { Vec::new() };
        let shown = |at: usize| areas.areas_dm2.get(at).copied().flatten().filter(|_| decided);
        let options = item.options.iter().zip(&votes).enumerate().map(|(at, (option, votes))| OptionVotes {
            number: option.number,
            name: option.name.clone(),
            votes: *votes,
            area_dm2: shown(at),
            outcome: outcomes.get(at).copied(),
        });
        ItemResult {
            number: item.number,
            title: item.title.clone(),
            kind: item.kind,
            majority: item.majority,
            most: item.most,
            blank,
            options: options.collect(),
            tie,
            vacant,
            passed: decided.then(|| self.quorum && steps.iter().all(|step| step.holds)),
            withheld: decided && areas.areas_dm2[0].is_none(),
            steps,
        }
    }

    /// The sums of one item's majority, by area and by heads.
    fn majority(&self, item: &Item, votes: &[i64], areas: &ItemAreas) -> Vec<Step> {
        let (heads, area) = participants(self.paper.unreturned, self.roll);
        let followed = areas.follows == Some(decision::FOR);
        let yes = votes[0] + if followed { self.roll.delivered } else { 0 };
        let by_area = match areas.areas_dm2[0] {
            Some(yes) => {
                let yes = yes + if followed { self.roll.delivered_area_dm2 } else { 0 };
                majority_step("area", item.majority, yes, area)
            }
            None => {
                let (times, sign) = match (item.majority, areas.holds) {
                    (Majority::Ordinary, true) => ("2 × ▇", format!("> {area}")),
                    (Majority::Ordinary, false) => ("2 × ▇", format!("≤ {area}")),
                    (Majority::Special, true) => ("4 × ▇", format!("≥ 3 × {area} = {}", 3 * area)),
                    (Majority::Special, false) => ("4 × ▇", format!("< 3 × {area} = {}", 3 * area)),
                };
                let code = format!("{}_area", item.majority.code());
                Step { code, sum: format!("{times} {sign}"), holds: areas.holds }
            }
        };
        vec![by_area, majority_step("heads", item.majority, yes, heads)]
    }
}

fn majority_step(by: &str, majority: Majority, yes: i64, part: i64) -> Step {
    let holds = enough(majority, yes, part);
    let sum = match majority {
        Majority::Ordinary => format!("2 × {yes} = {} {} {part}", 2 * yes, if holds { '>' } else { '≤' }),
        Majority::Special => {
            let sign = if 4 * yes >= 3 * part { '≥' } else { '<' };
            format!("4 × {yes} = {} {sign} 3 × {part} = {}", 4 * yes, 3 * part)
        }
    };
    Step { code: format!("{}_{by}", majority.code()), sum, holds }
}

fn length<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}

fn count(ballots: &[&Choices], which: impl Fn(&Choices) -> bool) -> i64 {
    i64::try_from(ballots.iter().filter(|choices| which(choices)).count()).unwrap_or(i64::MAX)
}

fn equation(left: i64, right: i64) -> String {
    format!("{left} {} {right}", if left == right { "=" } else { "≠" })
}

/// 民法典 art. 278: two thirds or more take part. Over integers, as 3 × part ≥ 2 × whole, so that
/// exactly two thirds is enough and no rounding decides.
fn two_thirds(code: &str, part: i64, whole: i64) -> Step {
    let (left, right) = (3 * part, 2 * whole);
    let sign = if left >= right { '≥' } else { '<' };
    Step {
        code: code.to_owned(),
        sum: format!("3 × {part} = {left} {sign} 2 × {whole} = {right}"),
        holds: left >= right,
    }
}

/// SHA-256 over the ballots in the order of their ids, one line each: the id, a space, and for every item the
/// numbers joined by commas, `-` where it is blank, items parted by semicolons; `x` for an invalid ballot.
fn ballots_sha256(ballots: &[Opened]) -> String {
    let mut hash = Sha256::new();
    let item = |numbers: &Vec<u32>| match numbers.is_empty() {
        true => "-".to_owned(),
        false => numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(","),
    };
    for ballot in ballots {
        let said = match &ballot.choices {
            None => "x".to_owned(),
            Some(choices) => choices.numbers().iter().map(item).collect::<Vec<_>>().join(";"),
        };
        hash.update(format!("{} {said}\n", ballot.id));
    }
    hex::encode(hash.finalize())
}
