//! The only names that files have: the hash of their content.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

const THUMBNAIL: &str = ".thumb.jpg";
const PICTURE: &str = ".jpg";

/// `<64 hexadecimal digits>.jpg`, or `.thumb.jpg` for its thumbnail. No other text becomes a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileName(String);

impl FileName {
    /// The name of a picture with these bytes.
    pub(super) fn of(picture: &[u8]) -> Self {
        Self(format!("{}{PICTURE}", hex::encode(Sha256::digest(picture))))
    }

    /// The name of the picture's thumbnail.
    pub fn thumbnail(&self) -> Self {
        Self(format!("{}{THUMBNAIL}", &self.0[..64]))
    }

    /// The name as stored and as it stands in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text that names no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a file's name")]
pub struct NotAFileName;

impl FromStr for FileName {
    type Err = NotAFileName;

    fn from_str(text: &str) -> Result<Self, NotAFileName> {
        let hash = text.strip_suffix(THUMBNAIL).or_else(|| text.strip_suffix(PICTURE)).ok_or(NotAFileName)?;
        let hexadecimal = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        hexadecimal.then(|| Self(text.to_owned())).ok_or(NotAFileName)
    }
}
