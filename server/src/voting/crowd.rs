//! Which sums of areas can stand beside the counted ballots without naming a voter, pure.
//!
//! The ballots are published with all their items side by side, so that sums of several items can be subtracted
//! from each other: what is left is the area of the ballots in which they differ. Ballots that took the same
//! sides in all that is published are a group. A sum says how often each group is in it; added, subtracted and
//! multiplied, sums must never leave over groups of fewer than [`CROWD`] ballots alone. None of them does if every
//! group's row (of zeros and ones, a column a sum) is made of the rows of groups that are large enough: whatever
//! is nothing on these is nothing on all.

use super::choices::Choices;
use contract::voting::{Item, ItemKind, decision};
use std::collections::BTreeMap;

/// Fewest ballots whose area may be published together: below, it could name a voter.
const CROWD: i64 = 5;
/// Rows are compared modulo this prime, 2⁶¹ - 1: exact, and with no fractions.
const PRIME: u128 = (1 << 61) - 1;

/// How much of an item's areas is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// For, against and the rest.
    All,
    /// Only for; against and the rest together are what is left of the whole.
    For,
    None,
}

/// The side of an item that a ballot takes: for, against, and the rest (abstaining, blank, invalid).
pub(super) fn side(item: usize, choices: Option<&Choices>) -> usize {
    match choices {
        Some(choices) if choices.names(item, decision::FOR) => 0,
        Some(choices) if choices.names(item, decision::AGAINST) => 1,
        _ => 2,
    }
}

/// What is published of each item. In the order of the paper each shows as much as hides every voter together
/// with those before it.
pub(super) fn shown<'a>(items: &[Item], ballots: impl Iterator<Item = Option<&'a Choices>>) -> Vec<Shown> {
    let mut groups: BTreeMap<Vec<usize>, i64> = BTreeMap::new();
    for choices in ballots {
        *groups.entry((0..items.len()).map(|item| side(item, choices)).collect()).or_default() += 1;
    }
    let mut shown = vec![Shown::None; items.len()];
    for at in (0..items.len()).filter(|at| items[*at].kind == ItemKind::Decide) {
        for more in [Shown::All, Shown::For, Shown::None] {
            shown[at] = more;
            if more == Shown::None || hides(&groups, &shown) {
                break;
            }
        }
    }
    shown
}

/// Is every group's row made of those of the large groups?
fn hides(groups: &BTreeMap<Vec<usize>, i64>, shown: &[Shown]) -> bool {
    let mut rows: BTreeMap<Vec<u128>, i64> = BTreeMap::new();
    for (sides, ballots) in groups {
        *rows.entry(row(sides, shown)).or_default() += ballots;
    }
    let (large, small): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, ballots)| *ballots >= CROWD);
    let mut span = Span::default();
    large.into_iter().for_each(|(row, _)| span.add(row));
    small.into_iter().all(|(row, _)| span.holds(row))
}

/// In which sums the ballots of these sides are: in the whole, then in what is shown item by item.
fn row(sides: &[usize], shown: &[Shown]) -> Vec<u128> {
    let mut row = vec![1];
    for (side, shown) in sides.iter().zip(shown) {
        let columns: &[usize] = match shown {
            Shown::All => &[0, 1],
            Shown::For => &[0],
            Shown::None => &[],
        };
        row.extend(columns.iter().map(|column| u128::from(side == column)));
    }
    row
}

/// All that can be made of some rows: by Gauss's elimination, each kept row with a one in a column of its own.
#[derive(Default)]
struct Span {
    rows: Vec<(usize, Vec<u128>)>,
}

impl Span {
    /// What is left of a row when the kept ones are taken off.
    fn rest(&self, mut row: Vec<u128>) -> Vec<u128> {
        for (column, kept) in &self.rows {
            let times = PRIME - row[*column];
            row.iter_mut().zip(kept).for_each(|(number, kept)| *number = (*number + times * kept) % PRIME);
        }
        row
    }

    fn holds(&self, row: Vec<u128>) -> bool {
        self.rest(row).iter().all(|number| *number == 0)
    }

    fn add(&mut self, row: Vec<u128>) {
        let mut rest = self.rest(row);
        let Some(column) = rest.iter().position(|number| *number != 0) else { return };
        let inverse = power(rest[column], PRIME - 2);
        rest.iter_mut().for_each(|number| *number = *number * inverse % PRIME);
        self.rows.push((column, rest));
    }
}

