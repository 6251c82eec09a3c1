//! Legal periods, pure (民法典 art. 201, 203): the day on which one begins is not counted, it ends at 24:00,
//! Huangshan time, of its last day, and where that is a statutory holiday, of the first day after it. Weekends
//! are ordinary days.

use contract::{Millis, local};

/// An hour in milliseconds.
pub(super) const HOUR: Millis = 3_600_000;
/// A day in milliseconds.
pub(super) const DAY: Millis = 24 * HOUR;

/// The holidays with a date of their own every year (全国年节及纪念日放假办法, as of 2025), as month and day. The
/// others follow the lunar calendar and are set, as are the days around them, from the State Council's notice.
const FIXED: [&str; 6] = ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"];

/// The holidays that an area knows of: moments from the start of a first day to the end of a last one, beside
/// those of every year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Holidays(pub Vec<(Millis, Millis)>);

impl Holidays {
    /// Is the day that begins at `midnight` one?
    fn hold(&self, midnight: Millis) -> bool {
        let date = local::format(midnight);
        FIXED.iter().any(|fixed| date[5..10] == **fixed)
            || self.0.iter().any(|(from, to)| (*from..*to).contains(&midnight))
    }
}

/// The end of a period of `days` that begins at `start`; `start` itself for a period of none.
pub(super) fn end(start: Millis, days: i64, holidays: &Holidays) -> Millis {
    if days <= 0 {
        return start;
    }
    let mut last = local::midnight(start) + days * DAY;
    while holidays.hold(last) {
        last += DAY;
    }
    last + DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Millis {
        local::parse(text).unwrap()
    }

    fn ends(start: &str, days: i64, holidays: &[(&str, &str)]) -> String {
        let day = |date: &str| at(&format!("{date}T00:00"));
        let holidays = holidays.iter().map(|(from, to)| (day(from), day(to) + DAY)).collect();
        local::format(end(at(start), days, &Holidays(holidays)))
    }

    #[test]
    fn the_first_day_is_not_counted_and_the_last_is_whole() {
        assert_eq!(ends("2026-08-29T09:00", 7, &[]), "2026-09-06T00:00", "24:00 of the fifth");
        assert_eq!(ends("2026-08-29T00:00", 7, &[]), "2026-09-06T00:00");
        assert_eq!(ends("2026-08-29T23:59", 7, &[]), "2026-09-06T00:00");
        assert_eq!(ends("2026-08-29T09:00", 1, &[]), "2026-08-31T00:00");
        assert_eq!(ends("2026-08-29T09:00", 0, &[]), "2026-08-29T09:00", "no period at all");
    }

    #[test]
    fn a_holiday_moves_the_last_day_and_no_other() {
        assert_eq!(ends("2026-09-24T09:00", 7, &[]), "2026-10-05T00:00", "1 to 3 October move it to the fourth");
        let golden = [("2026-10-01", "2026-10-07")];
        assert_eq!(ends("2026-09-24T09:00", 7, &golden), "2026-10-09T00:00");
        assert_eq!(ends("2026-09-30T09:00", 8, &golden), "2026-10-09T00:00", "holidays within it count");
        assert_eq!(ends("2026-12-25T09:00", 7, &[]), "2027-01-03T00:00", "1 January");
        assert_eq!(ends("2026-08-24T09:00", 6, &[]), "2026-08-31T00:00", "a Sunday is a day like any other");
    }
}
