//! Roll and thresholds against a model that knows nothing of them: random compounds with co-owners, several
//! flats, minors, a developer, and areas that make exactly two thirds, a half and three quarters common.

use crate::people::Holding;
use crate::testing::START;
use crate::voting::choices::Choices;
use crate::voting::heads::of_owners;
use crate::voting::rules::{Paper, RollTotals, areas, areas_hold, tally};
use crate::voting::store::roll::Head;
use crate::voting::store::urn::Opened;
use crate::voting::testing::decide;
use contract::AreaId;
use contract::ids::{DwellingId, PersonId};
use contract::people::{DwellingKind, Share};
use contract::voting::{HeadUnit, Majority, Unreturned, VoteKind, decision};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A flat of the model.
#[derive(Clone, Debug)]
struct Flat {
    kind: DwellingKind,
    /// In units of 1 m².
    area: i64,
    owners: BTreeSet<u8>,
    sold: bool,
    delivered: bool,
}

const DEVELOPER: u8 = 9;
/// Persons 6 and 7 are minors; 6 has person 0 as guardian, 7 has nobody.
const MINORS: [u8; 2] = [6, 7];

fn person(n: u8) -> PersonId {
    PersonId::trusted(format!("00000000-0000-7000-8000-00000000000{n}"))
}

/// What the registry would say of the flats.
fn holdings(flats: &[Flat]) -> Vec<Holding> {
    let mut holdings = Vec::new();
    for (at, flat) in flats.iter().enumerate() {
        let area: AreaId = format!("3410.03.001.004.g01.c01.b01.u1.{at:03}").parse().unwrap();
        let owners = if flat.sold { flat.owners.clone() } else { BTreeSet::from([DEVELOPER]) };
        for owner in &owners {
            holdings.push(Holding {
                dwelling: DwellingId::trusted(format!("d{at}")),
                area: area.clone(),
                address: format!("{at:03}"),
                kind: flat.kind,
                area_dm2: flat.area * 100,
                person: person(*owner),
                name: format!("某{owner}"),
                share: Share { num: 1, den: i64::try_from(owners.len()).unwrap() },
                developer: (!flat.sold || !flat.delivered).then(|| person(DEVELOPER)),
                is_developer: !flat.sold,
                delivered: flat.delivered,
                born: match owner {
                    &DEVELOPER => String::new(),
                    minor if MINORS.contains(minor) => "2015-01-01".to_owned(),
                    _ => "1980-01-01".to_owned(),
                },
                guardian: (*owner == MINORS[0]).then(|| person(0)),
            });
        }
    }
    holdings
}

/// The model's heads: whose, and how much area.
fn model_heads(flats: &[Flat], parking: bool) -> BTreeMap<BTreeSet<u8>, i64> {
    let mut heads = BTreeMap::new();
    for flat in flats {
        let counts = parking || !matches!(flat.kind, DwellingKind::Parking | DwellingKind::Storage);
        if counts {
            let owners = if flat.sold && flat.delivered { flat.owners.clone() } else { BTreeSet::from([DEVELOPER]) };
            *heads.entry(owners).or_insert(0) += flat.area * 100;
        }
    }
    heads
}

/// Who may cast the head's ballot at once, by the model: the one person who can act for all of its owners.
fn model_voter(owners: &BTreeSet<u8>) -> Option<u8> {
    let acts = |owner: &u8| match *owner {
        6 => Some(0),
        7 => None,
        other => Some(other),
    };
    let acting: BTreeSet<u8> = owners.iter().filter_map(acts).collect();
    (acting.len() == 1).then(|| *acting.first().unwrap())
}

/// `a / b` compared with `c / d` by long division's cross product, in a type wide enough for all of it.
fn at_least((a, b): (i64, i64), (c, d): (i64, i64)) -> bool {
    i128::from(a) * i128::from(d) >= i128::from(c) * i128::from(b)
}

fn more_than((a, b): (i64, i64), (c, d): (i64, i64)) -> bool {
    i128::from(a) * i128::from(d) > i128::from(c) * i128::from(b)
}

/// What became of a head's ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Away,
    /// Delivered with proof, and not returned.
    Kept,
    Says(u32),
    /// Cannot be opened.
    Broken,
}

