//! Dated rules: the nearest area's latest holds, and a vote keeps those of its announcement.

use super::story::{form, keyed, registry};
use super::*;
use crate::identity::{Caller, Grant};
use crate::testing;
use crate::voting::regulations::in_force;
use crate::voting::store::find;
use crate::voting::testing::compound;
use crate::voting::{announce, draft, note_delivery, rules_of, set_rule};
use contract::voting::{Delivery, RuleForm, Unreturned};
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
            let delivery = Delivery { building: compound().child("b000"), proof: "签收单第 3 册".into() };
            assert_eq!(note_delivery(&organiser(), &core, &vote, delivery.clone()).await.unwrap(), 4);
            assert_eq!(note_delivery(&organiser(), &core, &vote, delivery.clone()).await.unwrap(), 0, "noted once");
            let unproven = Delivery { proof: " ".into(), ..delivery.clone() };
            assert!(note_delivery(&organiser(), &core, &vote, unproven).await.is_err());
            core.clock.advance(DAY);
            let late = note_delivery(&organiser(), &core, &vote, delivery).await;
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
