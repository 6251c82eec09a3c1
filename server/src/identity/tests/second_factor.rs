use super::sessions::staff;
use super::*;
use crate::identity::{enrol, second_factor, verify_second_factor};
use crate::testing;
use contract::identity::{SecondFactor, SecondFactorState};
use contract::{AreaId, Error, Issue, Role};

const HALF_MINUTE: i64 = 30_000;

async fn shown(core: &Core, caller: &Caller) -> Option<String> {
    match second_factor(caller, core).await.unwrap() {
        SecondFactorState::Ready { shown } => shown,
        other => panic!("{other:?}"),
    }
}

async fn verify(core: &Core, caller: &Caller, code: &str) -> Result<String, Error> {
    verify_second_factor(caller, core, SecondFactor { code: code.to_owned() }).await.map_err(|e| e.public())
}

fn wrong() -> Result<String, Error> {
    Err(Error::field("code", Issue::WrongCode))
}

#[tokio::test]
async fn a_code_raises_the_session_once_and_is_refused_again() {
    for core in testing::cores().await {
        staff(&core, Role::CommunityWorker).await;
        let (before, caller) = signed_in(&core, PHONE).await;
        assert_eq!(
            caller.allow(super::super::Verb::VotingOrganise, &AreaId::city()).unwrap_err().public(),
            Error::SecondFactor
        );
        let code = shown(&core, &caller).await.unwrap();
        let token = verify(&core, &caller, &code).await.unwrap();
        let raised = caller_of(&core, &token).await.unwrap();
        assert!(raised.second_factor && raised.allow(super::super::Verb::VotingOrganise, &AreaId::city()).is_ok());
        assert!(caller_of(&core, &before).await.unwrap().account.is_none(), "the token from before opens nothing");

        let (_, second) = signed_in(&core, PHONE).await;
        assert_eq!(verify(&core, &second, &code).await, wrong(), "the same code from another session");
        let next = shown(&core, &second).await.unwrap();
        assert_ne!(next, code);
        assert!(verify(&core, &second, &next).await.is_ok());
        assert_eq!(shown(&core, &second).await, None, "none is left in this half minute");
        core.clock.advance(2 * HALF_MINUTE);
        assert!(shown(&core, &second).await.is_some());
    }
}

#[tokio::test]
async fn of_ten_who_bring_the_same_code_at_once_one_passes() {
    for core in testing::cores().await {
        staff(&core, Role::Administrator).await;
        let (_, caller) = signed_in(&core, PHONE).await;
        let code = shown(&core, &caller).await.unwrap();
        let tries = (0..10).map(|_| {
            let (core, caller, code) = (core.clone(), caller.clone(), code.clone());
            tokio::spawn(async move { verify(&core, &caller, &code).await.is_ok() })
        });
        let passed = futures::future::join_all(tries).await.into_iter().filter(|done| *done.as_ref().unwrap()).count();
        assert_eq!(passed, 1);
    }
}

#[tokio::test]
async fn guessing_ends_after_five_wrong_codes() {
    for core in testing::cores().await {
        staff(&core, Role::Administrator).await;
        let (_, caller) = signed_in(&core, PHONE).await;
        let code = shown(&core, &caller).await.unwrap();
        for _ in 0..5 {
            assert_eq!(verify(&core, &caller, &other(&other(&code))).await, wrong());
        }
        assert_eq!(verify(&core, &caller, &code).await, Err(Error::TooMany { retry_after_s: 300 }));
        core.clock.advance(300_000);
        let code = shown(&core, &caller).await.unwrap();
        assert!(verify(&core, &caller, &code).await.is_ok());
    }
}

#[tokio::test]
async fn a_secret_is_set_up_by_its_first_code_and_then_stays() {
    for core in testing::cores().await {
        let (_, caller) = signed_in(&core, PHONE).await;
        assert_eq!(second_factor(&caller, &core).await.unwrap(), SecondFactorState::None);
        assert_eq!(verify(&core, &caller, "000000").await, wrong());
        enrol(&caller, &core).await.unwrap();
        let SecondFactorState::Enrolling { qr, secret } = second_factor(&caller, &core).await.unwrap() else {
            panic!("a secret waits for its first code")
        };
        assert!(qr.starts_with("<svg") && !qr.contains("style=") && secret.len() == 32);
        let now = u64::try_from(core.clock.now() / 1000).unwrap();
        let code = super::super::totp::totp(&secret, "x").unwrap().generate(now).to_string();
        let token = verify(&core, &caller, &code).await.unwrap();
        let caller = caller_of(&core, &token).await.unwrap();
        core.clock.advance(HALF_MINUTE);
        let before = shown(&core, &caller).await;
        enrol(&caller, &core).await.unwrap();
        assert_eq!(shown(&core, &caller).await, before, "who got hold of a session cannot replace the secret");
    }
}

#[tokio::test]
async fn codes_are_those_of_rfc_6238() {
    // RFC 6238 appendix B, SHA-1, the last six of eight digits; the secret is the ASCII text 1234….
    let totp = super::super::totp::totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "x").unwrap();
    for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
        assert_eq!(totp.generate(time).to_string(), code);
    }
}
