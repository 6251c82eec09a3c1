//! The people one signs in as, and those who stand in the demo's votes. All of them live in 龙北小区.

use super::names::Sex;
use contract::Role;

/// A door of 龙北小区: building, unit, floor, door.
pub type Door = (u32, u32, u32, u32);

/// Somebody with a name and a home of their own.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The full name.
    pub name: &'static str,
    /// The phone.
    pub phone: &'static str,
    /// The sex.
    pub sex: Sex,
    /// Year, month, day of birth.
    pub born: (i64, i64, i64),
    /// What they own with its area in 0.01 m²; they live in the first.
    pub homes: &'static [(Door, i64)],
}

/// A demo login.
#[derive(Clone, Copy, Debug)]
pub struct Login {
    /// What it shows, as key of its text: `resident`, `two_flats`, or the role's code.
    pub code: &'static str,
    /// The phone to sign in with.
    pub phone: &'static str,
    /// The name.
    pub name: &'static str,
    /// The role held beyond residence.
    pub role: Option<Role>,
    /// Where it is held: levels of the tree above 龙北小区.
    pub reach: Reach,
}

/// How far a demo login's role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The grid of 龙北小区.
    Grid,
    /// 龙北社区.
    Community,
    /// The city.
    City,
}

const fn login(code: &'static str, part: &Part, role: Option<Role>, reach: Reach) -> Login {
    Login { code, phone: part.phone, name: part.name, role, reach }
}

/// The seven demo logins.
pub const LOGINS: [Login; 7] = [
    login("resident", &PARTS[0], None, Reach::Grid),
    login("two_flats", &PARTS[1], None, Reach::Grid),
    login("party_member", &PARTS[2], Some(Role::PartyMember), Reach::Community),
    login("grid_worker", &PARTS[3], Some(Role::GridWorker), Reach::Grid),
    login("community_worker", &PARTS[4], Some(Role::CommunityWorker), Reach::Community),
    login("scrutineer", &PARTS[5], Some(Role::Scrutineer), Reach::Community),
    login("administrator", &PARTS[6], Some(Role::Administrator), Reach::City),
];

/// Everybody of the cast: first those who sign in, then the candidates of 2 幢.
pub const PARTS: [Part; 10] = [
    part("王秀兰", "13855900001", Sex::Female, (1968, 5, 12), &[((2, 1, 3, 1), 12_846)]),
    part("吴国强", "13855900002", Sex::Male, (1975, 11, 3), &[((1, 2, 2, 1), 9_850), ((3, 1, 5, 2), 11_624)]),
    part("方志远", "13855900003", Sex::Male, (1983, 7, 1), &[((2, 2, 4, 2), 10_415)]),
    part("胡晓燕", "13855900004", Sex::Female, (1990, 3, 22), &[((5, 1, 1, 2), 8_930)]),
    part("汪丽娟", "13855900005", Sex::Female, (1986, 9, 9), &[((6, 3, 7, 1), 11_208)]),
    part("江建平", "13855900006", Sex::Male, (1959, 1, 17), &[((7, 2, 6, 3), 9_412)]),
    part("程伟", "13855900007", Sex::Male, (1981, 12, 5), &[((1, 1, 8, 1), 12_033)]),
    part("程建国", "13855900008", Sex::Male, (1956, 2, 14), &[((2, 1, 5, 2), 9_768)]),
    part("胡秀英", "13855900009", Sex::Female, (1963, 8, 30), &[((2, 2, 2, 1), 10_104)]),
    part("汪志明", "13855900010", Sex::Male, (1978, 4, 6), &[((2, 3, 6, 3), 11_890)]),
];

const fn part(
    name: &'static str,
    phone: &'static str,
    sex: Sex,
    born: (i64, i64, i64),
    homes: &'static [(Door, i64)],
) -> Part {
    Part { name, phone, sex, born, homes }
}
