//! What the law makes of ballots, by the model: art. 278 in fractions.

use super::fraction::{Fraction, HALF, THREE_QUARTERS, TWO_THIRDS, Weight};
use contract::voting::{Unreturned, decision};

/// What became of a head's ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Away,
    /// Delivered with proof, and not returned.
    Kept,
    /// Says this to the items; 0 is a blank.
    Says([u32; 2]),
    /// Takes part and counts for nobody.
    Broken,
}

/// What is to come of a vote over an item that needs an ordinary and one that needs a special majority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub whole: Weight,
    pub voted: Weight,
    pub invalid: i64,
    pub quorum: bool,
    /// Ballots for, against and abstaining, item by item.
    pub votes: [[i64; 3]; 2],
    pub passed: [bool; 2],
    /// On which edges the sums stand.
    pub edges: Vec<String>,
}

/// Decides over heads, each with its area (0.01 m²).
pub(super) fn verdict(heads: &[(i64, Fate)], unreturned: Unreturned) -> Verdict {
    let sum = |which: &dyn Fn(Fate) -> bool| -> Weight {
        heads.iter().filter(|(_, fate)| which(*fate)).map(|(area, _)| Weight::of(*area)).sum()
    };
    let whole = sum(&|_| true);
    let voted = sum(&|fate| matches!(fate, Fate::Says(_) | Fate::Broken));
    let kept = sum(&|fate| fate == Fate::Kept);
    let counted = if unreturned == Unreturned::NotParticipating { Weight::default() } else { kept };
    let part: Weight = [voted, counted].into_iter().sum();
    let mut edges = Vec::new();
    let mut reaches = |part: Weight, whole: Weight, (bound, more): (Fraction, bool), name: &str| {
        let holds = |share: Fraction| if more { share > bound } else { share >= bound };
        edges.extend(on_edge(part, whole, bound, &holds).into_iter().map(|edge| format!("{name}, {edge}")));
        part.shares(whole).is_some_and(|shares| shares.into_iter().all(holds))
    };
    let quorum = reaches(part, whole, (TWO_THIRDS, false), "two thirds");
    let mut passed = [false; 2];
    for (item, bound) in [((HALF, true), "a half"), ((THREE_QUARTERS, false), "three quarters")].into_iter().enumerate()
    {
        let says = |number| sum(&|fate| matches!(fate, Fate::Says(said) if said[item] == number));
        let rest = sum(&|fate| matches!(fate, Fate::Broken) || matches!(fate, Fate::Says(said) if said[item] % 3 == 0));
        let sides = [says(decision::FOR), says(decision::AGAINST), rest];
        let follows = unreturned == Unreturned::FollowMajority && leads(sides[0], [sides[1], sides[2]]);
        let yes = [sides[0], if follows { kept } else { Weight::default() }].into_iter().sum();
        passed[item] = reaches(yes, part, bound.0, bound.1) && quorum;
    }
    let votes = [0, 1].map(|item| {
        [1, 2, 3].map(|number| sum(&|fate| matches!(fate, Fate::Says(said) if said[item] == number)).heads)
    });
    let invalid = sum(&|fate| fate == Fate::Broken).heads;
    Verdict { whole, voted, invalid, quorum, votes, passed, edges }
}

/// Does a side lead the others by ballots and by area?
fn leads(side: Weight, others: [Weight; 2]) -> bool {
    others.iter().all(|other| side.heads > other.heads && side.area_dm2 > other.area_dm2)
}

/// Where a share is exactly the bound, or one head or 0.01 m² more would reach what it does not.
fn on_edge(part: Weight, whole: Weight, bound: Fraction, holds: &dyn Fn(Fraction) -> bool) -> Vec<&'static str> {
    let more = Weight { heads: part.heads + 1, area_dm2: part.area_dm2 + 1 };
    let (Some(shares), Some(more)) = (part.shares(whole), more.shares(whole)) else { return Vec::new() };
    let names = [("heads exactly", "a head short"), ("area exactly", "0.01 m² short")];
    let edges = names.into_iter().zip(shares).zip(more).flat_map(|(((exactly, short), share), more)| {
        [(share == bound, exactly), (!holds(share) && holds(more), short)]
    });
    edges.filter(|(on, _)| *on).map(|(_, name)| name).collect()
}

/// Every edge there is.
pub(super) fn all_edges() -> Vec<String> {
    let bounds = ["two thirds", "a half", "three quarters"];
    let ends = ["heads exactly", "a head short", "area exactly", "0.01 m² short"];
    bounds.iter().flat_map(|bound| ends.iter().map(move |end| format!("{bound}, {end}"))).collect()
}