/// By squaring; to the power of two less than the prime it is one part by the number.
fn power(mut base: u128, mut exponent: u128) -> u128 {
    let mut product = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            product = product * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voting::testing::decide;
    use contract::voting::Majority;
    use proptest::prelude::*;

    fn of(ballots: &[(i64, &[u32])]) -> Vec<Shown> {
        let items: Vec<Item> = (1..).zip(ballots[0].1).map(|(number, _)| decide(number, Majority::Ordinary)).collect();
        let choices = ballots.iter().flat_map(|(times, said)| {
            let choices = Choices::of(&said.iter().map(|said| vec![*said]).collect::<Vec<_>>());
            (0..*times).map(move |_| choices.clone())
        });
        let choices: Vec<Choices> = choices.collect();
        shown(&items, choices.iter().map(Some))
    }

    #[test]
    fn one_item_shows_what_sides_of_five_hide() {
        assert_eq!(of(&[(5, &[1]), (5, &[2]), (5, &[3])]), [Shown::All]);
        assert_eq!(of(&[(5, &[1]), (5, &[2])]), [Shown::All]);
        assert_eq!(of(&[(5, &[1]), (3, &[2]), (2, &[3])]), [Shown::For]);
        assert_eq!(of(&[(9, &[1]), (4, &[2])]), [Shown::None]);
        assert_eq!(of(&[(4, &[1])]), [Shown::None]);
    }

    #[test]
    fn two_items_must_not_leave_one_ballot_over() {
        assert_eq!(of(&[(9, &[1, 1]), (9, &[2, 2]), (1, &[1, 2])]), [Shown::All, Shown::None], "by subtraction");
        assert_eq!(of(&[(9, &[1, 2]), (9, &[2, 1]), (1, &[1, 1])]), [Shown::All, Shown::None], "by the whole");
        assert_eq!(of(&[(9, &[1, 1]), (9, &[2, 2]), (5, &[1, 2])]), [Shown::All, Shown::All]);
        assert_eq!(of(&[(9, &[1, 1]), (9, &[2, 2])]), [Shown::All, Shown::All], "the same sums twice");
        // Small groups whose rows follow from the large ones' hide as well: no sum has them alone.
        assert_eq!(of(&[(9, &[1, 1]), (9, &[2, 2]), (9, &[1, 2]), (1, &[2, 1])]), [Shown::All, Shown::All]);
    }

    #[test]
    fn three_items_must_not_either() {
        // No two sums differ by fewer than five: only the third less both others names the one ballot.
        let ballots: &[(i64, &[u32])] = &[(9, &[1, 2, 1]), (9, &[2, 1, 1]), (9, &[2, 2, 2]), (1, &[2, 2, 1])];
        assert_eq!(of(ballots), [Shown::All, Shown::All, Shown::None]);
    }

    proptest! {
        #[test]
        fn no_sums_added_and_subtracted_name_fewer_than_five(
            groups in proptest::collection::vec((1..9i64, proptest::collection::vec(1..4u32, 3)), 1..8)
        ) {
            let ballots: Vec<(i64, &[u32])> = groups.iter().map(|(times, said)| (*times, said.as_slice())).collect();
            let shown = of(&ballots);
            prop_assume!(shown.iter().any(|one| *one != Shown::None));
            let rows: Vec<(i64, Vec<u128>)> = groups
                .iter()
                .map(|(times, said)| {
                    let sides: Vec<usize> = said.iter().map(|said| usize::try_from(said - 1).unwrap()).collect();
                    (*times, row(&sides, &shown))
                })
                .collect();
            let sums = rows[0].1.len();
            for code in 0..3i64.pow(u32::try_from(sums).unwrap()) {
                let times = |at: usize| code / 3i64.pow(u32::try_from(at).unwrap()) % 3 - 1;
                let of_row = |row: &[u128]| -> i64 {
                    row.iter().enumerate().map(|(at, one)| times(at) * i64::try_from(*one).unwrap()).sum()
                };
                let left: i64 = rows.iter().filter(|(_, row)| of_row(row) != 0).map(|(ballots, _)| ballots).sum();
                prop_assert!(left == 0 || left >= CROWD, "{shown:?} leaves {left} by {code}");
            }
        }
    }
}
