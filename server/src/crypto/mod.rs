//! Keys outside the database: sealed fields, blind indexes, signed short codes, hashed tokens.
//!
//! Sensitive columns (identity numbers, phones, faces) are sealed with authenticated encryption
//! (个人信息保护法 art. 51: encryption as a measure of the handler). One secret per purpose is
//! derived with HKDF-SHA256, so that no key is used for two things.

mod blind;
pub(crate) mod code;
pub(crate) mod envelope;
mod error;
mod keyring;
mod seal;
#[cfg(test)]
mod tests;

use std::sync::{Arc, PoisonError, RwLock};

use hkdf::Hkdf;
use sha2::{Digest, Sha256};

pub use code::grouped;
pub use error::CryptoError;
pub use keyring::{KeySource, Keyring};
pub use seal::Algorithm;

use crate::config::Config;
use crate::ids::Ids;

/// The keys of this deployment, ready for use. Hold it in an `Arc`; it is never cloned or printed.
pub struct Keys {
    /// Newest last.
    ring: RwLock<Arc<[seal::SealingKey]>>,
    /// Where the ring can be read again; none for a ring that was handed over.
    source: Option<KeySource>,
    index_root: Hkdf<Sha256>,
    algorithm: Algorithm,
    ids: Ids,
}

impl Keys {
    /// Prepares a keyring for use; new values are sealed with its newest key and `algorithm`.
    pub fn new(keyring: &Keyring, algorithm: Algorithm, ids: Ids) -> Self {
        Self {
            ring: RwLock::new(derived(keyring)),
            source: None,
            index_root: Hkdf::new(None, keyring.index()),
            algorithm,
            ids,
        }
    }

    /// The keys that the configuration names. A demo without a key file gets a fresh one (mode
    /// 0600); elsewhere a missing file is an error, since a new ring would open nothing sealed before.
    ///
    /// # Errors
    /// When there is no keyring, others may read its file, it does not parse, or the cipher is unknown.
    pub fn load(config: &Config, ids: &Ids) -> Result<Self, CryptoError> {
        let source = KeySource::of(&config.keys);
        let keyring = if config.demo { Keyring::load_or_create(&source, ids) } else { Keyring::load(&source) };
        let keys = Self::new(&keyring?, config.cipher.parse()?, ids.clone());
        Ok(Self { source: Some(source), ..keys })
    }

    fn ring(&self) -> Arc<[seal::SealingKey]> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the ring again: `hs rotate-keys` adds keys while servers run.
    fn read_again(&self) -> Result<(), CryptoError> {
        if let Some(source) = &self.source {
            *self.ring.write().unwrap_or_else(PoisonError::into_inner) = derived(&Keyring::load(source)?);
        }
        Ok(())
    }

    /// Expands a 32-byte key for one use of the index root.
    fn expand(&self, info: &[&str]) -> zeroize::Zeroizing<[u8; 32]> {
        let mut key = zeroize::Zeroizing::new([0; 32]);
        let info: Vec<&[u8]> = info.iter().map(|part| part.as_bytes()).collect();
        self.index_root.expand_multi_info(&info, &mut *key).expect("32 bytes are within HKDF-SHA256's 8160");
        key
    }
}

fn derived(keyring: &Keyring) -> Arc<[seal::SealingKey]> {
    keyring.sealing().map(|(id, secret)| seal::SealingKey::derive(id, secret)).collect()
}

impl std::fmt::Debug for Keys {
    /// Key ids only.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.ring().iter().map(|key| &key.id)).finish()
    }
}

/// What the database keeps of a session token or a one-time secret: SHA-256, hexadecimal. The token
/// itself has 128 bits or more of chance in it, so a slow password hash would add nothing.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
