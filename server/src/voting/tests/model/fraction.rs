//! The model's own arithmetic.

use std::cmp::Ordering;
use std::iter::Sum;

/// A fraction of positive whole numbers. Compared as Euclid did: whole parts first, then what is left of both turned
/// round. Nothing is multiplied, nothing rounded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fraction(pub i64, pub i64);

pub(super) const HALF: Fraction = Fraction(1, 2);
pub(super) const TWO_THIRDS: Fraction = Fraction(2, 3);
pub(super) const THREE_QUARTERS: Fraction = Fraction(3, 4);

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let (Self(a, b), Self(c, d)) = (*self, *other);
        (a / b).cmp(&(c / d)).then_with(|| match (a % b, c % d) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            (left, right) => Self(d, right).cmp(&Self(b, left)),
        })
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

/// Heads and their area (0.01 m²), which the law counts side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    pub heads: i64,
    pub area_dm2: i64,
}

impl Weight {
    /// One head.
    pub(super) fn of(area_dm2: i64) -> Self {
        Self { heads: 1, area_dm2 }
    }

    /// Its shares in a whole: of the heads and of the area. None of nothing.
    pub(super) fn shares(self, whole: Self) -> Option<[Fraction; 2]> {
        (whole.heads > 0).then_some([Fraction(self.heads, whole.heads), Fraction(self.area_dm2, whole.area_dm2)])
    }
}

impl Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            heads: sum.heads + one.heads,
            area_dm2: sum.area_dm2 + one.area_dm2,
        })
    }
}

#[test]
fn fractions_are_compared_without_rounding() {
    assert_eq!(Fraction(6_000, 9_000), TWO_THIRDS);
    assert!(Fraction(5_999, 9_000) < TWO_THIRDS && Fraction(6_001, 9_000) > TWO_THIRDS);
    assert!(Fraction(0, 7) < HALF && Fraction(7, 7) > THREE_QUARTERS && Fraction(2, 4) == HALF);
    assert!(Fraction(i64::MAX / 2, i64::MAX) < HALF && Fraction(i64::MAX / 2 + 1, i64::MAX) > HALF);
}
