//! The registry on both engines, over a compound of two buildings.

mod corrections;
mod entering;
mod exports;
mod imports;
mod lists;
mod looks;
mod merge;
mod moving;
mod past;
mod places;
mod plans;
mod searches;

use super::{NewArea, NewDwelling, NewHousehold, NewOwner, NewResident, Registration, Sealer, register};
use crate::Core;
use crate::identity::{Caller, Grant};
use contract::ids::{AccountId, DwellingId, HouseholdId, PersonId};
use contract::{AreaId, Role};

/// The community of the fixture.
const COMMUNITY: &str = "3410.03.100.004";
/// An identity number with its right check digit, made up.
const ID_NUMBER: &str = "11010519491231002X";
const PHONE: &str = "13855900001";

fn id(n: usize) -> String {
    format!("00000000-0000-7000-8000-{n:012x}")
}

fn person(n: usize) -> PersonId {
    PersonId::trusted(id(n))
}

fn area(path: &str) -> AreaId {
    path.parse().unwrap()
}

/// A community worker of an area.
fn worker(at: &str) -> Caller {
    Caller {
        account: Some(AccountId::trusted("worker")),
        grants: vec![Grant { role: Role::CommunityWorker, area: area(at) }],
        second_factor: true,
        ..Caller::default()
    }
}

/// The n-th person's name; the first is 汪一.
fn name(n: usize) -> String {
    let given = char::from_u32(0x4e00 + n as u32).unwrap();
    format!("汪{given}")
}

/// Two buildings with 12 flats each, one person in each flat, who owns it. Person 0 has
/// phone and identity number, and owns flat 1 too, half and half with person 1.
async fn fill(core: &Core) {
    let mut all = Registration::default();
    let mut place = AreaId::city();
    let names = ["黄山区", "甘棠镇", "龙北社区", "第1网格", "龙北小区"];
    all.areas.push(NewArea { id: place.clone(), name: "黄山市".into(), code: Some("3410".into()) });
    for (code, name) in ["03", "100", "004", "g01", "c01"].iter().zip(names) {
        place = place.child(code);
        all.areas.push(NewArea { id: place.clone(), name: name.into(), code: None });
    }
    let sealer = Sealer(&core.keys);
    for n in 0..24 {
        let (building, floor) = (n / 12 + 1, n % 12 + 1);
        let home = place.child(&format!("b{building:02}")).child("u1").child(&format!("h{floor:02}01"));
        let dwelling = DwellingId::trusted(id(n));
        let address = format!("龙北小区{building}幢1单元{floor}01");
        let label = format!("{floor}01");
        all.dwellings.push(NewDwelling::flat(dwelling.clone(), home.clone(), label, address, 10_001));
        let (phone, number) = if n == 0 { (Some(PHONE), Some(ID_NUMBER)) } else { (None, None) };
        // The day in [`ID_NUMBER`] for the first.
        let born = if n == 0 { "1949-12-31".to_owned() } else { format!("19{:02}-01-01", 50 + n) };
        all.persons.push(sealer.person(person(n), name(n), born, home, phone, number));
        let household = HouseholdId::trusted(id(n));
        all.households.push(NewHousehold { id: household.clone(), dwelling: dwelling.clone() });
        all.residents.push(NewResident { household, person: person(n) });
        let owners = if n == 1 { vec![0, 1] } else { vec![n] };
        let den = owners.len() as i64;
        all.owners.extend(owners.into_iter().map(|n| NewOwner {
            dwelling: dwelling.clone(),
            person: person(n),
            share: (1, den),
        }));
    }
    core.db.write(all, |tx, all| Box::pin(async move { register(tx.conn(), all).await })).await.unwrap();
}
