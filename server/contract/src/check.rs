//! Checks of single fields, shared by every room's inputs.

use crate::{Error, Fault, Issue};

/// Collects faults, so that a form hears of all of them at once.
#[derive(Debug, Default)]
pub struct Checks(Vec<Fault>);

impl Checks {
    /// Starts with none.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a fault of a field.
    pub fn fault(&mut self, field: &str, issue: Issue) {
        self.0.push(Fault { field: field.to_owned(), issue });
    }

    /// Notes `issue` unless `ok`.
    pub fn ensure(&mut self, ok: bool, field: &str, issue: Issue) {
        if !ok {
            self.fault(field, issue);
        }
    }

    /// Text with at least `min` and at most `max` characters once trimmed; `min` 1 means required.
    pub fn text(&mut self, field: &str, text: &str, min: u32, max: u32) {
        let length = u32::try_from(text.trim().chars().count()).unwrap_or(u32::MAX);
        if length == 0 && min > 0 {
            self.fault(field, Issue::Required);
        } else if length < min {
            self.fault(field, Issue::TooShort(min));
        } else if length > max {
            self.fault(field, Issue::TooLong(max));
        }
    }

    /// Nothing noted, or all that was.
    pub fn done(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

/// A mainland mobile number: 11 digits, first 1, second 3 to 9.
pub fn is_mobile(phone: &str) -> bool {
    let b = phone.as_bytes();
    b.len() == 11 && b[0] == b'1' && (b'3'..=b'9').contains(&b[1]) && b.iter().all(u8::is_ascii_digit)
}

/// The 18-digit identity number of GB 11643: date that exists, check digit (ISO 7064 MOD 11-2).
pub fn is_id_number(id: &str) -> bool {
    let b = id.as_bytes();
    if b.len() != 18 || !b[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = |range: std::ops::Range<usize>| b[range].iter().fold(0u32, |n, d| n * 10 + u32::from(d - b'0'));
    is_date(number(6..10), number(10..12), number(12..14))
        && char::from(b[17].to_ascii_uppercase()) == id_check_digit(&id[..17])
}

/// The check digit after the 17 digits of an identity number (GB 11643: ISO 7064 MOD 11-2).
pub fn id_check_digit(digits: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(d, w)| u32::from(d.wrapping_sub(b'0')) * w).sum();
    char::from(b"10X98765432"[(sum % 11) as usize])
}

/// The 18 characters of a unified social credit code with its check digit (GB 32100: weights 3ⁱ mod 31).
pub fn is_credit_code(code: &str) -> bool {
    const DIGITS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Option<Vec<usize>> =
        code.bytes().map(|b| DIGITS.iter().position(|digit| *digit == b.to_ascii_uppercase())).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else { return false };
    let weighed = values[..17].iter().fold((0, 1), |(sum, weight), value| (sum + value * weight, weight * 3 % 31));
    values[17] == (31 - weighed.0 % 31) % 31
}

/// The day of birth in an identity number of 18 digits, `1949-12-31`.
pub fn born_of(id: &str) -> Option<String> {
    is_id_number(id).then(|| format!("{}-{}-{}", &id[6..10], &id[10..12], &id[12..14]))
}

/// A day as `1971-03-08` that exists.
pub fn is_day(text: &str) -> bool {
    let b = text.as_bytes();
    let digits = b.len() == 10
        && b.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    let number = |range: std::ops::Range<usize>| b[range].iter().fold(0u32, |n, d| n * 10 + u32::from(d - b'0'));
    digits && is_date(number(0..4), number(5..7), number(8..10))
}

/// A day that exists in the Gregorian calendar, from 1850 on.
fn is_date(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1850..=2199).contains(&year) && (1..=days).contains(&day)
}

/// `138****1234`: the first three and last four digits of a phone.
pub fn mask_phone(phone: &str) -> String {
    mask(phone, 3, 4)
}

/// `3****************X`: the first and the last character of an identity number. Where the day of birth stands
/// beside it, region and check digit would give away the rest.
pub fn mask_id_number(id: &str) -> String {
    mask(id, 1, 1)
}

/// `王**`: the surname only.
pub fn mask_name(name: &str) -> String {
    mask(name, 1, 0)
}

fn mask(text: &str, head: usize, tail: usize) -> String {
    let n = text.chars().count();
    if n <= head + tail {
        return text.chars().take(head.min(1)).chain(std::iter::repeat_n('*', n.saturating_sub(head.min(1)))).collect();
    }
    text.chars().enumerate().map(|(i, c)| if i < head || i >= n - tail { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_follow_gb_11643() {
        assert!(is_id_number("11010519491231002X") && is_id_number("440524188001010014"));
        assert!(is_id_number("11010519491231002x"));
        for wrong in ["110105194912310021", "11010519490230002X", "", "4405241880010100140", "44052418800101001a"] {
            assert!(!is_id_number(wrong), "{wrong}");
        }
    }

    #[test]
    fn credit_codes_follow_gb_32100() {
        assert!(is_credit_code("91350100M000100Y43") && is_credit_code("91320104754102484X"));
        for wrong in ["91350100M000100Y44", "91350100I000100Y43", "91350100M000100Y4", "", "11010519491231002X"] {
            assert!(!is_credit_code(wrong), "{wrong}");
        }
    }

    #[test]
    fn days_exist_or_not() {
        assert_eq!(born_of("11010519491231002X").as_deref(), Some("1949-12-31"));
        assert_eq!(born_of("110105194912310021"), None);
        assert!(is_day("2024-02-29") && is_day("1971-03-08"));
        for wrong in ["2023-02-29", "1971-3-8", "1971/03/08", "", "1971-13-01"] {
            assert!(!is_day(wrong), "{wrong}");
        }
    }

    #[test]
    fn mobiles_have_eleven_digits() {
        assert!(is_mobile("13800138000"));
        for wrong in ["12800138000", "1380013800", "138001380000", "1380013800a", "+8613800138000"] {
            assert!(!is_mobile(wrong), "{wrong}");
        }
    }

    #[test]
    fn masks_never_show_the_middle() {
        assert_eq!(mask_phone("13812341234"), "138****1234");
        assert_eq!(mask_id_number("11010519491231002X"), "1****************X");
        assert_eq!(mask_name("欧阳明"), "欧**");
        assert_eq!(mask_name("王"), "王");
        assert_eq!(mask_phone("12345"), "1****");
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let mut checks = Checks::new();
        checks.text("title", "  ", 1, 10);
        checks.text("about", "太长了", 0, 2);
        let Err(Error::Invalid(faults)) = checks.done() else { panic!("must refuse") };
        assert_eq!(faults.len(), 2);
        assert_eq!(faults[0].issue, Issue::Required);
        assert_eq!(faults[1].issue, Issue::TooLong(2));
    }
}
