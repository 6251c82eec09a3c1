//! Somebody else casts the ballot: one agent a head, as many heads an agent as the rules allow.

use super::story::HOUR;
use super::*;
use crate::people::{NewPerson, Registration, Sealer, register};
use crate::testing;
use crate::voting::testing::{announced, compound, heads, person};
use crate::voting::{cast, cast_by_mandate, give_at_desk, give_mandate, mandate_paper, own_mandates, revoke_mandate};
use contract::Error as Told;
use contract::ids::MandateId;
use contract::voting::{CastBallot, MandateForm, MandateState};

/// The phone of the n-th person.
fn phone(n: usize) -> String {
    format!("138559{n:05}")
}

/// People with phones, the first `heads` of whom own; each agent may hold `limit` mandates.
pub(super) async fn open_vote(core: &Core, people: usize, owners: usize, limit: i64) -> VoteId {
    let sealed = (core.keys.clone(), people);
    core.db
        .write(sealed, |tx, (keys, people)| {
            Box::pin(async move {
                let sealer = Sealer(keys);
                let one = |n| -> NewPerson {
                    let (name, born) = (format!("业主{n}"), "1970-01-01".to_owned());
                    let phone = phone(n);
                    sealer.person(person(n), name, born, compound().child("b000"), Some(&phone), None)
                };
                let persons = (0..*people).map(one).collect();
                register(tx.conn(), &Registration { persons, ..Registration::default() }).await
            })
        })
        .await
        .unwrap();
    let rules = Rules { mandates_per_agent: limit, ..Rules::default() };
    let draft = DraftVote {
        kind: VoteKind::Resolution,
        secrecy: Secrecy::Private,
        unit: HeadUnit::Owners,
        title: "业主大会表决".to_owned(),
        area: compound(),
        opens_at: START,
        closes_at: START + DAY,
        items: vec![DraftItem::decide("使用维修资金", "", Majority::Ordinary, "")],
    };
    announced(core, draft, &heads(owners), &rules).await.unwrap()
}

/// A mandate for the n-th person.
fn to(n: usize) -> MandateForm {
    MandateForm {
        phone: phone(n),
        name: format!("业主{n}"),
        photo: format!("{}.jpg", "ab".repeat(32)),
        key: format!("to {n}"),
        ..MandateForm::default()
    }
}

/// The n-th head's mandate for the m-th person.
pub(super) async fn give(core: &Core, vote: &VoteId, n: usize, m: usize) -> MandateId {
    give_mandate(&voter(n), core, vote, to(m)).await.unwrap()
}

fn by(vote: &VoteId, head: usize) -> CastBallot {
    CastBallot { key: format!("{:032x}", head + 100), ..ballot(vote, head, &[1]) }
}

async fn given(core: &Core, vote: &VoteId, n: usize) -> (MandateId, MandateState) {
    let own = own_mandates(&voter(n), core, vote).await.unwrap();
    (own.given[0].id.clone(), own.given[0].state)
}

