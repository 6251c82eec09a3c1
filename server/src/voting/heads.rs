//! From the registry to the roll's heads, pure.
//!
//! Owners (民法典 art. 278; 法释〔2009〕7号 art. 8 and 9): dwellings of the same owners together are one head,
//! their registered areas summed. Who owns one flat alone and another with somebody is two heads: the law
//! does not say, and two sets of owners are two wills. Co-owners count once; who of them votes they name
//! themselves, and until then nobody does. What a developer has not sold, and what it has sold and not handed
//! over, is one head of the developer's. For a minor, and for an organisation, votes whom the registry names
//! as acting for them. Parking places and storerooms count where the area's rules say so.

use super::store::roll::{Head, Member};
use crate::people::{Developer, Dweller, Holding};
use contract::area::AreaKind;
use contract::check::mask_name;
use contract::ids::{DwellingId, PersonId};
use contract::people::DwellingKind;
use contract::voting::HeadUnit;
use contract::{AreaId, Millis, local};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Full age in years (民法典 art. 17).
const FULL_AGE: i64 = 18;

/// Whoever was born later than this day is a minor at `now`: `2008-08-29` on 2026-08-29.
pub(super) fn last_birth(now: Millis) -> String {
    let today = local::format(now);
    let (year, day) = today.split_at(4);
    format!("{:04}{}", year.parse::<i64>().unwrap_or_default() - FULL_AGE, &day[..6])
}

/// An owner as the registry knows them.
#[derive(Clone, Copy)]
struct Owner<'a> {
    name: &'a str,
    /// Empty for an organisation.
    born: &'a str,
    guardian: Option<&'a PersonId>,
}

impl<'a> From<&'a Holding> for Owner<'a> {
    fn from(holding: &'a Holding) -> Self {
        Self { name: &holding.name, born: &holding.born, guardian: holding.guardian.as_ref() }
    }
}

impl<'a> From<&'a Developer> for Owner<'a> {
    fn from(developer: &'a Developer) -> Self {
        Self { name: &developer.name, born: "", guardian: developer.guardian.as_ref() }
    }
}

/// Who stands on the roll together.
struct Set<'a> {
    owners: BTreeMap<&'a PersonId, Owner<'a>>,
    homes: Vec<(DwellingId, i64)>,
    first: &'a Holding,
}

/// The heads of owners from holdings that stand dwelling by dwelling, in the order of their first dwelling.
pub(super) fn of_owners(holdings: &[Holding], parking: bool, now: Millis) -> Vec<Head> {
    let of_age = last_birth(now);
    let counts = |kind| parking || matches!(kind, DwellingKind::Home | DwellingKind::Shop);
    let mut sets: Vec<Set<'_>> = Vec::new();
    let mut places: HashMap<Vec<&PersonId>, usize> = HashMap::new();
    let dwellings = holdings.chunk_by(|a, b| a.dwelling == b.dwelling);
    for dwelling in dwellings.filter(|dwelling| counts(dwelling[0].kind)) {
        let first = &dwelling[0];
        let unsold = !first.delivered || dwelling.iter().any(|holding| holding.is_developer);
        let owners: BTreeMap<&PersonId, Owner<'_>> = match first.developer.as_ref().filter(|_| unsold) {
            Some(developer) => BTreeMap::from([(&developer.id, Owner::from(developer))]),
            None => dwelling.iter().map(|holding| (&holding.person, Owner::from(holding))).collect(),
        };
        let at = *places.entry(owners.keys().copied().collect()).or_insert_with(|| {
            sets.push(Set { owners, homes: Vec::new(), first });
            sets.len() - 1
        });
        sets[at].homes.push((first.dwelling.clone(), first.area_dm2));
    }
    sets.into_iter().filter_map(|set| set.head(&of_age)).collect()
}

impl Set<'_> {
    fn head(self, of_age: &str) -> Option<Head> {
        let owners: Vec<&PersonId> = self.owners.keys().copied().collect();
        let names: Vec<String> = self.owners.values().map(shown_name).collect();
        let acting: BTreeSet<&PersonId> =
            self.owners.iter().filter_map(|(person, owner)| acting(person, owner, of_age)).collect();
        // One person acting for all of them needs no naming.
        let alone = acting.len() == 1;
        let everybody: BTreeSet<&PersonId> = owners.iter().copied().chain(acting.iter().copied()).collect();
        let members = everybody.into_iter().map(|person| {
            let acts = acting.contains(person);
            Member { person: person.clone(), acts, may_vote: alone && acts }
        });
        Some(Head {
            head: head_id(&owners),
            building: building_of(&self.first.area),
            place: self.first.address.clone(),
            names: names.join("、"),
            dwellings: i64::try_from(self.homes.len()).ok()?,
            area_dm2: self.homes.iter().map(|(_, area_dm2)| area_dm2).sum(),
            members: members.collect(),
            homes: self.homes,
        })
    }
}

/// A person's name masked; an organisation's in full, which is no personal data.
fn shown_name(owner: &Owner<'_>) -> String {
    if owner.born.is_empty() { owner.name.to_owned() } else { mask_name(owner.name) }
}

/// Who acts for an owner: whom the registry names for a minor or an organisation, else the owner; nobody for
/// a minor without a guardian.
fn acting<'a>(person: &'a PersonId, owner: &Owner<'a>, of_age: &str) -> Option<&'a PersonId> {
    let minor = owner.born > of_age;
    match owner.guardian {
        Some(guardian) if owner.born.is_empty() || minor => Some(guardian),
        _ if minor => None,
        _ => Some(person),
    }
}

/// A sole owner's id, or a hash over the co-owners' ids.
fn head_id(owners: &[&PersonId]) -> String {
    match owners {
        [owner] => owner.to_string(),
        several => {
            let ids: Vec<&str> = several.iter().map(|owner| owner.as_str()).collect();
            format!("set-{}", &hex::encode(Sha256::digest(ids.join("\n")))[..32])
        }
    }
}

fn building_of(area: &AreaId) -> AreaId {
    area.up_to(AreaKind::Building).unwrap_or_else(|| area.clone())
}

/// The heads of residents of full age, each of them or their households. They carry no area.
pub(super) fn of_residents(dwellers: &[Dweller], unit: HeadUnit, now: Millis) -> Vec<Head> {
    let of_age = last_birth(now);
    let mut heads: Vec<Head> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for dweller in dwellers.iter().filter(|dweller| dweller.born.as_str() <= of_age.as_str()) {
        let head = match unit {
            HeadUnit::Households => dweller.household.as_str(),
            _ => dweller.person.as_str(),
        };
        let at = *places.entry(head).or_insert_with(|| {
            heads.push(Head {
                head: head.to_owned(),
                building: building_of(&dweller.area),
                place: dweller.address.clone(),
                names: String::new(),
                dwellings: 1,
                area_dm2: 0,
                members: Vec::new(),
                homes: Vec::new(),
            });
            heads.len() - 1
        });
        let head = &mut heads[at];
        if head.members.iter().all(|member| member.person != dweller.person) {
            let comma = if head.names.is_empty() { "" } else { "、" };
            head.names = format!("{}{comma}{}", head.names, mask_name(&dweller.name));
            head.members.push(Member { person: dweller.person.clone(), acts: true, may_vote: true });
        }
    }
    heads
}
