//! Who is elected, pure.

use contract::voting::{Outcome, Tie};

/// Outcome per candidate, the tie if there is one, and the seats that stay vacant.
pub(super) fn elect(seats: u32, votes: &[i64]) -> (Vec<Outcome>, Option<Tie>, u32) {
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
