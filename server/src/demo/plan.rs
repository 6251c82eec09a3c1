//! Which communities there are and how many people each has.

use super::places::{COUNTIES, FEATURED, Named, PLACES};
use crate::people::NewArea;
use contract::AreaId;
use std::collections::HashMap;

/// Most people whom the communities of the pilot take in together; more go to the rest of the city.
const PILOT: u64 = super::PEOPLE;
/// People of a made-up community, about.
const USUAL: u64 = 1_500;
/// Made-up communities of a street at most.
const EACH_STREET: usize = 8;

/// A community to be filled.
#[derive(Clone, Debug)]
pub struct Community {
    /// Its place.
    pub area: AreaId,
    /// Its name.
    pub name: String,
    /// The six digits that its people's identity numbers begin with.
    pub region: String,
    /// Its number within the county, from 0: keeps identity numbers of neighbours apart.
    pub slot: u64,
    /// People in it.
    pub people: u64,
    /// The number of its first person in the city.
    pub first: u64,
    /// Its named compounds.
    pub compounds: &'static [Named],
}

/// Counties and streets, with their official codes.
pub fn frame() -> Vec<NewArea> {
    let mut areas = Vec::new();
    for county in &COUNTIES {
        let id = AreaId::city().child(county.code);
        areas.push(NewArea { code: Some(official(&id)), id: id.clone(), name: county.name.to_owned() });
        for (code, name) in county.all_streets() {
            let id = id.child(&code);
            areas.push(NewArea { code: Some(official(&id)), id, name });
        }
    }
    areas
}

/// The official code of an area down to a community: its path without dots.
pub fn official(id: &AreaId) -> String {
    id.as_str().replace('.', "")
}

/// The communities with people in them; all together have exactly `people`.
pub fn communities(people: u64) -> Vec<Community> {
    let pilot = people.min(PILOT);
    let mut parts: Vec<u64> = FEATURED.iter().map(|f| f.people * pilot / PILOT).collect();
    parts[0] += pilot - parts.iter().sum::<u64>();
    let featured = FEATURED.iter().zip(parts).map(|(f, people)| {
        let area = f.path.iter().fold(AreaId::city(), |area, code| area.child(code));
        (area, f.name.to_owned(), people, f.compounds)
    });
    let mut plan = Plan::default();
    featured.for_each(|(area, name, people, compounds)| plan.add(area, name, people, compounds));
    let rest = people - pilot;
    let wanted = usize::try_from(rest.div_ceil(USUAL)).unwrap_or(usize::MAX);
    let usual: Vec<(AreaId, String)> = made_up().into_iter().take(wanted).collect();
    let count = usual.len() as u64;
    for (n, (area, name)) in (0..).zip(usual) {
        plan.add(area, name, rest * (n + 1) / count - rest * n / count, &[]);
    }
    plan.communities
}

/// Made-up communities: the first of every street, then the second of every street …
fn made_up() -> Vec<(AreaId, String)> {
    let streets: Vec<NewArea> = frame().into_iter().filter(|area| area.id.trail().len() == 3).collect();
    let mut all = Vec::new();
    for round in 0..EACH_STREET {
        for (at, street) in streets.iter().enumerate() {
            let place = PLACES[(at * 7 + round * 5) % PLACES.len()];
            let kind = match round {
                0 | 1 => "社区",
                _ if place.ends_with('村') => "",
                _ => "村",
            };
            // Codes of the pilot's communities stay below 011.
            all.push((street.id.child(&format!("{:03}", 11 + round)), format!("{place}{kind}")));
        }
    }
    all
}

#[derive(Default)]
struct Plan {
    communities: Vec<Community>,
    slots: HashMap<AreaId, u64>,
    first: u64,
}

impl Plan {
    fn add(&mut self, area: AreaId, name: String, people: u64, compounds: &'static [Named]) {
        let county = area.trail()[1].clone();
        let region = official(&county);
        let slot = self.slots.entry(county).or_insert(0);
        self.communities.push(Community { area, name, region, slot: *slot, people, first: self.first, compounds });
        *slot += 1;
        self.first += people;
    }
}
