//! Attempts are limited: over all servers in the database where guessing must stop (codes, second
//! factor), per server in memory where a flood must only be slowed (public forms).

use super::store::limits;
use crate::error::Result;
use contract::{Error, Millis};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use sqlx::AnyConnection;
use std::net::IpAddr;
use std::num::NonZeroU32;

/// At most so many attempts in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Attempts.
    pub most: i64,
    /// The window in milliseconds; it begins with its first attempt.
    pub window: Millis,
}

impl Limit {
    /// Counts an attempt; seconds until the next window when this one is full. Call it in a
    /// transaction that is committed also when the attempt fails, or failures count nothing.
    ///
    /// # Errors
    /// The database's own trouble.
    pub(crate) async fn hit(self, conn: &mut AnyConnection, bucket: &str, now: Millis) -> Result<Option<u32>> {
        if limits::hit(conn, bucket, now, self.window, self.most).await? {
            return Ok(None);
        }
        let until = limits::since(conn, bucket).await? + self.window;
        Ok(Some(seconds(until - now)))
    }
}

/// Whole seconds, at least one.
pub(crate) fn seconds(span: Millis) -> u32 {
    u32::try_from((span + 999) / 1000).unwrap_or(1).max(1)
}

/// Slows floods from one address on this server: for public forms without a phone behind them.
#[derive(Debug)]
pub struct Flood(DefaultKeyedRateLimiter<IpAddr>);

impl Flood {
    /// Lets `per_minute` requests pass a minute, all at once if need be.
    pub fn new(per_minute: NonZeroU32) -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(per_minute)))
    }

    /// Counts a request.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the time to wait.
    pub fn check(&self, from: IpAddr) -> Result<()> {
        self.0.check_key(&subnet(from)).map_err(|until| {
            let wait = until.wait_time_from(governor::clock::DefaultClock::default().now());
            let retry_after_s = seconds(Millis::try_from(wait.as_millis()).unwrap_or(Millis::MAX / 2));
            crate::Error::from(Error::TooMany { retry_after_s })
        })
    }

    /// Forgets addresses that have been quiet, so that memory does not grow with visitors.
    pub fn forget(&self) {
        self.0.retain_recent();
    }
}

/// The address as limits count it: an IPv6 customer holds a whole /64 (RFC 6177).
pub(crate) fn subnet(from: IpAddr) -> IpAddr {
    match from {
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6(std::net::Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        },
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_does_not_use_up_anothers_share() {
        let flood = Flood::new(NonZeroU32::new(2).unwrap());
        let (a, b): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        assert!(flood.check(a).is_ok() && flood.check(a).is_ok());
        let error = flood.check(a).unwrap_err().public();
        assert!(matches!(error, Error::TooMany { retry_after_s: 1..=30 }), "{error:?}");
        assert!(flood.check(b).is_ok());
    }

    #[test]
    fn an_ipv6_customer_is_one_address() {
        let subnet = |text: &str| subnet(text.parse().unwrap());
        assert_eq!(subnet("2001:db8:1:2:3::4"), subnet("2001:db8:1:2:ffff::1"));
        assert_ne!(subnet("2001:db8:1:2::1"), subnet("2001:db8:1:3::1"));
        assert_eq!(subnet("::ffff:192.0.2.1"), subnet("192.0.2.1"));
    }
}
