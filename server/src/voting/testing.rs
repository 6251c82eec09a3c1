//! Votes for tests, load and measurements: announced over a made-up roll, without a registry.

use super::announce::{announceable, freeze};
use super::keys::from_typed;
use super::store::roll::{Head, Member};
use super::store::{self, keys};
use crate::core::Core;
use crate::error::Result;
use crate::identity::{Caller, Grant};
use contract::ids::{AccountId, PersonId, VoteId};
use contract::voting::{
    CastBallot, DraftItem, DraftVote, HeadUnit, Item, ItemKind, ItemOption, KeyPart, Majority, OpeningState,
    OptionDraft, Rules, Secrecy, Tally, VoteKind, decision,
};
use contract::{AreaId, Millis, Role};

/// Heads listed under one building.
const HEADS_A_BUILDING: usize = 100;
/// The opening code of a made-up vote's organiser.
pub const ORGANISERS_CODE: &str = "000000000000000000000001";
/// The opening code of its scrutineer.
pub const SCRUTINEERS_CODE: &str = "000000000000000000000002";

/// What to set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Owners on the roll.
    pub heads: usize,
    /// Candidates on the paper.
    pub candidates: usize,
    /// Seats.
    pub seats: u32,
    /// When the poll opens.
    pub opens_at: Millis,
    /// When it closes.
    pub closes_at: Millis,
}

/// The compound that the made-up votes are for.
pub fn compound() -> AreaId {
    AreaId::city().child("03").child("001").child("004").child("g01").child("c01")
}

fn staff(account: &str, role: Role) -> Caller {
    Caller {
        account: Some(AccountId::trusted(account)),
        grants: vec![Grant { role, area: AreaId::city() }],
        second_factor: true,
        ..Caller::default()
    }
}

/// An administrator of the city with the second factor.
pub fn organiser() -> Caller {
    staff("organiser", Role::Administrator)
}

/// A scrutineer of the city with the second factor.
pub fn scrutineer() -> Caller {
    staff("scrutineer", Role::Scrutineer)
}

/// The person of the n-th head.
pub fn person(n: usize) -> PersonId {
    PersonId::trusted(format!("00000000-0000-7000-8000-{n:012x}"))
}

/// The signed-in owner who is the n-th head.
pub fn voter(n: usize) -> Caller {
    Caller { account: Some(AccountId::trusted(format!("account-{n}"))), person: Some(person(n)), ..Caller::default() }
}

/// The n-th head's area in 0.01 m²: no two have the same.
pub fn area_dm2(n: usize) -> i64 {
    10_000 + i64::try_from(n).unwrap_or_default()
}

/// The ballot that the n-th head casts in an election: key and choices follow from `n`, so that another
/// process knows them.
pub fn ballot(vote: &VoteId, n: usize, choices: &[u32]) -> CastBallot {
    ballot_of(vote, n, &[choices.to_vec()])
}

/// The same in a vote of several items.
pub fn ballot_of(vote: &VoteId, n: usize, choices: &[Vec<u32>]) -> CastBallot {
    CastBallot {
        vote: vote.clone(),
        head: person(n).to_string(),
        area_dm2: area_dm2(n),
        choices: choices.to_vec(),
        key: format!("{n:032x}"),
    }
}

/// An item of `options` answers.
pub fn choose(number: u32, most: u32, options: u32) -> Item {
    let option =
        |number| ItemOption { number, name: format!("候选人{number}"), statement: String::new(), photo: None };
    Item {
        number,
        kind: ItemKind::Choose,
        title: "选举业主代表".to_owned(),
        text: String::new(),
        most,
        majority: Majority::Ordinary,
        clause: String::new(),
        options: (1..=options).map(option).collect(),
    }
}

/// An item to decide for or against.
pub fn decide(number: u32, majority: Majority) -> Item {
    let option = |(number, name): (u32, &str)| ItemOption {
        number,
        name: name.to_owned(),
        statement: String::new(),
        photo: None,
    };
    Item {
        kind: ItemKind::Decide,
        title: "事项".to_owned(),
        most: 1,
        majority,
        options: (1..).zip(decision::NAMES).map(option).collect(),
        ..choose(number, 1, 0)
    }
}

/// Drafts and announces an election; `n`-th head owns 10,000 + n units of 0.01 m².
///
/// # Errors
/// As the verbs `draft` and `announce`.
pub async fn election(core: &Core, setup: Setup) -> Result<VoteId> {
    let names = (1..=setup.candidates).map(|n| OptionDraft::named(&format!("候选人{n}")));
    let item = DraftItem::election("选举业主代表", setup.seats, names.collect());
    let draft = DraftVote {
        kind: VoteKind::Election,
        secrecy: Secrecy::Private,
        unit: HeadUnit::Owners,
        title: "选举业主代表".to_owned(),
        area: compound(),
        opens_at: setup.opens_at,
        closes_at: setup.closes_at,
        items: vec![item],
    };
    announced(core, draft, &heads(setup.heads), &Rules::default()).await
}

/// Drafts and announces a vote over a roll of one's own.
///
/// # Errors
/// As the verbs `draft` and `announce`.
pub(crate) async fn announced(core: &Core, draft: DraftVote, heads: &[Head], rules: &Rules) -> Result<VoteId> {
    let input = (core.ids.clone(), draft, heads.to_vec(), rules.clone());
    core.db
        .write(input, |tx, (ids, draft, heads, rules)| {
            Box::pin(async move {
                let id: VoteId = tx.id();
                let short = i64::from(u32::from_be_bytes(tx.random::<4>()));
                store::insert_draft(tx.conn(), (&id, id.as_str(), short), draft, "龙北小区").await?;
                store::paper::replace(tx.conn(), &id, &draft.items).await?;
                for (holder, part, code) in [
                    (organiser(), KeyPart::Organiser, ORGANISERS_CODE),
                    (scrutineer(), KeyPart::Scrutineer, SCRUTINEERS_CODE),
                ] {
                    let Some(key) = from_typed(&id, code) else { continue };
                    keys::put(tx.conn(), &id, (holder.hand(), ""), part, &key.public()).await?;
                }
                let organiser = organiser();
                let vote = announceable(tx, &organiser, &id).await?;
                freeze(tx, &organiser, ids, &vote, (heads, rules)).await?;
                Ok(id)
            })
        })
        .await
}

/// Opens the urn of a made-up vote with both codes; the count's result.
///
/// # Errors
/// As the verb `open`.
pub async fn count(core: &Core, vote: &VoteId) -> Result<Tally> {
    let state = super::open(&organiser(), core, vote, ORGANISERS_CODE).await?;
    if state == OpeningState::Waiting {
        super::open(&scrutineer(), core, vote, SCRUTINEERS_CODE).await?;
    }
    Ok(super::result(&organiser(), core, vote).await?.result)
}

/// A roll of `count` heads, each of one person.
pub(crate) fn heads(count: usize) -> Vec<Head> {
    let head = |n| Head {
        head: person(n).to_string(),
        building: compound().child(&format!("b{:03}", n / HEADS_A_BUILDING)),
        place: format!("{n:05}"),
        names: "王**".to_owned(),
        dwellings: 1,
        area_dm2: area_dm2(n),
        members: vec![Member { person: person(n), acts: true, may_vote: true }],
        homes: Vec::new(),
    };
    (0..count).map(head).collect()
}
