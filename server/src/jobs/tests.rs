//! Leases, retries, the dead-letter list; on every engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract::Role;
use contract::ids::AccountId;

use super::handlers::Kinds;
use super::worker::{LEASE, pause, work_once_of};
use super::*;
use crate::identity::Grant;
use crate::testing;

fn administrator() -> Caller {
    Caller {
        account: Some(AccountId::trusted("admin")),
        grants: vec![Grant { role: Role::Administrator, area: AreaId::city() }],
        second_factor: true,
        ..Caller::default()
    }
}

async fn queue(core: &Core, payload: &str, unique_key: Option<&str>, delay: Millis) -> bool {
    let input = (payload.to_owned(), unique_key.map(str::to_owned), delay);
    core.db
        .write(input, |tx, (payload, unique_key, delay)| {
            Box::pin(async move {
                let run_at = tx.now() + delay;
                enqueue(tx, "test", payload, unique_key.as_deref(), run_at).await
            })
        })
        .await
        .unwrap()
}

/// Handlers that count their runs and answer what `answer` says.
fn counting(runs: &Arc<AtomicUsize>, answer: fn(usize) -> Result<()>) -> Handlers {
    let runs = runs.clone();
    Handlers::new().on("test", move |_, _: String| {
        let run = runs.fetch_add(1, Ordering::SeqCst);
        async move { answer(run) }
    })
}

