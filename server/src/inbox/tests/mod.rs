mod live;

use super::*;
use crate::testing;
use contract::ids::AccountId;

fn resident(name: &str) -> Caller {
    Caller { account: Some(AccountId::trusted(name)), person: Some(PersonId::trusted(name)), ..Caller::default() }
}

async fn deliver(core: &Core, to: &str, key: &str) -> bool {
    let note = NewNote {
        kind: "test.note".to_owned(),
        params: [("key".to_owned(), key.to_owned())].into(),
        link: format!("/test/{key}"),
        unique_key: key.to_owned(),
    };
    let sent = core.db.write((PersonId::trusted(to), note), |tx, (person, note)| Box::pin(send(tx, person, note)));
    sent.await.unwrap()
}

fn keys(notes: &[Note]) -> Vec<&str> {
    notes.iter().map(|note| note.params["key"].as_str()).collect()
}

#[tokio::test]
async fn the_same_message_is_never_sent_twice() {
    for core in testing::cores().await {
        let sent = futures::future::join_all((0..40).map(|i| {
            let core = core.clone();
            async move { deliver(&core, "wang", &format!("k{}", i % 4)).await }
        }));
        assert_eq!(sent.await.into_iter().filter(|sent| *sent).count(), 4);
        assert!(deliver(&core, "li", "k1").await, "a key is unique for its reader, not for all");
        assert_eq!(list(&resident("wang"), &core, PageRequest::default()).await.unwrap().unread, 4);
    }
}

#[tokio::test]
async fn pages_run_from_the_newest_to_the_oldest() {
    for core in testing::cores().await {
        for key in ["a", "b", "c"] {
            deliver(&core, "wang", key).await;
        }
        let page = |after| PageRequest { after, size: Some(2) };
        let first = list(&resident("wang"), &core, page(None)).await.unwrap().notes;
        assert_eq!(keys(&first.rows), ["c", "b"]);
        let second = list(&resident("wang"), &core, page(first.next)).await.unwrap().notes;
        assert_eq!((keys(&second.rows), second.next), (vec!["a"], None));
    }
}

#[tokio::test]
async fn a_message_opens_for_its_reader_only() {
    for core in testing::cores().await {
        deliver(&core, "wang", "a").await;
        deliver(&core, "wang", "b").await;
        let inbox = list(&resident("wang"), &core, PageRequest::default()).await.unwrap();
        let input = OpenNote { note: inbox.notes.rows[0].id.clone() };
        let stranger = open(&resident("li"), &core, input.clone()).await;
        assert_eq!(stranger.unwrap_err().public(), contract::Error::NotFound);
        for _ in 0..2 {
            assert_eq!(open(&resident("wang"), &core, input.clone()).await.unwrap(), "/test/b");
            assert_eq!(unread(&resident("wang"), &core).await.unwrap(), 1);
        }
        read_all(&resident("wang"), &core).await.unwrap();
        assert_eq!(unread(&resident("wang"), &core).await.unwrap(), 0);
        assert_eq!(unread(&Caller::anonymous(), &core).await.unwrap(), 0);
    }
}
