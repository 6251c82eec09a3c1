//! Ids and chance as a parameter: UUIDv7 in order of creation, and random bytes.

use contract::Millis;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::sync::{Arc, Mutex};

/// The source of ids and random bytes.
#[derive(Clone)]
pub struct Ids(Arc<Mutex<State>>);

struct State {
    chance: StdRng,
    /// Last millisecond given out and the counter within it: ids of one process never go backwards.
    last: (Millis, u16),
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ids")
    }
}

impl Ids {
    /// Seeded by the operating system.
    #[allow(clippy::disallowed_methods, reason = "the one place where chance enters")]
    pub fn from_system() -> Self {
        Self::from_rng(StdRng::from_rng(&mut rand::rng()))
    }

    /// The same sequence on every run: for the demo city and for tests.
    pub fn seeded(seed: u64) -> Self {
        Self::from_rng(StdRng::seed_from_u64(seed))
    }

    fn from_rng(chance: StdRng) -> Self {
        Self(Arc::new(Mutex::new(State { chance, last: (0, 0) })))
    }

    /// A UUIDv7 (RFC 9562) in canonical text: time, then a 12-bit counter, then 62 random bits.
    pub fn next(&self, now: Millis) -> String {
        let mut state = self.lock();
        state.last = match state.last {
            (at, counter) if at >= now && counter < 0x0fff => (at, counter + 1),
            (at, _) if at >= now => (at + 1, 0),
            _ => (now, 0),
        };
        let (at, counter) = state.last;
        let mut bytes = [0u8; 16];
        state.chance.fill_bytes(&mut bytes[8..]);
        bytes[..6].copy_from_slice(&at.to_be_bytes()[2..]);
        bytes[6..8].copy_from_slice(&(0x7000 | counter).to_be_bytes());
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        uuid::Uuid::from_bytes(bytes).to_string()
    }

    /// Fills with random bytes (keys, nonces, tokens).
    pub fn fill(&self, bytes: &mut [u8]) {
        self.lock().chance.fill_bytes(bytes);
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_v7_and_never_go_backwards() {
        let ids = Ids::seeded(1);
        let made: Vec<String> = [5, 5, 4, 6, 6].into_iter().map(|now| ids.next(now)).collect();
        let mut sorted = made.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(made, sorted);
        assert!(made.iter().all(|id| id.as_bytes()[14] == b'7' && id.parse::<contract::ids::EventId>().is_ok()));
    }

    #[test]
    fn five_thousand_in_one_millisecond_stay_distinct() {
        let ids = Ids::seeded(2);
        let mut made: Vec<String> = (0..5_000).map(|_| ids.next(7)).collect();
        let before = made.clone();
        made.sort();
        made.dedup();
        assert_eq!(made, before);
    }
}
