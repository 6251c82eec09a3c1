//! The paper is fixed by the announcement, whoever tries to write to it.

use super::*;
use crate::testing;
use crate::voting::store::{self, paper};
use contract::voting::OptionDraft;

#[tokio::test]
async fn nothing_is_added_after_the_announcement() {
    for core in testing::cores().await {
        let vote = open_resolution(&core, 3, &[Majority::Ordinary], Secrecy::Private).await;
        let before = store::items(&mut core.db.read().await.unwrap(), &vote).await.unwrap();
        let item = DraftItem::decide("未公告的事项", "", Majority::Ordinary, "");
        let added = core
            .db
            .write((vote.clone(), item), |tx, (vote, item)| {
                Box::pin(async move {
                    let item_in = paper::insert_item(tx.conn(), vote, 2, item).await?;
                    let option_in = paper::insert_option(tx.conn(), vote, (1, 4), &OptionDraft::named("其他")).await?;
                    paper::replace(tx.conn(), vote, std::slice::from_ref(item)).await?;
                    Ok((item_in, option_in))
                })
            })
            .await
            .unwrap();
        assert_eq!(added, (false, false));
        assert_eq!(store::items(&mut core.db.read().await.unwrap(), &vote).await.unwrap(), before);
    }
}

#[tokio::test]
async fn a_decision_wants_an_answer_and_one_alone() {
    for core in testing::cores().await {
        let vote = open_resolution(&core, 2, &[Majority::Ordinary, Majority::Special], Secrecy::Private).await;
        let faults = |choices: &[Vec<u32>]| {
            let (core, ballot) = (core.clone(), ballot_of(&vote, 0, choices));
            async move {
                match crate::voting::cast(&voter(0), &core, ballot).await {
                    Err(Error::Public(contract::Error::Invalid(faults))) => {
                        faults.into_iter().map(|fault| fault.field).collect()
                    }
                    other => vec![format!("{other:?}")],
                }
            }
        };
        assert_eq!(faults(&[vec![], vec![1]]).await, ["item.1"]);
        assert_eq!(faults(&[vec![1], vec![1, 2]]).await, ["item.2"]);
        assert_eq!(faults(&[vec![4], vec![4]]).await, ["item.1", "item.2"]);
        assert_eq!(faults(&[vec![1]]).await, ["choices"]);
    }
}
