//! Attempts are limited: over all servers in the database where guessing must stop (codes, second
//! factor), per server in memory where a flood must only be slowed (every form).

use super::Caller;
use super::store::limits;
use crate::error::Result;
use contract::{Error, Millis};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use sqlx::AnyConnection;
use std::hash::{BuildHasher, Hash, RandomState};
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

/// Forms posted without an account, a minute and address, unless configured: a mobile network puts very
/// many people behind one address.
pub const PER_ADDRESS: NonZeroU32 = NonZeroU32::new(600).unwrap();
/// Forms posted a minute and account, unless configured: nobody taps so fast.
pub const PER_ACCOUNT: NonZeroU32 = NonZeroU32::new(120).unwrap();
/// Counters kept of each kind. Who comes is sorted into them by a secret hash, so memory does not grow
/// with visitors; the few who share one share its generous limit.
const COUNTERS: u64 = 1 << 16;

/// Slows floods of forms on this server.
#[derive(Debug)]
pub struct Floods {
    addresses: DefaultKeyedRateLimiter<u64>,
    accounts: DefaultKeyedRateLimiter<u64>,
    secret: RandomState,
}

impl Floods {
    /// Lets so many forms pass a minute, all at once if need be.
    pub fn new(per_address: NonZeroU32, per_account: NonZeroU32) -> Self {
        Self {
            addresses: RateLimiter::keyed(Quota::per_minute(per_address)),
            accounts: RateLimiter::keyed(Quota::per_minute(per_account)),
            secret: RandomState::new(),
        }
    }

    /// Counts a form: of the caller's account, or of the address when nobody is signed in.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the time to wait.
    pub fn check(&self, caller: &Caller, from: IpAddr) -> Result<()> {
        let passed = match &caller.account {
            Some(account) => self.accounts.check_key(&self.counter(account.as_str())),
            None => self.addresses.check_key(&self.counter(subnet(from))),
        };
        passed.map_err(|until| {
            let wait = until.wait_time_from(governor::clock::DefaultClock::default().now());
            let retry_after_s = seconds(Millis::try_from(wait.as_millis()).unwrap_or(Millis::MAX / 2));
            crate::Error::from(Error::TooMany { retry_after_s })
        })
    }

    fn counter(&self, who: impl Hash) -> u64 {
        self.secret.hash_one(who) % COUNTERS
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
    use contract::ids::AccountId;

    fn floods(per_address: u32, per_account: u32) -> Floods {
        Floods::new(NonZeroU32::new(per_address).unwrap(), NonZeroU32::new(per_account).unwrap())
    }

    fn caller(account: &str) -> Caller {
        Caller { account: Some(AccountId::trusted(account)), ..Caller::default() }
    }

    #[test]
    fn one_address_does_not_use_up_anothers_share() {
        let (floods, nobody) = (floods(2, 1), Caller::anonymous());
        let (a, b): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        assert!(floods.check(&nobody, a).is_ok() && floods.check(&nobody, a).is_ok());
        let error = floods.check(&nobody, a).unwrap_err().public();
        assert!(matches!(error, Error::TooMany { retry_after_s: 1..=30 }), "{error:?}");
        assert!(floods.check(&nobody, b).is_ok());
    }

    #[test]
    fn an_account_has_its_own_share_wherever_it_is() {
        let (floods, address) = (floods(1, 2), "192.0.2.1".parse().unwrap());
        assert!(floods.check(&Caller::anonymous(), address).is_ok());
        assert!(floods.check(&Caller::anonymous(), address).is_err());
        assert!(floods.check(&caller("a"), address).is_ok());
        assert!(floods.check(&caller("a"), "192.0.2.2".parse().unwrap()).is_ok());
        assert!(floods.check(&caller("a"), "192.0.2.3".parse().unwrap()).is_err());
        assert!(floods.check(&caller("b"), address).is_ok());
    }

    #[test]
    fn memory_does_not_grow_with_visitors() {
        let floods = floods(1_000, 1_000);
        for n in 0..200_000_u32 {
            let _ = floods.check(&Caller::anonymous(), IpAddr::V4(n.into()));
        }
        assert!(floods.addresses.len() as u64 <= COUNTERS);
    }

    #[test]
    fn an_ipv6_customer_is_one_address() {
        let subnet = |text: &str| subnet(text.parse().unwrap());
        assert_eq!(subnet("2001:db8:1:2:3::4"), subnet("2001:db8:1:2:ffff::1"));
        assert_ne!(subnet("2001:db8:1:2::1"), subnet("2001:db8:1:3::1"));
        assert_eq!(subnet("::ffff:192.0.2.1"), subnet("192.0.2.1"));
    }
}
