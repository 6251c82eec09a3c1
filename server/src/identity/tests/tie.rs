//! Whose an account is when the phone does not say.

use super::*;
use crate::identity::{Grant, bind_person, tie_account};
use crate::people::{self, NewArea, Registration, Sealer};
use crate::testing;
use contract::ids::{AccountId, PersonId};
use contract::people::{BindPerson, TieAccount};
use contract::{AreaId, Error, Issue, Refusal, Role};

const NUMBER: &str = "11010519491231002X";
const ON_RECORD: &str = "13855500001";
const HOME: &str = "3410.03.100.004.g01.c01.b01.u1.h0101";

fn person() -> PersonId {
    PersonId::trusted("01890a5d-ac96-774b-bcce-b302099a8057")
}

async fn registry(core: &Core) {
    let home: AreaId = HOME.parse().unwrap();
    let (phone, number) = (Some(ON_RECORD), Some(NUMBER));
    let one = Sealer(&core.keys).person(person(), "程晓岚".into(), "1949-12-31".into(), home.clone(), phone, number);
    let areas = vec![NewArea { id: home, name: "101".into(), code: None }];
    let all = Registration { areas, persons: vec![one], ..Registration::default() };
    core.db.write(all, |tx, all| Box::pin(async move { people::register(tx.conn(), all).await })).await.unwrap();
}

fn proof(name: &str, number: &str, phone: &str) -> BindPerson {
    BindPerson { name: name.into(), id_number: number.into(), phone: phone.into() }
}

async fn bind(core: &Core, caller: &Caller, name: &str, phone: &str) -> Result<(), Error> {
    bind_person(caller, core, proof(name, NUMBER, phone)).await.map_err(|error| error.public())
}

fn worker(at: &str) -> Caller {
    Caller {
        account: Some(AccountId::trusted("worker")),
        grants: vec![Grant { role: Role::CommunityWorker, area: at.parse().unwrap() }],
        second_factor: true,
        ..Caller::default()
    }
}

#[tokio::test]
async fn who_knows_all_three_is_tied_and_stays_so() {
    for core in testing::cores().await {
        registry(&core).await;
        let (token, caller) = signed_in(&core, PHONE).await;
        assert_eq!(caller.person, None);
        let wrong = Err(Error::Refused(Refusal::NoSuchPerson));
        assert_eq!(bind(&core, &caller, "程晓", ON_RECORD).await, wrong);
        assert_eq!(bind(&core, &caller, "程晓岚", "13900000000").await, wrong);
        let refused = "SELECT COUNT(*) FROM events WHERE verb = 'bind_refused' AND subject = '01890a5d-ac96-774b-bcce-b302099a8057'";
        assert_eq!(number(&core, refused).await, 2);
        bind(&core, &caller, "程晓岚", ON_RECORD).await.unwrap();
        let caller = caller_of(&core, &token).await.unwrap();
        assert_eq!((caller.person.clone(), caller.name.as_deref()), (Some(person()), Some("程晓岚")));
        assert_eq!(bind(&core, &caller, "程晓岚", ON_RECORD).await, Err(Error::Refused(Refusal::AlreadyBound)));
        // Signing in again with this phone, which the registry does not know, unties nothing; neither does
        // whoever signs in with the phone on record.
        let (_, again) = signed_in(&core, PHONE).await;
        assert_eq!(again.person, Some(person()));
        let (_, other) = signed_in(&core, ON_RECORD).await;
        assert_eq!(other.person, None);
        assert_eq!(bind(&core, &other, "程晓岚", ON_RECORD).await, Err(Error::Refused(Refusal::PersonTaken)));
        assert_eq!(number(&core, "SELECT COUNT(*) FROM accounts WHERE person IS NOT NULL").await, 1);
    }
}

#[tokio::test]
async fn guessing_ends_after_five_attempts_a_day() {
    for core in testing::cores().await {
        registry(&core).await;
        let (_, caller) = signed_in(&core, PHONE).await;
        for _ in 0..5 {
            let guess = bind(&core, &caller, "程晓岚", "13900000000").await;
            assert_eq!(guess, Err(Error::Refused(Refusal::NoSuchPerson)));
        }
        let right = bind(&core, &caller, "程晓岚", ON_RECORD).await;
        assert!(matches!(right, Err(Error::TooMany { retry_after_s: 86_000..=86_400 })), "{right:?}");
        core.clock.advance(24 * 3_600_000);
        bind(&core, &caller, "程晓岚", ON_RECORD).await.unwrap();
    }
}

#[tokio::test]
async fn at_the_desk_a_worker_of_the_place_ties_whom_they_have_seen() {
    for core in testing::cores().await {
        registry(&core).await;
        let (token, _) = signed_in(&core, PHONE).await;
        let tie = |at: &'static str, phone: &'static str, seen: &'static str| {
            let core = core.clone();
            async move {
                let input = TieAccount { person: person(), phone: phone.into(), seen: seen.into() };
                tie_account(&worker(at), &core, input).await.map_err(|error| error.public())
            }
        };
        assert_eq!(tie("3410.03", PHONE, "").await, Err(Error::field("seen", Issue::Required)));
        assert_eq!(tie("3410.02", PHONE, "1").await, Err(Error::NotFound));
        tie("3410.03", PHONE, "1").await.unwrap();
        assert_eq!(caller_of(&core, &token).await.unwrap().person, Some(person()));
        // Another phone later: the first account is theirs no more.
        tie("3410.03", "13700000000", "1").await.unwrap();
        assert_eq!(caller_of(&core, &token).await.unwrap().person, None);
        assert_eq!(number(&core, "SELECT COUNT(*) FROM events WHERE verb = 'bound'").await, 2);
        assert_eq!(number(&core, "SELECT COUNT(*) FROM notes WHERE kind = 'people.note.bound.desk'").await, 2);
    }
}
