//! Objections change the roll before the poll, appeals follow the result; each is decided once, with a reason.

use super::story::{HOUR, form, keyed, registry, resident, set_rules};
use super::*;
use crate::identity::Caller;
use crate::jobs::{Handlers, work_off};
use crate::testing;
use crate::voting::testing::compound;
use crate::voting::{
    ObjectionTexts, Printout, announce, decide_objection, detail, draft, export_objections, object, objections,
    own_objections, result_document, withdraw_objection,
};
use contract::Error as Told;
use contract::ids::{ObjectionId, PersonId};
use contract::voting::{DecisionForm, DraftForm, ObjectionFilter, ObjectionForm, ObjectionState, Stage};

/// The vote of the story, announced: 甲 has 180 m², 乙 and 丙 share 90 m².
pub(super) async fn vote_of(core: &Core) -> (VoteId, [PersonId; 3]) {
    let people = registry(core).await;
    set_rules(core).await;
    let closes_at = "2026-09-20T10:00".into();
    let vote = draft(&organiser(), core, DraftForm { closes_at, ..form() }).await.unwrap();
    let vote = keyed(core, vote).await;
    announce(&organiser(), core, &vote).await.unwrap();
    (vote, people)
}

pub(super) fn says(ground: &str) -> ObjectionForm {
    ObjectionForm {
        ground: ground.into(), text: "面积应为 95 平方米".into(), key: ground.into(), ..Default::default()
    }
}

pub(super) fn decides(objection: &ObjectionId, decision: &str) -> DecisionForm {
    DecisionForm {
        objection: objection.to_string(),
        decision: decision.into(),
        reason: "已核对不动产权证".into(),
        ..DecisionForm::default()
    }
}

pub(super) fn at_home(person: &PersonId) -> Caller {
    resident(person, &compound().child("b01"))
}

#[tokio::test]
async fn a_granted_objection_changes_the_roll_with_a_reason() {
    for core in testing::cores().await {
        let (vote, [first, second, _]) = vote_of(&core).await;
        let before = detail(&organiser(), &core, &vote).await.unwrap();
        let id = object(&at_home(&first), &core, &vote, says("wrong_area")).await.unwrap();
        assert_eq!(object(&at_home(&first), &core, &vote, says("wrong_area")).await.unwrap(), id, "sent again");
        let other = ObjectionForm { key: "other".into(), ..says("wrong_area") };
        assert_eq!(refusal(object(&at_home(&first), &core, &vote, other).await), Some(Refusal::AlreadyObjected));
        let early = object(&at_home(&first), &core, &vote, says("count")).await;
        assert!(matches!(early, Err(Error::Public(Told::Invalid(faults))) if faults[0].field == "ground"));

        let worker = Caller { person: Some(first.clone()), ..organiser() };
        let own = decide_objection(&worker, &core, decides(&id, "granted")).await;
        assert!(matches!(own, Err(Error::Public(Told::Forbidden))), "nobody decides their own");
        let unsaid = decide_objection(&organiser(), &core, decides(&id, "granted")).await;
        assert!(matches!(unsaid, Err(Error::Public(Told::Invalid(faults))) if faults[0].field == "area"));
        let decision = DecisionForm { area: "190.5".into(), ..decides(&id, "granted") };
        decide_objection(&organiser(), &core, decision.clone()).await.unwrap();
        assert_eq!(refusal(decide_objection(&organiser(), &core, decision).await), Some(Refusal::Stale));

        let after = detail(&organiser(), &core, &vote).await.unwrap();
        assert_eq!((before.turnout.area_dm2, after.turnout.area_dm2), (27_000, 28_050));
        assert_ne!(before.roll_sha256, after.roll_sha256, "published anew");
        let change = "SELECT area_before * 100000 + area_after FROM voting_roll_changes";
        assert_eq!(number(&core, change).await, 18_000 * 100_000 + 19_050);
        let logged = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE verb = 'roll_change'";
        assert_eq!(number(&core, logged).await, 1);
        let told = own_objections(&at_home(&first), &core, &vote).await.unwrap().rows.remove(0);
        assert_eq!((told.state, told.reason.as_deref()), (ObjectionState::Granted, Some("已核对不动产权证")));

        let id = object(&at_home(&second), &core, &vote, says("missing")).await.unwrap();
        let listed = decide_objection(&organiser(), &core, decides(&id, "granted")).await;
        assert_eq!(refusal(listed), Some(Refusal::AlreadyOnRoll));
        decide_objection(&organiser(), &core, decides(&id, "refused")).await.unwrap();
    }
}

