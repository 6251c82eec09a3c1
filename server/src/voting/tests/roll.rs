//! What a granted objection does to the roll: the head that is meant and no other, by the rules that made it.

use super::objections::{at_home, decides, says, vote_of};
use super::story::{form, keyed, registry, set_rules};
use super::*;
use crate::people::{NewDwelling, NewHousehold, NewOwner, NewResident, Registration, Sealer, register as enter};
use crate::testing;
use crate::voting::testing::compound;
use crate::voting::{announce, decide_objection, detail, draft, naming, object, objection_heads, own_objections};
use contract::Error as Told;
use contract::ids::{DwellingId, HouseholdId, PersonId};
use contract::people::DwellingKind;
use contract::voting::{DecisionForm, DraftForm, OTHER_HEAD, ObjectionForm, RollEntry};

/// A fourth person, born on this day, for whom somebody acts.
pub(super) async fn newcomer(core: &Core, born: &str, guardian: Option<&PersonId>) -> PersonId {
    let id = PersonId::trusted("00000000-0000-7000-8000-000000000004");
    let input = (core.keys.clone(), id.clone(), born.to_owned(), guardian.cloned());
    core.db
        .write(input, |tx, (keys, id, born, guardian)| {
            Box::pin(async move {
                let home = compound().child("b01");
                let person =
                    Sealer(keys).person(id.clone(), "丁".to_owned(), born.clone(), home, Some("13855900004"), None);
                let person = match guardian {
                    Some(guardian) => person.under(guardian.clone()),
                    None => person,
                };
                enter(tx.conn(), &Registration { persons: vec![person], ..Registration::default() }).await
            })
        })
        .await
        .unwrap();
    id
}

/// A dwelling of 90 m² in building 1, or a share in one that is there.
async fn owns(core: &Core, door: &str, kind: DwellingKind, owners: &[PersonId]) {
    let input = (door.to_owned(), kind, owners.to_vec());
    core.db
        .write(input, |tx, (door, kind, owners)| {
            Box::pin(async move {
                let id = DwellingId::trusted(format!("dwelling-{door}"));
                let area = compound().child("b01").child("u1").child(door);
                let mut all = Registration::default();
                let known: Option<(i64,)> = sqlx::query_as("SELECT area_dm2 FROM dwellings WHERE id = $1")
                    .bind(&id)
                    .fetch_optional(tx.conn())
                    .await?;
                if known.is_none() {
                    let flat = NewDwelling::flat(id.clone(), area, door.clone(), door.clone(), 9_000);
                    all.dwellings.push(NewDwelling { kind: *kind, ..flat });
                }
                for person in owners {
                    all.owners.push(NewOwner { dwelling: id.clone(), person: person.clone(), share: (1, 3) });
                }
                enter(tx.conn(), &all).await
            })
        })
        .await
        .unwrap();
}

async fn entries(core: &Core, vote: &VoteId, person: &PersonId) -> Vec<RollEntry> {
    own_objections(&at_home(person), core, vote).await.unwrap().heads
}

pub(super) async fn granted(core: &Core, vote: &VoteId, person: &PersonId, ground: &str) -> Result<VoteId, Error> {
    let key = format!("{ground} {}", core.clock.now());
    core.clock.advance(1);
    let id = object(&at_home(person), core, vote, ObjectionForm { key, ..says(ground) }).await.unwrap();
    decide_objection(&organiser(), core, decides(&id, "granted")).await
}

async fn sums(core: &Core, vote: &VoteId) -> (i64, i64) {
    let turnout = detail(&organiser(), core, vote).await.unwrap().turnout;
    (turnout.heads, turnout.area_dm2)
}

/// The one line of a query, as text.
async fn text(core: &Core, sql: &'static str) -> String {
    let mut conn = core.db.read().await.unwrap();
    let (text,): (String,) = sqlx::query_as(sql).fetch_one(&mut *conn).await.unwrap();
    text
}

fn at_field<T>(done: Result<T, Error>, field: &str) -> bool {
    matches!(done, Err(Error::Public(Told::Invalid(faults))) if faults[0].field == field)
}

