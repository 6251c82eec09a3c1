//! Counting an export again, with nothing but its bytes.

use super::super::choices::Choices;
use super::super::rules::{self, RollTotals};
use super::super::store::urn::Opened;
use super::{Bundle, FORMAT, ZEROS};
use contract::voting::{ElectionResult, MAX_CANDIDATES, Outcome};
use sha2::{Digest, Sha256};

/// What does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not JSON with the members of the format.
    #[error("it is no export of a vote")]
    Unreadable,
    /// Another version of the format.
    #[error("its format is not {FORMAT}")]
    Format,
    /// Written in another way than the format says: something was added, moved or spelt otherwise.
    #[error("it is not written as the format says")]
    Form,
    /// The bytes are not those that were exported.
    #[error("the digest does not match")]
    Digest,
    /// A ballot stands twice, out of order, or names what the paper does not offer.
    #[error("the list of ballots does not hold")]
    Ballots,
    /// Counting again gives something else.
    #[error("counting again gives another result")]
    Result,
}

/// An export that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The vote's title.
    pub title: String,
    /// The result as counted again.
    pub result: ElectionResult,
    /// Height and hash of the log's head at export.
    pub log: (i64, String),
    /// The file's digest.
    pub sha256: String,
}

/// Checks an export and counts it again. Pure: no database, no keys, no clock.
///
/// # Errors
/// The first thing that does not hold.
pub fn verify_bundle(bytes: &[u8]) -> Result<Verified, Fault> {
    let mut bundle: Bundle = serde_json::from_slice(bytes).map_err(|_| Fault::Unreadable)?;
    if bundle.format != FORMAT {
        return Err(Fault::Format);
    }
    let text = |bundle: &Bundle| bundle.text().map_err(|_| Fault::Unreadable);
    if text(&bundle)? != bytes {
        return Err(Fault::Form);
    }
    let sha256 = std::mem::replace(&mut bundle.sha256, ZEROS.to_owned());
    if hex::encode(Sha256::digest(text(&bundle)?)) != sha256 {
        return Err(Fault::Digest);
    }
    let result = recount(&bundle)?;
    if result != bundle.result {
        return Err(Fault::Result);
    }
    Ok(Verified { title: bundle.vote.title, result, log: (bundle.log.height, bundle.log.hash), sha256 })
}

/// Counts the listed ballots.
fn recount(bundle: &Bundle) -> Result<ElectionResult, Fault> {
    let paper = &bundle.vote;
    let candidates = u32::try_from(paper.candidates.len()).unwrap_or(u32::MAX);
    let offered = |numbers: &[u32]| {
        let known = numbers.iter().all(|number| (1..=candidates.min(MAX_CANDIDATES)).contains(number));
        known && numbers.is_sorted_by(|a, b| a < b) && u32::try_from(numbers.len()).is_ok_and(|n| n <= paper.seats)
    };
    let hold = bundle.ballots.is_sorted_by(|a, b| a.id < b.id)
        && bundle.ballots.iter().all(|ballot| ballot.choices.as_deref().is_none_or(offered));
    if !hold {
        return Err(Fault::Ballots);
    }
    let opened: Vec<Opened> = bundle
        .ballots
        .iter()
        .map(|ballot| Opened { id: ballot.id.clone(), choices: ballot.choices.as_deref().map(Choices::of) })
        .collect();
    let roll = RollTotals {
        heads: bundle.roll.heads,
        area_dm2: bundle.roll.area_dm2,
        voted: bundle.roll.voted,
        voted_area_dm2: bundle.roll.voted_area_dm2,
    };
    Ok(rules::tally(paper.seats, &paper.candidates, roll, &opened))
}

impl std::fmt::Display for Verified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let result = &self.result;
        writeln!(f, "the export holds: {}", self.title)?;
        writeln!(
            f,
            "heads {}, ballots {}, blank {}, invalid {}",
            result.heads, result.cast, result.blank, result.invalid
        )?;
        for candidate in &result.candidates {
            let mark = if candidate.outcome == Outcome::NotElected { "" } else { candidate.outcome.code() };
            writeln!(f, "{:>3}  {:<12} {:>8}  {mark}", candidate.number, candidate.name, candidate.votes)?;
        }
        for step in &result.steps {
            writeln!(f, "{}: {} ({})", step.code, step.sum, if step.holds { "holds" } else { "does not hold" })?;
        }
        write!(f, "log block {} {}\nsha256 {}", self.log.0, self.log.1, self.sha256)
    }
}
