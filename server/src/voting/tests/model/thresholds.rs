//! Roll and arithmetic of random compounds, and of such as stand on an edge.

use super::compound::{DEVELOPER, Flat, Owners, flat, heads as model_heads, holdings, person};
use super::verdict::{Fate, all_edges, verdict};
use crate::testing::START;
use crate::voting::choices::Choices;
use crate::voting::heads::of_owners;
use crate::voting::rules::{Paper, RollTotals, areas, areas_hold, tally};
use crate::voting::store::roll::Head;
use crate::voting::store::urn::Opened;
use crate::voting::testing::decide;
use contract::ids::PersonId;
use contract::people::DwellingKind;
use contract::voting::{HeadUnit, ItemAreas, Majority, Tally, Unreturned, VoteKind, decision};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Flats, and what becomes of the ballots of the heads that they make, in the order of their owners.
type Case = (Vec<Flat>, Vec<Fate>);

/// The same answer to both items, so that what may be shown of one is what may be shown of the other.
fn says(number: u32) -> Fate {
    Fate::Says([number; 2])
}

fn anything() -> impl Strategy<Value = Case> {
    let fate = prop_oneof![
        3 => Just(Fate::Away), 1 => Just(Fate::Kept), 6 => Just(says(decision::FOR)),
        3 => Just(says(decision::AGAINST)), 1 => Just(says(decision::ABSTAIN)), 1 => Just(says(0)),
        1 => Just(Fate::Broken)
    ];
    (proptest::collection::vec(flat(), 1..24), proptest::collection::vec(fate, 24))
}

/// Of 3 × 2n heads of one area 2 × 2n take part, and of these a half or three quarters agree. Then one flat is larger
/// or smaller by 0.01 m², and one ballot another.
fn on_edge() -> impl Strategy<Value = Case> {
    let nudged = (any::<prop::sample::Index>(), -1..=1i64);
    let other =
        prop_oneof![Just(Fate::Away), Just(Fate::Kept), Just(says(decision::FOR)), Just(says(decision::AGAINST))];
    let other = prop::option::of((any::<prop::sample::Index>(), other));
    (1..=3usize, any::<bool>()).prop_flat_map(move |(n, half)| {
        let agree = if half { 2 * n } else { 3 * n };
        let fates =
            [vec![says(decision::FOR); agree], vec![says(decision::AGAINST); 4 * n - agree], vec![Fate::Away; 2 * n]];
        let sets = proptest::sample::subsequence(owner_sets(), 6 * n).prop_shuffle();
        let split = proptest::collection::vec(any::<bool>(), 6 * n);
        (sets, split, Just(fates.concat()).prop_shuffle(), nudged.clone(), other.clone()).prop_map(edge)
    })
}

/// A flat's place and by how much it is larger, in 0.01 m².
type Nudge = (prop::sample::Index, i64);
/// A ballot's place and what it is instead.
type Other = (prop::sample::Index, Fate);

fn edge((sets, split, mut fates, nudge, other): (Vec<Owners>, Vec<bool>, Vec<Fate>, Nudge, Option<Other>)) -> Case {
    let one = |owners: &Owners, area_dm2| {
        let sold = *owners != Owners::from([DEVELOPER]);
        Flat { kind: DwellingKind::Home, area_dm2, owners: owners.clone(), sold, delivered: true }
    };
    let flats = sets.iter().zip(split).flat_map(|(owners, split)| match split {
        true => vec![one(owners, 4_000), one(owners, 5_000)],
        false => vec![one(owners, 9_000)],
    });
    let mut flats: Vec<Flat> = flats.collect();
    let at = nudge.0.index(flats.len());
    flats[at].area_dm2 += nudge.1;
    if let Some((at, fate)) = other {
        let at = at.index(fates.len());
        fates[at] = fate;
    }
    (flats, fates)
}

/// Everybody of full age alone and in pairs, and the developer.
fn owner_sets() -> Vec<Owners> {
    let pairs = (0..6u8).flat_map(|one| (one..6u8).map(move |two| Owners::from([one, two])));
    pairs.chain([Owners::from([DEVELOPER])]).collect()
}

#[test]
fn roll_and_thresholds_are_those_of_the_model() {
    let unreturned = prop_oneof![2 => Just(Unreturned::NotParticipating), 1 => Just(Unreturned::Abstain), 1 => Just(Unreturned::FollowMajority)];
    let strategy = (prop_oneof![anything().boxed(), on_edge().boxed()], unreturned, any::<bool>());
    let seen = RefCell::new(BTreeSet::new());
    let done =
        TestRunner::new(ProptestConfig::with_cases(1_200)).run(&strategy, |((flats, fates), unreturned, parking)| {
            let heads = of_owners(&holdings(&flats), parking, START);
            let model = model_heads(&flats, parking);
            prop_assume!(!model.is_empty());
            same_roll(&heads, &model);
            let weighed: Vec<(i64, Fate)> = model.values().map(|head| head.area_dm2).zip(fates).collect();
            seen.borrow_mut().extend(same_result(&weighed, unreturned));
            Ok(())
        });
    done.unwrap_or_else(|failed| panic!("{failed}"));
    let seen = seen.into_inner();
    let missed: Vec<_> = all_edges().into_iter().filter(|edge| !seen.contains(edge)).collect();
    assert!(missed.is_empty(), "no compound stood on {missed:?}");
}

