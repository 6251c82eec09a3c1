//! Dated rules: the nearest area's latest holds, and a vote keeps those of its announcement.

use super::story::{form, keyed, registry};
use super::*;
use crate::identity::{Caller, Grant};
use crate::testing;
use crate::voting::regulations::in_force;
use crate::voting::store::find;
use crate::voting::testing::compound;
use crate::voting::{Delivery, announce, deliver_paper, draft, issue_papers, rules_of, set_rule};
use contract::voting::{DraftForm, RuleForm, Unreturned};
use contract::{AreaId, Role};

fn rule(area: &AreaId, name: &str, value: &str, from: &str) -> RuleForm {
    RuleForm {
        area: area.to_string(),
        name: name.into(),
        value: value.into(),
        clause: "议事规则第3条".into(),
        from: from.into(),
    }
}

#[tokio::test]
async fn the_nearest_and_latest_holds_and_history_stays() {
    for core in testing::cores().await {
        registry(&core).await;
        let now = core.clock.now();
        let rules = |at| {
            let core = core.clone();
            async move { in_force(&mut core.db.read().await.unwrap(), &compound().child("b01"), at).await.unwrap() }
        };
        assert_eq!(rules(now).await, Rules::default());
        let building = compound().child("b01");
        for form in [
            rule(&compound(), "announce_days", "10", "2026-08-29"),
            rule(&compound(), "announce_days", "5", "2026-09-10"),
            rule(&building, "recount_days", "3", "2026-08-29"),
            rule(&compound(), "recount_days", "30", "2026-08-29"),
            rule(&compound(), "unreturned", "abstain", "2026-08-29"),
        ] {
            set_rule(&organiser(), &core, form).await.unwrap();
        }
        let today = rules(now).await;
        assert_eq!((today.announce_days, today.recount_days, today.objection_days), (10, 3, 7));
        assert_eq!((today.unreturned, today.unreturned_clause.as_str()), (Unreturned::Abstain, "议事规则第3条"));
        assert_eq!(rules(now + 30 * DAY).await.announce_days, 5);
        let shown = rules_of(&organiser(), &core).await.unwrap();
        assert_eq!((shown.len(), shown.iter().filter(|set| set.holds).count()), (5, 4));
        let field = |form: RuleForm| {
            let core = core.clone();
            async move {
                match set_rule(&organiser(), &core, form).await {
                    Err(Error::Public(contract::Error::Invalid(faults))) => faults[0].field.clone(),
                    other => format!("{other:?}"),
                }
            }
        };
        assert_eq!(field(rule(&compound(), "poll_days", "3", "2026-08-27")).await, "from", "the past is settled");
        assert_eq!(field(rule(&compound(), "announce_days", "1", "2026-09-10")).await, "from", "set already");
        assert_eq!(field(rule(&compound().child("b77"), "poll_days", "3", "2026-09-10")).await, "area");
        let grants = vec![Grant { role: Role::CommunityWorker, area: AreaId::city() }];
        let worker = Caller { grants, ..organiser() };
        let asked = set_rule(&worker, &core, rule(&compound(), "poll_days", "3", "2026-09-10")).await;
        assert!(matches!(asked, Err(Error::Public(contract::Error::Forbidden))));
        assert_eq!(rules_of(&worker, &core).await.unwrap().len(), 5);
    }
}

#[tokio::test]
async fn a_vote_keeps_the_rules_of_its_announcement() {
    for core in testing::cores().await {
        registry(&core).await;
        super::story::set_rules(&core).await;
        let vote = keyed(&core, draft(&organiser(), &core, form()).await.unwrap()).await;
        announce(&organiser(), &core, &vote).await.unwrap();
        set_rule(&organiser(), &core, rule(&compound(), "recount_days", "1", "2026-08-29")).await.unwrap();
        let stored = find(&mut core.db.read().await.unwrap(), &vote).await.unwrap().unwrap();
        assert_eq!((stored.rules().announce_days, stored.rules().recount_days), (0, 7));
    }
}

