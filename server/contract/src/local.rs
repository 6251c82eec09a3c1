//! Huangshan's civil time (UTC+8, no summer time) as form fields write it.

use crate::Millis;

const MINUTE: Millis = 60_000;
const DAY: Millis = 86_400_000;
const OFFSET: Millis = 8 * 60 * MINUTE;

/// The moment of `2026-09-01T09:00` (what `<input type="datetime-local">` sends); none for anything
/// else or for a day that does not exist.
pub fn parse(text: &str) -> Option<Millis> {
    let (date, time) = text.split_once(['T', ' '])?;
    let mut date = date.splitn(3, '-').map(digits);
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let mut time = time.splitn(3, ':').map(digits);
    let (hour, minute) = (time.next()??, time.next()??);
    let second = time.next().unwrap_or(Some(0))?;
    let days = days_from_civil(year, month, day);
    let exists = (1970..=9999).contains(&year) && civil_from_days(days) == (year, month, day);
    let within = hour < 24 && minute < 60 && second < 60;
    (exists && within).then(|| days * DAY + (hour * 60 + minute) * MINUTE + second * 1_000 - OFFSET)
}

/// The moment at which the day `2026-09-01` begins; none for anything else.
pub fn day(date: &str) -> Option<Millis> {
    parse(&format!("{date}T00:00"))
}

/// When the day of this moment began.
pub fn midnight(moment: Millis) -> Millis {
    (moment + OFFSET).div_euclid(DAY) * DAY - OFFSET
}

/// `2026-09-01T09:00`; seconds are dropped.
pub fn format(moment: Millis) -> String {
    let local = moment + OFFSET;
    let (year, month, day) = civil_from_days(local.div_euclid(DAY));
    let minutes = local.rem_euclid(DAY) / MINUTE;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `2026-09-01 09:00`, for documents and lists; seconds are dropped.
pub fn minute(moment: Millis) -> String {
    format(moment).replace('T', " ")
}

fn digits(text: &str) -> Option<i64> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// Days since 1970-01-01 of a Gregorian date (the era-of-400-years method; years begin in March).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The Gregorian date of a day since 1970-01-01.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = days.div_euclid(146_097) * 400 + year_of_era + i64::from(month <= 2);
    (year, month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_text_and_moments_agree() {
        assert_eq!(parse("2026-08-29T09:00"), Some(1_787_965_200_000));
        assert_eq!(format(1_787_965_200_000), "2026-08-29T09:00");
        for day in (0..60_000).step_by(7) {
            let text = format(day * DAY - OFFSET);
            assert_eq!(parse(&text), Some(day * DAY - OFFSET), "{text}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_there() {
        let begins = day("2026-08-29").unwrap();
        assert_eq!((format(begins).as_str(), day("2026-02-29")), ("2026-08-29T00:00", None));
        assert_eq!(
            (midnight(begins), midnight(begins + DAY - 1), midnight(begins - 1)),
            (begins, begins, begins - DAY)
        );
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for wrong in ["2026-02-29T09:00", "2026-13-01T09:00", "2026-01-01T24:00", "2026-01-01", "", "a-b-cTd:e"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        assert!(parse("2028-02-29T23:59").is_some());
    }
}