fn flat() -> impl Strategy<Value = Flat> {
    let kind = prop_oneof![
        8 => Just(DwellingKind::Home), 1 => Just(DwellingKind::Shop),
        2 => Just(DwellingKind::Parking), 1 => Just(DwellingKind::Storage)
    ];
    let owners = proptest::collection::btree_set(0..8u8, 1..=3);
    // Multiples of 30 m²: sums of a few are often exactly two thirds, a half or three quarters of others.
    (kind, 1..=4i64, owners, prop::bool::weighted(0.9), prop::bool::weighted(0.9))
        .prop_map(|(kind, area, owners, sold, delivered)| Flat { kind, area: area * 30, owners, sold, delivered })
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = prop_oneof![
        3 => Just(Fate::Away), 1 => Just(Fate::Kept), 6 => Just(Fate::Says(decision::FOR)),
        3 => Just(Fate::Says(decision::AGAINST)), 1 => Just(Fate::Says(decision::ABSTAIN)), 1 => Just(Fate::Broken)
    ];
    proptest::collection::vec(fate, 24)
}

fn unreturned() -> impl Strategy<Value = Unreturned> {
    prop_oneof![Just(Unreturned::NotParticipating), Just(Unreturned::Abstain), Just(Unreturned::FollowMajority)]
}

/// Sums over the heads whose fate passes.
fn sum(heads: &[Head], fates: &[Fate], which: impl Fn(Fate) -> bool) -> (i64, i64) {
    let these = heads.iter().zip(fates).filter(|(_, fate)| which(**fate));
    these.fold((0, 0), |(n, area), (head, _)| (n + 1, area + head.area_dm2))
}

/// The one side that leads both by ballots and by area, by the model.
fn model_leader(heads: &[Head], fates: &[Fate]) -> Option<u32> {
    let sides = [1, 2, 3].map(|side| {
        let rest = |fate| fate == Fate::Says(3) || fate == Fate::Broken;
        let of = |fate| if side == 3 { rest(fate) } else { fate == Fate::Says(side) };
        (side, sum(heads, fates, of))
    });
    let ahead = |(side, (n, area)): &(u32, (i64, i64))| {
        sides.iter().all(|(other, (m, other_area))| other == side || (n > m && area > other_area))
    };
    sides.iter().find(|one| ahead(one)).map(|(side, _)| *side)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn roll_and_thresholds_are_those_of_the_model(
        flats in proptest::collection::vec(flat(), 1..24),
        fates in fates(),
        unreturned in unreturned(),
        parking in any::<bool>(),
    ) {
        let heads = of_owners(&holdings(&flats), parking, START);
        let model = model_heads(&flats, parking);
        prop_assert_eq!(heads.len(), model.len());
        prop_assert_eq!(heads.iter().map(|head| head.area_dm2).sum::<i64>(), model.values().sum::<i64>());
        prop_assert_eq!(heads.iter().map(|head| &head.head).collect::<BTreeSet<_>>().len(), heads.len());
        for (owners, area) in &model {
            let all: BTreeSet<PersonId> = owners.iter().map(|n| person(*n)).collect();
            let of = |head: &&Head| {
                let guardian = owners.contains(&6).then(|| person(0));
                let mut members: BTreeSet<PersonId> = all.clone();
                members.extend(guardian);
                head.members.iter().map(|member| member.person.clone()).collect::<BTreeSet<_>>() == members
                    && head.area_dm2 == *area
                    && head.members.iter().filter(|m| m.may_vote).map(|m| m.person.clone()).next()
                        == model_voter(owners).map(person)
            };
            prop_assert!(heads.iter().any(|head| of(&head)), "{:?} of {:?} in {:?}", owners, area, heads);
        }

        let fates = &fates[..heads.len()];
        let (voted, voted_area_dm2) = sum(&heads, fates, |fate| matches!(fate, Fate::Says(_) | Fate::Broken));
        let kept = sum(&heads, fates, |fate| fate == Fate::Kept);
        let whole = sum(&heads, fates, |_| true);
        let roll = RollTotals {
            heads: whole.0, area_dm2: whole.1, voted, voted_area_dm2, delivered: kept.0, delivered_area_dm2: kept.1,
        };
        let items = [decide(1, Majority::Ordinary), decide(2, Majority::Special)];
        let paper =
            Paper { kind: VoteKind::Resolution, unit: HeadUnit::Owners, unreturned, election_quorum: false, items: &items };
        let mut weighed = Vec::new();
        let mut opened = Vec::new();
        for (head, fate) in heads.iter().zip(fates) {
            let choices = match fate {
                Fate::Says(said) => Some(Choices::of(&[vec![*said], vec![*said]])),
                Fate::Broken => None,
                Fate::Away | Fate::Kept => continue,
            };
            weighed.push((choices.clone(), head.area_dm2));
            opened.push(Opened { id: format!("{:04}", opened.len()), choices });
        }
        let areas = areas(paper, roll, &weighed);
        let result = tally(paper, roll, &areas, &opened);

        let counted_in = unreturned != Unreturned::NotParticipating;
        let part = if counted_in { (voted + kept.0, voted_area_dm2 + kept.1) } else { (voted, voted_area_dm2) };
        let quorum = at_least((part.0, whole.0), (2, 3)) && at_least((part.1, whole.1), (2, 3));
        prop_assert_eq!(result.quorum, quorum);
        let mut yes = sum(&heads, fates, |fate| fate == Fate::Says(decision::FOR));
        if unreturned == Unreturned::FollowMajority && model_leader(&heads, fates) == Some(decision::FOR) {
            yes = (yes.0 + kept.0, yes.1 + kept.1);
        }
        let ordinary = part.0 > 0 && more_than((yes.0, part.0), (1, 2)) && more_than((yes.1, part.1), (1, 2));
        let special = part.0 > 0 && at_least((yes.0, part.0), (3, 4)) && at_least((yes.1, part.1), (3, 4));
        prop_assert_eq!(result.items[0].passed, Some(quorum && ordinary));
        prop_assert_eq!(result.items[1].passed, Some(quorum && special));
        prop_assert!(areas_hold(paper, roll, &areas, &opened), "{:?} {:?}", roll, areas);
        for item in &result.items {
            let small = |votes: i64| votes > 0 && votes < 5;
            let agreed = item.options[0].votes;
            prop_assert_eq!(item.withheld, small(agreed) || small(result.cast - agreed));
        }
    }
}

