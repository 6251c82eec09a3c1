//! The keyring: a small text outside the database, one key a line, newest last.
//!
//! ```text
//! index <base64url of 32 bytes>   root of the blind indexes and the signed codes
//! k1    <base64url of 32 bytes>   sealing keys; the last one seals, all open
//! k2    <base64url of 32 bytes>
//! ```
//!
//! `index` is never rotated together with the sealing keys: a blind index is looked up by equality,
//! so a new root would make every stored index and every printed code unknown at once.

use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use zeroize::Zeroizing;

use super::CryptoError;
use crate::ids::Ids;

/// Where the keyring is.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// A file that only the server's user may read.
    File(PathBuf),
    /// An environment variable, for secret stores that hand out nothing else; its lines may be
    /// separated by `;`.
    Variable(String),
}

impl KeySource {
    /// What the setting means: `env:NAME` is a variable, anything else a file.
    pub fn of(setting: &Path) -> Self {
        match setting.to_str().and_then(|text| text.strip_prefix("env:")) {
            Some(name) => Self::Variable(name.to_owned()),
            None => Self::File(setting.to_owned()),
        }
    }
}

type Secret = Zeroizing<[u8; 32]>;

const INDEX: &str = "index";

/// The secrets as read; [`super::Keys`] derives what is used from them.
pub struct Keyring {
    index: Secret,
    sealing: Vec<(String, Secret)>,
}

impl Keyring {
    /// Reads the keyring.
    ///
    /// # Errors
    /// When it is missing, can be read by others, or does not parse.
    pub fn load(source: &KeySource) -> Result<Self, CryptoError> {
        match source {
            KeySource::Variable(name) => {
                let text = std::env::var(name).map_err(|_| CryptoError::Missing(name.clone()))?;
                Zeroizing::new(text).parse()
            }
            KeySource::File(path) => {
                let shown = path.display().to_string();
                let meta = std::fs::metadata(path).map_err(|_| CryptoError::Missing(shown.clone()))?;
                if meta.permissions().mode() & 0o077 != 0 {
                    return Err(CryptoError::Open(shown));
                }
                Zeroizing::new(std::fs::read_to_string(path)?).parse()
            }
        }
    }

    /// Reads the keyring, or makes the file with fresh secrets where there is none.
    ///
    /// # Errors
    /// As [`Keyring::load`], and when the file cannot be written.
    pub fn load_or_create(source: &KeySource, ids: &Ids) -> Result<Self, CryptoError> {
        if let KeySource::File(path) = source
            && !path.exists()
        {
            Self::fresh(ids).write(path)?;
        }
        Self::load(source)
    }

    /// Adds a newest sealing key to the file (made where there is none) and gives back its name.
    ///
    /// # Errors
    /// As [`Keyring::load`], when the file cannot be written, or the keyring is a variable.
    pub fn rotate_in(source: &KeySource, ids: &Ids) -> Result<String, CryptoError> {
        let KeySource::File(path) = source else { return Err(CryptoError::NotAFile) };
        let mut keyring = Self::load_or_create(source, ids)?;
        let name = keyring.rotate(ids);
        keyring.write(path)?;
        Ok(name)
    }

    /// A new keyring with one sealing key.
    pub fn fresh(ids: &Ids) -> Self {
        Self { index: random(ids), sealing: vec![("k1".to_owned(), random(ids))] }
    }

    /// Adds a sealing key that is newest from now on and gives back its name.
    pub fn rotate(&mut self, ids: &Ids) -> String {
        let mut number = self.sealing.len() + 1;
        while self.sealing.iter().any(|(name, _)| *name == format!("k{number}")) {
            number += 1;
        }
        let name = format!("k{number}");
        self.sealing.push((name.clone(), random(ids)));
        name
    }

    /// Writes the keyring (mode 0600) beside the place and moves it there, so that a crash leaves
    /// the old or the new file and never half of one.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn write(&self, path: &Path) -> Result<(), CryptoError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let beside = path.with_extension("new");
        let _ = std::fs::remove_file(&beside);
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        let entries = std::iter::once((INDEX, &self.index)).chain(self.sealing());
        for (name, secret) in entries {
            let line = Zeroizing::new(format!("{name} {}\n", BASE64.encode(secret.as_slice())));
            file.write_all(line.as_bytes())?;
        }
        file.sync_all()?;
        Ok(std::fs::rename(&beside, path)?)
    }

    pub(super) fn index(&self) -> &[u8] {
        self.index.as_slice()
    }

    /// Name and secret of each sealing key, newest last.
    pub(super) fn sealing(&self) -> impl Iterator<Item = (&str, &Secret)> {
        self.sealing.iter().map(|(name, secret)| (name.as_str(), secret))
    }
}

fn random(ids: &Ids) -> Secret {
    let mut secret = Secret::default();
    ids.fill(secret.as_mut_slice());
    secret
}

impl std::str::FromStr for Keyring {
    type Err = CryptoError;

    fn from_str(text: &str) -> Result<Self, CryptoError> {
        let mut index = None;
        let mut sealing: Vec<(String, Secret)> = Vec::new();
        for (number, line) in text.split(['\n', ';']).enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, secret) = entry(line).ok_or(CryptoError::Line(number + 1))?;
            if sealing.iter().any(|(known, _)| *known == name) || (name == INDEX && index.is_some()) {
                return Err(CryptoError::Twice(name));
            }
            if name == INDEX {
                index = Some(secret);
            } else {
                sealing.push((name, secret));
            }
        }
        match index {
            Some(index) if !sealing.is_empty() => Ok(Self { index, sealing }),
            _ => Err(CryptoError::Incomplete),
        }
    }
}

/// `<name> <base64url of 32 bytes>`; a name is alphanumeric, since a dot ends it in a sealed value.
fn entry(line: &str) -> Option<(String, Secret)> {
    let (name, encoded) = line.split_once(char::is_whitespace)?;
    let bytes = Zeroizing::new(BASE64.decode(encoded.trim()).ok()?);
    let secret: [u8; 32] = bytes.as_slice().try_into().ok()?;
    name.bytes().all(|b| b.is_ascii_alphanumeric()).then(|| (name.to_owned(), Zeroizing::new(secret)))
}
