//! The registry of people, dwellings and tenure, on the area tree.
//!
//! Persons stand apart from households (who lives together) and from tenure (who owns): a person may
//! live in one flat and own two others. Other rooms ask through [`homes`], [`owners_under`],
//! [`holdings_under`], [`by_phone_index`] and the area look-ups; nobody else reads these tables.
//!
//! What stood before is kept: a dwelling, a share, a name or a home that changes moves to the history with
//! the span in which it held, so that [`owners_under_at`] answers for any moment. An entry that became part of
//! another leads to it for good ([`canonical`], [`formerly`]).

mod areas;
mod audience;
mod corrections;
mod detail;
mod dwellers;
mod export;
mod import;
mod known;
mod merge;
mod moving;
mod owners;
mod past;
mod places;
mod record;
mod rules;
mod search;
mod store;
#[cfg(test)]
mod tests;
mod unmask;
mod write;

pub use areas::{area, children, home, named, trail_names};
pub use audience::{Listed, Mark, Set, count_listed, listed, listed_at_home, names_and_addresses, phone_for_message};
pub use corrections::{
    CorrectionTexts, ask_correction, correction, corrections, decide_correction, export_corrections, own_corrections,
    show_correction, withdraw_correction,
};
pub use detail::detail;
pub use dwellers::{Dweller, dwellers_under, names_under};
pub use export::{MOST, Texts, export};
pub use import::{
    FaultTexts, MAX_BYTES, drop_import, export_faults, export_registry, faults, import, import_places,
    import_under_way, imports, progress, send_import, start_import, template, topic as import_topic,
};
pub use known::{Known, Proof, Proven, by_phone_index, find, names, phone_index, places, proven};
pub use merge::{canonical, formerly, merge, side_by_side, twins};
pub use moving::take_in;
pub use owners::{
    Developer, Holding, Owner, addresses, holdings_under, holdings_under_at, homes, owners_under, owners_under_at,
};
pub use past::as_of;
pub use places::{BadLine, enter_areas};
pub use record::{looks, own_record};
pub use rules::{door_order, normal_address};
pub use search::search;
pub use unmask::unmask;
pub use write::{NewArea, NewDwelling, NewHousehold, NewOwner, NewPerson, NewResident, Registration, Sealer, register};

/// Adds the room's jobs.
pub fn jobs(handlers: crate::jobs::Handlers) -> crate::jobs::Handlers {
    import::jobs(handlers)
}

/// What the sealed phone is sealed for, and its blind index made for.
const PHONE: &str = "people.phone";
/// As [`PHONE`], of the identity number.
const ID_NUMBER: &str = "people.id_number";
