//! The tally against a count by hand.

use crate::voting::choices::Choices;
use crate::voting::rules::{Paper, RollTotals, tally};
use crate::voting::store::urn::Opened;
use crate::voting::testing::choose;
use contract::voting::{HeadUnit, Outcome, Tally, Unreturned, VoteKind};
use proptest::prelude::*;

fn counted(seats: u32, candidates: usize, ballots: &[Option<Vec<u32>>], roll: RollTotals) -> Tally {
    counted_by(false, (seats, candidates), ballots, roll)
}

/// The same, where the rules may ask for a quorum.
fn counted_by(
    election_quorum: bool,
    (seats, candidates): (u32, usize),
    ballots: &[Option<Vec<u32>>],
    roll: RollTotals,
) -> Tally {
    let items = [choose(1, seats, u32::try_from(candidates).unwrap())];
    let paper = Paper {
        kind: VoteKind::Election,
        unit: HeadUnit::Owners,
        unreturned: Unreturned::NotParticipating,
        election_quorum,
        items: &items,
    };
    let opened: Vec<Opened> = ballots
        .iter()
        .enumerate()
        .map(|(n, choices)| Opened {
            id: format!("{n:016}"),
            choices: choices.clone().map(|numbers| Choices::of(&[numbers])),
        })
        .collect();
    tally(paper, roll, &[], &opened)
}

fn roll(heads: i64, area_dm2: i64, voted: i64, voted_area_dm2: i64) -> RollTotals {
    RollTotals { heads, area_dm2, voted, voted_area_dm2, ..RollTotals::default() }
}

fn outcomes(result: &Tally) -> Vec<&'static str> {
    result.items[0].options.iter().filter_map(|option| option.outcome).map(Outcome::code).collect()
}

#[test]
fn a_tie_across_the_last_seat_is_declared() {
    let ballots: Vec<_> = [vec![1], vec![1, 2], vec![3], vec![2, 3], vec![1]].into_iter().map(Some).collect();
    let result = counted(2, 4, &ballots, roll(5, 5, 5, 5));
    assert_eq!(outcomes(&result), ["elected", "tied", "tied", "not_elected"]);
    let tie = result.items[0].tie.clone().unwrap();
    assert_eq!((tie.seats, tie.among, result.items[0].vacant), (1, vec![2, 3], 0));
    // With a seat for each of them there is nothing to declare.
    let result = counted(3, 4, &ballots, roll(5, 5, 5, 5));
    assert_eq!(
        (outcomes(&result), result.items[0].tie.clone(), result.items[0].vacant),
        (vec!["elected", "elected", "elected", "not_elected"], None, 0)
    );
}

#[test]
fn nobody_is_elected_without_a_vote() {
    let result = counted(3, 3, &[Some(vec![2]), Some(vec![])], roll(3, 3, 2, 2));
    assert_eq!(
        (outcomes(&result), result.items[0].vacant, result.items[0].blank),
        (vec!["not_elected", "elected", "not_elected"], 2, 1)
    );
}

#[test]
fn where_the_rules_ask_for_a_quorum_nobody_is_elected_without_it() {
    let ballots = [Some(vec![1]), Some(vec![2])];
    let missed = counted_by(true, (1, 2), &ballots, roll(30, 30, 2, 2));
    assert_eq!(outcomes(&missed), ["not_elected", "not_elected"], "not even a tie is declared");
    assert_eq!((missed.items[0].tie.clone(), missed.items[0].vacant), (None, 1));
    let reached = counted_by(true, (1, 2), &ballots[..1], roll(1, 1, 1, 1));
    assert_eq!(outcomes(&reached), ["elected", "not_elected"]);
    assert_eq!(outcomes(&counted_by(false, (1, 2), &ballots[..1], roll(30, 30, 1, 1))), ["elected", "not_elected"]);
}

#[test]
fn exactly_two_thirds_of_heads_and_of_area_are_enough() {
    let quorum = |roll| counted(1, 1, &[], roll).quorum;
    assert!(quorum(roll(300, 9_000, 200, 6_000)));
    assert!(!quorum(roll(300, 9_000, 199, 6_000)));
    assert!(!quorum(roll(300, 9_000, 200, 5_999)));
    let result = counted(1, 1, &[], roll(20, 10, 14, 6));
    let sums: Vec<&str> = result.steps.iter().map(|step| step.sum.as_str()).collect();
    assert_eq!(sums, ["14 ≠ 0", "0 + 0 = 0", "3 × 6 = 18 < 2 × 10 = 20", "3 × 14 = 42 ≥ 2 × 20 = 40"]);
}

/// Ballots as they may lie in an urn: some unreadable, some with too many names.
fn urn() -> impl Strategy<Value = (u32, usize, Vec<Option<Vec<u32>>>)> {
    (1..4u32, 1..7usize).prop_flat_map(|(seats, candidates)| {
        let most = u32::try_from(candidates).unwrap();
        let choices =
            proptest::collection::btree_set(1..=most, 0..=candidates).prop_map(|set| set.into_iter().collect());
        let ballot = prop_oneof![9 => choices.prop_map(Some), 1 => Just(None)];
        (Just(seats), Just(candidates), proptest::collection::vec(ballot, 0..30))
    })
}

proptest! {
    #[test]
    fn the_tally_is_that_of_a_count_by_hand((seats, candidates, ballots) in urn()) {
        let result = counted(seats, candidates, &ballots, roll(30, 30, 0, 0));
        let seats = usize::try_from(seats).unwrap();
        let valid: Vec<&Vec<u32>> = ballots.iter().flatten().filter(|choices| choices.len() <= seats).collect();
        let votes = |n: usize| valid.iter().filter(|choices| choices.contains(&u32::try_from(n).unwrap())).count();
        prop_assert_eq!(result.cast, i64::try_from(ballots.len()).unwrap());
        prop_assert_eq!(result.invalid, i64::try_from(ballots.len() - valid.len()).unwrap());
        prop_assert_eq!(result.items[0].blank, i64::try_from(valid.iter().filter(|choices| choices.is_empty()).count()).unwrap());
        let (mut elected, mut tied) = (0, 0);
        for n in 1..=candidates {
            let shown = &result.items[0].options[n - 1];
            prop_assert_eq!(shown.votes, i64::try_from(votes(n)).unwrap());
            // Elected: with a vote, and fewer than `seats` others have as many or more.
            let rivals = (1..=candidates).filter(|m| *m != n && votes(*m) >= votes(n)).count();
            let better = (1..=candidates).filter(|m| votes(*m) > votes(n)).count();
            let expected = match () {
                () if votes(n) == 0 || better >= seats => Outcome::NotElected,
                () if rivals < seats => Outcome::Elected,
                () => Outcome::Tied,
            };
            prop_assert_eq!(shown.outcome, Some(expected));
            elected += usize::from(expected == Outcome::Elected);
            tied += usize::from(expected == Outcome::Tied);
        }
        let tie = result.items[0].tie.clone().map(|tie| (usize::try_from(tie.seats).unwrap(), tie.among.len()));
        prop_assert_eq!(tie, (tied > 0).then_some((seats - elected, tied)));
        prop_assert_eq!(usize::try_from(result.items[0].vacant).unwrap(), if tied > 0 { 0 } else { seats - elected });
    }
}
