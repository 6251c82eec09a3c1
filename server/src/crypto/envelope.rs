//! Envelopes: values that this server can seal and cannot open. They are sealed to an X25519 public key
//! (RFC 7748); whoever holds the private key opens them.
//!
//! An envelope is `base64url(ephemeral public key | ciphertext | tag)`. Every envelope has an ephemeral key
//! of its own, and so a cipher key of its own: AES-256-GCM with a nonce of zeros, under HKDF-SHA256 of the
//! shared secrets, salted with the ephemeral and the receivers' public keys. The purpose is authenticated.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use hkdf::Hkdf;
use sha2::Sha256;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::ids::Ids;

/// Bytes of a key, of a shared secret and of what is wrapped.
const KEY: usize = 32;
/// Every key seals one value, so that the nonce need not differ.
const NONCE: [u8; 12] = [0; 12];

/// A private key. It is wiped from memory when it is dropped, and never printed.
pub(crate) struct PrivateKey(StaticSecret);

/// What a holder of one of several private keys adds to the opening of an envelope.
pub(crate) type Share = Zeroizing<[u8; KEY]>;

impl PrivateKey {
    /// A fresh one.
    pub(crate) fn fresh(ids: &Ids) -> Self {
        let mut bytes = Zeroizing::new([0; KEY]);
        ids.fill(bytes.as_mut_slice());
        Self(StaticSecret::from(*bytes))
    }

    /// The key that follows from a secret of 100 bits or more; `purpose` keeps its uses apart.
    pub(crate) fn from_code(purpose: &str, code: &[u8]) -> Self {
        let mut bytes = Zeroizing::new([0; KEY]);
        let root = Hkdf::<Sha256>::new(None, code);
        root.expand(purpose.as_bytes(), bytes.as_mut_slice()).expect("32 bytes are within HKDF-SHA256's 8160");
        Self(StaticSecret::from(*bytes))
    }

    /// The key out of its bytes, as [`PrivateKey::bytes`] gave them.
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: Zeroizing<[u8; KEY]> = Zeroizing::new(bytes.try_into().ok()?);
        Some(Self(StaticSecret::from(*bytes)))
    }

    fn bytes(&self) -> Zeroizing<[u8; KEY]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public key that belongs to it, as text for a column.
    pub(crate) fn public(&self) -> String {
        BASE64.encode(PublicKey::from(&self.0))
    }

    /// This holder's share in an envelope; none for text that is none.
    pub(crate) fn share(&self, envelope: &str) -> Option<Share> {
        let bytes = BASE64.decode(envelope).ok()?;
        let (ephemeral, _) = bytes.split_first_chunk::<KEY>()?;
        Some(Zeroizing::new(self.0.diffie_hellman(&PublicKey::from(*ephemeral)).to_bytes()))
    }
}

/// Seals a value to the holders of all of `receivers` (public keys as text); none when one is no key.
pub(crate) fn seal(ids: &Ids, receivers: &[&str], purpose: &str, plain: &[u8]) -> Option<String> {
    let ephemeral = PrivateKey::fresh(ids);
    let public = PublicKey::from(&ephemeral.0);
    let mut shares = Vec::with_capacity(receivers.len());
    for receiver in receivers {
        let shared = ephemeral.0.diffie_hellman(&public_key(receiver)?);
        // A key of low order would make the shared secret known to everybody.
        shares.push(Zeroizing::new(shared.was_contributory().then(|| shared.to_bytes())?));
    }
    let cipher = cipher(public.as_bytes(), receivers, &shares);
    let sealed = cipher.encrypt(&Nonce::from(NONCE), Payload { msg: plain, aad: purpose.as_bytes() }).ok()?;
    Some(BASE64.encode([public.as_bytes().as_slice(), &sealed].concat()))
}

/// Opens an envelope with every receiver's share, in the order in which they were named; none when it was
/// changed, or made for others or another purpose.
pub(crate) fn open(envelope: &str, receivers: &[&str], shares: &[Share], purpose: &str) -> Option<Zeroizing<Vec<u8>>> {
    let bytes = BASE64.decode(envelope).ok()?;
    let (ephemeral, sealed) = bytes.split_first_chunk::<KEY>()?;
    let cipher = cipher(ephemeral, receivers, shares);
    let plain = cipher.decrypt(&Nonce::from(NONCE), Payload { msg: sealed, aad: purpose.as_bytes() }).ok()?;
    Some(Zeroizing::new(plain))
}

