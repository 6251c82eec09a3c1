use super::*;
use crate::identity::session::forget_lapsed;
use crate::identity::{DemoAccount, demo_grant, settings_save, sign_out, sign_out_everywhere};
use crate::people::{self, NewArea, NewDwelling, NewOwner, Registration, Sealer};
use crate::testing;
use contract::identity::{Settings, Theme};
use contract::ids::{DwellingId, PersonId};
use contract::{AreaId, Locale, Role};

const DAY: i64 = 24 * 3_600_000;

#[tokio::test]
async fn a_residents_session_lapses_after_thirty_days_without_use() {
    for core in testing::cores().await {
        let (token, caller) = signed_in(&core, PHONE).await;
        assert!(caller.account.is_some() && !caller.second_factor);
        core.clock.advance(29 * DAY);
        assert!(caller_of(&core, &token).await.unwrap().account.is_some());
        core.clock.advance(29 * DAY);
        assert!(caller_of(&core, &token).await.unwrap().account.is_some(), "its use was noted");
        core.clock.advance(30 * DAY);
        assert!(caller_of(&core, &token).await.unwrap().account.is_none());
        forget_lapsed(&core).await.unwrap();
        assert_eq!(number(&core, "SELECT COUNT(*) FROM sessions").await, 1, "thirty days are not past yet");
        core.clock.advance(1);
        forget_lapsed(&core).await.unwrap();
        assert_eq!(number(&core, "SELECT COUNT(*) FROM sessions").await, 0);
    }
}

#[tokio::test]
async fn a_session_of_staff_lapses_after_twelve_hours() {
    for core in testing::cores().await {
        staff(&core, Role::GridWorker).await;
        let (token, caller) = signed_in(&core, PHONE).await;
        assert!(caller.is_staff());
        core.clock.advance(12 * 3_600_000 - 1);
        assert!(caller_of(&core, &token).await.unwrap().account.is_some());
        core.clock.advance(12 * 3_600_000);
        assert!(caller_of(&core, &token).await.unwrap().account.is_none());
    }
}

