use super::audit::audit;
use super::*;
use contract::{Error, Refusal};
use futures::future::join_all;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_who_spend_the_last_point_one_succeeds() {
    for core in testing::cores().await {
        make(&core, award("wang", "e1", 100)).await.unwrap();
        let tasks = (0..200).map(|_| {
            let core = core.clone();
            tokio::spawn(async move { make(&core, spend("wang", 100)).await })
        });
        let (done, refused): (Vec<_>, Vec<_>) =
            join_all(tasks).await.into_iter().map(|task| task.unwrap()).partition(Result::is_ok);
        assert_eq!(done.len(), 1);
        for error in refused {
            assert_eq!(error.unwrap_err().public(), Error::Refused(Refusal::NotEnoughPoints));
        }
        assert_eq!(balance(&resident("wang"), &core).await.unwrap(), Points::ZERO);
        assert_eq!(audit(&core).await, 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_movement_is_taken_back_once_whoever_tries() {
    for core in testing::cores().await {
        let id = make(&core, award("wang", "e1", 100)).await.unwrap().unwrap();
        let tasks = (0..20).map(|_| {
            let (core, id) = (core.clone(), id.clone());
            tokio::spawn(async move { core.db.write(id, |tx, id| Box::pin(reverse(tx, id))).await })
        });
        let done = join_all(tasks).await.into_iter().filter(|task| task.as_ref().unwrap().is_ok()).count();
        assert_eq!(done, 1);
        assert_eq!(audit(&core).await, 2);
    }
}

#[tokio::test]
async fn points_already_spent_cannot_be_taken_back() {
    for core in testing::cores().await {
        let id = make(&core, award("wang", "e1", 100)).await.unwrap().unwrap();
        make(&core, spend("wang", 1)).await.unwrap();
        let refused = core.db.write(id, |tx, id| Box::pin(reverse(tx, id))).await.unwrap_err();
        assert_eq!(refused.public(), Error::Refused(Refusal::NotEnoughPoints));
        assert_eq!(audit(&core).await, 2);
    }
}
