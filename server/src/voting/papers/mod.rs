//! Ballots on paper beside the phone.
//!
//! A paper is printed for one head with a code and no choice on it, and handed out with proof. What comes back
//! is entered by two workers who do not see each other's entry; where they differ, a third settles it. Then the
//! ballot goes into the same urn, sealed like one cast online, and what was entered is forgotten: count and
//! export do not tell the two apart. The mark on the roll decides between online and paper, whichever comes
//! first: a paper from the moment at which it is handed in ([`receive`]). One that comes after an online ballot is
//! a clash, shown at once, and never counts.
//!
//! Until a paper is settled its entries are sealed with the server's keyring, as its scan is for good: a copy
//! of the database alone tells nothing. A rotation of its keys seals both anew.

mod enter;
mod issue;
mod list;
mod print;
mod receive;
mod sheet;
pub(in crate::voting) mod store;

pub(super) use enter::purpose;
pub use enter::{Entry, enter_paper};
pub use issue::{Delivery, deliver_paper, issue_papers};
pub use list::{PaperTexts, export_papers, paper_progress, papers};
pub use print::{Printed, print_papers};
pub use receive::{receive_paper, waive_paper};
pub use sheet::{find_paper, keep_scan, paper_scan, paper_sheet};

use super::periods::HOUR;
use super::store::Vote;
use crate::crypto::Keys;
use crate::error::Result;
use contract::voting::{PaperState, Phase, VoteKind};
use contract::{Millis, Refusal};
use sqlx::AnyConnection;

/// What a paper's code is signed for.
const PURPOSE: &str = "voting.paper";
/// Bytes of the vote's short number in a code.
const SHORT: usize = 5;
/// Bytes of the paper's number.
const NUMBER: usize = 3;

/// The code on a paper: 23 characters with the signature.
pub(in crate::voting) fn code(keys: &Keys, vote: &Vote, number: i64) -> String {
    let (short, number) = (vote.short.to_be_bytes(), number.to_be_bytes());
    keys.sign_code(PURPOSE, &[&short[8 - SHORT..], &number[8 - NUMBER..]].concat())
}

/// The number of the vote's paper that carries this code.
fn number_of(keys: &Keys, vote: &Vote, typed: &str) -> Option<i64> {
    let payload = keys.verify_code(PURPOSE, typed)?;
    let (short, number) = payload.split_at_checked(SHORT)?;
    let whole = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | i64::from(*byte));
    (number.len() == NUMBER && whole(short) == vote.short).then(|| whole(number))
}

/// Until when a paper that was handed in before the poll closed can be entered.
fn until(vote: &Vote) -> Millis {
    vote.closes_at + vote.rules().paper_hours * HOUR
}

/// May papers of this vote be made or handed out at `now`?
fn running(vote: &Vote, now: Millis) -> Result<()> {
    match vote.phase(now) {
        Phase::Announced | Phase::Open => Ok(()),
        _ => Err(Refusal::VoteClosed.into()),
    }
}

/// Papers and mandates are for owners: a poll of residents is taken online, each for themselves.
pub(super) fn of_owners(vote: &Vote) -> bool {
    vote.kind() != VoteKind::Poll
}

/// May papers of this vote be taken in and entered at `now`?
///
/// # Errors
/// [`Refusal::VoteNotOpen`]; [`Refusal::VoteClosed`] once their time is over.
fn enterable(vote: &Vote, now: Millis) -> Result<()> {
    match vote.phase(now) {
        Phase::Open => Ok(()),
        Phase::Closed if now < until(vote) => Ok(()),
        Phase::Announced => Err(Refusal::VoteNotOpen.into()),
        _ => Err(Refusal::VoteClosed.into()),
    }
}

/// Which entry comes next to a paper in this state; none once it is settled.
fn turn(state: PaperState) -> Option<i64> {
    match state {
        PaperState::Issued | PaperState::Delivered | PaperState::Received => Some(1),
        PaperState::Entered => Some(2),
        PaperState::Differs => Some(3),
        PaperState::Counted | PaperState::Clash => None,
    }
}

/// Are all papers that were handed in settled, or given back by a word of their own? None is forgotten because its
/// time is over.
///
/// # Errors
/// [`Refusal::PapersOpen`].
pub(super) async fn settled(conn: &mut AnyConnection, vote: &Vote) -> Result<()> {
    let waiting = [PaperState::Received, PaperState::Entered, PaperState::Differs].map(PaperState::code);
    let states = store::states(conn, &vote.id).await?;
    let open = states.iter().any(|(state, ..)| waiting.contains(&state.as_str()));
    if open { Err(Refusal::PapersOpen.into()) } else { Ok(()) }
}
