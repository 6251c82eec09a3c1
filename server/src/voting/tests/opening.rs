//! Two persons open an urn, and nobody alone.

use super::*;
use crate::identity::{Caller, Grant};
use crate::testing;
use crate::voting::testing::{ORGANISERS_CODE, SCRUTINEERS_CODE, person};
use crate::voting::{announce, detail, draft, open, result, take_key, take_known_key};
use contract::voting::{KeyPart, OpeningState};
use contract::{Error as Told, Issue, Role};

/// Holds both roles, as nobody should.
fn both_roles() -> Caller {
    let mut both = organiser();
    both.grants.extend(scrutineer().grants);
    both
}

async fn closed(core: &Core) -> VoteId {
    let vote = open_election(core, 3, 2, 1).await;
    crate::voting::cast(&voter(0), core, ballot(&vote, 0, &[1])).await.unwrap();
    vote
}

#[tokio::test]
async fn one_person_alone_opens_nothing() {
    for core in testing::cores().await {
        let vote = closed(&core).await;
        assert_eq!(refusal(open(&organiser(), &core, &vote, ORGANISERS_CODE).await), Some(Refusal::WrongState));
        core.clock.advance(DAY);
        let stranger = Caller { account: Some(contract::ids::AccountId::trusted("other")), ..scrutineer() };
        assert!(matches!(open(&stranger, &core, &vote, SCRUTINEERS_CODE).await, Err(Error::Public(Told::Forbidden))));
        let wrong = open(&organiser(), &core, &vote, SCRUTINEERS_CODE).await;
        assert!(matches!(wrong, Err(Error::Public(told)) if told == Told::field("code", Issue::WrongCode)));
        for _ in 0..2 {
            let waits = open(&both_roles(), &core, &vote, ORGANISERS_CODE).await.unwrap();
            assert_eq!(waits, OpeningState::Waiting, "also with both roles, and again");
        }
        assert_eq!(refusal(result(&organiser(), &core, &vote).await), Some(Refusal::WrongState));
        let shown = detail(&organiser(), &core, &vote).await.unwrap().keys;
        assert_eq!(shown.iter().filter(|holder| holder.given).count(), 1);
        let revoked = Caller { grants: organiser().grants, ..scrutineer() };
        assert!(matches!(open(&revoked, &core, &vote, SCRUTINEERS_CODE).await, Err(Error::Public(Told::Forbidden))));
        // Who took the key before the registry knew them is still who holds it.
        let tied = Caller { person: Some(person(1)), ..scrutineer() };
        let counted = open(&tied, &core, &vote, &SCRUTINEERS_CODE.to_lowercase()).await.unwrap();
        assert_eq!(counted, OpeningState::Counted);
        assert_eq!(result(&organiser(), &core, &vote).await.unwrap().result.cast, 1);
    }
}

#[tokio::test]
async fn nobody_holds_both_kinds_of_keys_and_a_lost_code_loses_no_vote() {
    for core in testing::cores().await {
        super::story::registry(&core).await;
        super::story::set_rules(&core).await;
        let vote = draft(&organiser(), &core, super::story::form()).await.unwrap();
        take_key(&both_roles(), &core, &vote, KeyPart::Organiser).await.unwrap();
        let second = take_key(&both_roles(), &core, &vote, KeyPart::Scrutineer).await;
        assert_eq!(refusal(second), Some(Refusal::OneKeyEach));
        assert_eq!(refusal(announce(&organiser(), &core, &vote).await), Some(Refusal::NoOpeningKeys));
        // A new code replaces the one before, and a second scrutineer holds a key of their own.
        let kept = take_key(&organiser(), &core, &vote, KeyPart::Organiser).await.unwrap();
        let deputy = Caller { account: Some(contract::ids::AccountId::trusted("deputy")), ..scrutineer() };
        take_key(&scrutineer(), &core, &vote, KeyPart::Scrutineer).await.unwrap();
        let deputys = take_key(&deputy, &core, &vote, KeyPart::Scrutineer).await.unwrap();
        assert_eq!(kept.len(), 24);
        announce(&organiser(), &core, &vote).await.unwrap();
        let late = take_known_key(&deputy, &core, &vote, KeyPart::Scrutineer, SCRUTINEERS_CODE).await;
        assert_eq!(refusal(late), Some(Refusal::WrongState));
        core.clock.advance(2 * DAY);
        assert_eq!(open(&deputy, &core, &vote, &deputys).await.unwrap(), OpeningState::Waiting);
        assert_eq!(open(&organiser(), &core, &vote, &kept).await.unwrap(), OpeningState::Counted);
    }
}