#[tokio::test]
async fn what_did_not_come_back_counts_as_the_rules_say() {
    for core in testing::cores().await {
        for (unreturned, passed, participants) in [
            (Unreturned::NotParticipating, false, 6),
            (Unreturned::Abstain, false, 10),
            (Unreturned::FollowMajority, true, 10),
        ] {
            let rules = Rules { unreturned, ..Rules::default() };
            let vote = resolution_by(&core, 10, &[Majority::Ordinary], (Secrecy::Signed, rules)).await;
            for n in 0..6 {
                let said = if n < 5 { 1 } else { 2 };
                crate::voting::cast(&voter(n), &core, ballot_of(&vote, n, &[vec![said]])).await.unwrap();
            }
            issue_papers(&organiser(), &core, &vote, None).await.unwrap();
            let delivery = |receipt: &str| Delivery { receipt: receipt.into(), ..Delivery::default() };
            for paper in 1..=4 {
                let proof = delivery(&format!("签收单第 3 册第 {paper} 行"));
                deliver_paper(&organiser(), &core, &vote, paper, proof).await.unwrap();
            }
            core.clock.advance(DAY);
            let late = deliver_paper(&organiser(), &core, &vote, 1, delivery("补记")).await;
            assert_eq!(refusal(late), Some(Refusal::VoteClosed));
            let result = count(&core, &vote).await.unwrap();
            assert_eq!(result.items[0].passed, Some(passed), "{unreturned:?}");
            let heads = result.steps.iter().find(|step| step.code == "quorum_heads").unwrap();
            assert!(heads.sum.starts_with(&format!("3 × {participants} =")), "{}", heads.sum);
            crate::voting::publish(&organiser(), &core, &vote).await.unwrap();
            let bytes = crate::voting::bundle(&organiser(), &core, &vote).await.unwrap();
            crate::voting::verify_bundle(&bytes).unwrap();
        }
    }
}

#[tokio::test]
async fn periods_end_with_their_last_day_and_holidays_move_it() {
    for core in testing::cores().await {
        registry(&core).await;
        let at = |text: &str| contract::local::parse(text).unwrap();
        let drafted = async |opens_at: &str, key: &str| {
            let dates = DraftForm { opens_at: opens_at.into(), closes_at: "2026-10-20T10:00".into(), ..form() };
            let drafted = draft(&organiser(), &core, DraftForm { key: key.into(), ..dates }).await.unwrap();
            keyed(&core, drafted).await
        };
        // It is 29 August, 9 o'clock: 15 times 24 hours would be over on 13 September at nine.
        let early = drafted("2026-09-13T20:00", "early").await;
        assert_eq!(refusal(announce(&organiser(), &core, &early).await), Some(Refusal::AnnouncedTooShort));
        let holiday = rule(&compound(), "holiday", "2026-09-14", "2026-09-12");
        let backwards = RuleForm { value: "2026-09-11".into(), ..holiday.clone() };
        assert!(set_rule(&organiser(), &core, backwards).await.is_err(), "it ends before it begins");
        let unfounded = RuleForm { clause: String::new(), ..holiday.clone() };
        assert!(set_rule(&organiser(), &core, unfounded).await.is_err(), "no notice is named");
        set_rule(&organiser(), &core, holiday).await.unwrap();
        let moved = drafted("2026-09-15T23:00", "moved").await;
        assert_eq!(refusal(announce(&organiser(), &core, &moved).await), Some(Refusal::AnnouncedTooShort));
        let vote = drafted("2026-09-16T00:00", "whole").await;
        announce(&organiser(), &core, &vote).await.unwrap();
        let stored = find(&mut core.db.read().await.unwrap(), &vote).await.unwrap().unwrap();
        assert_eq!(stored.objections_until, Some(at("2026-09-06T00:00")), "seven whole days");
        assert_eq!(stored.rules(), &Rules::default());
    }
}

#[tokio::test]
async fn rules_that_cannot_be_read_count_nothing() {
    for core in testing::cores().await {
        let vote = open_resolution(&core, 2, &[Majority::Ordinary], Secrecy::Private).await;
        core.db
            .write((), |tx, ()| {
                Box::pin(async move {
                    sqlx::query("UPDATE voting_votes SET rules = '{}'").execute(tx.conn()).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        core.clock.advance(DAY);
        assert!(matches!(count(&core, &vote).await, Err(error) if why(&error).is_none()));
        assert!(find(&mut core.db.read().await.unwrap(), &vote).await.is_err());
    }
}
