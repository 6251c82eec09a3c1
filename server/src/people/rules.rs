//! Pure rules of the registry: what a search means, how shares divide an area.

use super::store::search::After;
use contract::check::{is_id_number, is_mobile};

/// What a worker looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Everybody in the area.
    All,
    /// The person with this phone.
    Phone(String),
    /// The person with this identity number.
    IdNumber(String),
    /// People at addresses that begin so.
    Address(String),
    /// People whose names begin so; places, when there are none.
    Name(String),
}

impl Sought {
    /// Tells by its form what a text means.
    pub fn read(text: &str) -> Self {
        let text = normal_address(text);
        if text.is_empty() {
            Self::All
        } else if is_mobile(&text) {
            Self::Phone(text)
        } else if is_id_number(&text) {
            Self::IdNumber(normal_id_number(&text))
        } else if text.contains(|c: char| c.is_ascii_digit()) {
            Self::Address(text)
        } else {
            Self::Name(text)
        }
    }
}

/// An address as stored and searched: no spaces, half-width digits, 幢 for its synonyms, no 室 at the end.
pub fn normal_address(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xff10 + u32::from('0')).unwrap_or(c),
        '栋' => '幢',
        c => c,
    };
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
    text.replace("号楼", "幢").trim_end_matches('室').to_owned()
}

/// An address as a key to put doors in the order of a staircase: numbers of five digits, so that 101 comes before 1001.
pub fn door_order(address: &str) -> String {
    let (mut key, mut number) = (String::with_capacity(address.len() + 12), String::new());
    for letter in address.chars() {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        if !number.is_empty() {
            key.push_str(&format!("{:0>5}", std::mem::take(&mut number)));
        }
        key.push(letter);
    }
    if number.is_empty() { key } else { format!("{key}{number:0>5}") }
}

/// An identity number as indexed: the check digit X in upper case.
pub fn normal_id_number(text: &str) -> String {
    text.trim().to_ascii_uppercase()
}

/// The ways a list can be in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By place.
    Area,
    /// By name.
    Name,
    /// By address.
    Address,
}

/// Where a page ended, as text: order, key and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The list's order.
    pub order: Order,
    /// The last row.
    pub after: After,
}

impl Cursor {
    /// The start of a list.
    pub fn start(order: Order) -> Self {
        Self { order, after: After::default() }
    }

    /// Reads what [`Cursor::text`] wrote; nothing for any other text.
    pub fn read(text: &str) -> Option<Self> {
        let (order, rest) = text.split_at_checked(1)?;
        let (key, id) = rest.rsplit_once('~')?;
        let order = match order {
            "p" => Order::Area,
            "n" => Order::Name,
            "a" => Order::Address,
            _ => return None,
        };
        Some(Self { order, after: After { key: key.to_owned(), id: id.to_owned() } })
    }

    /// As text for the next page's address.
    pub fn text(order: Order, key: &str, id: &str) -> String {
        let order = match order {
            Order::Area => 'p',
            Order::Name => 'n',
            Order::Address => 'a',
        };
        format!("{order}{key}~{id}")
    }
}

/// Divides an area (0.01 m²) by shares so that the parts add up to it exactly: each gets the part
/// rounded down, and what is left goes one by one to the first.
pub fn divide(area_dm2: i64, shares: &[(i64, i64)]) -> Vec<i64> {
    let part = |(num, den): &(i64, i64)| i128::from(area_dm2) * i128::from(*num) / i128::from(*den);
    let mut parts: Vec<i64> = shares.iter().map(|share| i64::try_from(part(share)).unwrap_or(0)).collect();
    let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
    let left = area_dm2 - parts.iter().sum::<i64>();
    // More left than rounding explains: the registry does not know every owner, nobody gets more.
    if left < count {
        for (part, _) in parts.iter_mut().zip(0..left) {
            *part += 1;
        }
    }
    parts
}

/// The greatest common divisor of two numbers, one of them above 0.
pub(super) fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A share in its lowest terms; both numbers are above 0.
pub(super) fn lowest(num: i64, den: i64) -> (i64, i64) {
    let divisor = i64::try_from(gcd(num.into(), den.into())).unwrap_or(1);
    (num / divisor, den / divisor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_told_by_its_form() {
        assert_eq!(Sought::read("  "), Sought::All);
        assert_eq!(Sought::read("138 5590 0001"), Sought::Phone("13855900001".into()));
        assert_eq!(Sought::read("11010519491231002x"), Sought::IdNumber("11010519491231002X".into()));
        assert_eq!(Sought::read("龙北小区 2栋1单元301室"), Sought::Address("龙北小区2幢1单元301".into()));
        assert_eq!(Sought::read("龙北小区２号楼"), Sought::Address("龙北小区2幢".into()));
        assert_eq!(Sought::read("汪志"), Sought::Name("汪志".into()));
        assert_eq!(Sought::read("13855"), Sought::Address("13855".into()));
    }

    #[test]
    fn a_cursor_survives_its_text() {
        let text = Cursor::text(Order::Address, "龙北~小区2幢", "id");
        let after = After { key: "龙北~小区2幢".into(), id: "id".into() };
        assert_eq!(Cursor::read(&text), Some(Cursor { order: Order::Address, after }));
        for wrong in ["", "x", "xk~i", "龙~i"] {
            assert_eq!(Cursor::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        assert_eq!(divide(12_846, &[(1, 1)]), [12_846]);
        assert_eq!(divide(10_001, &[(1, 2), (1, 2)]), [5_001, 5_000]);
        assert_eq!(divide(10_000, &[(1, 3), (1, 3), (1, 3)]), [3_334, 3_333, 3_333]);
        assert_eq!(divide(10_000, &[(1, 2)]), [5_000]);
    }

    #[test]
    fn doors_stand_in_the_order_of_a_staircase() {
        let mut doors = ["龙北小区2幢1单元1001", "龙北小区2幢1单元101", "龙北小区10幢1单元101", "龙北小区2幢1单元201"];
        doors.sort_by_key(|door| door_order(door));
        assert_eq!(
            doors,
            ["龙北小区2幢1单元101", "龙北小区2幢1单元201", "龙北小区2幢1单元1001", "龙北小区10幢1单元101"]
        );
        assert_eq!(door_order("1幢"), "00001幢");
        assert_eq!(door_order(""), "");
    }
}
