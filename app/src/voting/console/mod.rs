//! The workers' pages: the list with its side sheet, the draft, one vote from announcement to
//! publication.

mod announce;
mod candidates;
mod doorstep;
mod edit;
mod items;
mod keys;
mod list;
mod next;
mod offline;
mod posters;
mod roll;
mod rules;
mod sheet;
mod show;

pub use announce::Announce;
pub use candidates::{REMOVED, WANTED};
pub use doorstep::DoorstepPage;
pub use edit::{EditVote, NewVote};
pub use items::TEMPLATE;
pub use keys::{CODE, KeysPage, OpenPage};
pub use list::VoteTable;
pub use offline::Printed;
pub use roll::RollPage;
pub use rules::RulesPage;
pub use show::ShowVote;
