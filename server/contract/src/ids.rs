//! Identifiers: UUIDv7 as newtypes, so that a person is never taken for a vote.
//!
//! Stored as TEXT in the canonical hyphenated form; both engines then sort them by time of creation.

/// An id type that can be made from a fresh UUID.
pub trait Fresh {
    /// Wraps a fresh UUID in canonical text.
    fn fresh(uuid: String) -> Self;
}

/// Declares one id type per line.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[cfg_attr(feature = "db", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps text that is known to be an id (a fresh UUID or a column's value).
            pub fn trusted(text: impl Into<String>) -> Self {
                Self(text.into())
            }
            /// The id as stored.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Fresh for $name {
            fn fresh(uuid: String) -> Self {
                Self(uuid)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                looks_like_uuid(text).then(|| Self(text.to_owned())).ok_or(NotAnId)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )*};
}

/// Text from outside that is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

/// Lower-case hyphenated UUID: 8-4-4-4-12 hexadecimal digits.
fn looks_like_uuid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_digit() || (b'a'..=b'f').contains(b),
        })
}

ids! {
    /// One entry of the append-only event log.
    EventId;
    /// One queued piece of background work.
    JobId;
    /// A natural person in the registry.
    PersonId;
    /// People who live together in one dwelling.
    HouseholdId;
    /// One flat, shop or garage with its registered area.
    DwellingId;
    /// Someone who signs in; tied to a person once the registry knows them.
    AccountId;
    /// A signed-in browser.
    SessionId;
    /// A role held on an area.
    GrantId;
    /// A list on its way into the registry.
    ImportId;
    /// A correction that somebody asked for.
    CorrectionId;
    /// An uploaded file.
    FileId;
    /// One message in somebody's inbox.
    NoteId;
    /// One notice, from draft to its last correction.
    NoticeId;
    /// One message to one person over one channel; the key that gateways tell doubles by.
    DeliveryId;
    /// One movement of points between two ledger accounts.
    TransferId;
    /// One vote, from draft to publication.
    VoteId;
    /// An objection to a roll or an appeal against a result.
    ObjectionId;
    /// The right to cast somebody else's ballot.
    MandateId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_canonical_uuids_are_ids() {
        assert!("01890a5d-ac96-774b-bcce-b302099a8057".parse::<PersonId>().is_ok());
        for wrong in
            ["", "x", "01890A5D-AC96-774B-BCCE-B302099A8057", "01890a5d-ac96-774b-bcce-b302099a80577", "' OR 1=1 --"]
        {
            assert_eq!(wrong.parse::<PersonId>(), Err(NotAnId), "{wrong}");
        }
    }
}