#[tokio::test]
async fn who_is_missing_is_listed_and_who_is_no_owner_is_taken_off() {
    for core in testing::cores().await {
        let (vote, [first, second, third]) = vote_of(&core).await;
        let id = object(&at_home(&first), &core, &vote, says("not_owner")).await.unwrap();
        decide_objection(&organiser(), &core, decides(&id, "granted")).await.unwrap();
        let roll = detail(&organiser(), &core, &vote).await.unwrap().turnout;
        assert_eq!((roll.heads, roll.area_dm2), (1, 9_000), "the head went with its last person");
        let id = object(&at_home(&first), &core, &vote, says("missing")).await.unwrap();
        decide_objection(&organiser(), &core, decides(&id, "granted")).await.unwrap();
        let roll = detail(&organiser(), &core, &vote).await.unwrap().turnout;
        assert_eq!((roll.heads, roll.area_dm2), (2, 27_000), "with what the registry says");
        // Of co-owners one leaves and the head stays.
        let id = object(&at_home(&second), &core, &vote, says("not_owner")).await.unwrap();
        decide_objection(&organiser(), &core, decides(&id, "granted")).await.unwrap();
        assert_eq!(detail(&organiser(), &core, &vote).await.unwrap().turnout.heads, 2);
        let id = object(&at_home(&third), &core, &vote, says("wrong_area")).await.unwrap();
        withdraw_objection(&at_home(&third), &core, &id).await.unwrap();
        assert_eq!(refusal(withdraw_objection(&at_home(&third), &core, &id).await), Some(Refusal::Stale));
        assert_eq!(refusal(decide_objection(&organiser(), &core, decides(&id, "refused")).await), Some(Refusal::Stale));
    }
}

#[tokio::test]
async fn the_roll_closes_with_the_opening_and_appeals_follow_the_result() {
    for core in testing::cores().await {
        let (vote, [first, second, _]) = vote_of(&core).await;
        let elsewhere = resident(&PersonId::trusted("00000000-0000-7000-8000-000000000099"), &compound());
        let stranger = Caller { grants: Vec::new(), ..elsewhere };
        assert_eq!(refusal(object(&stranger, &core, &vote, says("missing")).await), Some(Refusal::NotOnRoll));
        let id = object(&at_home(&first), &core, &vote, says("wrong_area")).await.unwrap();
        core.clock.advance(HOUR);
        assert_eq!(
            refusal(object(&at_home(&second), &core, &vote, says("missing")).await),
            Some(Refusal::WindowClosed)
        );
        let late = DecisionForm { area: "1".into(), ..decides(&id, "granted") };
        assert_eq!(refusal(decide_objection(&organiser(), &core, late).await), Some(Refusal::RollClosed));
        work_off(&core, &Handlers::all()).await.unwrap();
        let settled = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE verb = 'roll_settled'";
        assert_eq!(number(&core, settled).await, 1, "its hash is in the log once more");
        core.clock.advance(30 * DAY);
        let early = result_document(&organiser(), &core, &vote, Printout::Minutes).await;
        assert_eq!(refusal(early), Some(Refusal::WrongState));
        count(&core, &vote).await.unwrap();
        super::super::publish(&organiser(), &core, &vote).await.unwrap();
        assert_eq!(own_objections(&at_home(&first), &core, &vote).await.unwrap().stage, Some(Stage::Result));
        let appeal = object(&at_home(&first), &core, &vote, says("procedure")).await.unwrap();
        decide_objection(&organiser(), &core, decides(&appeal, "refused")).await.unwrap();
        for printout in [Printout::Minutes, Printout::Notice] {
            let pdf = result_document(&Caller::anonymous(), &core, &vote, printout).await.unwrap();
            if let Ok(folder) = std::env::var("HS_LOOK") {
                std::fs::write(format!("{folder}/{printout:?}.pdf"), &pdf).unwrap();
            }
            assert!(pdf.starts_with(b"%PDF-"));
        }
        let filter = ObjectionFilter { stage: "result".into(), ..ObjectionFilter::default() };
        let (_, page) = objections(&organiser(), &core, &vote, filter.clone()).await.unwrap();
        assert_eq!((page.rows.len(), page.rows[0].name.as_str()), (1, "甲"));
        let texts =
            ObjectionTexts {
                sheet: "异议".into(), heads: Default::default(), grounds: Vec::new(), states: Vec::new()
            };
        assert!(export_objections(&organiser(), &core, &vote, filter, texts).await.unwrap().starts_with(b"PK"));
        let resident = objections(&at_home(&first), &core, &vote, ObjectionFilter::default()).await;
        assert!(matches!(resident, Err(Error::Public(Told::Forbidden))));
        core.clock.advance(8 * DAY);
        assert_eq!(refusal(object(&at_home(&second), &core, &vote, says("count")).await), Some(Refusal::WindowClosed));
    }
}

#[tokio::test]
async fn the_minutes_tell_every_objection_and_appeal() {
    const KEPT: &str = "INSERT INTO voting_objections (id, vote, stage, ground, person, text, state, at, form_key) \
         VALUES ($1, $2, $3, 'procedure', $1, '', 'withdrawn', 0, $1)";
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 2, 1).await;
        core.db
            .write(vote.clone(), |tx, vote| {
                Box::pin(async move {
                    for n in 0..450 {
                        let (id, stage) = (format!("{n:04}"), if n < 449 { "roll" } else { "result" });
                        sqlx::query(KEPT).bind(id).bind(&*vote).bind(stage).execute(tx.conn()).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        let told = crate::voting::documents::told(&mut core.db.read().await.unwrap(), &vote).await.unwrap();
        assert_eq!((told.len(), told.last().map(|last| last.id.to_string())), (450, Some("0449".to_owned())));
    }
}
