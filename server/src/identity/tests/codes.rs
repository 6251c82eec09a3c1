use super::*;
use crate::identity::sign_in::TRIES;
use crate::testing;
use contract::{Error, Issue};

#[tokio::test]
async fn a_phone_of_another_form_is_told_beside_its_field() {
    for core in testing::cores().await {
        let error = ask(&core, "12345").await.unwrap_err().public();
        assert_eq!(error, Error::field("phone", Issue::Format));
        assert_eq!(error.status(), 422);
        assert_eq!(number(&core, "SELECT COUNT(*) FROM login_codes").await, 0);
    }
}

#[tokio::test]
async fn of_fifty_wrong_codes_at_once_exactly_five_are_looked_at() {
    for core in testing::cores().await {
        let code = ask(&core, PHONE).await.unwrap();
        let tries = (0..50).map(|_| {
            let (core, wrong) = (core.clone(), other(&code));
            tokio::spawn(async move { enter(&core, PHONE, &wrong).await.map(|_| ()).unwrap_err().public() })
        });
        for answer in futures::future::join_all(tries).await {
            // On PostgreSQL a try that collided too often is not looked at and hears "busy".
            let error = answer.unwrap();
            assert!(error == Error::field("code", Issue::WrongCode) || error == Error::Busy, "{error:?}");
        }
        assert_eq!(number(&core, "SELECT tries FROM login_codes").await, TRIES);
        let error = enter(&core, PHONE, &code).await.unwrap_err().public();
        assert_eq!(error, Error::field("code", Issue::WrongCode), "the right code comes too late");
        assert_eq!(number(&core, "SELECT COUNT(*) FROM sessions").await, 0);
    }
}

#[tokio::test]
async fn of_twenty_who_bring_the_right_code_at_once_one_gets_in() {
    for core in testing::cores().await {
        let code = ask(&core, PHONE).await.unwrap();
        let tries = (0..20).map(|_| {
            let (core, code) = (core.clone(), code.clone());
            tokio::spawn(async move { enter(&core, PHONE, &code).await.is_ok() })
        });
        let got_in = futures::future::join_all(tries).await.into_iter().filter(|done| *done.as_ref().unwrap()).count();
        assert_eq!(got_in, 1);
        assert_eq!(number(&core, "SELECT COUNT(*) FROM sessions").await, 1);
    }
}

#[tokio::test]
async fn a_code_works_for_five_minutes_and_for_its_phone_only() {
    for core in testing::cores().await {
        let code = ask(&core, PHONE).await.unwrap();
        assert!(enter(&core, "13900139000", &code).await.is_err());
        core.clock.advance(5 * 60_000 - 1);
        assert!(enter(&core, PHONE, &code).await.is_ok());
        let code = ask(&core, PHONE).await.unwrap();
        core.clock.advance(5 * 60_000);
        assert!(enter(&core, PHONE, &code).await.is_err());
    }
}

#[tokio::test]
async fn codes_never_stand_in_the_database() {
    for core in testing::cores().await {
        let code = ask(&core, PHONE).await.unwrap();
        let mut conn = core.db.read().await.unwrap();
        let (hash, index): (String, String) =
            sqlx::query_as("SELECT code_hash, phone_index FROM login_codes").fetch_one(&mut *conn).await.unwrap();
        assert!(!hash.contains(&code) && !index.contains(PHONE));
        assert_ne!(hash, crate::crypto::token_hash(&code), "a million possibilities are tried in a second");
    }
}

#[tokio::test]
async fn another_code_is_sent_after_a_minute_or_once_the_first_is_used() {
    for core in testing::cores().await {
        let first = ask(&core, PHONE).await.unwrap();
        core.clock.advance(20_000);
        assert_eq!(ask(&core, PHONE).await.unwrap_err().public(), Error::TooMany { retry_after_s: 40 });
        assert!(enter(&core, PHONE, &first).await.is_ok());
        assert!(ask(&core, PHONE).await.is_ok(), "a second phone may sign in at once");
    }
}

#[tokio::test]
async fn fruitless_asking_is_limited_by_phone_and_by_address() {
    for core in testing::cores().await {
        for _ in 0..5 {
            ask(&core, PHONE).await.unwrap();
            core.clock.advance(60_000);
        }
        let error = ask(&core, PHONE).await.unwrap_err().public();
        assert_eq!(error, Error::TooMany { retry_after_s: 55 * 60 });
        for i in 0..54 {
            ask(&core, &format!("139001390{i:02}")).await.unwrap();
        }
        assert!(matches!(ask(&core, "13900139099").await.unwrap_err().public(), Error::TooMany { .. }));
        let elsewhere = CodeRequest { phone: "13900139099".into() };
        let sent = request_code(&Caller::anonymous(), &core, elsewhere, "192.0.2.7".parse().unwrap()).await;
        assert!(sent.is_ok(), "another address has its own share");
        core.clock.advance(3_600_000);
        assert!(ask(&core, PHONE).await.is_ok(), "the window ends");
    }
}

#[tokio::test]
async fn who_signs_in_often_is_not_locked_out() {
    for core in testing::cores().await {
        for _ in 0..70 {
            signed_in(&core, PHONE).await;
        }
        assert_eq!(number(&core, "SELECT COUNT(*) FROM accounts").await, 1);
    }
}
