//! How long something is still open.

use std::time::Duration;

use leptos::prelude::*;

const MINUTE: i64 = 60_000;
/// How often the text is looked at: it names minutes.
const TICK: Duration = Duration::from_secs(15);

/// The names of the units, in the reader's language.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Units {
    /// 天
    pub days: String,
    /// 小时
    pub hours: String,
    /// 分钟
    pub minutes: String,
}

/// The time left as its two largest units. Counts from the server's clock: a phone set wrong
/// counts right all the same.
#[island(lazy)]
pub fn Countdown(
    /// Milliseconds left when the page was rendered.
    left: i64,
    /// The names of the units.
    units: Units,
) -> impl IntoView {
    let (left, set_left) = signal(left);
    Effect::new(move |_| {
        let (start, began) = (left.get_untracked(), elapsed());
        let ticking = set_interval_with_handle(move || set_left.set(start - (elapsed() - began)), TICK);
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    });
    let units = StoredValue::new(units);
    let part = move |i: usize| units.with_value(|units| parts(left.get(), units)[i].clone());
    view! {
        <span class="countdown">
            {move || part(0).0}
            <small>{move || part(0).1}</small>
            {move || part(1).0}
            <small>{move || part(1).1}</small>
        </span>
    }
}

/// Milliseconds on the device's clock; only differences of it are used.
fn elapsed() -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "epoch milliseconds are far below 2^53")]
    let now = js_sys::Date::now() as i64;
    now
}

/// The two largest units with their names.
fn parts(left: i64, units: &Units) -> [(String, String); 2] {
    let minutes = left.max(0) / MINUTE;
    let (days, hours, minutes) = (minutes / 1440, minutes % 1440 / 60, minutes % 60);
    let (first, second) = if days > 0 {
        ((days, &units.days), (hours, &units.hours))
    } else {
        ((hours, &units.hours), (minutes, &units.minutes))
    };
    [first, second].map(|(number, unit)| (number.to_string(), unit.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(left: i64) -> String {
        let units = Units { days: "天".into(), hours: "小时".into(), minutes: "分钟".into() };
        parts(left, &units).map(|(number, unit)| number + &unit).concat()
    }

    #[test]
    fn the_two_largest_units_are_named() {
        assert_eq!(said((2 * 1440 + 4 * 60 + 59) * MINUTE), "2天4小时");
        assert_eq!(said(61 * MINUTE), "1小时1分钟");
        assert_eq!(said(-1), "0小时0分钟");
    }
}