/// Wraps a private key for several holders together, as [`seal`].
pub(crate) fn wrap(ids: &Ids, receivers: &[&str], purpose: &str, key: &PrivateKey) -> Option<String> {
    seal(ids, receivers, purpose, key.bytes().as_slice())
}

/// The private key out of its wrapping, as [`open`].
pub(crate) fn unwrap(envelope: &str, receivers: &[&str], shares: &[Share], purpose: &str) -> Option<PrivateKey> {
    PrivateKey::from_bytes(&open(envelope, receivers, shares, purpose)?)
}

fn public_key(text: &str) -> Option<PublicKey> {
    let bytes: [u8; KEY] = BASE64.decode(text).ok()?.try_into().ok()?;
    Some(PublicKey::from(bytes))
}

/// The cipher of one envelope.
fn cipher(ephemeral: &[u8; KEY], receivers: &[&str], shares: &[Share]) -> Aes256Gcm {
    let secret = Zeroizing::new(shares.iter().flat_map(|share| share.iter().copied()).collect::<Vec<u8>>());
    let salt = [ephemeral.as_slice(), receivers.concat().as_bytes()].concat();
    let mut key = Zeroizing::new([0; KEY]);
    Hkdf::<Sha256>::new(Some(&salt), &secret)
        .expand(b"hs-envelope-1", key.as_mut_slice())
        .expect("32 bytes are within HKDF-SHA256's 8160");
    Aes256Gcm::new((&*key).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_private_key_opens_and_nothing_else_does() {
        let ids = Ids::from_system();
        let (key, other) = (PrivateKey::fresh(&ids), PrivateKey::fresh(&ids));
        let public = key.public();
        let envelope = seal(&ids, &[&public], "here", b"said").unwrap();
        let opened = |key: &PrivateKey, purpose: &str| {
            open(&envelope, &[&public], &[key.share(&envelope).unwrap()], purpose).map(|plain| plain.to_vec())
        };
        assert_eq!(opened(&key, "here").as_deref(), Some(&b"said"[..]));
        assert_eq!((opened(&other, "here"), opened(&key, "there")), (None, None));
        assert_ne!(seal(&ids, &[&public], "here", b"said").unwrap(), envelope, "never the same twice");
        let mut changed = envelope.clone().into_bytes();
        changed[50] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert!(open(&changed, &[&public], &[key.share(&changed).unwrap()], "here").is_none());
    }

    #[test]
    fn what_two_hold_one_does_not_open() {
        let ids = Ids::from_system();
        let (one, two, urn) = (PrivateKey::fresh(&ids), PrivateKey::from_code("p", b"code"), PrivateKey::fresh(&ids));
        let (public_one, public_two) = (one.public(), two.public());
        let both = [public_one.as_str(), public_two.as_str()];
        let wrapped = wrap(&ids, &both, "urn", &urn).unwrap();
        let share = |key: &PrivateKey| key.share(&wrapped).unwrap();
        let opened = unwrap(&wrapped, &both, &[share(&one), share(&two)], "urn").unwrap();
        assert_eq!(opened.public(), urn.public());
        for shares in [[share(&one), share(&one)], [share(&two), share(&two)], [share(&two), share(&one)]] {
            assert!(unwrap(&wrapped, &both, &shares, "urn").is_none());
        }
        assert!(unwrap(&wrapped, &both[..1], &[share(&one)], "urn").is_none());
        assert_ne!(PrivateKey::from_code("q", b"code").public(), public_two);
    }

    #[test]
    fn no_key_of_low_order_is_sealed_to() {
        let zero = BASE64.encode([0; KEY]);
        assert!(seal(&Ids::from_system(), &[&zero], "here", b"said").is_none());
        assert!(seal(&Ids::from_system(), &["short"], "here", b"said").is_none());
    }
}