#[tokio::test]
async fn of_several_heads_the_one_that_is_named_changes() {
    for core in testing::cores().await {
        let [_, second, _] = registry(&core).await;
        owns(&core, "301", DwellingKind::Home, std::slice::from_ref(&second)).await;
        let vote = announced_now(&core).await;
        let heads = entries(&core, &vote, &second).await;
        assert_eq!(heads.iter().map(|entry| entry.place.as_str()).collect::<Vec<_>>(), ["201", "301"]);
        let unnamed = object(&at_home(&second), &core, &vote, says("wrong_area")).await;
        assert!(at_field(unnamed, "head"), "which of the two?");
        let named = |head: &str| ObjectionForm { head: head.into(), key: head.into(), ..says("wrong_area") };
        assert!(at_field(object(&at_home(&second), &core, &vote, named("x")).await, "head"));
        let id = object(&at_home(&second), &core, &vote, named(&heads[1].head)).await.unwrap();
        let shown = own_objections(&at_home(&second), &core, &vote).await.unwrap().rows.remove(0);
        assert_eq!(shown.place.as_deref(), Some("301"));
        // The other head may be wrong as well.
        object(&at_home(&second), &core, &vote, named(&heads[0].head)).await.unwrap();
        let decision = DecisionForm { area: "95".into(), ..decides(&id, "granted") };
        decide_objection(&organiser(), &core, decision).await.unwrap();
        let areas: Vec<i64> = entries(&core, &vote, &second).await.iter().map(|entry| entry.area_dm2).collect();
        assert_eq!(areas, [9_000, 9_500]);

        let id = object(&at_home(&second), &core, &vote, named(OTHER_HEAD)).await.unwrap();
        let decision = DecisionForm { area: "80".into(), ..decides(&id, "granted") };
        assert!(at_field(decide_objection(&organiser(), &core, decision.clone()).await, "head"), "nothing is guessed");
        let offered = objection_heads(&organiser(), &core, &id, None).await.unwrap();
        assert_eq!(offered.len(), 2);
        let foreign = DecisionForm { head: "x".into(), ..decision.clone() };
        assert!(at_field(decide_objection(&organiser(), &core, foreign).await, "head"));
        let chosen = DecisionForm { head: offered[0].head.clone(), ..decision };
        decide_objection(&organiser(), &core, chosen).await.unwrap();
        let areas: Vec<i64> = entries(&core, &vote, &second).await.iter().map(|entry| entry.area_dm2).collect();
        assert_eq!(areas, [8_000, 9_500]);
    }
}

/// The vote of the story over the registry as it is now.
async fn announced_now(core: &Core) -> VoteId {
    set_rules(core).await;
    let vote = keyed(core, draft(&organiser(), core, form()).await.unwrap()).await;
    announce(&organiser(), core, &vote).await.unwrap();
    vote
}

#[tokio::test]
async fn who_is_missing_is_listed_with_all_owners_and_by_the_rolls_own_rules() {
    for core in testing::cores().await {
        let (vote, [first, second, third]) = vote_of(&core).await;
        let fourth = newcomer(&core, "1980-01-01", None).await;
        assert_eq!(refusal(granted(&core, &vote, &fourth, "missing").await), Some(Refusal::NothingRegistered));
        owns(&core, "P1", DwellingKind::Parking, std::slice::from_ref(&fourth)).await;
        // The one who was refused just now is decided otherwise: parking counts nothing by the rules.
        let again = super::objections::decides;
        let open = own_objections(&at_home(&fourth), &core, &vote).await.unwrap().rows.remove(0).id;
        let parking = decide_objection(&organiser(), &core, again(&open, "granted")).await;
        assert_eq!(refusal(parking), Some(Refusal::NothingRegistered));
        // A flat of two, whose shares do not divide: one head of both with the whole area, and neither votes alone.
        owns(&core, "301", DwellingKind::Home, &[first.clone(), fourth.clone()]).await;
        decide_objection(&organiser(), &core, again(&open, "granted")).await.unwrap();
        assert_eq!(sums(&core, &vote).await, (3, 36_000));
        let head = entries(&core, &vote, &fourth).await.remove(0);
        assert_eq!((head.members, head.named, head.area_dm2), (2, false, 9_000));
        assert_eq!(naming(&at_home(&fourth), &core, &vote).await.unwrap().heads.len(), 1);
        assert_eq!(refusal(granted(&core, &vote, &first, "missing").await), Some(Refusal::AlreadyOnRoll));
        // A third owner of it changes that head and makes no second; the flat counts once.
        owns(&core, "301", DwellingKind::Home, std::slice::from_ref(&second)).await;
        granted(&core, &vote, &second, "missing").await.unwrap();
        assert_eq!(sums(&core, &vote).await, (3, 36_000));
        assert_eq!(entries(&core, &vote, &fourth).await[0].members, 3);
        // A co-owner who is listed gets the flat that is theirs alone.
        owns(&core, "302", DwellingKind::Home, std::slice::from_ref(&third)).await;
        granted(&core, &vote, &third, "missing").await.unwrap();
        let own = entries(&core, &vote, &third).await;
        assert_eq!((own.len(), own[1].area_dm2, own[1].may_vote), (2, 9_000, true));
        // One of two flats of a head turns out to be shared: that head keeps the other.
        owns(&core, "302", DwellingKind::Home, std::slice::from_ref(&fourth)).await;
        owns(&core, "303", DwellingKind::Home, std::slice::from_ref(&third)).await;
        granted(&core, &vote, &fourth, "missing").await.unwrap();
        let own = entries(&core, &vote, &third).await;
        assert_eq!(own.iter().map(|entry| entry.place.as_str()).collect::<Vec<_>>(), ["201", "302"]);
        granted(&core, &vote, &third, "missing").await.unwrap();
        assert_eq!(sums(&core, &vote).await, (5, 54_000));
        let counted = "SELECT CAST(SUM(area_dm2) AS BIGINT) FROM voting_dwellings";
        assert_eq!(number(&core, counted).await, 54_000, "every dwelling once");
    }
}

