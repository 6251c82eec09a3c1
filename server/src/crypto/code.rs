//! Signed short codes: what a QR poster links to and what a resident may type instead.
//!
//! A code is a payload and the first six bytes of its MAC in Crockford's base32: no I, L, O, U, so
//! that nobody has to tell 0 from O on a stairwell wall. Six bytes (2⁻⁴⁸ a guess) suffice against
//! guessing over the network; a code points at a public page and is never a login.

use subtle::ConstantTimeEq;

use super::Keys;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MAC: usize = 6;
/// Characters in a group as shown: two groups fit into one glance.
const GROUP: usize = 4;

impl Keys {
    /// Signs a payload for a purpose; ten bytes give 26 characters.
    pub fn sign_code(&self, purpose: &str, payload: &[u8]) -> String {
        let mac = self.mac("code/", purpose, payload);
        encode(&[payload, &mac[..MAC]].concat())
    }

    /// The payload of a code signed for the purpose; none for anything else. Takes what people
    /// type: lower case, spaces, hyphens, full-width characters, O for 0, I and L for 1.
    pub fn verify_code(&self, purpose: &str, typed: &str) -> Option<Vec<u8>> {
        let mut payload = decode(typed)?;
        let given = payload.split_off(payload.len().checked_sub(MAC)?);
        let mac = self.mac("code/", purpose, &payload);
        bool::from(given.ct_eq(&mac[..MAC])).then_some(payload)
    }
}

/// A code as printed under the picture: `7K3M 9QXZ …`.
pub fn grouped(code: &str) -> String {
    let characters: Vec<char> = code.chars().collect();
    characters.chunks(GROUP).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// Bytes in Crockford's base32, without a signature.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut buffer, mut bits) = (0u32, 0);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[(buffer >> bits) as usize & 31]));
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(ALPHABET[(buffer << (5 - bits)) as usize & 31]));
    }
    text
}

/// The bytes of a typed code; none where a character is foreign or the last bits are not zero (two
/// texts must not mean one code).
pub(crate) fn decode(typed: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(typed.len() * 5 / 8);
    let (mut buffer, mut bits) = (0u32, 0);
    for character in typed.chars().map(half_width).filter(|c| !c.is_whitespace() && *c != '-') {
        buffer = (buffer << 5) | digit(character)?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    (bits < 5 && buffer == 0).then_some(bytes)
}

fn digit(character: char) -> Option<u32> {
    let upper = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|c| char::from(*c) == upper).and_then(|value| u32::try_from(value).ok())
}

/// Chinese input methods type full-width characters (U+FF01 to U+FF5E); their order is ASCII's.
fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        other => other,
    }
}