/// Grants a role on the city to [`PHONE`], second factor included.
pub(super) async fn staff(core: &Core, role: Role) {
    core.db
        .write((DemoAccount::of(core, PHONE), role), |tx, (demo, role)| {
            Box::pin(async move { demo_grant(tx, demo, *role, &AreaId::city()).await })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn signing_out_ends_this_session_or_all() {
    for core in testing::cores().await {
        let (first, caller) = signed_in(&core, PHONE).await;
        let (second, _) = signed_in(&core, PHONE).await;
        sign_out(&caller, &core).await.unwrap();
        assert!(caller_of(&core, &first).await.unwrap().account.is_none());
        let caller = caller_of(&core, &second).await.unwrap();
        assert!(caller.account.is_some());
        let (third, _) = signed_in(&core, PHONE).await;
        sign_out_everywhere(&caller, &core).await.unwrap();
        for token in [second, third] {
            assert!(caller_of(&core, &token).await.unwrap().account.is_none());
        }
        assert!(sign_out_everywhere(&Caller::anonymous(), &core).await.is_err());
    }
}

#[tokio::test]
async fn tokens_never_stand_in_the_database_and_made_up_ones_open_nothing() {
    for core in testing::cores().await {
        let (token, _) = signed_in(&core, PHONE).await;
        assert_eq!(token.len(), 64);
        let mut conn = core.db.read().await.unwrap();
        let (hash,): (String,) = sqlx::query_as("SELECT token_hash FROM sessions").fetch_one(&mut *conn).await.unwrap();
        assert_ne!(hash, token);
        for made_up in ["", &hash, "00"] {
            assert!(caller_of(&core, made_up).await.unwrap().account.is_none());
        }
    }
}

#[tokio::test]
async fn settings_follow_the_account_to_another_device() {
    for core in testing::cores().await {
        let (_, caller) = signed_in(&core, PHONE).await;
        let code = ask(&core, PHONE).await.unwrap();
        assert_eq!(enter(&core, PHONE, &code).await.unwrap().settings, None);
        let settings = Settings { locale: Locale::En, elder: true, theme: Theme::Dark };
        settings_save(&caller, &core, settings).await.unwrap();
        let code = ask(&core, PHONE).await.unwrap();
        assert_eq!(enter(&core, PHONE, &code).await.unwrap().settings, Some(settings));
        assert!(settings_save(&Caller::anonymous(), &core, settings).await.is_err());
    }
}

#[tokio::test]
async fn the_registrys_person_comes_with_their_places_as_resident() {
    for core in testing::cores().await {
        let stranger = signed_in(&core, PHONE).await.1;
        assert!(stranger.person.is_none() && stranger.grants.is_empty());
        let (home, shop) = (place("3410.03.001.004.g01.c01.b01.u1.0101"), place("3410.03.001.004.g01.c01.b02.u1.0101"));
        let person = PersonId::trusted("01890a5d-ac96-774b-bcce-b302099a8057");
        register(&core, &person, &home, &shop).await;
        let caller = signed_in(&core, PHONE).await.1;
        assert_eq!(caller.account, stranger.account, "the account stays");
        assert_eq!(caller.person, Some(person));
        assert_eq!(caller.name.as_deref(), Some("程晓岚"));
        let places: Vec<&AreaId> = caller.grants.iter().map(|grant| &grant.area).collect();
        assert_eq!(places, vec![&home, &shop]);
        assert!(caller.grants.iter().all(|grant| grant.role == Role::Resident) && !caller.is_staff());
    }
}

#[tokio::test]
async fn of_a_family_that_shares_a_phone_nobody_is_guessed() {
    for core in testing::cores().await {
        let [mother, daughter] = ["01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a8060"];
        enter_person(&core, daughter, PHONE).await;
        assert_eq!(signed_in(&core, PHONE).await.1.person, Some(PersonId::trusted(daughter)));
        enter_person(&core, mother, PHONE).await;
        assert_eq!(signed_in(&core, PHONE).await.1.person, Some(PersonId::trusted(daughter)), "who was there stays");

        const NEW: &str = "13800138001";
        for person in ["01890a5d-ac96-774b-bcce-b302099a8061", "01890a5d-ac96-774b-bcce-b302099a8062"] {
            enter_person(&core, person, NEW).await;
        }
        let caller = signed_in(&core, NEW).await.1;
        assert!(caller.account.is_some() && caller.person.is_none() && caller.grants.is_empty());
    }
}

/// Enters somebody with a phone.
async fn enter_person(core: &Core, person: &str, phone: &str) {
    let home = place("3410.03.001.004.g01.c01.b01.u1.0101");
    let (id, born) = (PersonId::trusted(person), "1971-03-08".to_owned());
    let person = Sealer(&core.keys).person(id, "程晓岚".into(), born, home, Some(phone), None);
    let all = Registration { persons: vec![person], ..Registration::default() };
    core.db.write(all, |tx, all| Box::pin(async move { people::register(tx.conn(), all).await })).await.unwrap();
}

fn place(text: &str) -> AreaId {
    text.parse().unwrap()
}

/// Enters [`PHONE`]'s person, who lives at `home` and owns `shop`.
async fn register(core: &Core, person: &PersonId, home: &AreaId, shop: &AreaId) {
    let dwelling = DwellingId::trusted("01890a5d-ac96-774b-bcce-b302099a8058");
    let area = |id: &AreaId| NewArea { id: id.clone(), name: "甲".into(), code: None };
    let born = "1971-03-08".to_owned();
    let all = Registration {
        areas: vec![area(home), area(shop)],
        dwellings: vec![NewDwelling::flat(dwelling.clone(), shop.clone(), "101".into(), "2幢101".into(), 9_000)],
        persons: vec![Sealer(&core.keys).person(
            person.clone(),
            "程晓岚".into(),
            born,
            home.clone(),
            Some(PHONE),
            None,
        )],
        owners: vec![NewOwner { dwelling, person: person.clone(), share: (1, 1) }],
        ..Registration::default()
    };
    core.db.write(all, |tx, all| Box::pin(async move { people::register(tx.conn(), all).await })).await.unwrap();
}
