//! Blind indexes: finding a sealed value by equality without the database learning it.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::Keys;

/// Bytes kept of the MAC: 128 bits, so that two of a billion values meet with a chance below 10⁻²⁰.
const KEPT: usize = 16;

impl Keys {
    /// The blind index of a value: keyed HMAC-SHA256, 22 characters of base64url. The caller
    /// normalises first (digits of a phone, upper-case identity number), since equality is all
    /// that can be asked. The key is not rotated with the sealing keys.
    pub fn blind(&self, purpose: &str, normalised: &str) -> String {
        BASE64.encode(&self.mac("blind/", purpose, normalised.as_bytes())[..KEPT])
    }

    /// HMAC-SHA256 under the key derived for one use and purpose.
    pub(super) fn mac(&self, usage: &str, purpose: &str, message: &[u8]) -> [u8; 32] {
        let key = self.expand(&[usage, purpose]);
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).expect("HMAC takes keys of any length");
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}
