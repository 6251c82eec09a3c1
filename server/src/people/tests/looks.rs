//! Details and unmasking: for those responsible, and never in silence.

use super::{COMMUNITY, PHONE, fill, person, worker};
use crate::events::{Event, record_as};
use crate::identity::{Caller, Grant};
use crate::people::{detail, looks, own_record, unmask};
use crate::testing::cores;
use crate::{Core, inbox};
use contract::ids::AccountId;
use contract::people::{SealedField, Trace, Unmask, UnmaskReason};
use contract::{AreaId, Error, Issue, PageRequest, Role};

fn look(n: usize, reason: Option<UnmaskReason>) -> Unmask {
    Unmask { person: person(n), field: SealedField::Phone, reason }
}

/// Person 0, signed in.
fn owner() -> Caller {
    Caller { account: Some(AccountId::trusted("owner")), person: Some(person(0)), ..Caller::default() }
}

async fn events(core: &Core) -> Vec<(String, String, String)> {
    sqlx::query_as("SELECT area, subject, payload FROM events WHERE room = 'people' AND verb = 'unmask'")
        .fetch_all(&mut *core.db.read().await.unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_detail_holds_home_household_and_tenure() {
    for core in cores().await {
        fill(&core).await;
        let detail = detail(&worker(COMMUNITY), &core, person(0)).await.unwrap();
        assert_eq!(detail.person.name, "汪一");
        assert_eq!(detail.homes.len(), 2);
        assert_eq!((detail.homes[1].share.num, detail.homes[1].share.den), (1, 2));
        assert_eq!(detail.trail.last().unwrap().name, "龙北小区");
        assert!(detail.household.is_empty());
        let elsewhere = super::super::detail(&worker("3410.02"), &core, person(0)).await.unwrap_err();
        assert_eq!(elsewhere.public(), Error::NotFound);
    }
}

#[tokio::test]
async fn each_look_is_an_event_and_its_owner_hears_of_it() {
    for core in cores().await {
        fill(&core).await;
        let clear = unmask(&worker(COMMUNITY), &core, look(0, Some(UnmaskReason::Contact))).await.unwrap();
        assert_eq!(clear, PHONE);
        let told = events(&core).await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].1, person(0).as_str());
        assert_eq!(told[0].2, r#"{"field":"phone","reason":"contact","role":"community_worker"}"#);
        let owner = owner();
        let inbox = inbox::list(&owner, &core, PageRequest::default()).await.unwrap();
        assert_eq!(inbox.unread, 1);
    }
}

#[tokio::test]
async fn a_refused_look_shows_nothing() {
    for core in cores().await {
        fill(&core).await;
        let refused = |caller: Caller, look: Unmask| {
            let core = core.clone();
            async move { unmask(&caller, &core, look).await.unwrap_err().public() }
        };
        let reason = Some(UnmaskReason::Identity);
        let missing = Error::field("reason", Issue::Required);
        assert_eq!(refused(worker(COMMUNITY), look(0, None)).await, missing);
        assert_eq!(refused(worker("3410.02"), look(0, reason)).await, Error::NotFound);
        assert_eq!(refused(worker(COMMUNITY), look(5, reason)).await, Error::NotFound);
        let mut grid = worker(COMMUNITY);
        grid.grants = vec![Grant { role: Role::GridWorker, area: AreaId::city() }];
        assert_eq!(refused(grid, look(0, reason)).await, Error::Forbidden);
        assert!(events(&core).await.is_empty());
    }
}

#[tokio::test]
async fn the_owner_sees_every_look_and_every_refused_one_newest_first() {
    for core in cores().await {
        fill(&core).await;
        let seen = |page: PageRequest| {
            let core = core.clone();
            async move { looks(&owner(), &core, page).await.unwrap() }
        };
        assert!(seen(PageRequest::default()).await.rows.is_empty());
        let reason = Some(UnmaskReason::Errand);
        unmask(&worker(COMMUNITY), &core, look(0, reason)).await.unwrap();
        core.clock.advance(1_000);
        unmask(&worker("3410.02"), &core, look(0, reason)).await.unwrap_err();
        unmask(&worker(COMMUNITY), &core, look(1, reason)).await.unwrap_err();
        let listed = seen(PageRequest::default()).await;
        let told: Vec<_> = listed.rows.iter().map(|look| (look.refused, look.what.clone(), look.role)).collect();
        let role = Some(Role::CommunityWorker);
        let what = Trace::Looked(SealedField::Phone, UnmaskReason::Errand);
        assert_eq!(told, [(true, what.clone(), role), (false, what, role)]);

        for _ in 0..20 {
            core.clock.advance(1_000);
            unmask(&worker(COMMUNITY), &core, look(0, reason)).await.unwrap();
        }
        let first = seen(PageRequest::default()).await;
        let rest = seen(PageRequest { after: first.next.clone(), ..PageRequest::default() }).await;
        assert_eq!((first.rows.len(), rest.rows.len(), rest.next), (20, 2, None));
    }
}

#[tokio::test]
async fn ones_own_record_is_ones_own() {
    for core in cores().await {
        fill(&core).await;
        let record = own_record(&owner(), &core).await.unwrap();
        assert_eq!((record.person.id, record.homes.len()), (person(0), 2));
        assert_eq!(record.person.phone.as_deref(), Some("138****0001"));
        assert_eq!(own_record(&Caller::anonymous(), &core).await.unwrap_err().public(), Error::SignIn);
    }
}

#[tokio::test]
async fn other_events_do_not_push_a_look_off_the_page() {
    for core in cores().await {
        fill(&core).await;
        unmask(&worker(COMMUNITY), &core, look(0, Some(UnmaskReason::Errand))).await.unwrap();
        core.clock.advance(1_000);
        core.db
            .write(person(0), |tx, person| {
                Box::pin(async move {
                    for _ in 0..25 {
                        let (area, subject) = (&AreaId::city(), person.as_str());
                        let event = Event { room: "people", verb: "correction_asked", area, subject, payload: () };
                        record_as(tx, "somebody", event).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        let seen = looks(&owner(), &core, PageRequest::default()).await.unwrap();
        assert_eq!((seen.rows.len(), seen.next), (1, None));
    }
}