/// Takes a job as a worker would that is then killed.
async fn take_and_die(core: &Core) -> bool {
    core.db
        .write((), |tx, ()| {
            Box::pin(async move {
                let now = tx.now();
                Ok(store::take(tx.conn(), "killed", &Kinds::All, now, now + LEASE).await?.is_some())
            })
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_job_runs_once_when_due_and_a_unique_key_queues_once() {
    for core in testing::cores().await {
        let runs = Arc::default();
        let handlers = counting(&runs, |_| Ok(()));
        assert!(queue(&core, "a", Some("key"), 1_000).await);
        assert!(!queue(&core, "a", Some("key"), 0).await);
        assert!(!work_once(&core, &handlers).await.unwrap(), "not due yet");
        core.clock.advance(1_000);
        assert!(work_once(&core, &handlers).await.unwrap());
        assert!(!work_once(&core, &handlers).await.unwrap());
        assert_eq!(runs.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn what_waits_for_others_holds_up_nothing_else() {
    for core in testing::cores().await {
        let runs: Arc<AtomicUsize> = Arc::default();
        let handlers = counting(&runs, |_| Ok(())).outside("gateway", |_, _: String| std::future::pending());
        let gateway = core.db.write((), |tx, ()| {
            Box::pin(async move {
                let earlier = tx.now() - 1;
                enqueue(tx, "gateway", &"a", None, earlier).await
            })
        });
        assert!(gateway.await.unwrap());
        queue(&core, "b", None, 0).await;
        assert!(work_once_of(&core, &handlers, Group::Inside).await.unwrap(), "though the other is due longer");
        assert_eq!(runs.load(Ordering::SeqCst), 1);
        assert!(!work_once_of(&core, &handlers, Group::Inside).await.unwrap());
        let waiting = work_once_of(&core, &handlers, Group::Outside);
        assert!(tokio::time::timeout(std::time::Duration::from_millis(200), waiting).await.is_err(), "it waits there");
        let none = counting(&runs, |_| Ok(()));
        assert!(!work_once_of(&core, &none, Group::Outside).await.unwrap(), "no kind of it, no job");
    }
}

#[tokio::test]
async fn a_job_is_queued_only_with_the_business_that_needs_it() {
    for core in testing::cores().await {
        let refused: Result<()> = core
            .db
            .write((), |tx, ()| {
                Box::pin(async move {
                    let now = tx.now();
                    enqueue(tx, "test", &"a", None, now).await?;
                    Err(contract::Refusal::WrongState.into())
                })
            })
            .await;
        assert!(refused.is_err());
        assert!(!take_and_die(&core).await);
    }
}

#[tokio::test]
async fn a_killed_workers_job_is_taken_up_again_after_its_lease() {
    for core in testing::cores().await {
        let runs = Arc::default();
        let handlers = counting(&runs, |_| Ok(()));
        queue(&core, "a", None, 0).await;
        assert!(take_and_die(&core).await);
        core.clock.advance(LEASE - 1);
        assert!(!work_once(&core, &handlers).await.unwrap(), "still leased");
        core.clock.advance(1);
        assert!(work_once(&core, &handlers).await.unwrap());
        assert_eq!(runs.load(Ordering::SeqCst), 1);
        let late = core
            .db
            .write((), |tx, ()| {
                Box::pin(async move {
                    let id = JobId::trusted("x");
                    Ok(store::end(tx.conn(), &id, "killed", store::Ending::Done(0)).await?)
                })
            })
            .await;
        assert!(!late.unwrap(), "the killed worker has no say any more");
    }
}

#[tokio::test]
async fn a_failing_job_is_put_off_longer_each_time_then_dead_then_retried_by_staff() {
    for core in testing::cores().await {
        let runs = Arc::default();
        let handlers = counting(&runs, |run| match run {
            3 => panic!("a handler's panic is a failure"),
            run if run < MAX_ATTEMPTS as usize => Err(Error::internal("no gateway")),
            _ => Ok(()),
        });
        queue(&core, "a", None, 0).await;
        for attempt in 1..=MAX_ATTEMPTS {
            assert!(work_once(&core, &handlers).await.unwrap(), "attempt {attempt}");
            assert!(!work_once(&core, &handlers).await.unwrap(), "it waits after attempt {attempt}");
            core.clock.advance(pause(attempt, [0xff, 0xff]));
        }
        assert!(!work_once(&core, &handlers).await.unwrap(), "given up");

        let page = dead(&administrator(), &core, PageRequest::default()).await.unwrap();
        let [job] = &page.rows[..] else { panic!("{page:?}") };
        assert_eq!((job.kind.as_str(), job.attempts, job.last_error.as_str()), ("test", MAX_ATTEMPTS, "no gateway"));

        retry(&administrator(), &core, job.id.clone()).await.unwrap();
        assert!(work_once(&core, &handlers).await.unwrap());
        assert!(dead(&administrator(), &core, PageRequest::default()).await.unwrap().rows.is_empty());
        let again = retry(&administrator(), &core, job.id.clone()).await.unwrap_err();
        assert_eq!(again.public(), contract::Error::NotFound);
        assert_eq!(runs.load(Ordering::SeqCst), MAX_ATTEMPTS as usize + 1);
    }
}

#[tokio::test]
async fn a_job_that_kills_every_worker_is_given_up() {
    for core in testing::cores().await {
        let runs = Arc::default();
        let handlers = counting(&runs, |_| Ok(()));
        queue(&core, "a", None, 0).await;
        for _ in 0..MAX_ATTEMPTS {
            assert!(take_and_die(&core).await);
            core.clock.advance(LEASE);
        }
        assert!(work_once(&core, &handlers).await.unwrap());
        assert_eq!(runs.load(Ordering::SeqCst), 0, "it is not begun once more");
        assert_eq!(dead(&administrator(), &core, PageRequest::default()).await.unwrap().rows.len(), 1);
    }
}

#[tokio::test]
async fn many_workers_never_run_one_job_twice() {
    const JOBS: usize = 40;
    for core in testing::cores().await {
        let runs: Arc<AtomicUsize> = Arc::default();
        let handlers = counting(&runs, |_| Ok(()));
        for job in 0..JOBS {
            queue(&core, &job.to_string(), None, 0).await;
        }
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let workers: Vec<_> =
            (0..6).map(|_| tokio::spawn(run(core.clone(), handlers.clone(), Group::All, stopped.clone()))).collect();
        let all = async {
            while runs.load(Ordering::SeqCst) < JOBS {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(60), all).await.unwrap();
        stop.send(true).unwrap();
        for worker in workers {
            worker.await.unwrap();
        }
        assert!(!take_and_die(&core).await, "every job is done");
        assert_eq!(runs.load(Ordering::SeqCst), JOBS);
    }
}

#[tokio::test]
async fn done_jobs_are_purged_by_age_and_by_one_server() {
    const JOBS: i64 = purge::PART + 2;
    for core in testing::cores().await {
        let handlers = Handlers::new().on("test", |_, _: String| async { Ok(()) });
        let failing = Handlers::new().on("test", |_, _: String| async { Err(Error::internal("no gateway")) });
        queue(&core, "dead", None, 0).await;
        for _ in 0..MAX_ATTEMPTS {
            assert!(work_once(&core, &failing).await.unwrap());
            core.clock.advance(2 * 3_600_000);
        }
        core.db
            .write((), |tx, ()| {
                Box::pin(async move {
                    let now = tx.now();
                    for job in 0..JOBS {
                        let id: JobId = tx.id();
                        store::insert(tx.conn(), &id, "test", "\"a\"", None, job, now).await?;
                        assert!(store::take(tx.conn(), "w", &Kinds::All, now, now + LEASE).await?.is_some());
                        assert!(store::end(tx.conn(), &id, "w", store::Ending::Done(now)).await?);
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        assert!(queue(&core, "young", Some("key"), 0).await);
        core.clock.advance(purge::KEPT + 1);
        assert!(work_once(&core, &handlers).await.unwrap());
        let other = Core { node: "other".into(), ..core.clone() };
        assert_eq!(purge::purge(&core).await.unwrap(), u64::try_from(JOBS).unwrap());
        assert_eq!(purge::purge(&other).await.unwrap(), 0);
        assert!(!queue(&core, "young", Some("key"), 0).await, "done just now, and kept");
        core.clock.advance(purge::KEPT + 1);
        assert_eq!(purge::purge(&other).await.unwrap(), 1, "the first server's lease has run out");
        assert!(queue(&core, "young", Some("key"), 0).await);
        assert_eq!(dead(&administrator(), &core, PageRequest::default()).await.unwrap().rows.len(), 1);
    }
}

#[tokio::test]
async fn only_administrators_see_and_retry() {
    let core = testing::sqlite().await;
    let mut worker = administrator();
    worker.grants[0].role = Role::CommunityWorker;
    for caller in [Caller::anonymous(), worker] {
        assert!(dead(&caller, &core, PageRequest::default()).await.is_err());
        assert!(retry(&caller, &core, JobId::trusted("x")).await.is_err());
    }
}

#[test]
fn pauses_double_up_to_an_hour_and_a_quarter() {
    assert_eq!([1, 2, 3].map(|n| pause(n, [0, 0])), [5_000, 10_000, 20_000]);
    assert_eq!(pause(1, [0xff, 0xff]), 6_250);
    assert_eq!(pause(60, [0, 0]), 3_600_000);
}