#[tokio::test]
async fn a_worker_takes_no_scrutineers_key() {
    let core = testing::sqlite().await;
    super::story::registry(&core).await;
    let vote = draft(&organiser(), &core, super::story::form()).await.unwrap();
    let worker =
        Caller { grants: vec![Grant { role: Role::CommunityWorker, area: contract::AreaId::city() }], ..organiser() };
    let asked = take_key(&worker, &core, &vote, KeyPart::Scrutineer).await;
    assert!(matches!(asked, Err(Error::Public(Told::Forbidden))));
}

#[tokio::test]
async fn a_recount_within_the_window_finds_the_same_or_says_what_differs() {
    const SAID: &str = "SELECT payload FROM events WHERE verb = 'recount' ORDER BY id DESC LIMIT 1";
    for core in testing::cores().await {
        let vote = closed(&core).await;
        core.clock.advance(DAY);
        let first = count(&core, &vote).await.unwrap();
        let said = || async {
            let mut conn = core.db.read().await.unwrap();
            let (payload,): (String,) = sqlx::query_as(SAID).fetch_one(&mut *conn).await.unwrap();
            serde_json::from_str::<serde_json::Value>(&payload).unwrap()
        };
        assert_eq!(count(&core, &vote).await.unwrap(), first);
        let same = said().await;
        assert!(same["same"] == true && same["before_sha256"] == same["now_sha256"]);
        // Somebody lays hands on the counted ballots.
        core.db
            .write((), |tx, ()| {
                Box::pin(async move {
                    sqlx::query("UPDATE voting_counted SET marks = '0000000000000002'").execute(tx.conn()).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        count(&core, &vote).await.unwrap();
        assert!(said().await["same"] == false && said().await["differing"] == 2, "one as it was, one as it is");
        // Unpublished, nobody can appeal yet: the window begins with the publication and ends at a day's end.
        core.clock.advance(30 * DAY);
        crate::jobs::work_off(&core, &crate::jobs::Handlers::all()).await.unwrap();
        count(&core, &vote).await.unwrap();
        crate::voting::publish(&organiser(), &core, &vote).await.unwrap();
        core.clock.advance(7 * DAY);
        crate::jobs::work_off(&core, &crate::jobs::Handlers::all()).await.unwrap();
        count(&core, &vote).await.unwrap();
        core.clock.advance(DAY);
        assert_eq!(refusal(open(&organiser(), &core, &vote, ORGANISERS_CODE).await), Some(Refusal::WrongState));
        crate::jobs::work_off(&core, &crate::jobs::Handlers::all()).await.unwrap();
        let left = "SELECT CAST(COUNT(*) AS BIGINT) FROM";
        for table in ["voting_ballots", "voting_wraps", "voting_openings"] {
            let sql: &'static str = Box::leak(format!("{left} {table}").into_boxed_str());
            assert_eq!(number(&core, sql).await, 0, "{table}: nothing opens a ballot any more");
        }
        let retry = crate::voting::cast(&voter(0), &core, ballot(&vote, 0, &[1])).await;
        assert_eq!(refusal(retry), Some(Refusal::KeyReused), "the count was tampered with above");
    }
}
