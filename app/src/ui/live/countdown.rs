//! How long something is still open, kept true while the page is looked at.

use std::time::Duration;

use leptos::prelude::set_interval;
use web_sys::Element;

use super::page::{all, within};

const MINUTE: i64 = 60_000;
/// How often the text is looked at: it names minutes.
const TICK: Duration = Duration::from_secs(15);

/// The names of the units, largest first: 天, 小时, 分钟, in the reader's language.
pub type Units<'a> = [&'a str; 3];

/// Lets each countdown of the page run on from what the server printed. Only differences of the
/// device's clock are used: a phone set wrong counts right all the same.
pub fn start() {
    let counters: Vec<(Element, i64)> = all::<Element>(".countdown")
        .into_iter()
        .filter_map(|counter| {
            let left = counter.get_attribute("data-left")?.parse().ok()?;
            Some((counter, left))
        })
        .collect();
    if counters.is_empty() {
        return;
    }
    let began = device_clock();
    set_interval(
        move || {
            for (counter, left) in &counters {
                write(counter, left - (device_clock() - began));
            }
        },
        TICK,
    );
}

fn write(counter: &Element, left: i64) {
    let names = counter.get_attribute("data-units").unwrap_or_default();
    let names: Vec<&str> = names.split(' ').collect();
    let Ok(units) = Units::try_from(names) else { return };
    let said = parts(left, units).into_iter().flat_map(|(number, name)| [number, name.to_owned()]);
    for (part, text) in within::<Element>(counter, "b, small").into_iter().zip(said) {
        part.set_text_content(Some(&text));
    }
}

fn device_clock() -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "epoch milliseconds are far below 2^53")]
    let now = js_sys::Date::now() as i64;
    now
}

/// Milliseconds as their two largest units, each with its name.
pub fn parts<'a>(left: i64, [d, h, m]: Units<'a>) -> [(String, &'a str); 2] {
    let minutes = left.max(0) / MINUTE;
    let (days, hours, minutes) = (minutes / 1440, minutes % 1440 / 60, minutes % 60);
    let (first, second) = if days > 0 { ((days, d), (hours, h)) } else { ((hours, h), (minutes, m)) };
    [first, second].map(|(number, name)| (number.to_string(), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(left: i64) -> String {
        parts(left, ["天", "小时", "分钟"]).map(|(number, unit)| number + unit).concat()
    }

    #[test]
    fn the_two_largest_units_are_named() {
        assert_eq!(said((2 * 1440 + 4 * 60 + 59) * MINUTE), "2天4小时");
        assert_eq!(said(61 * MINUTE), "1小时1分钟");
        assert_eq!(said(-1), "0小时0分钟");
    }
}
