//! Objections to a roll while it is published for objection, and appeals against a published result.
//!
//! An objection is decided once, with a reason, by a worker who did not make it. One that is granted against
//! the roll changes the roll in the same transaction ([`change`]): the change is an event, it is kept beside
//! the roll, and the roll's hash is published anew. Nothing of a roll changes once its poll is open.

mod change;
mod decide;
mod list;
mod missing;
mod own;
mod settled;
pub(in crate::voting) mod store;

pub use decide::{decide_objection, objection_heads};
pub use list::{ObjectionTexts, export_objections, objections};
pub(in crate::voting) use settled::{jobs, queue};

pub use own::{keep_attachment, object, objection_photo, own_objections, withdraw_objection};

use super::store::Vote;
use contract::Millis;
use contract::voting::{Phase, Stage};

/// What of a vote can be objected to now, and until when.
pub(super) fn window(vote: &Vote, now: Millis) -> Option<(Stage, Millis)> {
    let (stage, until) = match vote.phase(now) {
        Phase::Announced => (Stage::Roll, vote.objections_until?),
        Phase::Published => (Stage::Result, vote.appeals_until?),
        _ => return None,
    };
    (now < until).then_some((stage, until))
}
