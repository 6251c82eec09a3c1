//! The server's clock as a parameter, so that tests choose the time.

use contract::Millis;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// The machine's clock moved by the milliseconds written in a file: lets a demo be taken through
    /// days in minutes. Read at each call, so several processes move together.
    Shifted(Arc<PathBuf>),
    /// A time set by hand.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `now` until moved.
    pub fn fixed(now: Millis) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(now)))
    }

    /// Epoch milliseconds.
    pub fn now(&self) -> Millis {
        match self {
            Self::System => system_now(),
            Self::Shifted(file) => {
                let shift =
                    std::fs::read_to_string(file.as_path()).ok().and_then(|text| text.trim().parse::<i64>().ok());
                system_now() + shift.unwrap_or(0)
            }
            Self::Fixed(at) => at.load(Ordering::SeqCst),
        }
    }

    /// Moves a fixed clock on; the others cannot be moved from inside.
    pub fn advance(&self, by: Millis) {
        if let Self::Fixed(at) = self {
            at.fetch_add(by, Ordering::SeqCst);
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
fn system_now() -> Millis {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = Clock::fixed(1_000);
        assert_eq!(clock.now(), 1_000);
        clock.advance(5);
        assert_eq!(clock.clone().now(), 1_005);
    }
}
