//! The count's arithmetic, pure: the same for the count and for whoever checks its export.

use super::choices::Choices;
use super::store::urn::Opened;
use contract::voting::{CandidateVotes, ElectionResult, Outcome, Step, Tie};
use sha2::{Digest, Sha256};

/// What is known of the roll when the ballots are counted. Areas in 0.01 m².
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RollTotals {
    pub heads: i64,
    pub area_dm2: i64,
    pub voted: i64,
    pub voted_area_dm2: i64,
}

/// Tallies opened ballots over the paper's candidates (in order of their numbers from 1).
///
/// The seats go to those with most votes. A tie across the last seat is declared and left to the
/// owners; nobody without a vote is elected.
pub(super) fn tally(seats: u32, names: &[String], roll: RollTotals, ballots: &[Opened]) -> ElectionResult {
    let candidates = i64::try_from(names.len()).unwrap_or(i64::MAX);
    let valid: Vec<Choices> =
        ballots.iter().filter_map(|b| b.choices).filter(|choices| choices.fit(i64::from(seats), candidates)).collect();
    let votes: Vec<i64> = (1..=names.len()).map(|number| count(&valid, |c| c.0 >> (number - 1) & 1 == 1)).collect();
    let (outcomes, tie, vacant) = elect(seats, &votes);
    let cast = i64::try_from(ballots.len()).unwrap_or(i64::MAX);
    let invalid = cast - count(&valid, |_| true);
    let blank = count(&valid, |choices| choices.0 == 0);
    let steps = steps(roll, cast, blank, invalid);
    ElectionResult {
        seats,
        heads: roll.heads,
        area_dm2: roll.area_dm2,
        voted: roll.voted,
        voted_area_dm2: roll.voted_area_dm2,
        cast,
        blank,
        invalid,
        candidates: (1..)
            .zip(names)
            .zip(votes.iter().zip(outcomes))
            .map(|((number, name), (votes, outcome))| CandidateVotes {
                number,
                name: name.clone(),
                votes: *votes,
                outcome,
            })
            .collect(),
        tie,
        vacant,
        quorum: steps.iter().filter(|step| step.code.starts_with("quorum")).all(|step| step.holds),
        steps,
        ballots_sha256: ballots_sha256(ballots),
    }
}

fn count(ballots: &[Choices], which: impl Fn(&Choices) -> bool) -> i64 {
    i64::try_from(ballots.iter().filter(|choices| which(choices)).count()).unwrap_or(i64::MAX)
}

/// Outcome per candidate, the tie if there is one, and the seats that stay vacant.
fn elect(seats: u32, votes: &[i64]) -> (Vec<Outcome>, Option<Tie>, u32) {
    let places = usize::try_from(seats).unwrap_or(usize::MAX);
    let mut ranked: Vec<i64> = votes.iter().copied().filter(|votes| *votes > 0).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    // The votes of the last seat and, if anybody is left, of the first place without one.
    let last = ranked.get(places.saturating_sub(1)).copied();
    let tied = last.filter(|last| ranked.get(places) == Some(last));
    let outcome = |votes: &i64| match (tied, last) {
        (Some(tied), _) if *votes == tied => Outcome::Tied,
        (_, Some(last)) if *votes >= last => Outcome::Elected,
        (_, None) if *votes > 0 => Outcome::Elected,
        _ => Outcome::NotElected,
    };
    let outcomes: Vec<Outcome> = votes.iter().map(outcome).collect();
    let elected = outcomes.iter().filter(|outcome| **outcome == Outcome::Elected).count();
    let left = seats.saturating_sub(u32::try_from(elected).unwrap_or(seats));
    match tied {
        Some(_) => {
            let among = (1u32..).zip(&outcomes).filter(|(_, o)| **o == Outcome::Tied).map(|(number, _)| number);
            let tie = Tie { seats: left, among: among.collect() };
            (outcomes, Some(tie), 0)
        }
        None => (outcomes, None, left),
    }
}

/// The sums in the order one would check them on paper.
fn steps(roll: RollTotals, cast: i64, blank: i64, invalid: i64) -> Vec<Step> {
    let valid = cast - blank - invalid;
    vec![
        Step { code: "roll".to_owned(), sum: equation(roll.voted, cast), holds: roll.voted == cast },
        Step { code: "ballots".to_owned(), sum: format!("{valid} + {blank} + {invalid} = {cast}"), holds: valid >= 0 },
        two_thirds("quorum_area", roll.voted_area_dm2, roll.area_dm2),
        two_thirds("quorum_heads", roll.voted, roll.heads),
    ]
}

fn equation(left: i64, right: i64) -> String {
    format!("{left} {} {right}", if left == right { "=" } else { "≠" })
}

/// 民法典 art. 278: two thirds or more take part. Over integers, as 3 × part ≥ 2 × whole, so that
/// exactly two thirds is enough and no rounding decides.
fn two_thirds(code: &str, part: i64, whole: i64) -> Step {
    let (left, right) = (3 * part, 2 * whole);
    let sign = if left >= right { '≥' } else { '<' };
    Step {
        code: code.to_owned(),
        sum: format!("3 × {part} = {left} {sign} 2 × {whole} = {right}"),
        holds: left >= right,
    }
}

/// SHA-256 over the ballots in the order of their ids, one line each: the id, a space, and the
/// numbers joined by commas, `-` for a blank ballot, `x` for an invalid one.
fn ballots_sha256(ballots: &[Opened]) -> String {
    let mut hash = Sha256::new();
    for ballot in ballots {
        let said = match ballot.choices {
            None => "x".to_owned(),
            Some(Choices(0)) => "-".to_owned(),
            Some(choices) => choices.numbers().iter().map(u32::to_string).collect::<Vec<_>>().join(","),
        };
        hash.update(format!("{} {said}\n", ballot.id));
    }
    hex::encode(hash.finalize())
}
