//! Watching the turnout together.

use super::*;
use crate::testing;
use crate::voting::{cast, watch_turnout};
use contract::voting::Turnout;

#[tokio::test]
async fn all_watchers_see_each_change_and_share_one_look() {
    for core in testing::cores().await {
        let vote = open_election(&core, 3, 2, 1).await;
        let mut watchers = Vec::new();
        for _ in 0..200 {
            watchers.push(watch_turnout(&organiser(), &core, &vote).await.unwrap());
        }
        cast(&voter(0), &core, ballot(&vote, 0, &[1])).await.unwrap();
        let mut seen = Vec::new();
        for watcher in &mut watchers {
            let voted = |text: &std::sync::Arc<str>| serde_json::from_str::<Turnout>(text).unwrap().voted == 1;
            seen.push(watcher.wait_for(voted).await.unwrap().clone());
        }
        assert!(seen.iter().all(|text| std::sync::Arc::ptr_eq(text, &seen[0])), "one answer for all of them");
        assert!(matches!(watch_turnout(&voter(0), &core, &vote).await, Err(Error::Public(contract::Error::Forbidden))));
    }
}
