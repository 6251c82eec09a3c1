//! The demo city: Huangshan with people, homes and logins, the same on every run.
//!
//! Names of counties, towns and the seven places of the pilot are real; people, phones and identity
//! numbers are made up (identity numbers with right check digits, GB 11643).

mod bulletins;
mod cast;
mod desk;
mod dice;
mod fill;
mod folk;
mod household;
mod logins;
mod names;
mod offline;
mod places;
mod plan;
mod scenes;
#[cfg(test)]
mod tests;
mod town;
mod votes;

pub use cast::{LOGINS, Login};
pub use fill::fill;
pub use logins::logins_text;

/// People of the city unless told otherwise.
pub const PEOPLE: u64 = 13_000;
