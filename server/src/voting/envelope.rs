//! What lies in a ballot's envelope. It is sealed to the urn's public key: from casting to counting nobody
//! reads it, the database's operator and the server's keyring included.

use super::choices::{Choices, DIGITS};
use crate::crypto::envelope::{self, PrivateKey};
use crate::error::{Error, Result};
use crate::ids::Ids;
use contract::ids::VoteId;

/// Digits of an area.
const AREA: usize = 16;

/// A ballot's content. Id and area have one length, and so has every ballot of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    /// The id under which it will stand in the count.
    pub counted: String,
    /// Its head's area, in 0.01 m²: kept here alone, so that no area leads to a ballot.
    pub area_dm2: i64,
    /// What it says.
    pub choices: Choices,
}

impl Content {
    /// Seals for the place `id` in the urn.
    ///
    /// # Errors
    /// `Internal` when the urn's public key is none.
    pub(super) fn seal(&self, ids: &Ids, urn: &str, vote: &VoteId, id: &str) -> Result<String> {
        let plain = format!("{}{:016x}{}", self.counted, self.area_dm2, self.choices.text());
        envelope::seal(ids, &[urn], &purpose(vote, id), plain.as_bytes())
            .ok_or_else(|| Error::internal("the urn's public key is none"))
    }

    /// Opens a ballot of so many items; none for what was changed or moved from another place. The id is what
    /// stands before area and choices: an urn that ballots were laid into before ids grew longer opens as well.
    pub(super) fn open(
        key: &PrivateKey,
        (urn, items): (&str, usize),
        vote: &VoteId,
        id: &str,
        sealed: &str,
    ) -> Option<Self> {
        let plain = envelope::open(sealed, &[urn], &[key.share(sealed)?], &purpose(vote, id))?;
        let plain = std::str::from_utf8(&plain).ok()?;
        let (counted, rest) = plain.split_at_checked(plain.len().checked_sub(AREA + items * DIGITS)?)?;
        let (area, marks) = rest.split_at_checked(AREA)?;
        let area_dm2 = i64::from_str_radix(area, 16).ok()?;
        Some(Self { counted: counted.to_owned(), area_dm2, choices: Choices::from_text(marks)? })
    }
}

fn purpose(vote: &VoteId, id: &str) -> String {
    format!("voting.ballot/{vote}/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_opens_in_its_own_place_only() {
        let (ids, vote, other) = (Ids::from_system(), VoteId::trusted("v"), VoteId::trusted("w"));
        let key = PrivateKey::fresh(&ids);
        let urn = key.public();
        let content = |area_dm2, marks: &[Vec<u32>]| Content {
            counted: "0123456789ABCDEF".repeat(2),
            area_dm2,
            choices: Choices::of(marks),
        };
        let said = content(8_912, &[vec![1], vec![]]);
        let sealed = said.seal(&ids, &urn, &vote, "A").unwrap();
        assert_eq!(Content::open(&key, (urn.as_str(), 2), &vote, "A", &sealed), Some(said.clone()));
        assert_eq!(Content::open(&key, (urn.as_str(), 2), &vote, "B", &sealed), None);
        assert_eq!(Content::open(&key, (urn.as_str(), 2), &other, "A", &sealed), None);
        let older = Content { counted: "0123456789ABCDEF".into(), ..said };
        let sealed_before = older.seal(&ids, &urn, &vote, "A").unwrap();
        assert_eq!(Content::open(&key, (urn.as_str(), 2), &vote, "A", &sealed_before), Some(older));
        let longest = content(i64::MAX, &[vec![1, 2, 60], vec![3]]).seal(&ids, &urn, &vote, "A").unwrap();
        assert_eq!(longest.len(), sealed.len(), "length says nothing");
    }
}
