//! Sealed fields: `<key id>.<algorithm>.<base64url(nonce | ciphertext | tag)>` in a TEXT column.
//!
//! The purpose (`people.phone`) is authenticated with the value, so that a sealed phone copied into
//! the column of identity numbers does not open there.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::aes::cipher::consts::U12;
use aes_gcm::{Aes256Gcm, AesGcm, Nonce};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use hkdf::Hkdf;
use sha2::Sha256;
use sm4::Sm4;
use zeroize::Zeroizing;

use super::{CryptoError, Keys};

/// Bytes of a nonce: 96 bits, drawn at random for every value (NIST SP 800-38D §8.2.2).
const NONCE: usize = 12;

/// SM4 (GB/T 32907) in the same mode.
pub(super) type Sm4Gcm = AesGcm<Sm4, U12>;

/// What new values are sealed with; both kinds are always opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Algorithm {
    /// AES-256-GCM.
    #[default]
    Aes256Gcm,
    /// SM4-GCM, where GB/T 39786 (密评) asks for the national ciphers.
    Sm4Gcm,
}

impl Algorithm {
    /// The short name inside a sealed value.
    fn tag(self) -> &'static str {
        match self {
            Self::Aes256Gcm => "a",
            Self::Sm4Gcm => "s",
        }
    }

    fn from_tag(tag: &str) -> Option<Self> {
        [Self::Aes256Gcm, Self::Sm4Gcm].into_iter().find(|algorithm| algorithm.tag() == tag)
    }
}

impl std::str::FromStr for Algorithm {
    type Err = CryptoError;

    fn from_str(setting: &str) -> Result<Self, CryptoError> {
        match setting {
            "aes-256-gcm" => Ok(Self::Aes256Gcm),
            "sm4-gcm" => Ok(Self::Sm4Gcm),
            other => Err(CryptoError::Cipher(other.to_owned())),
        }
    }
}

/// One key of the ring, ready in both algorithms.
pub(super) struct SealingKey {
    pub(super) id: String,
    aes: Aes256Gcm,
    sm4: Sm4Gcm,
}

impl SealingKey {
    /// Derives one key per algorithm from the ring's secret.
    pub(super) fn derive(id: &str, secret: &Zeroizing<[u8; 32]>) -> Self {
        let root = Hkdf::<Sha256>::new(None, secret.as_slice());
        let mut long = Zeroizing::new([0; 32]);
        let mut short = Zeroizing::new([0; 16]);
        root.expand(b"seal/aes-256-gcm", long.as_mut_slice()).expect("32 bytes are within HKDF-SHA256's 8160");
        root.expand(b"seal/sm4-gcm", short.as_mut_slice()).expect("16 bytes are within HKDF-SHA256's 8160");
        Self { id: id.to_owned(), aes: Aes256Gcm::new((&*long).into()), sm4: Sm4Gcm::new((&*short).into()) }
    }

    fn encrypt(&self, algorithm: Algorithm, nonce: &[u8; NONCE], purpose: &str, plain: &str) -> Vec<u8> {
        let nonce = Nonce::from(*nonce);
        let payload = Payload { msg: plain.as_bytes(), aad: purpose.as_bytes() };
        match algorithm {
            Algorithm::Aes256Gcm => self.aes.encrypt(&nonce, payload),
            Algorithm::Sm4Gcm => self.sm4.encrypt(&nonce, payload),
        }
        .expect("a column's value is far below GCM's 64 GiB")
    }

    fn decrypt(&self, algorithm: Algorithm, nonce: &[u8; NONCE], purpose: &str, cipher: &[u8]) -> Option<Vec<u8>> {
        let nonce = Nonce::from(*nonce);
        let payload = Payload { msg: cipher, aad: purpose.as_bytes() };
        match algorithm {
            Algorithm::Aes256Gcm => self.aes.decrypt(&nonce, payload),
            Algorithm::Sm4Gcm => self.sm4.decrypt(&nonce, payload),
        }
        .ok()
    }
}

fn newest(ring: &[SealingKey]) -> &SealingKey {
    ring.last().expect("a keyring holds at least one sealing key")
}

impl Keys {
    /// Seals a value of a column; the same value seals differently every time.
    pub fn seal(&self, purpose: &str, plain: &str) -> String {
        let ring = self.ring();
        let key = newest(&ring);
        let mut nonce = [0; NONCE];
        self.ids.fill(&mut nonce);
        let mut bytes = nonce.to_vec();
        bytes.extend(key.encrypt(self.algorithm, &nonce, purpose, plain));
        format!("{}.{}.{}", key.id, self.algorithm.tag(), BASE64.encode(bytes))
    }

    /// Opens a sealed value of a column. A key not known yet makes the keyring be read again.
    ///
    /// # Errors
    /// When the text is not a sealed value, its key is not in the ring, it was changed, or it was
    /// sealed for another purpose.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<String, CryptoError> {
        let mut parts = sealed.splitn(3, '.');
        let (Some(id), Some(tag), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(CryptoError::Malformed);
        };
        let algorithm = Algorithm::from_tag(tag).ok_or(CryptoError::Malformed)?;
        let bytes = BASE64.decode(text).map_err(|_| CryptoError::Malformed)?;
        let (nonce, cipher) = bytes.split_first_chunk::<NONCE>().ok_or(CryptoError::Malformed)?;
        if !self.ring().iter().any(|key| key.id == id) {
            self.read_again()?;
        }
        let ring = self.ring();
        let key = ring.iter().find(|key| key.id == id).ok_or_else(|| CryptoError::UnknownKey(id.to_owned()))?;
        let plain = key.decrypt(algorithm, nonce, purpose, cipher).ok_or(CryptoError::Tampered)?;
        String::from_utf8(plain).map_err(|_| CryptoError::Malformed)
    }

    /// The value sealed with the newest key and the configured algorithm; none when it already is.
    /// `hs rotate-keys` walks the sealed columns with it. Blind indexes stay as they are.
    ///
    /// # Errors
    /// As [`Keys::open`].
    pub fn reseal(&self, purpose: &str, sealed: &str) -> Result<Option<String>, CryptoError> {
        let current = format!("{}.{}.", newest(&self.ring()).id, self.algorithm.tag());
        if sealed.starts_with(&current) {
            return Ok(None);
        }
        Ok(Some(self.seal(purpose, &self.open(purpose, sealed)?)))
    }
}
