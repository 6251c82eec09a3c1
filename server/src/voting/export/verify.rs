//! Counting an export again, with nothing but its bytes.

use super::super::choices::Choices;
use super::super::rules::{self, Paper, RollTotals};
use super::super::store::urn::Opened;
use super::{Bundle, FORMAT, ZEROS};
use contract::voting::{Item, MAX_OPTIONS, Outcome, Step, Tally};
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
    /// The sums of areas do not fit the roll, or do not lead to what they are said to lead to.
    #[error("the areas do not hold")]
    Areas,
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
    pub result: Tally,
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
fn recount(bundle: &Bundle) -> Result<Tally, Fault> {
    let items: Vec<Item> = (1..).zip(&bundle.vote.items).map(|(number, item)| item.item(number)).collect();
    let hold = bundle.ballots.is_sorted_by(|a, b| a.id < b.id)
        && bundle.ballots.iter().all(|ballot| ballot.choices.as_deref().is_none_or(|choices| offered(&items, choices)));
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
        delivered: bundle.roll.delivered,
        delivered_area_dm2: bundle.roll.delivered_area_dm2,
    };
    let paper = Paper {
        kind: bundle.vote.kind,
        unit: bundle.vote.unit,
        unreturned: bundle.vote.unreturned,
        election_quorum: bundle.vote.election_quorum,
        items: &items,
    };
    if !rules::areas_hold(paper, roll, &bundle.areas, &opened) {
        return Err(Fault::Areas);
    }
    Ok(rules::tally(paper, roll, &bundle.areas, &opened))
}

/// Does every item name options of the paper, ascending, no more of them than it takes?
fn offered(items: &[Item], choices: &[Vec<u32>]) -> bool {
    let fits = |(item, numbers): (&Item, &Vec<u32>)| {
        let options = u32::try_from(item.options.len()).unwrap_or(u32::MAX);
        let known = numbers.iter().all(|number| (1..=options.min(MAX_OPTIONS)).contains(number));
        known && numbers.is_sorted_by(|a, b| a < b) && u32::try_from(numbers.len()).is_ok_and(|n| n <= item.most)
    };
    items.len() == choices.len() && items.iter().zip(choices).all(fits)
}

impl std::fmt::Display for Verified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let result = &self.result;
        writeln!(f, "the export holds: {}", self.title)?;
        writeln!(f, "heads {}, ballots {}, invalid {}", result.heads, result.cast, result.invalid)?;
        steps(f, &result.steps)?;
        for item in &result.items {
            writeln!(f, "{}. {}", item.number, item.title)?;
            for option in &item.options {
                let mark = option.outcome.filter(|outcome| *outcome != Outcome::NotElected).map_or("", Outcome::code);
                writeln!(f, "{:>5}  {:<12} {:>8}  {mark}", option.number, option.name, option.votes)?;
            }
            steps(f, &item.steps)?;
            if let Some(passed) = item.passed {
                writeln!(f, "  {}", if passed { "agreed to" } else { "not agreed to" })?;
            }
        }
        write!(f, "log block {} {}\nsha256 {}", self.log.0, self.log.1, self.sha256)
    }
}

fn steps(f: &mut std::fmt::Formatter<'_>, steps: &[Step]) -> std::fmt::Result {
    for step in steps {
        writeln!(f, "  {}: {} ({})", step.code, step.sum, if step.holds { "holds" } else { "does not hold" })?;
    }
    Ok(())
}