#[tokio::test]
async fn for_a_minor_who_is_missing_the_guardian_votes() {
    for core in testing::cores().await {
        let (vote, [first, ..]) = vote_of(&core).await;
        let child = newcomer(&core, "2015-01-01", Some(&first)).await;
        owns(&core, "301", DwellingKind::Home, std::slice::from_ref(&child)).await;
        granted(&core, &vote, &first, "missing").await.unwrap();
        assert!(!entries(&core, &vote, &child).await[0].may_vote);
        assert!(entries(&core, &vote, &first).await.iter().any(|entry| entry.place == "301" && entry.may_vote));
    }
}

#[tokio::test]
async fn a_household_that_is_missing_is_listed_as_one() {
    for core in testing::cores().await {
        let [_, second, third] = registry(&core).await;
        lives(&core, "h1", "201", std::slice::from_ref(&second)).await;
        set_rules(&core).await;
        let poll = DraftForm {
            kind: "poll".into(),
            unit: "households".into(),
            item_title: vec!["什么时候开放".into()],
            item_options: vec!["早上\n晚上".into()],
            item_most: vec!["1".into()],
            ..form()
        };
        let vote = keyed(&core, draft(&organiser(), &core, poll).await.unwrap()).await;
        announce(&organiser(), &core, &vote).await.unwrap();
        assert_eq!(sums(&core, &vote).await, (1, 0));
        lives(&core, "h1", "201", std::slice::from_ref(&third)).await;
        granted(&core, &vote, &third, "missing").await.unwrap();
        assert_eq!(sums(&core, &vote).await, (1, 0), "one ballot a household");
        let own = entries(&core, &vote, &third).await;
        assert_eq!((own[0].members, own[0].may_vote), (2, true));
    }
}

/// Puts people into a household of the flat behind a door of building 2.
async fn lives(core: &Core, household: &str, door: &str, persons: &[PersonId]) {
    let input = (HouseholdId::trusted(household), door.to_owned(), persons.to_vec());
    core.db
        .write(input, |tx, (household, door, persons)| {
            Box::pin(async move {
                let mut all = Registration::default();
                let known: Option<(String,)> = sqlx::query_as("SELECT dwelling_id FROM households WHERE id = $1")
                    .bind(&*household)
                    .fetch_optional(tx.conn())
                    .await?;
                if known.is_none() {
                    let (dwelling,): (DwellingId,) = sqlx::query_as("SELECT id FROM dwellings WHERE label = $1")
                        .bind(&*door)
                        .fetch_one(tx.conn())
                        .await?;
                    all.households.push(NewHousehold { id: household.clone(), dwelling });
                }
                for person in persons {
                    all.residents.push(NewResident { household: household.clone(), person: person.clone() });
                }
                enter(tx.conn(), &all).await
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn when_one_of_two_owners_is_taken_off_the_other_votes() {
    for core in testing::cores().await {
        let (vote, [_, second, third]) = vote_of(&core).await;
        granted(&core, &vote, &second, "not_owner").await.unwrap();
        let left = entries(&core, &vote, &third).await.remove(0);
        assert_eq!((left.members, left.may_vote), (1, true));
        assert_eq!(text(&core, "SELECT names FROM voting_roll WHERE place = '201'").await, "丙");
        let before = text(&core, "SELECT persons_before FROM voting_roll_changes").await;
        let after = text(&core, "SELECT persons_after FROM voting_roll_changes").await;
        assert!(before.contains(second.as_str()) && !after.contains(second.as_str()));
        assert!(after.contains(&format!(r#"{{"person":"{third}","acts":1,"votes":1}}"#)), "{after}");
        assert_eq!(text(&core, "SELECT reason FROM voting_roll_changes").await, "已核对不动产权证");
        let event = text(&core, "SELECT payload FROM events WHERE verb = 'roll_change'").await;
        assert!(event.contains("已核对不动产权证") && event.contains("persons_before"), "{event}");
    }
}
