mod live;

use super::*;
use crate::testing;
use contract::ids::AccountId;

fn resident(name: &str) -> Caller {
    Caller { account: Some(AccountId::trusted(name)), person: Some(PersonId::trusted(name)), ..Caller::default() }
}

fn note(key: &str) -> NewNote {
    NewNote {
        kind: "test.note".to_owned(),
        params: [("key".to_owned(), key.to_owned())].into(),
        link: format!("/test/{key}"),
        unique_key: key.to_owned(),
    }
}

async fn deliver(core: &Core, to: &str, key: &str) -> bool {
    let sent = core.db.write((PersonId::trusted(to), note(key)), |tx, (person, note)| Box::pin(send(tx, person, note)));
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

#[tokio::test]
async fn many_are_told_once_each_and_numbered_in_their_own_inbox() {
    for core in testing::cores().await {
        deliver(&core, "p1", "before").await;
        deliver(&core, "p2", "news").await;
        let people: Vec<PersonId> = (0..1_200).map(|n| PersonId::trusted(format!("p{n}"))).collect();
        for expected in [1_199, 0] {
            let sent = core.db.write(people.clone(), |tx, people| {
                Box::pin(async move { send_many(tx, people, &note("news")).await })
            });
            assert_eq!(sent.await.unwrap(), expected);
        }
        let inbox = list(&resident("p1"), &core, PageRequest::default()).await.unwrap();
        assert_eq!((inbox.unread, keys(&inbox.notes.rows)), (2, vec!["news", "before"]));
        assert_eq!(unread(&resident("p2"), &core).await.unwrap(), 1);
        assert_eq!(unread(&resident("p1199"), &core).await.unwrap(), 1);
        core.db
            .write((), |tx, ()| Box::pin(async move { read_about(tx, &PersonId::trusted("p2"), "news").await }))
            .await
            .unwrap();
        assert_eq!(unread(&resident("p2"), &core).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_filter_lets_through_one_room_the_unread_and_what_names_a_text() {
    for core in testing::cores().await {
        for (kind, key) in [("points.note.a", "one"), ("points2.note.a", "two"), ("notices.note.sent", "100%")] {
            let note = NewNote { kind: kind.to_owned(), ..note(key) };
            let sent = core
                .db
                .write(note, |tx, note| Box::pin(async move { send(tx, &PersonId::trusted("wang"), note).await }));
            assert!(sent.await.unwrap());
        }
        let found = async |filter: InboxFilter| {
            let inbox = search(&resident("wang"), &core, filter).await.unwrap();
            keys(&inbox.notes.rows).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let all = InboxFilter::default;
        assert_eq!(found(InboxFilter { room: "points".into(), ..all() }).await, ["one"]);
        assert_eq!(found(InboxFilter { search: "00%".into(), ..all() }).await, ["100%"]);
        assert!(found(InboxFilter { search: "_".into(), ..all() }).await.is_empty());
        read_all(&resident("wang"), &core).await.unwrap();
        assert!(found(InboxFilter { unread: "1".into(), ..all() }).await.is_empty());
    }
}
