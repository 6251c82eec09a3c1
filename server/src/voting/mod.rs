//! Voting: elections of owners' representatives, owners' resolutions, opinion polls of residents, for a
//! compound or a building.
//!
//! Draft -> announced (paper, rules and roll are frozen, the latter from the registry: see [`heads`]) -> open ->
//! closed (both by the clock) -> counted -> published.
//!
//! **One ballot a head.** [`cast`] rests on one conditional UPDATE of the roll entry; whoever comes
//! second, retried or from another phone, changes nothing.
//!
//! **Nobody reads a ballot before the count.** Announcing makes a key pair for the urn ([`keys`]). Its private
//! half is wrapped for pairs of an organiser and a scrutineer, whose codes the server never keeps; ballots are
//! sealed to the public half ([`envelope`]). Database and keyring together open none. After the poll the two
//! give their codes ([`opening`]); neither of them alone, nor one person with both roles, opens anything.
//!
//! **Who voted is known, for whom is not.** The roll and the event log name the voter. The ballot is a
//! row of its own without a time, under an id that follows from a code that only the voter has; in the count
//! it stands under another id, which was sealed within it ([`receipt`]). The count writes the opened ballots
//! in the order of their ids, and lays the sealed ones anew. Once the window for a recount is over, urn and
//! wrapped key are destroyed ([`purge`]). The head's area is sealed with the ballot and never written beside a
//! choice: areas are added up while the urn is open, and no sum is kept that could name fewer than five ([`crowd`]).
//!
//! **Anyone can count again.** [`bundle`] exports a counted vote without voters' names and
//! [`verify_bundle`] recomputes it with no database; the file's format is described in [`export`].

mod announce;
mod browse;
mod cast;
mod choices;
mod console;
mod count;
mod crowd;
mod documents;
mod doorstep;
mod draft;
mod envelope;
pub mod export;
mod found;
mod frozen;
mod heads;
mod keys;
mod live;
mod mandates;
mod merged;
mod objections;
mod opening;
mod papers;
mod periods;
mod poster;
mod prepare;
mod purge;
mod receipt;
mod record;
mod register;
mod regulations;
mod reminders;
mod reseal;
mod rules;
mod seats;
mod signed;
mod store;
mod tell;
#[doc(hidden)]
pub mod testing;
#[cfg(test)]
mod tests;
mod voters;

pub use announce::announce;
pub use browse::{ballot_paper, browse, open_for, turnout};
pub use cast::{cast, cast_by_mandate};
pub use console::{ListTexts, console_list, detail, export_list, listed_areas};
pub use count::{publish, result};
pub use documents::{Printout, print_doorstep, result_document};
pub use doorstep::{DoorstepTexts, doorstep, export_doorstep};
pub use draft::{copy_form, draft, draft_form, edit};
pub use export::{bundle, verify_bundle};
pub use keys::{take_key, take_known_key};

pub use live::{Latest, Watched, watch_turnout};
pub use mandates::{
    MandateTexts, export_mandates, give_at_desk, give_mandate, mandate_paper, mandate_photo, mandates, own_mandates,
    revoke_mandate,
};
pub use merged::adopt;
pub use objections::{
    ObjectionTexts, decide_objection, export_objections, keep_attachment, object, objection_heads, objection_photo,
    objections, own_objections, withdraw_objection,
};
pub use opening::open;
pub use papers::{
    Delivery, Entry, PaperTexts, Printed, deliver_paper, enter_paper, export_papers, find_paper, issue_papers,
    keep_scan, paper_progress, paper_scan, paper_sheet, papers, print_papers, receive_paper, waive_paper,
};
pub use poster::{PosterFormat, poster, poster_codes, resolve_code};
pub use prepare::{keep_photo, photo, places};
pub use receipt::{counted_id, receipt_lookup};
pub use register::register;
pub use regulations::{rules_of, set_rule};
pub use reminders::{remind, reminders};
pub use reseal::reseal;
pub use signed::signed_ballots;
pub use tell::jobs;
pub use voters::{appoint_voter, name_voter, naming, shared_head};

use contract::ids::VoteId;
use record::record;

/// The room's name in the log; `cast` is the verb that earns points.
pub const ROOM: &str = "voting";

/// The topic announced with every ballot and every change of state.
pub fn topic(vote: &VoteId) -> String {
    format!("voting:{vote}")
}
