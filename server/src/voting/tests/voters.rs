//! Who votes for a head that several own.

use super::roll::newcomer;
use super::story::{form, keyed, name_first, one_ballot, registry, resident, set_rules};
use super::*;
use crate::testing;
use crate::voting::testing::compound;
use crate::voting::{
    announce, appoint_voter, ballot_paper, cast, cast_by_mandate, draft, give_mandate, mandate_paper, name_voter,
    naming, shared_head,
};
use contract::ids::PersonId;
use contract::voting::{CastBallot, MandateForm, NameVoter, Standing};

async fn announced(core: &Core) -> VoteId {
    set_rules(core).await;
    let vote = keyed(core, draft(&organiser(), core, form()).await.unwrap()).await;
    announce(&organiser(), core, &vote).await.unwrap();
    vote
}

#[tokio::test]
async fn co_owners_agree_first_and_may_agree_anew_until_they_have_voted() {
    for core in testing::cores().await {
        let [first, second, third] = registry(&core).await;
        let vote = announced(&core).await;
        let (one, two) = (resident(&second, &compound()), resident(&third, &compound()));
        assert!(naming(&resident(&first, &compound()), &core, &vote).await.unwrap().heads.is_empty(), "owns alone");
        let head = naming(&one, &core, &vote).await.unwrap().heads.remove(0).entry.head;
        let name = |person| NameVoter { vote: vote.clone(), head: head.clone(), person };
        assert!(!name_voter(&one, &core, name(second.clone())).await.unwrap(), "the other has to agree");
        assert!(!name_voter(&two, &core, name(third.clone())).await.unwrap(), "each names themselves");
        core.clock.advance(super::story::HOUR);
        assert!(ballot_paper(&one, &core, &vote).await.unwrap().next().is_none());
        assert!(name_voter(&one, &core, name(third.clone())).await.unwrap());
        assert!(ballot_paper(&one, &core, &vote).await.unwrap().next().is_none());
        let stranger = name_voter(&resident(&first, &compound()), &core, name(first.clone())).await;
        assert_eq!(refusal(stranger), Some(Refusal::NotTheVoter));
        let outsider = name_voter(&one, &core, name(first.clone())).await;
        assert_eq!(refusal(outsider), Some(Refusal::NotTheVoter), "only one of themselves");
        name_first(&core, &vote, [&second, &third]).await;
        cast(&one, &core, one_ballot(&core, &vote, &second).await).await.unwrap();
        assert_eq!(refusal(name_voter(&two, &core, name(third.clone())).await), Some(Refusal::NotTheVoter), "cast");
        let changes = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE verb = 'name_voter'";
        assert_eq!(number(&core, changes).await, 5, "each change is in the log");
    }
}

#[tokio::test]
async fn a_mandate_ends_when_another_is_to_vote() {
    for core in testing::cores().await {
        let [_, second, third] = registry(&core).await;
        let agent = newcomer(&core, "1980-01-01", None).await;
        let vote = announced(&core).await;
        name_first(&core, &vote, [&second, &third]).await;
        let owner = resident(&second, &compound());
        let give = |key: &str| {
            let photo = format!("{}.jpg", "ab".repeat(32));
            let form = MandateForm {
                name: "丁".into(),
                phone: "13855900004".into(),
                photo,
                key: key.into(),
                ..MandateForm::default()
            };
            let (core, owner, vote) = (core.clone(), owner.clone(), vote.clone());
            async move { give_mandate(&owner, &core, &vote, form).await }
        };
        let mandate = give("once").await.unwrap();
        let paper = mandate_paper(&resident(&agent, &compound()), &core, &mandate).await.unwrap().0;
        let Standing::OnRoll(entries) = &paper.standing else { panic!("{:?}", paper.standing) };
        let (head, area_dm2) = (entries[0].head.clone(), entries[0].area_dm2);
        name_first(&core, &vote, [&third, &second]).await;
        let ended = "SELECT CAST(COUNT(*) AS BIGINT) FROM voting_mandates WHERE state = 'ended'";
        assert_eq!(number(&core, ended).await, 1);
        let logged = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE verb = 'mandate' AND payload LIKE '%ended%'";
        assert_eq!(number(&core, logged).await, 1);
        assert_eq!(refusal(give("again").await), Some(Refusal::NotTheVoter));
        let name = |person: &PersonId| NameVoter { vote: vote.clone(), head: head.clone(), person: person.clone() };
        appoint_voter(&organiser(), &core, name(&second), "双方签名的推选书".into()).await.unwrap();
        let mandate = give("once more").await.unwrap();
        appoint_voter(&organiser(), &core, name(&third), "双方签名的推选书".into()).await.unwrap();
        assert_eq!(number(&core, ended).await, 2);
        // Even a mandate that nobody ended casts nothing once its owner does not vote.
        core.db
            .write(mandate.clone(), |tx, mandate| {
                Box::pin(async move {
                    let again = "UPDATE voting_mandates SET state = 'active', ended_at = NULL WHERE id = $1";
                    sqlx::query(again).bind(&*mandate).execute(tx.conn()).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        core.clock.advance(super::story::HOUR);
        let ballot = CastBallot { vote: vote.clone(), head, area_dm2, choices: vec![vec![1]], key: "ab".repeat(16) };
        let cast = cast_by_mandate(&resident(&agent, &compound()), &core, &mandate, ballot).await;
        assert_eq!(refusal(cast), Some(Refusal::NoMandate));
    }
}

#[tokio::test]
async fn the_desk_is_the_other_way() {
    for core in testing::cores().await {
        let [_, second, third] = registry(&core).await;
        let vote = announced(&core).await;
        let head = naming(&resident(&second, &compound()), &core, &vote).await.unwrap().heads.remove(0).entry.head;
        let name = NameVoter { vote: vote.clone(), head, person: third.clone() };
        let seen = shared_head(&organiser(), &core, &vote, &name.head).await.unwrap();
        assert_eq!(seen.members.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["乙", "丙"]);
        let by_one = shared_head(&resident(&second, &compound()), &core, &vote, &name.head).await;
        assert!(matches!(by_one, Err(Error::Public(contract::Error::Forbidden))));
        let unsaid = appoint_voter(&organiser(), &core, name.clone(), " ".into()).await;
        assert!(matches!(unsaid, Err(Error::Public(contract::Error::Invalid(faults))) if faults[0].field == "reason"));
        appoint_voter(&organiser(), &core, name.clone(), "双方签名的推选书".into()).await.unwrap();
        let logged =
            "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE verb = 'appoint_voter' AND payload LIKE '%推选书%'";
        assert_eq!(number(&core, logged).await, 1);
        core.clock.advance(super::story::HOUR);
        assert!(ballot_paper(&resident(&third, &compound()), &core, &vote).await.unwrap().next().is_some());
        let by_herself = appoint_voter(&resident(&second, &compound()), &core, name, String::new()).await;
        assert!(matches!(by_herself, Err(Error::Public(contract::Error::Forbidden))));
    }
}
