//! Corrections: asked once at a time, decided once, entered with their history.

use super::lists::number;
use super::{COMMUNITY, ID_NUMBER, PHONE, fill, person, worker};
use crate::identity::Caller;
use crate::people::{
    ask_correction, correction, corrections, decide_correction, own_corrections, own_record, show_correction,
    withdraw_correction,
};
use crate::testing::cores;
use crate::{Core, inbox};
use contract::ids::{AccountId, CorrectionId};
use contract::people::{AskCorrection, CorrectionFilter, CorrectionState, DecideCorrection};
use contract::{Error, Issue, PageRequest, Refusal};

fn resident(n: usize) -> Caller {
    Caller { account: Some(AccountId::trusted(format!("account {n}"))), person: Some(person(n)), ..Caller::default() }
}

async fn ask(core: &Core, n: usize, field: &str, value: &str) -> Result<CorrectionId, Error> {
    let input = AskCorrection { field: field.to_owned(), value: value.to_owned() };
    ask_correction(&resident(n), core, input).await.map_err(|error| error.public())
}

async fn decide(core: &Core, at: &str, id: &CorrectionId, decision: &str, reason: &str) -> Result<(), Error> {
    let input = DecideCorrection { decision: decision.to_owned(), reason: reason.to_owned() };
    decide_correction(&worker(at), core, id, input).await.map_err(|error| error.public())
}

async fn count(core: &Core, what: &'static str) -> i64 {
    let (n,): (i64,) = sqlx::query_as(what).fetch_one(&mut *core.db.read().await.unwrap()).await.unwrap();
    n
}

