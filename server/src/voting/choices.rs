//! A ballot's choice as bits: bit n-1 stands for candidate n.

use crate::crypto::{CryptoError, Keys};
use contract::ids::VoteId;

/// What one ballot says. At most 60 candidates stand, so the sign bit is never used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choices(pub(super) i64);

impl Choices {
    /// From candidates' numbers, each between 1 and [`contract::voting::MAX_CANDIDATES`].
    pub(super) fn of(numbers: &[u32]) -> Self {
        Self(numbers.iter().fold(0, |bits, number| bits | 1 << (number - 1)))
    }

    /// The numbers named, ascending.
    pub(super) fn numbers(self) -> Vec<u32> {
        (1..=63).filter(|number| self.0 >> (number - 1) & 1 == 1).collect()
    }

    /// How many are named.
    pub(super) fn count(self) -> i64 {
        i64::from(self.0.count_ones())
    }

    /// The highest number named, 0 for a blank ballot.
    pub(super) fn highest(self) -> i64 {
        i64::from(64 - self.0.leading_zeros())
    }

    /// Does the ballot fit the paper?
    pub(super) fn fit(self, seats: i64, candidates: i64) -> bool {
        self.0 >= 0 && self.count() <= seats && self.highest() <= candidates
    }

    /// Sealed for its place in the urn. Sixteen digits whatever is chosen: length tells nothing.
    pub(super) fn seal(self, keys: &Keys, vote: &VoteId, ballot: &str) -> String {
        keys.seal(&purpose(vote, ballot), &format!("{:016x}", self.0))
    }

    /// Opens a sealed choice; none when it was changed or moved from another ballot or vote.
    ///
    /// # Errors
    /// [`CryptoError::UnknownKey`]: the ballot may be good, and its key must come back into the ring.
    pub(super) fn open(keys: &Keys, vote: &VoteId, ballot: &str, sealed: &str) -> Result<Option<Self>, CryptoError> {
        let plain = readable(keys.open(&purpose(vote, ballot), sealed))?;
        Ok(plain.and_then(|plain| i64::from_str_radix(&plain, 16).ok()).map(Self))
    }

    /// A sealed choice sealed with the newest key; none when it is already, or cannot be opened for ever.
    ///
    /// # Errors
    /// As [`Choices::open`].
    pub(super) fn reseal(
        keys: &Keys,
        vote: &VoteId,
        ballot: &str,
        sealed: &str,
    ) -> Result<Option<String>, CryptoError> {
        Ok(readable(keys.reseal(&purpose(vote, ballot), sealed))?.flatten())
    }
}

/// None for what no key will ever open: it was changed. A key that is not there is another matter.
fn readable<T>(opened: Result<T, CryptoError>) -> Result<Option<T>, CryptoError> {
    match opened {
        Ok(plain) => Ok(Some(plain)),
        Err(CryptoError::Tampered | CryptoError::Malformed) => Ok(None),
        Err(other) => Err(other),
    }
}

fn purpose(vote: &VoteId, ballot: &str) -> String {
    format!("voting/{vote}/{ballot}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_bits_and_numbers_again() {
        let choices = Choices::of(&[60, 1, 3]);
        assert_eq!((choices.numbers(), choices.count(), choices.highest()), (vec![1, 3, 60], 3, 60));
        assert!(choices.fit(3, 60) && !choices.fit(2, 60) && !choices.fit(3, 59));
        assert_eq!((Choices::of(&[]).numbers(), Choices::of(&[]).highest()), (vec![], 0));
    }
}
