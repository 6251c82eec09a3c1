//! The hours in which messages over SMS and WeChat wait for the morning, as dated rules.

use crate::dated::Dated;
use crate::error::Error;
use contract::{Millis, local};
use std::str::FromStr;

const MINUTE: Millis = 60_000;
const DAY: Millis = 24 * 60 * MINUTE;
/// Huangshan's clock is ahead of UTC by this.
const ZONE: Millis = 8 * 60 * MINUTE;

/// Dated rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuietHours(Dated<Rule>);

/// Silent from `begins` up to `ends`, milliseconds after midnight in Huangshan; over midnight where it
/// begins later than it ends, never where both are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    begins: Millis,
    ends: Millis,
}

impl QuietHours {
    /// The first moment from `now` on that is not silent.
    pub fn first_loud(&self, now: Millis) -> Millis {
        let Some(rule) = self.0.at(now) else { return now };
        let of_day = (now + ZONE).rem_euclid(DAY);
        let silent = match rule.begins <= rule.ends {
            true => (rule.begins..rule.ends).contains(&of_day),
            false => of_day >= rule.begins || of_day < rule.ends,
        };
        if silent { now + (rule.ends - of_day).rem_euclid(DAY) } else { now }
    }
}

impl FromStr for QuietHours {
    type Err = Error;

    /// `22:00-08:00`, and after semicolons what holds from later days on: `2027-01-01=21:00-08:00`.
    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(Self(Dated::read(text, ("HS_QUIET_HOURS", "22:00-08:00;2027-01-01=21:00-08:00"), rule)?))
    }
}

fn rule(text: &str) -> Option<Rule> {
    let (begins, ends) = text.split_once('-')?;
    Some(Rule { begins: of_day(begins)?, ends: of_day(ends)? })
}

fn of_day(time: &str) -> Option<Millis> {
    local::parse(&format!("1970-01-02T{time}")).map(|at| (at + ZONE).rem_euclid(DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Millis {
        local::parse(text).unwrap()
    }

    #[test]
    fn the_night_is_silent_and_the_day_is_not() {
        let quiet: QuietHours = "22:00-08:00".parse().unwrap();
        let loud = |text| local::format(quiet.first_loud(at(text)));
        assert_eq!(loud("2026-08-29T21:59"), "2026-08-29T21:59");
        assert_eq!(loud("2026-08-29T22:00"), "2026-08-30T08:00");
        assert_eq!(loud("2026-08-30T07:59"), "2026-08-30T08:00");
        assert_eq!(loud("2026-08-30T08:00"), "2026-08-30T08:00");
        assert_eq!(quiet.first_loud(at("2026-08-29T23:00") + 1), at("2026-08-30T08:00"));
    }

    #[test]
    fn a_rule_holds_from_its_day_on() {
        let quiet: QuietHours = "2027-01-01=12:00-14:00; 2026-01-01=00:00-00:00".parse().unwrap();
        assert_eq!(quiet.first_loud(at("2026-12-31T13:00")), at("2026-12-31T13:00"));
        assert_eq!(quiet.first_loud(at("2027-01-01T13:00")), at("2027-01-01T14:00"));
        assert_eq!(quiet.first_loud(at("2025-01-01T13:00")), at("2025-01-01T13:00"));
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for wrong in ["", "22-08", "22:00", "25:00-08:00", "2027-02-30=22:00-08:00", "22:00-08:00;"] {
            assert!(wrong.parse::<QuietHours>().is_err(), "{wrong}");
        }
    }
}
