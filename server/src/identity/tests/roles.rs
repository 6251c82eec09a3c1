use super::*;
use crate::identity::{Grant, roles_grant, roles_list, roles_revoke};
use crate::testing;
use contract::identity::{GrantRole, RevokeRole, RolesQuery};
use contract::ids::AccountId;
use contract::{AreaId, Error, Issue, Role};

fn administrator(area: &str) -> Caller {
    Caller {
        account: Some(AccountId::trusted("01890a5d-ac96-774b-bcce-b302099a8057")),
        grants: vec![Grant { role: Role::Administrator, area: area.parse().unwrap() }],
        second_factor: true,
        ..Caller::default()
    }
}

fn worker_of(area: &str) -> GrantRole {
    GrantRole { phone: PHONE.into(), role: "grid_worker".into(), area: area.into() }
}

#[tokio::test]
async fn a_role_is_held_from_its_grant_to_its_end_and_both_are_events() {
    for core in testing::cores().await {
        let admin = administrator("3410");
        let grant = roles_grant(&admin, &core, worker_of("3410.03")).await.unwrap();
        let (token, caller) = signed_in(&core, PHONE).await;
        assert_eq!(caller.grants, vec![Grant { role: Role::GridWorker, area: "3410.03".parse().unwrap() }]);
        let page = roles_list(&admin, &core, RolesQuery::default()).await.unwrap().grants;
        assert_eq!(page.rows.len(), 1);
        assert_eq!((page.rows[0].phone.as_str(), page.rows[0].role), ("138****8000", Role::GridWorker));
        roles_revoke(&admin, &core, RevokeRole { grant: grant.clone() }).await.unwrap();
        assert!(caller_of(&core, &token).await.unwrap().grants.is_empty());
        let again = roles_revoke(&admin, &core, RevokeRole { grant }).await.unwrap_err().public();
        assert_eq!(again, Error::NotFound);
        let events = "SELECT COUNT(*) FROM events WHERE room = 'identity' AND verb IN ('grant', 'revoke')";
        assert_eq!(number(&core, events).await, 2);
    }
}

#[tokio::test]
async fn nobody_grants_outside_of_their_area_or_twice() {
    for core in testing::cores().await {
        let admin = administrator("3410.03");
        let error = |result: crate::Result<_>| result.map(|_: contract::ids::GrantId| ()).unwrap_err().public();
        assert_eq!(error(roles_grant(&admin, &core, worker_of("3410")).await), Error::Forbidden);
        assert_eq!(error(roles_grant(&Caller::anonymous(), &core, worker_of("3410.03")).await), Error::SignIn);
        let far = roles_grant(&administrator("3410.04"), &core, worker_of("3410.04")).await.unwrap();
        let error_far = roles_revoke(&admin, &core, RevokeRole { grant: far }).await.unwrap_err().public();
        assert_eq!(error_far, Error::Forbidden);
        assert!(roles_grant(&admin, &core, worker_of("3410.03.001")).await.is_ok());
        let twice = roles_grant(&admin, &core, worker_of("3410.03.001")).await;
        assert_eq!(error(twice), Error::field("role", Issue::Taken));
        let city = RolesQuery { area: Some(AreaId::city()), after: None };
        let listed = roles_list(&admin, &core, city).await;
        assert_eq!(listed.unwrap_err().public(), Error::Forbidden);
    }
}
