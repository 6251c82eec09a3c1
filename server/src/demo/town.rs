//! One community: compounds, buildings, doors, and who lives and owns behind them.

use super::cast::{Door, PARTS, Part};
use super::dice::Dice;
use super::folk::{Registrar, SEED};
use super::household::{Household, Somebody, household};
use super::places::{COMPOUNDS, LONGBEI, Named};
use super::plan::{Community, official};
use crate::people::{NewArea, NewDwelling, NewHousehold, NewOwner, NewResident, Registration, Sealer, normal_address};
use contract::AreaId;
use contract::ids::{DwellingId, PersonId};

/// Buildings of a made-up compound.
const USUAL: Named = Named { name: "", buildings: &[1, 2, 3, 5, 6], units: 2, floors: 6, doors: 2 };

/// All rows of a community.
pub fn community(community: &Community, sealer: Sealer<'_>) -> Registration {
    let mut town = Town {
        community,
        sealer,
        registrar: Registrar::new(community),
        dice: Dice::new(SEED ^ community.first.wrapping_mul(0x9e37_79b9)),
        heads: Vec::new(),
        all: Registration::default(),
    };
    town.area(community.area.clone(), community.name.clone(), Some(official(&community.area)));
    let named = community.compounds.iter().map(|named| (named.name.to_owned(), *named));
    let base = community.name.trim_end_matches("社区").trim_end_matches('村');
    let round = |n: usize| if n < COMPOUNDS.len() { String::new() } else { format!("{}期", n / COMPOUNDS.len() + 1) };
    let usual = (0..).map(|n| (format!("{base}{}{}", COMPOUNDS[n % COMPOUNDS.len()], round(n)), USUAL));
    // An address names its compound and not its grid: a name that a compound has already is passed over.
    let usual = usual.filter(|(name, _)| community.compounds.iter().all(|named| named.name != name));
    for (grid, (name, layout)) in (1..).zip(named.chain(usual)) {
        if town.full() {
            break;
        }
        town.compound(grid, &name, &layout);
    }
    town.all
}

struct Town<'a> {
    community: &'a Community,
    sealer: Sealer<'a>,
    registrar: Registrar<'a>,
    dice: Dice,
    /// Heads of earlier households: who owns the flats that are let or stand empty.
    heads: Vec<PersonId>,
    all: Registration,
}

/// A door before somebody lives behind it.
struct Spot {
    area: AreaId,
    label: String,
    address: String,
}

