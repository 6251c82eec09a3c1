//! Voting: owners of a compound or a building elect their representatives.
//!
//! Draft -> announced (the roll is frozen from the registry: one head per owner, however many flats) ->
//! open -> closed (both by the clock) -> counted -> published.
//!
//! **One ballot a head.** [`cast`] rests on one conditional UPDATE of the roll entry; whoever comes
//! second, retried or from another phone, changes nothing.
//!
//! **Who voted is known, for whom is not.** The roll and the event log name the voter. The ballot is a
//! row of its own: its id is a hash of a key that only the voter's browser holds, its choice is sealed,
//! it carries no time. While the poll runs, somebody with both the database's files and the keys could
//! still set the order of roll and urn against each other; the count therefore writes the opened
//! ballots anew in the order of their random ids and deletes the sealed ones.
//!
//! **Keys may change while a poll runs.** `hs rotate-keys` seals the urn anew ([`reseal`]); a count that
//! misses a key stops before it touches a ballot.
//!
//! **Anyone can count again.** [`bundle`] exports a counted vote without voters' names and
//! [`verify_bundle`] recomputes it with no database; the file's format is described in [`export`].

mod announce;
mod browse;
mod cast;
mod choices;
mod console;
mod count;
mod doorstep;
mod draft;
pub mod export;
mod poster;
mod prepare;
mod receipt;
mod reseal;
mod rules;
mod store;
mod tell;
#[doc(hidden)]
pub mod testing;
#[cfg(test)]
mod tests;

pub use announce::announce;
pub use browse::{ballot_paper, browse, open_for, turnout};
pub use cast::cast;
pub use console::{ListTexts, console_list, detail, export_list, listed_areas};
pub use count::{count, publish, result};
pub use doorstep::{DoorstepTexts, doorstep, export_doorstep};
pub use draft::{copy_form, draft, draft_form, edit};
pub use export::{bundle, verify_bundle};
pub use poster::{PosterFormat, poster, poster_codes, resolve_code};
pub use prepare::{keep_photo, photo, places};
pub use receipt::receipt_lookup;
pub use reseal::reseal;
pub use tell::jobs;

use contract::ids::VoteId;

/// The room's name in the log; `cast` is the verb that earns points.
pub const ROOM: &str = "voting";

/// The topic announced with every ballot and every change of state.
pub fn topic(vote: &VoteId) -> String {
    format!("voting:{vote}")
}
