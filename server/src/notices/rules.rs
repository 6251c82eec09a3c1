//! Pure rules: ages, pauses, texts for phones, what a correction changed.

use contract::notices::Tag;
use contract::{Millis, local};
use similar::{ChangeTag, TextDiff};

/// Pause after the first failed attempt, in milliseconds; doubles with each further one.
const FIRST_PAUSE: Millis = 10_000;
/// Longest pause, in milliseconds.
const LONGEST_PAUSE: Millis = 1_800_000;
/// Attempts at one message: with the pauses between them some three hours.
pub(super) const MAX_ATTEMPTS: i64 = 12;
/// Later than any day of birth.
const ANY: &str = "9999-12-31";

/// The last day of birth with which somebody has a tag at `at` (years are full: 周岁); every day without one.
pub(super) fn born_until(tag: Option<Tag>, at: Millis) -> String {
    let Some(tag) = tag else { return ANY.to_owned() };
    let today = local::format(at);
    let (year, day) = today[..10].split_at(4);
    let year: i64 = year.parse().unwrap_or(0);
    format!("{:04}{day}", year - tag.from_age())
}

/// Milliseconds until the next attempt: what the gateway asked for, or doubling.
pub(super) fn pause(attempts: i64, asked: Option<Millis>) -> Millis {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(20);
    let pause = (FIRST_PAUSE << doublings).min(LONGEST_PAUSE);
    asked.map_or(pause, |asked| asked.max(1_000))
}

/// The text of an SMS: who says it, what it is, where to read it.
pub(super) fn sms_text(place: &str, title: &str, link: &str, corrected: bool) -> String {
    let head = if corrected { "更正：" } else { "" };
    format!("【{place}】{head}{title}。详情：{link}")
}

/// Lines that a correction took away (false) and put in (true), in their order.
pub(super) fn changes(before: &str, after: &str) -> Vec<(bool, String)> {
    let diff = TextDiff::from_lines(before, after);
    let changed = diff.iter_all_changes().filter_map(|change| match change.tag() {
        ChangeTag::Equal => None,
        ChangeTag::Delete => Some((false, change.value())),
        ChangeTag::Insert => Some((true, change.value())),
    });
    changed.map(|(new, line)| (new, line.trim().to_owned())).filter(|(_, line)| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::START;

    #[test]
    fn ages_are_full_years() {
        assert_eq!(born_until(Some(Tag::Elders), START), "1966-08-29");
        assert_eq!(born_until(Some(Tag::Adults), START), "2008-08-29");
        assert!("2026-08-29" < born_until(None, START).as_str());
    }

    #[test]
    fn pauses_double_up_to_half_an_hour() {
        assert_eq!([1, 2, 3, 12].map(|n| pause(n, None)), [10_000, 20_000, 40_000, 1_800_000]);
        assert_eq!((pause(1, Some(60_000)), pause(9, Some(0))), (60_000, 1_000));
        let whole: Millis = (1..MAX_ATTEMPTS).map(|n| pause(n, None)).sum();
        assert!((2 * 3_600_000..4 * 3_600_000).contains(&whole), "{whole}");
    }

    #[test]
    fn a_correction_tells_the_lines_it_changed() {
        let told = changes("停水\n\n9:00 至 17:00\n", "停水\n\n10:00 至 17:00\n请储水\n");
        let line = |new, text: &str| (new, text.to_owned());
        assert_eq!(told, [line(false, "9:00 至 17:00"), line(true, "10:00 至 17:00"), line(true, "请储水")]);
    }
}
