//! Moments in the reader's language. The whole platform lives in UTC+8.

use contract::{Locale, Millis};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::request::Ui;

/// China has one zone and no summer time.
const OFFSET_HOURS: i8 = 8;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

fn local(at: Millis) -> DateTime {
    Offset::constant(OFFSET_HOURS).to_datetime(Timestamp::from_millisecond(at).unwrap_or_default())
}

/// `9月1日 18:00`, `1 Sep 18:00`.
pub fn moment(ui: Ui, at: Millis) -> String {
    let format = match ui.locale {
        Locale::ZhCn => "%-m月%-d日 %H:%M",
        Locale::En => "%-d %b %H:%M",
    };
    local(at).strftime(format).to_string()
}

/// `9月1日`, `1 Sep`.
pub fn day(ui: Ui, at: Millis) -> String {
    let format = match ui.locale {
        Locale::ZhCn => "%-m月%-d日",
        Locale::En => "%-d %b",
    };
    local(at).strftime(format).to_string()
}

/// `9月`, `Sep`.
pub fn month(ui: Ui, at: Millis) -> String {
    let format = match ui.locale {
        Locale::ZhCn => "%-m月",
        Locale::En => "%b",
    };
    local(at).strftime(format).to_string()
}

/// `2026-09-01`: days of other years.
pub fn date(at: Millis) -> String {
    local(at).strftime("%Y-%m-%d").to_string()
}

/// `2026-09-01 18:00`: for tables and documents.
pub fn stamp(at: Millis) -> String {
    local(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// `2026-09-01T18:00`: for `<input type="datetime-local">`.
pub fn input(at: Millis) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// `2026-09-01T18:00:00+08:00`: for `<time datetime>`.
pub fn machine(at: Millis) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string()
}

/// A span as its two largest units: `2 天 4 小时`, `35 分钟`.
pub fn span(ui: Ui, length: Millis) -> Vec<(i64, String)> {
    let length = length.max(0);
    let (days, hours, minutes) = (length / DAY, length % DAY / HOUR, length % HOUR / MINUTE);
    match (days, hours) {
        (0, 0) => vec![(minutes, tr!(ui, "ui.minutes"))],
        (0, _) => vec![(hours, tr!(ui, "ui.hours")), (minutes, tr!(ui, "ui.minutes"))],
        _ => vec![(days, tr!(ui, "ui.days")), (hours, tr!(ui, "ui.hours"))],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-09-01 18:00 in Huangshan.
    const AT: Millis = 1_788_256_800_000;

    #[test]
    fn moments_are_told_in_huangshan_time() {
        let english = Ui { locale: Locale::En, ..Ui::default() };
        assert_eq!(moment(Ui::default(), AT), "9月1日 18:00");
        assert_eq!(moment(english, AT), "1 Sep 18:00");
        assert_eq!((stamp(AT), input(AT)), ("2026-09-01 18:00".into(), "2026-09-01T18:00".into()));
    }

    #[test]
    fn spans_name_their_two_largest_units() {
        let numbers = |length| span(Ui::default(), length).into_iter().map(|(n, _)| n).collect::<Vec<_>>();
        assert_eq!(numbers(2 * DAY + 4 * HOUR + MINUTE), [2, 4]);
        assert_eq!(numbers(35 * MINUTE + 59_000), [35]);
        assert_eq!(numbers(HOUR), [1, 0]);
        assert_eq!(numbers(-5), [0]);
    }
}