impl Town<'_> {
    fn full(&self) -> bool {
        self.registrar.count() >= self.community.people
    }

    fn area(&mut self, id: AreaId, name: String, code: Option<String>) {
        self.all.areas.push(NewArea { id, name, code });
    }

    /// A grid with one compound in it.
    fn compound(&mut self, grid: u32, name: &str, layout: &Named) {
        let grid_id = self.community.area.child(&format!("g{grid:02}"));
        let id = grid_id.child("c01");
        self.area(grid_id, format!("第{grid}网格"), None);
        self.area(id.clone(), name.to_owned(), None);
        for number in layout.buildings {
            let building = id.child(&format!("b{number:02}"));
            self.area(building.clone(), format!("{number}幢"), None);
            for unit in 1..=layout.units {
                self.area(building.child(&format!("u{unit}")), format!("{unit}单元"), None);
            }
        }
        let cast: &[Part] = if layout.name == LONGBEI.name { &PARTS } else { &[] };
        for part in cast {
            self.star(&id, name, part);
        }
        let taken = |door: Door| cast.iter().any(|part| part.homes.iter().any(|(home, _)| *home == door));
        for door in doors(layout).filter(|door| !taken(*door)) {
            if self.full() {
                return;
            }
            self.flat(spot(&id, name, door));
        }
    }

    /// One of the cast, alone in the first of their flats.
    fn star(&mut self, compound: &AreaId, name: &str, part: &Part) {
        let mut person = None;
        for (door, area_dm2) in part.homes {
            let spot = spot(compound, name, *door);
            let area = spot.area.clone();
            let dwelling = self.dwelling(spot, *area_dm2);
            let owner = person.get_or_insert_with(|| {
                let somebody = Somebody { name: part.name.to_owned(), sex: part.sex, born: part.born };
                let phone = Some(part.phone.to_owned());
                let id = self.enter(&area, somebody, phone);
                self.together(&dwelling, std::slice::from_ref(&id));
                id
            });
            self.all.owners.push(NewOwner { dwelling, person: owner.clone(), share: (1, 1) });
        }
    }

    /// A flat: mostly its owners live in it; some are let, some stand empty.
    fn flat(&mut self, spot: Spot) {
        let area_dm2 = self.dice.between(6_200, 14_400);
        let area = spot.area.clone();
        let dwelling = self.dwelling(spot, area_dm2);
        let fate = self.dice.below(100);
        let landlord = if self.heads.is_empty() { None } else { Some(self.landlord()) };
        if let (Some(owner), 0..6) = (&landlord, fate) {
            self.all.owners.push(NewOwner { dwelling, person: owner.clone(), share: (1, 1) });
            return;
        }
        let Household { mut people, couple } = household(&mut self.dice);
        people.truncate(usize::try_from(self.community.people - self.registrar.count()).unwrap_or(usize::MAX));
        let couple = couple && people.len() > 1;
        let ids: Vec<PersonId> = people.into_iter().map(|somebody| self.newcomer(&area, somebody)).collect();
        self.together(&dwelling, &ids);
        let owners = match landlord {
            Some(owner) if fate < 14 => vec![owner],
            _ if couple && fate < 54 => ids[..2].to_vec(),
            _ => ids[..1].to_vec(),
        };
        let den = i64::try_from(owners.len()).unwrap_or(1);
        let shares = owners.into_iter().map(|person| NewOwner { dwelling: dwelling.clone(), person, share: (1, den) });
        self.all.owners.extend(shares);
        self.heads.push(ids[0].clone());
    }

    fn landlord(&mut self) -> PersonId {
        let at = usize::try_from(self.dice.below(self.heads.len() as u64)).unwrap_or(0);
        self.heads[at].clone()
    }

    fn newcomer(&mut self, area: &AreaId, somebody: Somebody) -> PersonId {
        let phone = self.registrar.phone(&somebody);
        self.enter(area, somebody, phone)
    }

    fn enter(&mut self, area: &AreaId, mut somebody: Somebody, phone: Option<String>) -> PersonId {
        let id = self.registrar.person();
        let number = self.registrar.id_number(&mut somebody);
        let (year, month, day) = somebody.born;
        let born = format!("{year:04}-{month:02}-{day:02}");
        let person = self.sealer.person(id.clone(), somebody.name, born, area.clone(), phone.as_deref(), Some(&number));
        self.all.persons.push(person);
        id
    }

    fn dwelling(&mut self, spot: Spot, area_dm2: i64) -> DwellingId {
        let id = self.registrar.dwelling();
        let Spot { area, label, address } = spot;
        self.all.dwellings.push(NewDwelling::flat(id.clone(), area, label, address, area_dm2));
        id
    }

    fn together(&mut self, dwelling: &DwellingId, people: &[PersonId]) {
        let household = self.registrar.household();
        self.all.households.push(NewHousehold { id: household.clone(), dwelling: dwelling.clone() });
        let residents = people.iter().map(|id| NewResident { household: household.clone(), person: id.clone() });
        self.all.residents.extend(residents);
    }
}

/// The doors of a compound, floor by floor through all its buildings, so that a small city has people
/// in each of them.
fn doors(layout: &Named) -> impl Iterator<Item = Door> {
    let Named { buildings, units, floors, doors, .. } = *layout;
    (1..=floors).flat_map(move |floor| {
        buildings.iter().flat_map(move |building| {
            (1..=units).flat_map(move |unit| (1..=doors).map(move |door| (*building, unit, floor, door)))
        })
    })
}

fn spot(compound: &AreaId, name: &str, (building, unit, floor, door): Door) -> Spot {
    let label = format!("{floor}{door:02}");
    Spot {
        area: compound
            .child(&format!("b{building:02}"))
            .child(&format!("u{unit}"))
            .child(&format!("h{floor:02}{door:02}")),
        address: normal_address(&format!("{name}{building}幢{unit}单元{label}")),
        label,
    }
}