#[tokio::test]
async fn an_agent_casts_the_owners_ballot_once() {
    for core in testing::cores().await {
        let vote = open_vote(&core, 5, 3, 1).await;
        let mandate = give_mandate(&voter(0), &core, &vote, to(4)).await.unwrap();
        assert_eq!(give_mandate(&voter(0), &core, &vote, to(4)).await.unwrap(), mandate, "sent again");
        let another = MandateForm { key: "x".into(), ..to(3) };
        assert_eq!(refusal(give_mandate(&voter(0), &core, &vote, another).await), Some(Refusal::MandateGiven));
        assert_eq!(refusal(give_mandate(&voter(1), &core, &vote, to(4)).await), Some(Refusal::MandateLimit));
        // Nobody passes on what was given: an agent is on no roll by it.
        assert_eq!(refusal(give_mandate(&voter(4), &core, &vote, to(3)).await), Some(Refusal::NotOnRoll));
        let (paper, shown) = mandate_paper(&voter(4), &core, &mandate).await.unwrap();
        assert_eq!((shown.owner.as_str(), paper.items.len()), ("业主0", 1));
        assert!(matches!(mandate_paper(&voter(3), &core, &mandate).await, Err(Error::Public(Told::NotFound))));
        assert_eq!(refusal(cast_by_mandate(&voter(3), &core, &mandate, by(&vote, 0)).await), Some(Refusal::NoMandate));
        let receipt = cast_by_mandate(&voter(4), &core, &mandate, by(&vote, 0)).await.unwrap();
        assert_eq!(cast_by_mandate(&voter(4), &core, &mandate, by(&vote, 0)).await.unwrap(), receipt, "sent again");
        assert_eq!(given(&core, &vote, 0).await.1, MandateState::Used);
        assert_eq!(refusal(cast(&voter(0), &core, ballot(&vote, 0, &[2])).await), Some(Refusal::AlreadyVoted));
        assert_eq!(refusal(revoke_mandate(&voter(0), &core, &mandate).await), Some(Refusal::NoMandate));
        // The head it was given for, and no other.
        let second = give_mandate(&voter(1), &core, &vote, MandateForm { key: "y".into(), ..to(3) }).await.unwrap();
        let foreign = cast_by_mandate(&voter(3), &core, &second, by(&vote, 2)).await;
        assert_eq!(refusal(foreign), Some(Refusal::NoMandate));
        core.clock.advance(DAY);
        assert_eq!(count(&core, &vote).await.unwrap().cast, 1);
        let told =
            number(&core, "SELECT CAST(COUNT(*) AS BIGINT) FROM notes WHERE kind LIKE 'voting.note.mandate.%'").await;
        assert_eq!(told, 5, "owner and agent of both, and the owner of the ballot cast");
    }
}

#[tokio::test]
async fn of_two_mandates_each_casts_its_own_head() {
    for core in testing::cores().await {
        let vote = open_vote(&core, 3, 2, 2).await;
        let first = give_mandate(&voter(0), &core, &vote, to(2)).await.unwrap();
        let second = give_mandate(&voter(1), &core, &vote, to(2)).await.unwrap();
        let crossed = cast_by_mandate(&voter(2), &core, &first, by(&vote, 1)).await;
        assert_eq!(refusal(crossed), Some(Refusal::NoMandate));
        assert_eq!(number(&core, "SELECT CAST(COUNT(voted_at) AS BIGINT) FROM voting_roll").await, 0);
        cast_by_mandate(&voter(2), &core, &second, by(&vote, 1)).await.unwrap();
        assert_eq!(given(&core, &vote, 0).await.1, MandateState::Active);
        cast_by_mandate(&voter(2), &core, &first, by(&vote, 0)).await.unwrap();
    }
}

#[tokio::test]
async fn giving_a_mandate_does_not_tell_who_has_which_phone() {
    for core in testing::cores().await {
        let vote = open_vote(&core, 4, 2, 1).await;
        let unknown = MandateForm { phone: "13900000000".into(), ..to(3) };
        for form in [to(1), unknown.clone()] {
            assert_eq!(refusal(give_mandate(&voter(3), &core, &vote, form).await), Some(Refusal::NotOnRoll));
        }
        let mismatch = MandateForm { name: "业主2".into(), ..to(3) };
        for n in 0..5 {
            let form = if n % 2 == 0 { unknown.clone() } else { mismatch.clone() };
            let refused = give_mandate(&voter(0), &core, &vote, form).await;
            assert!(matches!(refused, Err(Error::Public(Told::Invalid(faults))) if faults[0].field == "phone"));
        }
        let right = give_mandate(&voter(0), &core, &vote, to(3)).await;
        assert!(matches!(right, Err(Error::Public(Told::TooMany { .. }))), "five a day");
        core.clock.advance(DAY - HOUR);
        assert!(give_mandate(&voter(1), &core, &vote, to(3)).await.is_ok(), "each account for itself");
    }
}

