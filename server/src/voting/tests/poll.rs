//! Opinion polls: one ballot a person of full age, or one a household.

use super::story::{keyed, resident};
use super::*;
use crate::people::{
    NewArea, NewDwelling, NewHousehold, NewPerson, NewResident, Registration, Sealer, register as enter,
};
use crate::testing;
use crate::voting::testing::compound;
use crate::voting::{announce, ballot_paper, bundle, cast, draft, verify_bundle};
use contract::ids::{DwellingId, HouseholdId, PersonId};
use contract::voting::{CastBallot, DraftForm};

/// 甲 and 乙 live together with a child; 丙 lives alone.
async fn residents(core: &Core) -> [PersonId; 4] {
    let people = [1, 2, 3, 4].map(|n| PersonId::trusted(format!("00000000-0000-7000-8000-00000000000{n}")));
    core.db
        .write((core.keys.clone(), people.clone()), |tx, (keys, people)| {
            Box::pin(async move {
                let building = compound().child("b01");
                let area =
                    |id: &contract::AreaId, name: &str| NewArea { id: id.clone(), name: name.into(), code: None };
                let mut all = Registration {
                    areas: vec![area(&compound(), "龙北小区"), area(&building, "1幢")],
                    ..Registration::default()
                };
                for (person, born) in people.iter().zip(["1970-01-01", "1972-01-01", "2008-08-30", "1990-01-01"]) {
                    let person: NewPerson =
                        Sealer(keys).person(person.clone(), "某某".into(), born.into(), building.clone(), None, None);
                    all.persons.push(person);
                }
                for (door, living) in [("101", &people[..3]), ("102", &people[3..])] {
                    let (id, household): (DwellingId, HouseholdId) = (tx.id(), tx.id());
                    let place = building.child("u1").child(door);
                    all.dwellings.push(NewDwelling::flat(id.clone(), place, door.into(), door.into(), 9_000));
                    all.households.push(NewHousehold { id: household.clone(), dwelling: id });
                    for person in living {
                        all.residents.push(NewResident { household: household.clone(), person: person.clone() });
                    }
                }
                enter(tx.conn(), &all).await
            })
        })
        .await
        .unwrap();
    people
}

fn form(unit: &str) -> DraftForm {
    DraftForm {
        kind: "poll".into(),
        unit: unit.into(),
        title: "活动室开放时间".into(),
        area: compound().to_string(),
        opens_at: "2026-08-29T09:00".into(),
        closes_at: "2026-08-30T09:00".into(),
        item_title: vec!["什么时候开放".into()],
        item_options: vec!["早上\n晚上".into()],
        item_most: vec!["2".into()],
        key: unit.into(),
        ..DraftForm::default()
    }
}

async fn say(core: &Core, vote: &VoteId, person: &PersonId, choices: &[u32]) -> Option<Refusal> {
    let caller = resident(person, &compound());
    let paper = ballot_paper(&caller, core, vote).await.unwrap();
    let Some(entry) = paper.next() else { return Some(Refusal::AlreadyVoted) };
    let head = entry.head.clone();
    let ballot = CastBallot { vote: vote.clone(), head, area_dm2: 0, choices: vec![choices.to_vec()], key: paper.key };
    refusal(cast(&caller, core, ballot).await)
}

#[tokio::test]
async fn persons_of_full_age_or_households_are_counted_and_no_area() {
    for core in testing::cores().await {
        let [one, two, child, alone] = residents(&core).await;
        let persons = keyed(&core, draft(&organiser(), &core, form("persons")).await.unwrap()).await;
        let households = keyed(&core, draft(&organiser(), &core, form("households")).await.unwrap()).await;
        for vote in [&persons, &households] {
            announce(&organiser(), &core, vote).await.unwrap();
        }
        assert_eq!(say(&core, &persons, &one, &[1, 2]).await, None);
        assert_eq!(say(&core, &persons, &two, &[2]).await, None);
        assert_eq!(say(&core, &households, &two, &[2]).await, None);
        assert_eq!(say(&core, &households, &one, &[1]).await, Some(Refusal::AlreadyVoted), "one a household");
        assert_eq!(say(&core, &households, &alone, &[]).await, None);
        let minor = ballot_paper(&resident(&child, &compound()), &core, &persons).await.unwrap();
        assert!(minor.next().is_none(), "of full age tomorrow");
        core.clock.advance(DAY);
        for (vote, heads, votes) in [(&persons, 3, [1, 2]), (&households, 2, [0, 1])] {
            let result = count(&core, vote).await.unwrap();
            assert_eq!((result.heads, result.area_dm2, result.quorum), (heads, 0, true));
            let counted: Vec<i64> = result.items[0].options.iter().map(|option| option.votes).collect();
            assert_eq!(counted, votes);
            assert!(result.items[0].passed.is_none() && result.steps.iter().all(|step| step.holds));
            let bytes = bundle(&organiser(), &core, vote).await.unwrap();
            assert_eq!(verify_bundle(&bytes).unwrap().result, result);
        }
    }
}
