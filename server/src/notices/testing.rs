//! Notices for tests, load and the demo city.

use crate::core::Core;
use crate::error::Result;
use crate::people::{NewArea, NewDwelling, NewHousehold, NewOwner, NewResident, Registration, Sealer, register};
use contract::AreaId;
use contract::area::AreaKind;
use contract::ids::{DwellingId, HouseholdId, PersonId};

/// People in one building.
const IN_BUILDING: usize = 100;
/// People registered in one transaction.
const BATCH: usize = 5_000;

/// The community of the made-up people.
pub fn community() -> AreaId {
    AreaId::city().child("03").child("100").child("004")
}

/// The n-th made-up person.
pub fn person(n: usize) -> PersonId {
    PersonId::trusted(id(n))
}

/// The building that the n-th person lives in.
pub fn building(n: usize) -> AreaId {
    community().child("g01").child("c01").child(&format!("b{:04}", n / IN_BUILDING + 1))
}

fn id(n: usize) -> String {
    format!("00000000-0000-7000-8000-{n:012x}")
}

/// Registers so many people of one community, each with a dwelling of their own; every tenth has no phone.
///
/// # Errors
/// The database's own.
pub async fn residents(core: &Core, count: usize) -> Result<()> {
    let mut places = Registration::default();
    for (place, name) in community().child("g01").child("c01").trail().into_iter().zip(NAMES) {
        places.areas.push(NewArea { id: place, name: name.to_owned(), code: None });
    }
    enter(core, places).await?;
    for first in (0..count).step_by(BATCH) {
        let mut all = Registration::default();
        for n in first..(first + BATCH).min(count) {
            one(core, &mut all, n);
        }
        enter(core, all).await?;
    }
    Ok(())
}

const NAMES: [&str; 6] = ["黄山市", "黄山区", "甘棠镇", "龙北社区", "第1网格", "龙北小区"];

fn one(core: &Core, all: &mut Registration, n: usize) {
    let (place, number) = (building(n), n / IN_BUILDING + 1);
    if n.is_multiple_of(IN_BUILDING) {
        all.areas.push(NewArea { id: place.clone(), name: format!("{number}幢"), code: None });
    }
    let home = place.child("u1").child(&format!("h{:03}", n % IN_BUILDING));
    debug_assert_eq!(home.kind(), AreaKind::Household);
    let (dwelling, household) = (DwellingId::trusted(id(n)), HouseholdId::trusted(id(n)));
    let address = format!("龙北小区{number}幢1单元{:03}", n % IN_BUILDING);
    let label = format!("{:03}", n % IN_BUILDING);
    all.dwellings.push(NewDwelling::flat(dwelling.clone(), home.clone(), label, address, 10_000));
    let phone = (n % 10 != 9).then(|| format!("139{n:08}"));
    let born = format!("{}-06-15", 1940 + n % 80);
    let name = format!("汪{}", char::from_u32(0x4e00 + u32::try_from(n % 5_000).unwrap_or(0)).unwrap_or('一'));
    all.persons.push(Sealer(&core.keys).person(person(n), name, born, home, phone.as_deref(), None));
    all.households.push(NewHousehold { id: household.clone(), dwelling: dwelling.clone() });
    all.residents.push(NewResident { household, person: person(n) });
    all.owners.push(NewOwner { dwelling, person: person(n), share: (1, 1) });
}

async fn enter(core: &Core, all: Registration) -> Result<()> {
    core.db.write(all, |tx, all| Box::pin(async move { register(tx.conn(), all).await })).await
}
