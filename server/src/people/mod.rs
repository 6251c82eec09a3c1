//! The registry of people, dwellings and tenure, on the area tree.
//!
//! Persons stand apart from households (who lives together) and from tenure (who owns): a person may
//! live in one flat and own two others. Other rooms ask through [`homes`], [`owners_under`],
//! [`holdings_under`], [`by_phone_index`] and the area look-ups; nobody else reads these tables.

mod areas;
mod detail;
mod dwellers;
mod export;
mod known;
mod owners;
mod record;
mod rules;
mod search;
mod store;
#[cfg(test)]
mod tests;
mod unmask;
mod write;

pub use areas::{area, children, home, trail_names};
pub use detail::detail;
pub use dwellers::{Dweller, dwellers_under, names_under};
pub use export::{MOST, Texts, export};
pub use known::{Known, by_phone_index, find, phone_index, places};
pub use owners::{Holding, Owner, holdings_under, homes, owners_under};
pub use record::{looks, own_record};
pub use rules::normal_address;
pub use search::search;
pub use unmask::unmask;
pub use write::{NewArea, NewDwelling, NewHousehold, NewOwner, NewPerson, NewResident, Registration, Sealer, register};

/// What the sealed phone is sealed for, and its blind index made for.
const PHONE: &str = "people.phone";
/// As [`PHONE`], of the identity number.
const ID_NUMBER: &str = "people.id_number";