#[tokio::test]
async fn an_approved_correction_is_in_the_record_and_its_person_hears_of_it() {
    for core in cores().await {
        fill(&core).await;
        core.clock.advance(1_000);
        let new_number = number(7);
        for (field, value) in [
            ("name", "汪新"),
            ("phone", "139 5550 0007"),
            ("id_number", new_number.as_str()),
            ("address", "龙北小区 2栋1单元301室"),
        ] {
            let id = ask(&core, 0, field, value).await.unwrap();
            assert_eq!(ask(&core, 0, field, value).await, Err(Error::Refused(Refusal::AlreadyPending)), "{field}");
            decide(&core, COMMUNITY, &id, "approve", "").await.unwrap();
            let twice = decide(&core, COMMUNITY, &id, "refuse", "contradicts").await;
            assert_eq!(twice, Err(Error::Refused(Refusal::AlreadyDecided)), "{field}");
        }
        let record = own_record(&resident(0), &core).await.unwrap();
        assert_eq!((record.person.name.as_str(), record.person.address.as_str()), ("汪新", "龙北小区2幢1单元301"));
        assert_eq!(record.person.phone.as_deref(), Some("139****0007"));
        assert_eq!(record.person.born, contract::check::born_of(&new_number).unwrap());
        assert_eq!(record.household.len(), 1, "lives with who lives there");
        // Name and home in one moment are one chapter of the history.
        assert_eq!(count(&core, "SELECT COUNT(*) FROM persons_past").await, 1);
        assert_eq!(inbox::list(&resident(0), &core, PageRequest::default()).await.unwrap().unread, 4);
        let log = "SELECT COUNT(*) FROM events WHERE room = 'people' AND verb = 'correction_decided' AND payload LIKE '%approved%'";
        assert_eq!(count(&core, log).await, 4);
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_at_once() {
    for core in cores().await {
        fill(&core).await;
        let value = |issue| Err(Error::field("value", issue));
        assert_eq!(ask(&core, 0, "phone", PHONE).await, value(Issue::Taken));
        assert_eq!(ask(&core, 0, "id_number", ID_NUMBER).await, value(Issue::Taken));
        assert_eq!(ask(&core, 0, "address", "龙北小区9幢1单元301").await, value(Issue::Unknown));
        let nobody = AskCorrection { field: "name".into(), value: "甲".into() };
        let refused = ask_correction(&Caller::anonymous(), &core, nobody).await.unwrap_err().public();
        assert_eq!(refused, Error::SignIn);
        // An identity number that somebody else has stays waiting; nothing of it is entered.
        let id = ask(&core, 1, "id_number", ID_NUMBER).await.unwrap();
        let taken = decide(&core, COMMUNITY, &id, "approve", "").await;
        assert_eq!(taken, Err(Error::field("decision", Issue::Taken)));
        let line = correction(&worker(COMMUNITY), &core, &id).await.unwrap();
        assert_eq!((line.state, line.wanted.as_str()), (CorrectionState::Pending, "1****************X"));
    }
}

#[tokio::test]
async fn only_the_workers_of_the_place_decide_and_a_shown_number_is_a_look() {
    for core in cores().await {
        fill(&core).await;
        let id = ask(&core, 0, "phone", "13955500007").await.unwrap();
        assert_eq!(decide(&core, "3410.02", &id, "approve", "").await, Err(Error::NotFound));
        assert_eq!(decide(&core, COMMUNITY, &id, "refuse", "").await, Err(Error::field("reason", Issue::Required)));
        let elsewhere = corrections(&worker("3410.02"), &core, CorrectionFilter::default()).await.unwrap();
        assert_eq!(elsewhere.rows, []);
        let looks = "SELECT COUNT(*) FROM events WHERE verb = 'unmask' AND payload LIKE '%phone%'";
        assert_eq!(show_correction(&worker(COMMUNITY), &core, &id).await.unwrap(), "13955500007");
        assert_eq!(count(&core, looks).await, 1);
        decide(&core, COMMUNITY, &id, "refuse", "bring_proof").await.unwrap();
        let own = own_corrections(&resident(0), &core).await.unwrap();
        assert_eq!((own[0].state, own[0].reason.map(|r| r.code())), (CorrectionState::Refused, Some("bring_proof")));
        assert_eq!(own_record(&resident(0), &core).await.unwrap().person.phone.as_deref(), Some("138****0001"));
        let sealed = "SELECT COUNT(*) FROM people_corrections WHERE sealed LIKE '%13955500007%'";
        assert_eq!(count(&core, sealed).await, 0);
    }
}

#[tokio::test]
async fn taken_back_it_makes_room_and_the_list_pages_without_gap() {
    for core in cores().await {
        fill(&core).await;
        let first = ask(&core, 0, "name", "汪甲").await.unwrap();
        let other = withdraw_correction(&resident(1), &core, &first).await.unwrap_err().public();
        assert_eq!(other, Error::NotFound);
        withdraw_correction(&resident(0), &core, &first).await.unwrap();
        let again = withdraw_correction(&resident(0), &core, &first).await.unwrap_err().public();
        assert_eq!(again, Error::Refused(Refusal::AlreadyDecided));
        for n in 0..24 {
            core.clock.advance(1_000);
            ask(&core, n, "name", "改名").await.unwrap();
        }
        let (mut seen, mut page) = (Vec::new(), PageRequest { after: None, size: Some(7) });
        loop {
            let filter = CorrectionFilter { page: page.clone(), ..CorrectionFilter::default() };
            let found = corrections(&worker(COMMUNITY), &core, filter).await.unwrap();
            seen.extend(found.rows.into_iter().map(|line| line.asked_at));
            page.after = found.next;
            if page.after.is_none() {
                break;
            }
        }
        assert!(seen.len() == 24 && seen.is_sorted());
        let withdrawn = CorrectionFilter { state: "withdrawn".into(), ..CorrectionFilter::default() };
        assert_eq!(corrections(&worker(COMMUNITY), &core, withdrawn).await.unwrap().rows.len(), 1);
        let phones = CorrectionFilter { field: "phone".into(), ..CorrectionFilter::default() };
        assert_eq!(corrections(&worker(COMMUNITY), &core, phones).await.unwrap().rows, []);
    }
}

#[tokio::test]
async fn a_worker_of_two_places_sees_what_both_are_asked() {
    for core in cores().await {
        fill(&core).await;
        for n in [12, 0, 13, 1] {
            core.clock.advance(1_000);
            ask(&core, n, "name", "改名").await.unwrap();
        }
        let compound = "3410.03.100.004.g01.c01";
        let mut both = worker(&format!("{compound}.b01"));
        both.grants.extend(worker(&format!("{compound}.b02.u1.h0101")).grants);
        let (mut seen, mut page) = (Vec::new(), PageRequest { after: None, size: Some(1) });
        loop {
            let filter = CorrectionFilter { page: page.clone(), ..CorrectionFilter::default() };
            let found = corrections(&both, &core, filter).await.unwrap();
            seen.extend(found.rows.into_iter().map(|line| line.person));
            page.after = found.next;
            if page.after.is_none() {
                break;
            }
        }
        assert_eq!(seen, [person(12), person(0), person(1)], "not the door beside it");
    }
}

#[tokio::test]
async fn ones_own_correction_is_another_workers_to_decide() {
    for core in cores().await {
        fill(&core).await;
        let id = ask(&core, 0, "name", "汪新").await.unwrap();
        let me = Caller { person: Some(person(0)), ..worker(COMMUNITY) };
        let input = DecideCorrection { decision: "approve".into(), reason: String::new() };
        let refused = decide_correction(&me, &core, &id, input).await.unwrap_err().public();
        assert_eq!(refused, Error::Refused(Refusal::OwnRecord));
        decide(&core, COMMUNITY, &id, "approve", "").await.unwrap();
    }
}
