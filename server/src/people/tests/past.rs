//! The registry as of a moment, against a replay of all that was ever entered.

use super::{area, fill, person};
use crate::people::store::bulk::{self, DwellingRow, OwnerRow};
use crate::people::store::change::{self, Stake};
use crate::people::{as_of, owners_under_at};
use crate::testing::{START, cores};
use contract::people::AsOf;
use contract::{Error, Millis};
use std::collections::BTreeMap;

const BUILDING: &str = "3410.03.100.004.g01.c01.b01";

/// Chance that repeats.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Owners' shares of each dwelling, and its area.
type Registry = BTreeMap<String, (i64, Vec<(String, i64, i64)>)>;

/// What [`owners_under_at`] is to say of it: person, dwellings, area.
fn heads(registry: &Registry) -> Vec<(String, u32, i64)> {
    let mut heads: BTreeMap<String, (u32, i64)> = BTreeMap::new();
    for (area, owners) in registry.values() {
        let shares: Vec<(i64, i64)> = owners.iter().map(|(_, num, den)| (*num, *den)).collect();
        for ((owner, ..), part) in owners.iter().zip(crate::people::rules::divide(*area, &shares)) {
            let head = heads.entry(owner.clone()).or_default();
            *head = (head.0 + 1, head.1 + part);
        }
    }
    heads.into_iter().map(|(owner, (count, area))| (owner, count, area)).collect()
}

#[tokio::test]
async fn any_moment_is_as_a_replay_says() {
    for core in cores().await {
        fill(&core).await;
        let doors: Vec<String> = (1..=12).map(|floor| format!("{BUILDING}.u1.h{floor:02}01")).collect();
        let mut now: Registry = BTreeMap::new();
        let stored = dwellings(&core, &doors).await;
        for row in &stored {
            let mut owners: Vec<_> =
                owners(&core, row).await.iter().map(|o| (o.person_id.to_string(), o.share_num, o.share_den)).collect();
            owners.sort();
            now.insert(row.id.to_string(), (row.area_dm2, owners));
        }
        let mut history: Vec<(Millis, Registry)> = vec![(START, now.clone())];
        let mut dice = Dice(7);
        for step in 1..=60 {
            let at = START + step * 1_000 - i64::try_from(dice.below(2)).unwrap() * 1_000;
            let row = dwellings(&core, &doors).await.swap_remove(usize::try_from(dice.below(12)).unwrap());
            let (area, held) = now.get_mut(row.id.as_str()).unwrap();
            if dice.below(3) == 0 {
                *area = 5_000 + i64::try_from(dice.below(9_000)).unwrap();
                resize(&core, row, *area, at).await;
            } else {
                let first = dice.below(24);
                let mut people: Vec<u64> = (0..=dice.below(3)).map(|n| (first + n * 5) % 24).collect();
                people.sort_unstable();
                let den = i64::try_from(people.len()).unwrap();
                *held = people.iter().map(|n| (person(usize::try_from(*n).unwrap()).to_string(), 1, den)).collect();
                sell(&core, row, held.clone(), at).await;
            }
            history.push((at, now.clone()));
        }
        let mut conn = core.db.read().await.unwrap();
        for (n, (at, _)) in history.iter().enumerate() {
            // Several changes of one moment: the last of them stands.
            let stood = &history.iter().rfind(|(then, _)| then <= at).unwrap().1;
            let mut told: Vec<_> = owners_under_at(&mut conn, &area(BUILDING), *at)
                .await
                .unwrap()
                .into_iter()
                .map(|owner| (owner.person.to_string(), owner.dwellings, owner.area_dm2))
                .collect();
            told.sort();
            assert_eq!(told, heads(stood), "step {n}");
        }
    }
}

async fn dwellings(core: &crate::Core, doors: &[String]) -> Vec<DwellingRow> {
    let doors: Vec<&str> = doors.iter().map(String::as_str).collect();
    let mut rows = bulk::dwellings_at(&mut core.db.read().await.unwrap(), &doors).await.unwrap();
    rows.sort_by(|a, b| a.area_id.cmp(&b.area_id));
    rows
}

async fn owners(core: &crate::Core, dwelling: &DwellingRow) -> Vec<OwnerRow> {
    bulk::owners_at(&mut core.db.read().await.unwrap(), &[dwelling.area_id.as_str()]).await.unwrap()
}

async fn resize(core: &crate::Core, old: DwellingRow, area_dm2: i64, at: Millis) {
    core.db
        .write((old, area_dm2, at), |tx, (old, area_dm2, at)| {
            Box::pin(async move {
                let new = DwellingRow { area_dm2: *area_dm2, ..old.clone() };
                Ok(change::dwelling(tx.conn(), old, &new, *at).await?)
            })
        })
        .await
        .unwrap();
}

async fn sell(core: &crate::Core, dwelling: DwellingRow, owners: Vec<(String, i64, i64)>, at: Millis) {
    core.db
        .write((dwelling, owners, at), |tx, (dwelling, owners, at)| {
            Box::pin(async move {
                let before = bulk::owners_at(tx.conn(), &[dwelling.area_id.as_str()]).await?;
                let stake = |(person, num, den): &(String, i64, i64)| Stake {
                    person: contract::ids::PersonId::trusted(person.clone()),
                    num: *num,
                    den: *den,
                };
                let stakes: Vec<Stake> = owners.iter().map(stake).collect();
                change::tenure(tx.conn(), &dwelling.id, &before, &stakes, *at).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn workers_see_a_building_as_of_a_day() {
    for core in cores().await {
        fill(&core).await;
        core.clock.advance(3 * 86_400_000);
        let doors = [format!("{BUILDING}.u1.h0101")];
        let flat = dwellings(&core, &doors).await.remove(0);
        sell(&core, flat, vec![(person(5).to_string(), 1, 1)], core.clock.now()).await;
        let look = |day: &'static str, at: &'static str| {
            let core = core.clone();
            async move {
                let input = AsOf { area: Some(area(at)), day: day.to_owned() };
                as_of(&super::worker(super::COMMUNITY), &core, input).await
            }
        };
        let before = look("2026-08-31", BUILDING).await.unwrap().held.unwrap();
        let after = look("2026-09-01", BUILDING).await.unwrap().held.unwrap();
        let owner = |held: &[contract::people::PastDwelling]| held[0].owners[0].name.clone();
        assert_eq!((owner(&before), owner(&after), before.len()), (super::name(0), super::name(5), 12));
        let compound = look("", "3410.03.100.004.g01.c01").await.unwrap();
        assert!(compound.held.is_none() && compound.day == "2026-09-01");
        assert_eq!(
            look("2026-02-30", BUILDING).await.unwrap_err().public(),
            Error::field("day", contract::Issue::Format)
        );
        assert_eq!(look("", "3410.02").await.unwrap_err().public(), Error::Forbidden);
    }
}
