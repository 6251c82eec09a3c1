//! Which rule judges an act, and what it earns. Pure: no clock, no database.

use super::store::RuleRow;
use contract::Millis;
use contract::points::{Points, Rule};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// Huangshan's days and months begin at midnight of UTC+8.
const ZONE: Offset = Offset::constant(8);

/// The version of the rule on this kind of act that is in force at `at`.
pub(super) fn on<'r>(rules: &'r [RuleRow], room: &str, verb: &str, at: Millis) -> Option<&'r RuleRow> {
    rules
        .iter()
        .filter(|row| row.room == room && row.verb == verb && row.effective_from <= at)
        .max_by_key(|row| row.effective_from)
        .filter(|row| row.amount > Points::ZERO)
}

/// The rules in force at `at`, one version of each.
pub(super) fn in_force(rules: &[RuleRow], at: Millis) -> Vec<Rule> {
    rules
        .iter()
        .filter(|row| on(rules, &row.room, &row.verb, at).is_some_and(|current| current.id == row.id))
        .map(RuleRow::rule)
        .collect()
}

/// What an act earns when acts of its kind have earned `today` already: the rule's amount, up to the cap.
pub(super) fn earned(rule: &RuleRow, today: Points) -> Points {
    let amount = rule.amount.hundredths();
    let left = rule.daily_cap.map_or(amount, |cap| cap.hundredths() - today.hundredths());
    Points::of_hundredths(amount.min(left).max(0))
}

/// The day (UTC+8) of a moment: its first moment, and the next day's.
pub(super) fn day(at: Millis) -> (Millis, Millis) {
    let day = date(at);
    (start(day), start(day.saturating_add(1.day())))
}

/// The last `count` calendar months (UTC+8) up to the one of `now`, each with its first moment and the
/// next one's.
pub(super) fn last_months(now: Millis, count: usize) -> Vec<(Millis, Millis)> {
    let current = date(now).first_of_month();
    let back = |months: usize| start(current.saturating_sub(i64::try_from(months).unwrap_or(0).months()));
    let mut months: Vec<_> = (1..count).rev().map(|ago| (back(ago), back(ago - 1))).collect();
    months.push((back(0), start(current.saturating_add(1.month()))));
    months
}

fn date(at: Millis) -> Date {
    ZONE.to_datetime(Timestamp::from_millisecond(at).unwrap_or_default()).date()
}

fn start(day: Date) -> Millis {
    let midnight = day.to_datetime(jiff::civil::Time::midnight());
    TimeZone::fixed(ZONE).to_timestamp(midnight).map_or(0, Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-08-29 00:00 in Huangshan.
    const DAY: Millis = 1_787_932_800_000;

    fn version(version: i64, amount: i64, cap: Option<i64>, effective_from: Millis) -> RuleRow {
        RuleRow {
            id: format!("r.v.{version}"),
            room: "r".to_owned(),
            verb: "v".to_owned(),
            version,
            amount: Points::of_hundredths(amount),
            daily_cap: cap.map(Points::of_hundredths),
            effective_from,
        }
    }

    #[test]
    fn the_version_of_the_day_judges() {
        let rules = [version(1, 500, None, DAY), version(2, 300, None, DAY + 10), version(3, 0, None, DAY + 20)];
        let judged = |at| on(&rules, "r", "v", at).map(|row| row.version);
        assert_eq!(
            [judged(DAY - 1), judged(DAY), judged(DAY + 9), judged(DAY + 10)],
            [None, Some(1), Some(1), Some(2)]
        );
        assert_eq!(judged(DAY + 20), None, "an amount of zero ends the rule");
        assert!(on(&rules, "r", "other", DAY).is_none() && in_force(&rules, DAY + 20).is_empty());
        assert_eq!(in_force(&rules, DAY + 15).len(), 1);
    }

    #[test]
    fn the_last_award_of_a_day_fills_the_cap() {
        let capped = version(1, 200, Some(500), DAY);
        let given = |today| earned(&capped, Points::of_hundredths(today)).hundredths();
        assert_eq!([given(0), given(300), given(400), given(500), given(900)], [200, 200, 100, 0, 0]);
        assert_eq!(earned(&version(1, 200, None, DAY), Points::of_hundredths(1_000_000)).hundredths(), 200);
    }

    #[test]
    fn days_and_months_begin_at_midnight_in_huangshan() {
        assert_eq!(day(DAY), (DAY, DAY + 86_400_000));
        assert_eq!(day(DAY - 1), (DAY - 86_400_000, DAY));
        let months = last_months(DAY, 3);
        let starts: Vec<_> = months.iter().map(|(start, _)| (DAY - start) / 86_400_000).collect();
        assert_eq!(starts, [89, 59, 28], "1 June, 1 July, 1 August");
        assert!(months.windows(2).all(|pair| pair[0].1 == pair[1].0) && months[2].1 > DAY);
    }
}
