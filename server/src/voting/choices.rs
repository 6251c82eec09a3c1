//! A ballot's choices as bits: a mask an item, in which bit n-1 stands for option n.

use contract::voting::{Item, ItemKind};

/// Digits that one item takes, whatever is chosen.
pub(super) const DIGITS: usize = 16;

/// What one ballot says. At most 60 options stand in an item, so that the sign bit is never used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choices(pub(super) Vec<i64>);

impl Choices {
    /// From options' numbers item by item, each between 1 and [`contract::voting::MAX_OPTIONS`].
    pub(super) fn of(items: &[Vec<u32>]) -> Self {
        Self(items.iter().map(|numbers| numbers.iter().fold(0, |bits, number| bits | 1 << (number - 1))).collect())
    }

    /// What no paper takes: a ballot that is to be counted as invalid, as long as any other.
    pub(super) fn invalid(items: usize) -> Self {
        Self(vec![1 << 62; items])
    }

    /// The numbers named item by item, ascending.
    pub(super) fn numbers(&self) -> Vec<Vec<u32>> {
        let named = |bits: &i64| (1..=63).filter(|number| bits >> (number - 1) & 1 == 1).collect();
        self.0.iter().map(named).collect()
    }

    /// Does the item (by its place) name the option?
    pub(super) fn names(&self, item: usize, number: u32) -> bool {
        self.0.get(item).is_some_and(|bits| bits >> (number - 1) & 1 == 1)
    }

    /// Does the item (by its place) say nothing?
    pub(super) fn is_blank(&self, item: usize) -> bool {
        self.0.get(item).is_none_or(|bits| *bits == 0)
    }

    /// Does the ballot fit the paper? An item left blank does.
    pub(super) fn fit(&self, paper: &[Item]) -> bool {
        let fits = |(bits, item): (&i64, &Item)| {
            let highest = i64::from(64 - bits.leading_zeros());
            let options = i64::try_from(item.options.len()).unwrap_or(i64::MAX);
            *bits >= 0 && bits.count_ones() <= most(item) && highest <= options
        };
        self.0.len() == paper.len() && self.0.iter().zip(paper).all(fits)
    }

    /// As columns and envelopes keep it: sixteen digits an item whatever is chosen, so that length tells nothing.
    pub(super) fn text(&self) -> String {
        self.0.iter().map(|bits| format!("{bits:016x}")).collect()
    }

    /// From [`Choices::text`].
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if !digits.iter().all(u8::is_ascii_hexdigit) || !digits.len().is_multiple_of(DIGITS) {
            return None;
        }
        let mask = |item: &[u8]| i64::from_str_radix(std::str::from_utf8(item).ok()?, 16).ok();
        digits.chunks(DIGITS).map(mask).collect::<Option<_>>().map(Self)
    }
}

/// How many options one ballot may name in an item.
fn most(item: &Item) -> u32 {
    if item.kind == ItemKind::Decide { 1 } else { item.most }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voting::testing::choose;

    #[test]
    fn numbers_become_bits_and_numbers_again() {
        let choices = Choices::of(&[vec![60, 1, 3], vec![]]);
        assert_eq!(choices.numbers(), vec![vec![1, 3, 60], vec![]]);
        assert!(choices.names(0, 60) && !choices.names(0, 2) && choices.is_blank(1) && !choices.is_blank(0));
        let paper = |most, options| [choose(1, most, options), choose(2, 1, 2)];
        assert!(choices.fit(&paper(3, 60)) && !choices.fit(&paper(2, 60)) && !choices.fit(&paper(3, 59)));
        assert!(!choices.fit(&paper(3, 60)[..1]));
        assert_eq!(Choices::from_text(&choices.text()), Some(choices));
        assert_eq!((Choices::from_text("00"), Choices::from_text("ä00000000000000")), (None, None));
        assert_eq!(Choices::of(&[vec![1], vec![]]).text().len(), Choices::of(&[vec![], vec![2]]).text().len());
    }
}