#[tokio::test]
async fn who_votes_first_ends_the_mandate() {
    for core in testing::cores().await {
        let vote = open_vote(&core, 5, 2, 2).await;
        let mandate = give_mandate(&voter(0), &core, &vote, to(4)).await.unwrap();
        cast(&voter(0), &core, ballot(&vote, 0, &[2])).await.unwrap();
        assert_eq!(given(&core, &vote, 0).await.1, MandateState::Ended);
        let late = cast_by_mandate(&voter(4), &core, &mandate, by(&vote, 0)).await;
        assert_eq!(refusal(late), Some(Refusal::NoMandate));
        let taken = give_mandate(&voter(1), &core, &vote, to(4)).await.unwrap();
        assert!(matches!(revoke_mandate(&voter(0), &core, &taken).await, Err(Error::Public(Told::NotFound))));
        revoke_mandate(&voter(1), &core, &taken).await.unwrap();
        let revoked = cast_by_mandate(&voter(4), &core, &taken, by(&vote, 1)).await;
        assert_eq!(refusal(revoked), Some(Refusal::NoMandate));
        let again = MandateForm { key: "again".into(), ..to(3) };
        give_mandate(&voter(1), &core, &vote, again).await.unwrap();
        assert_eq!(refusal(give_mandate(&voter(0), &core, &vote, to(3)).await), Some(Refusal::AlreadyVoted));
        core.clock.advance(DAY + HOUR);
        assert_eq!(refusal(give_mandate(&voter(1), &core, &vote, to(2)).await), Some(Refusal::VoteClosed));
    }
}

#[tokio::test]
async fn at_the_desk_owner_and_agent_are_named() {
    for core in testing::cores().await {
        let vote = open_vote(&core, 4, 2, 1).await;
        let form = MandateForm { owner_phone: phone(0), owner_name: "业主0".into(), ..to(3) };
        let wrong = MandateForm { owner_name: "业主1".into(), ..form.clone() };
        let refused = give_at_desk(&organiser(), &core, &vote, wrong).await;
        assert!(matches!(refused, Err(Error::Public(Told::Invalid(faults))) if faults[0].field == "owner_phone"));
        let itself = MandateForm { phone: phone(0), name: "业主0".into(), ..form.clone() };
        let refused = give_at_desk(&organiser(), &core, &vote, itself).await;
        assert!(matches!(refused, Err(Error::Public(Told::Invalid(faults))) if faults[0].field == "phone"));
        give_at_desk(&organiser(), &core, &vote, form.clone()).await.unwrap();
        let own = own_mandates(&voter(0), &core, &vote).await.unwrap();
        assert!(own.given[0].desk && own.heads.is_empty());
        assert_eq!(own_mandates(&voter(3), &core, &vote).await.unwrap().held.len(), 1);
        assert!(matches!(give_at_desk(&voter(1), &core, &vote, form).await, Err(Error::Public(Told::Forbidden))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_owners_at_once_fill_an_agents_places_and_no_more() {
    const OWNERS: usize = 20;
    const LIMIT: i64 = 3;
    for core in testing::cores().await {
        let vote = open_vote(&core, OWNERS + 1, OWNERS, LIMIT).await;
        let give = |n| {
            let (core, vote) = (core.clone(), vote.clone());
            tokio::spawn(async move { give_mandate(&voter(n), &core, &vote, to(OWNERS)).await })
        };
        let given: Vec<_> = (0..OWNERS).map(give).collect();
        let given = futures::future::join_all(given).await;
        let (taken, refused): (Vec<_>, Vec<_>) = given.into_iter().map(|done| done.unwrap()).partition(Result::is_ok);
        assert_eq!(i64::try_from(taken.len()).unwrap(), LIMIT);
        assert!(refused.into_iter().all(|done| refusal(done) == Some(Refusal::MandateLimit)));
        let active = "SELECT CAST(COUNT(*) AS BIGINT) FROM voting_mandates WHERE state = 'active'";
        assert_eq!(number(&core, active).await, LIMIT);
    }
}
