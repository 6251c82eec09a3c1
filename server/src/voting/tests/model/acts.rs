//! What people and workers do in a vote, at random.

use super::compound::{Flat, PERSONS, flat};
use contract::voting::{Unreturned, decision};
use proptest::prelude::*;
use proptest::sample::Index;

/// Somebody, seen from a head.
#[derive(Clone, Debug)]
pub(super) enum Who {
    /// Who casts its ballot; if nobody does, the first who acts for it.
    Voter,
    /// One of those who act for it.
    Acting(Index),
    /// Whoever it is.
    Anyone(u8),
}

/// What a ballot says to the two items; nothing where it cannot be counted.
pub(super) type Said = Option<[u32; 2]>;

/// One step. Heads and mandates are meant by their places, round and round.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Name {
        head: usize,
        by: Who,
        voter: Who,
    },
    Appoint {
        head: usize,
        voter: Who,
    },
    Give {
        head: usize,
        owner: Who,
        agent: u8,
        desk: bool,
    },
    /// By its owner, at the desk (none), or by somebody else.
    Revoke {
        mandate: usize,
        by: Option<Who>,
    },
    Cast {
        head: usize,
        by: Who,
        said: [u32; 2],
    },
    /// By its agent, or by somebody else; of its own head, or of another.
    CastByMandate {
        mandate: usize,
        by: Option<u8>,
        head: Option<usize>,
        said: [u32; 2],
    },
    Deliver {
        head: usize,
    },
    Receive {
        head: usize,
    },
    Enter {
        head: usize,
        worker: usize,
        said: Said,
    },
    Waive {
        head: usize,
    },
}

/// A compound and its vote.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub flats: Vec<Flat>,
    pub parking: bool,
    pub unreturned: Unreturned,
    /// Mandates that one agent may hold.
    pub limit: i64,
    /// Before the poll, while it is open, and after it.
    pub acts: [Vec<Act>; 3],
}

pub(super) fn case() -> impl Strategy<Value = Case> {
    let unreturned =
        prop_oneof![Just(Unreturned::NotParticipating), Just(Unreturned::Abstain), Just(Unreturned::FollowMajority)];
    let before = (proptest::collection::vec(any_act(), 4..16), proptest::collection::vec(handed_over(), 0..3));
    let before = before.prop_map(|(acts, handed)| [acts, handed.concat()].concat());
    let during = (
        proptest::collection::vec(any_act(), 20..50),
        proptest::collection::vec(prop::option::weighted(0.6, said()), 12),
    );
    // At the end of the poll many who have not voted do.
    let during = during.prop_map(|(mut acts, last)| {
        let cast = |(head, said): (usize, Option<[u32; 2]>)| said.map(|said| Act::Cast { head, by: Who::Voter, said });
        acts.extend(last.into_iter().enumerate().filter_map(cast));
        acts
    });
    let after = proptest::collection::vec(prop_oneof![4 => paper(), 1 => any_act()], 0..16);
    let flats = proptest::collection::vec(flat(), 3..9);
    (flats, any::<bool>(), unreturned, 1..=2i64, before, during, after).prop_map(
        |(flats, parking, unreturned, limit, before, during, after)| Case {
            flats,
            parking,
            unreturned,
            limit,
            acts: [before, during, after],
        },
    )
}

fn said() -> impl Strategy<Value = [u32; 2]> {
    let one = || prop_oneof![12 => Just(decision::FOR), 4 => Just(decision::AGAINST), 2 => Just(decision::ABSTAIN), 1 => Just(0)];
    [one(), one()]
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![5 => Just(Who::Voter), 3 => any::<Index>().prop_map(Who::Acting), 1 => (0..PERSONS).prop_map(Who::Anyone)]
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![4 => naming(), 6 => mandate(), 2 => online(), 4 => paper()]
}

fn head() -> std::ops::Range<usize> {
    0..12
}

fn naming() -> impl Strategy<Value = Act> {
    let acting = || prop_oneof![4 => any::<Index>().prop_map(Who::Acting), 1 => (0..PERSONS).prop_map(Who::Anyone)];
    prop_oneof![
        5 => (head(), acting(), who()).prop_map(|(head, by, voter)| Act::Name { head, by, voter }),
        1 => (head(), acting()).prop_map(|(head, voter)| Act::Appoint { head, voter }),
    ]
}

/// One of several owners is named and gives a mandate; then another is named.
fn handed_over() -> impl Strategy<Value = Vec<Act>> {
    let acting = || any::<Index>().prop_map(Who::Acting);
    (head(), acting(), acting(), 10..PERSONS).prop_map(|(head, first, second, agent)| {
        let give = Act::Give { head, owner: Who::Voter, agent, desk: true };
        vec![Act::Appoint { head, voter: first }, give, Act::Appoint { head, voter: second }]
    })
}

fn mandate() -> impl Strategy<Value = Act> {
    // Few agents, so that they are asked more often than the rules let them accept.
    let agent = prop_oneof![3 => 10..PERSONS, 1 => 0..PERSONS];
    let give = (head(), who(), agent, prop::bool::weighted(0.3));
    let other = prop::option::weighted(0.15, 0..PERSONS);
    prop_oneof![
        5 => give.prop_map(|(head, owner, agent, desk)| Act::Give { head, owner, agent, desk }),
        2 => (0..6usize, prop::option::weighted(0.7, who())).prop_map(|(mandate, by)| Act::Revoke { mandate, by }),
        4 => (0..6usize, other, prop::option::weighted(0.1, head()), said())
            .prop_map(|(mandate, by, head, said)| Act::CastByMandate { mandate, by, head, said }),
    ]
}

fn online() -> impl Strategy<Value = Act> {
    (head(), who(), said()).prop_map(|(head, by, said)| Act::Cast { head, by, said })
}

fn paper() -> impl Strategy<Value = Act> {
    let read = prop::option::weighted(0.9, prop_oneof![3 => Just([1, 1]), 1 => said().boxed()]);
    prop_oneof![
        2 => head().prop_map(|head| Act::Deliver { head }),
        1 => head().prop_map(|head| Act::Receive { head }),
        7 => (head(), 0..3usize, read).prop_map(|(head, worker, said)| Act::Enter { head, worker, said }),
        1 => head().prop_map(|head| Act::Waive { head }),
    ]
}