/// Every head of the model stands on the roll with its persons, its area and its voter, and nothing else does.
fn same_roll(heads: &[Head], model: &BTreeMap<Owners, super::compound::Head>) {
    assert_eq!(heads.len(), model.len(), "{heads:?} {model:?}");
    assert_eq!(heads.iter().map(|head| &head.head).collect::<BTreeSet<_>>().len(), heads.len());
    let ids = |persons: &BTreeSet<u8>| persons.iter().map(|n| person(*n)).collect::<BTreeSet<PersonId>>();
    for (owners, wanted) in model {
        let same = |head: &&Head| {
            let of = |which: fn(&crate::voting::store::roll::Member) -> bool| {
                head.members.iter().filter(|member| which(member)).map(|member| member.person.clone()).collect()
            };
            let (members, acting, voters): (BTreeSet<_>, BTreeSet<_>, BTreeSet<_>) =
                (of(|_| true), of(|member| member.acts), of(|member| member.may_vote));
            let alone = if wanted.acting.len() == 1 { ids(&wanted.acting) } else { BTreeSet::new() };
            members == ids(&wanted.members)
                && acting == ids(&wanted.acting)
                && voters == alone
                && head.area_dm2 == wanted.area_dm2
                && !head.names.is_empty()
        };
        assert!(heads.iter().any(|head| same(&head)), "{owners:?} {wanted:?} is missing in {heads:?}");
    }
}

/// Counts the ballots and compares with the model's verdict; the edges that it stands on.
fn same_result(heads: &[(i64, Fate)], unreturned: Unreturned) -> Vec<String> {
    let wanted = verdict(heads, unreturned);
    let items = [decide(1, Majority::Ordinary), decide(2, Majority::Special)];
    let kind = VoteKind::Resolution;
    let paper = Paper { kind, unit: HeadUnit::Owners, unreturned, election_quorum: false, items: &items };
    let kept: i64 = heads.iter().filter(|(_, fate)| *fate == Fate::Kept).map(|(area, _)| area).sum();
    let roll = RollTotals {
        heads: wanted.whole.heads,
        area_dm2: wanted.whole.area_dm2,
        voted: wanted.voted.heads,
        voted_area_dm2: wanted.voted.area_dm2,
        delivered: i64::try_from(heads.iter().filter(|(_, fate)| *fate == Fate::Kept).count()).unwrap(),
        delivered_area_dm2: kept,
    };
    let ballot = |(area, fate): &(i64, Fate)| match fate {
        Fate::Says(said) => {
            Some((Some(Choices::of(&said.map(|said| Vec::from_iter((said > 0).then_some(said))))), *area))
        }
        Fate::Broken => Some((None, *area)),
        Fate::Away | Fate::Kept => None,
    };
    let weighed: Vec<(Option<Choices>, i64)> = heads.iter().filter_map(ballot).collect();
    let opened: Vec<Opened> = (0..)
        .zip(&weighed)
        .map(|(n, (choices, _)): (u32, _)| Opened { id: format!("{n:04}"), choices: choices.clone() })
        .collect();
    let areas: Vec<ItemAreas> = areas(paper, roll, &weighed);
    let result = tally(paper, roll, &areas, &opened);
    assert!(areas_hold(paper, roll, &areas, &opened), "{roll:?} {areas:?}");
    assert_eq!(result.quorum, wanted.quorum);
    assert_eq!(result.items.iter().map(|item| item.passed == Some(true)).collect::<Vec<_>>(), wanted.passed);
    hides_the_few(&result);
    wanted.edges
}

/// A side that fewer than five took is not shown by its area.
fn hides_the_few(result: &Tally) {
    for item in &result.items {
        let few = |votes: i64| votes > 0 && votes < 5;
        let agreed = item.options[0].votes;
        assert_eq!(item.withheld, few(agreed) || few(result.cast - agreed));
    }
}

#[test]
fn exactly_two_thirds_and_three_quarters_are_enough_and_a_half_is_no_majority() {
    let (yes, no, abstains) = (says(decision::FOR), says(decision::AGAINST), says(decision::ABSTAIN));
    let result = |heads: &[(i64, Fate)]| {
        same_result(heads, Unreturned::NotParticipating);
        let wanted = verdict(heads, Unreturned::NotParticipating);
        (wanted.quorum, wanted.passed)
    };
    let six = |away| [(10, yes), (10, yes), (10, yes), (10, no), (10, Fate::Away), (away, Fate::Away)];
    assert_eq!(result(&six(10)), (true, [true, true]), "2/3 and 3/4 exactly");
    assert_eq!(result(&six(11)), (false, [false, false]), "the area falls short");
    let half = [(10, yes), (10, yes), (10, no), (10, abstains)];
    assert_eq!(result(&half), (true, [false, false]), "half is not more than half");
    let heavy = [(10, yes), (10, yes), (10, yes), (11, no)];
    assert_eq!(result(&heavy), (true, [true, false]), "3/4 by heads, not by area");
    assert_eq!(result(&[(10, Fate::Away); 3]), (false, [false, false]));
}
