//! Notices: what a community tells its people.
//!
//! Draft -> scheduled -> sending -> sent, corrected as often as need be, withdrawn with a reason.
//!
//! **The audience is frozen when the notice is sent**: one row a person and channel. Who
//! moves in later has not been told, and the list of who has not read it is about the people it was for.
//!
//! **Never the same message twice to one person on one channel.** The rows' primary key says so inside. For
//! a gateway outside, the row's own key goes along with the message from its first attempt to its last: a
//! server killed between sending and noting it sends again under the same key, and the gateway tells the
//! double by it.
//!
//! **Nothing waits for a gateway but its own lane.** Each channel of a notice is a chain of short jobs; a
//! round hands over what is due for some seconds and queues the next. Those to gateways have workers of their own, so
//! that one that answers nobody holds up no other work. What failed for now comes back with a
//! growing pause; SMS and WeChat are silent at night unless the notice is urgent.

mod archive;
mod audience;
mod browse;
mod channel;
mod console;
mod correct;
mod doorstep;
mod draft;
mod freeze;
pub mod http;
mod lane;
mod meter;
mod preferences;
mod quiet;
mod receipts;
mod recipients;
mod render;
mod replies;
mod retention;
mod rules;
mod send;
mod store;
mod sweep;
#[doc(hidden)]
pub mod testing;
#[cfg(test)]
mod tests;

pub use archive::{Past, take_over};
pub use browse::{browse, open};
pub use channel::{Carrier, Channels, Message, Outcome};
pub use console::{ListTexts, console_list, detail, export_list, listed_areas, progress};
pub use correct::{correct, correction_form, withdraw};
pub use doorstep::{DoorstepTexts, doorstep, export_doorstep};
pub use draft::{draft, draft_form, edit, keep_picture, picture, places};
pub use meter::run_meter;
pub use preferences::{preferences, set_preferences};
pub use quiet::QuietHours;
pub use recipients::{RecipientTexts, export_recipients, recipients};
pub use render::PICTURES;
pub use replies::{ReplyTexts, export_replies, replies, reply};
pub use retention::Retention;
pub(crate) use retention::purge;
pub use send::{preview, send, unschedule};

use crate::Result;
use crate::db::Tx;
use crate::jobs::Handlers;
use contract::ids::{NoticeId, PersonId};

/// The room's name in the log.
pub const ROOM: &str = "notices";

/// The topic announced with every change of a notice or of what became of its messages.
pub fn topic(notice: &NoticeId) -> String {
    format!("notices:{notice}")
}

/// Gives what was sent to an entry of the registry that became part of another to that one: its messages and
/// replies, so that its inbox leads somewhere and nobody is waited for who is no more.
///
/// # Errors
/// The database's own trouble.
pub async fn adopt(tx: &mut Tx, lost: &PersonId, kept: &PersonId) -> Result<()> {
    let now = tx.now();
    Ok(store::adopt::all(tx.conn(), lost, kept, now).await?)
}

/// Adds the room's jobs.
pub fn jobs(handlers: Handlers) -> Handlers {
    let handlers = handlers.on(send::KIND, send::begin).on(freeze::KIND, freeze::freeze);
    handlers.on(lane::KIND, lane::round).outside(lane::OUTSIDE, lane::round).on(sweep::KIND, sweep::sweep)
}
