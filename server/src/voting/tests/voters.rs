//! Who votes for a head that several own.

use super::story::{form, keyed, name_first, one_ballot, registry, resident, set_rules};
use super::*;
use crate::testing;
use crate::voting::testing::compound;
use crate::voting::{announce, appoint_voter, ballot_paper, cast, draft, name_voter, naming};
use contract::voting::NameVoter;

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
async fn the_desk_is_the_other_way() {
    for core in testing::cores().await {
        let [_, second, third] = registry(&core).await;
        let vote = announced(&core).await;
        let head = naming(&resident(&second, &compound()), &core, &vote).await.unwrap().heads.remove(0).entry.head;
        let name = NameVoter { vote: vote.clone(), head, person: third.clone() };
        appoint_voter(&organiser(), &core, name.clone(), "双方签名的推选书".into()).await.unwrap();
        core.clock.advance(super::story::HOUR);
        assert!(ballot_paper(&resident(&third, &compound()), &core, &vote).await.unwrap().next().is_some());
        let by_herself = appoint_voter(&resident(&second, &compound()), &core, name, String::new()).await;
        assert!(matches!(by_herself, Err(Error::Public(contract::Error::Forbidden))));
    }
}
