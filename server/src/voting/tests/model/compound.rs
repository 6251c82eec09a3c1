//! A compound as the model sees it: flats, who owns them, and the heads that the law makes of them.

use crate::people::{Developer, Holding};
use contract::AreaId;
use contract::ids::{DwellingId, PersonId};
use contract::people::{DwellingKind, Share};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Persons 0 to 5 are of full age, and so are 10 and 11, who own nothing.
pub(super) const PERSONS: u8 = 12;
/// A minor, for whom person 0 acts.
const WARD: u8 = 6;
const GUARDIAN: u8 = 0;
/// A minor for whom nobody acts.
const ORPHAN: u8 = 7;
/// Acts for the developer, and owns nothing.
pub(super) const DIRECTOR: u8 = 8;
/// An organisation.
pub(super) const DEVELOPER: u8 = 9;

pub(super) type Owners = BTreeSet<u8>;

/// A flat of the model.
#[derive(Clone, Debug)]
pub(super) struct Flat {
    pub kind: DwellingKind,
    pub area_dm2: i64,
    /// Who bought it, if it is sold.
    pub owners: Owners,
    pub sold: bool,
    pub delivered: bool,
}

pub(super) fn person(n: u8) -> PersonId {
    PersonId::trusted(format!("00000000-0000-7000-8000-{n:012}"))
}

pub(super) fn name(n: u8) -> String {
    format!("某{n}")
}

/// A day of birth; none for an organisation.
pub(super) fn born(n: u8) -> &'static str {
    match n {
        DEVELOPER => "",
        WARD | ORPHAN => "2015-01-01",
        _ => "1980-01-01",
    }
}

/// Whom the registry names as acting for somebody.
pub(super) fn guardian(n: u8) -> Option<u8> {
    match n {
        WARD => Some(GUARDIAN),
        DEVELOPER => Some(DIRECTOR),
        _ => None,
    }
}

/// Who acts for an owner.
fn acting(owner: u8) -> Option<u8> {
    if owner == ORPHAN { None } else { guardian(owner).or(Some(owner)) }
}

impl Flat {
    /// Whose it is in the registry: the developer's until it is sold.
    pub(super) fn holders(&self) -> Owners {
        if self.sold { self.owners.clone() } else { Owners::from([DEVELOPER]) }
    }

    /// Does the registry keep who built it?
    pub(super) fn built(&self) -> bool {
        !self.sold || !self.delivered
    }
}

/// What the registry says of the flats.
pub(super) fn holdings(flats: &[Flat]) -> Vec<Holding> {
    let mut holdings = Vec::new();
    for (at, flat) in flats.iter().enumerate() {
        let area: AreaId = format!("3410.03.001.004.g01.c01.b01.u1.{at:03}").parse().unwrap();
        let developer = || Developer { id: person(DEVELOPER), name: name(DEVELOPER), guardian: Some(person(DIRECTOR)) };
        let holders = flat.holders();
        holdings.extend(holders.iter().map(|owner| Holding {
            dwelling: DwellingId::trusted(format!("d{at}")),
            area: area.clone(),
            address: format!("{at:03}"),
            kind: flat.kind,
            area_dm2: flat.area_dm2,
            person: person(*owner),
            name: name(*owner),
            share: Share { num: 1, den: i64::try_from(holders.len()).unwrap() },
            developer: flat.built().then(developer),
            is_developer: !flat.sold,
            delivered: flat.delivered,
            born: born(*owner).to_owned(),
            guardian: guardian(*owner).map(person),
        }));
    }
    holdings
}

/// One head of the model.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub area_dm2: i64,
    /// Who acts for its owners: several of them must agree.
    pub acting: BTreeSet<u8>,
    /// Its owners and who acts for them.
    pub members: BTreeSet<u8>,
    /// The place of one of its flats.
    pub flat: usize,
}

/// The heads by their owners: what the developer has not sold and not handed over is one of its own.
pub(super) fn heads(flats: &[Flat], parking: bool) -> BTreeMap<Owners, Head> {
    let mut heads: BTreeMap<Owners, Head> = BTreeMap::new();
    let counts = |flat: &Flat| parking || !matches!(flat.kind, DwellingKind::Parking | DwellingKind::Storage);
    for (at, flat) in flats.iter().enumerate().filter(|(_, flat)| counts(flat)) {
        let owners = if flat.built() { Owners::from([DEVELOPER]) } else { flat.owners.clone() };
        let head = heads.entry(owners.clone()).or_default();
        head.area_dm2 += flat.area_dm2;
        head.acting = owners.iter().filter_map(|owner| acting(*owner)).collect();
        head.members = owners.union(&head.acting).copied().collect();
        head.flat = at;
    }
    heads
}

/// A flat of some kind, bought by one to three people, sometimes not sold or not handed over.
pub(super) fn flat() -> impl Strategy<Value = Flat> {
    let kind = prop_oneof![
        8 => Just(DwellingKind::Home), 1 => Just(DwellingKind::Shop),
        2 => Just(DwellingKind::Parking), 1 => Just(DwellingKind::Storage)
    ];
    let owners = prop_oneof![
        3 => proptest::collection::btree_set(0..8u8, 1..=1), 2 => proptest::collection::btree_set(0..8u8, 1..=3)
    ];
    // Multiples of 30 m²: sums of a few are often exactly two thirds, a half or three quarters of others.
    (kind, 1..=4i64, owners, prop::bool::weighted(0.9), prop::bool::weighted(0.9)).prop_map(
        |(kind, area, owners, sold, delivered)| Flat { kind, area_dm2: area * 3_000, owners, sold, delivered },
    )
}