#[test]
fn exactly_two_thirds_take_part_and_exactly_half_is_no_majority() {
    let items = [decide(1, Majority::Ordinary), decide(2, Majority::Special)];
    let paper = Paper {
        kind: VoteKind::Resolution,
        unit: HeadUnit::Owners,
        unreturned: Unreturned::NotParticipating,
        election_quorum: false,
        items: &items,
    };
    let passed = |roll: RollTotals, said: &[(u32, i64)]| {
        let weighed: Vec<_> =
            said.iter().map(|(said, area)| (Some(Choices::of(&[vec![*said], vec![*said]])), *area)).collect();
        let opened: Vec<_> = (0..)
            .zip(&weighed)
            .map(|(n, (choices, _)): (u32, _)| Opened { id: format!("{n}"), choices: choices.clone() })
            .collect();
        let result = tally(paper, roll, &areas(paper, roll, &weighed), &opened);
        (result.quorum, result.items[0].passed, result.items[1].passed)
    };
    let roll = |heads, area_dm2, voted, voted_area_dm2| RollTotals {
        heads,
        area_dm2,
        voted,
        voted_area_dm2,
        ..RollTotals::default()
    };
    let four = [(1, 10), (1, 10), (1, 10), (2, 10)];
    assert_eq!(passed(roll(6, 60, 4, 40), &four), (true, Some(true), Some(true)), "2/3 and 3/4 exactly");
    assert_eq!(passed(roll(6, 61, 4, 40), &four), (false, Some(false), Some(false)), "the area falls short");
    let half = [(1, 10), (1, 10), (2, 10), (3, 10)];
    assert_eq!(passed(roll(4, 40, 4, 40), &half), (true, Some(false), Some(false)), "half is not more than half");
    let heavy = [(1, 10), (1, 10), (1, 10), (2, 11)];
    assert_eq!(passed(roll(4, 41, 4, 41), &heavy), (true, Some(true), Some(false)), "3/4 by heads, not by area");
    assert_eq!(passed(roll(3, 30, 0, 0), &[]), (false, Some(false), Some(false)));
}
