//! Paper beside the phone: two entries, a third where they differ, and one ballot a head whatever comes first.

use super::*;
use crate::files::FileName;
use crate::identity::{Caller, Grant};
use crate::testing;
use crate::voting::testing::{area_dm2, compound, person};
use crate::voting::{
    Delivery, Entry, PaperTexts, Printed, ballot_paper, deliver_paper, enter_paper, export_papers, find_paper,
    issue_papers, keep_scan, open_for, paper_progress, paper_scan, paper_sheet, papers, print_papers, receive_paper,
    waive_paper,
};
use bytes::Bytes;
use contract::ids::AccountId;
use contract::voting::{Entered, Marked, PaperFilter, PaperState, Standing, Unreturned};
use contract::{Error as Told, Role};

/// A worker of the compound by name.
pub(super) fn worker(name: &str) -> Caller {
    Caller {
        account: Some(AccountId::trusted(name)),
        grants: vec![Grant { role: Role::GridWorker, area: compound() }],
        second_factor: true,
        ..Caller::default()
    }
}

/// A small picture, as a scanner sends it.
fn picture() -> Bytes {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner().into()
}

/// What a worker reads off paper `number`.
pub(super) async fn read(core: &Core, number: i64, choices: &[u32]) -> Entry {
    let scan = keep_scan(&worker("scanner"), core, picture()).await.unwrap().to_string();
    let marked = Marked { choices: vec![choices.to_vec()], invalid: false };
    Entry { number, marked, scan: Some(scan) }
}

async fn state(core: &Core, vote: &VoteId, number: i64) -> PaperState {
    paper_sheet(&worker("reader"), core, vote, number).await.unwrap().line.state
}

#[tokio::test]
async fn two_entries_that_agree_are_one_ballot() {
    for core in testing::cores().await {
        let vote = open_election(&core, 3, 2, 1).await;
        assert_eq!(issue_papers(&worker("a"), &core, &vote, None).await.unwrap(), 3);
        assert_eq!(issue_papers(&worker("a"), &core, &vote, None).await.unwrap(), 0, "one paper a head");
        let entry = read(&core, 1, &[2]).await;
        let unscanned = Entry { scan: None, ..entry.clone() };
        let refused = enter_paper(&worker("a"), &core, &vote, unscanned).await;
        assert!(matches!(refused, Err(Error::Public(Told::Invalid(faults))) if faults[0].field == "scan"));
        assert_eq!(enter_paper(&worker("a"), &core, &vote, entry.clone()).await.unwrap(), Entered::First);
        for again in [worker("a"), Caller { person: Some(person(1)), ..worker("a") }] {
            let refused = enter_paper(&again, &core, &vote, entry.clone()).await;
            assert_eq!(refusal(refused), Some(Refusal::SameWorker), "also once the registry knows them");
        }
        let seen = paper_sheet(&worker("b"), &core, &vote, 1).await.unwrap();
        assert!(seen.entries.is_empty() && seen.turn == Some(2), "the second does not see the first's entry");
        assert_eq!((seen.scans, paper_sheet(&worker("a"), &core, &vote, 1).await.unwrap().scans), (1, 0));
        let own = paper_scan(&worker("a"), &core, &vote, (1, 1)).await;
        assert!(matches!(own, Err(Error::Public(Told::Forbidden))), "for whoever makes the next entry");
        paper_scan(&worker("b"), &core, &vote, (1, 1)).await.unwrap();
        assert_eq!(refusal(super::super::open(&organiser(), &core, &vote, "0").await), Some(Refusal::PapersOpen));
        let again = Entry { scan: read(&core, 1, &[2]).await.scan, ..entry.clone() };
        assert_eq!(enter_paper(&worker("b"), &core, &vote, again).await.unwrap(), Entered::Counted);
        assert_eq!(refusal(enter_paper(&worker("c"), &core, &vote, entry).await), Some(Refusal::Stale));
        let late = super::super::cast(&voter(0), &core, ballot(&vote, 0, &[1])).await;
        assert_eq!(refusal(late), Some(Refusal::AlreadyVoted), "the paper came first");
        super::super::cast(&voter(1), &core, ballot(&vote, 1, &[1])).await.unwrap();
        core.clock.advance(DAY);
        let tally = count(&core, &vote).await.unwrap();
        assert_eq!((tally.cast, tally.voted, tally.invalid), (2, 2, 0));
        assert_eq!(tally.items[0].options.iter().map(|option| option.votes).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(tally.voted_area_dm2, area_dm2(0) + area_dm2(1));
        let marks = "SELECT CAST(COUNT(*) AS BIGINT) FROM voting_paper_entries WHERE marks IS NOT NULL";
        assert_eq!(number(&core, marks).await, 0, "what was read is forgotten");
        // Settled, its scans are for scrutineers alone, and each look is an event.
        let mine = paper_scan(&worker("c"), &core, &vote, (1, 1)).await;
        assert!(matches!(mine, Err(Error::Public(Told::Forbidden))));
        assert_eq!(paper_sheet(&worker("c"), &core, &vote, 1).await.unwrap().scans, 0);
        for place in [1, 2] {
            let scan = paper_scan(&scrutineer(), &core, &vote, (1, place)).await.unwrap();
            assert!(image::load_from_memory(&scan).is_ok(), "the second's scan stands beside the first's");
        }
        let third = paper_scan(&scrutineer(), &core, &vote, (1, 3)).await;
        assert!(matches!(third, Err(Error::Public(Told::NotFound))));
        let looks = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE verb = 'read_scan'";
        assert_eq!(number(&core, looks).await, 3);
    }
}

#[tokio::test]
async fn a_difference_is_settled_by_a_third() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 2, 1).await;
        issue_papers(&worker("a"), &core, &vote, None).await.unwrap();
        let (one, two) = (read(&core, 1, &[1]).await, read(&core, 1, &[2]).await);
        enter_paper(&worker("a"), &core, &vote, one.clone()).await.unwrap();
        assert_eq!(enter_paper(&worker("b"), &core, &vote, two.clone()).await.unwrap(), Entered::Differs);
        for same in ["a", "b"] {
            assert_eq!(refusal(enter_paper(&worker(same), &core, &vote, two.clone()).await), Some(Refusal::SameWorker));
            assert!(paper_sheet(&worker(same), &core, &vote, 1).await.unwrap().entries.is_empty());
        }
        let both = paper_sheet(&worker("c"), &core, &vote, 1).await.unwrap().entries;
        assert_eq!(both.iter().map(|marked| marked.choices.clone()).collect::<Vec<_>>(), [[vec![1]], [vec![2]]]);
        assert_eq!(enter_paper(&worker("c"), &core, &vote, two).await.unwrap(), Entered::Counted);
        let casts = "SELECT actor, payload FROM events WHERE verb = 'cast_on_paper'";
        let (actor, payload): (String, String) =
            sqlx::query_as(casts).fetch_one(&mut *core.db.read().await.unwrap()).await.unwrap();
        assert!(actor == "c" && payload.contains(person(0).as_str()), "a worker's act for a head: {actor} {payload}");
        // Of the second head nobody is named: its paper counts, and nobody is said to have cast it.
        core.db
            .write((), |tx, ()| {
                Box::pin(async move {
                    let sql = "UPDATE voting_members SET may_vote = 0 WHERE person = $1";
                    sqlx::query(sql).bind(person(1)).execute(tx.conn()).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        // A torn paper is a ballot that takes part and counts for nobody.
        let torn = Entry { marked: Marked { choices: vec![Vec::new()], invalid: true }, ..read(&core, 2, &[]).await };
        enter_paper(&worker("a"), &core, &vote, torn.clone()).await.unwrap();
        assert_eq!(enter_paper(&worker("b"), &core, &vote, torn).await.unwrap(), Entered::Counted);
        core.clock.advance(DAY);
        let tally = count(&core, &vote).await.unwrap();
        let votes: Vec<i64> = tally.items[0].options.iter().map(|option| option.votes).collect();
        assert_eq!((tally.cast, tally.invalid, votes), (2, 1, vec![0, 1]));
        let named = "SELECT CAST(COUNT(*) AS BIGINT) FROM events WHERE verb = 'cast'";
        assert_eq!(number(&core, named).await, 1, "that of the first head");
    }
}

#[tokio::test]
async fn a_paper_after_an_online_ballot_is_a_clash() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 2, 1).await;
        issue_papers(&worker("a"), &core, &vote, None).await.unwrap();
        super::super::cast(&voter(0), &core, ballot(&vote, 0, &[2])).await.unwrap();
        assert_eq!(refusal(receive_paper(&worker("a"), &core, &vote, 1).await), Some(Refusal::Stale));
        let sheet = paper_sheet(&worker("b"), &core, &vote, 1).await.unwrap();
        assert!(sheet.line.online_at.is_some() && sheet.turn.is_none(), "shown at once");
        let clash = enter_paper(&worker("b"), &core, &vote, read(&core, 1, &[1]).await).await.unwrap();
        assert_eq!((clash, state(&core, &vote, 1).await), (Entered::Clash, PaperState::Clash));
        let progress = paper_progress(&worker("a"), &core, &vote).await.unwrap();
        assert_eq!((progress.online, progress.of(PaperState::Clash), progress.made()), (1, 1, 2));
        core.clock.advance(DAY);
        let tally = count(&core, &vote).await.unwrap();
        assert_eq!((tally.cast, tally.voted), (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn paper_and_phone_at_once_are_one_ballot() {
    const HEADS: usize = 24;
    let paper_of = |n: usize| i64::try_from(n + 1).unwrap();
    for core in testing::cores().await {
        let vote = open_election(&core, HEADS, 2, 1).await;
        issue_papers(&worker("a"), &core, &vote, None).await.unwrap();
        let mut at_once = Vec::new();
        for n in 0..HEADS {
            let entry = read(&core, paper_of(n), &[1]).await;
            let (paper, phone) = ((core.clone(), vote.clone()), (core.clone(), ballot(&vote, n, &[2])));
            at_once.push((
                tokio::spawn(async move { enter_paper(&worker("a"), &paper.0, &paper.1, entry).await }),
                tokio::spawn(async move { super::super::cast(&voter(n), &phone.0, phone.1).await }),
            ));
        }
        let mut on_paper = 0;
        for (n, (paper, phone)) in at_once.into_iter().enumerate() {
            match (paper.await.unwrap().unwrap(), phone.await.unwrap()) {
                (Entered::First, Err(error)) => {
                    assert_eq!(why(&error), Some(Refusal::PaperReceived));
                    on_paper += 1;
                    let again = read(&core, paper_of(n), &[1]).await;
                    assert_eq!(enter_paper(&worker("b"), &core, &vote, again).await.unwrap(), Entered::Counted);
                }
                (Entered::Clash, Ok(_)) => {}
                (paper, phone) => panic!("{paper:?} and {phone:?}"),
            }
        }
        core.clock.advance(DAY);
        let tally = count(&core, &vote).await.unwrap();
        let votes: Vec<i64> = tally.items[0].options.iter().map(|option| option.votes).collect();
        let heads = i64::try_from(HEADS).unwrap();
        assert_eq!((tally.cast, tally.voted, votes), (heads, heads, vec![on_paper, heads - on_paper]));
    }
}

#[tokio::test]
async fn papers_are_entered_until_their_time_is_over() {
    for core in testing::cores().await {
        let vote = open_election(&core, 3, 2, 1).await;
        issue_papers(&worker("a"), &core, &vote, None).await.unwrap();
        core.clock.advance(DAY);
        let issued = issue_papers(&worker("a"), &core, &vote, None).await;
        assert_eq!(refusal(issued), Some(Refusal::VoteClosed));
        enter_paper(&worker("a"), &core, &vote, read(&core, 1, &[1]).await).await.unwrap();
        enter_paper(&worker("b"), &core, &vote, read(&core, 1, &[1]).await).await.unwrap();
        enter_paper(&worker("a"), &core, &vote, read(&core, 2, &[1]).await).await.unwrap();
        assert_eq!(refusal(count(&core, &vote).await), Some(Refusal::PapersOpen));
        core.clock.advance(DAY);
        let late = enter_paper(&worker("b"), &core, &vote, read(&core, 2, &[1]).await).await;
        assert_eq!(refusal(late), Some(Refusal::VoteClosed));
        assert_eq!(refusal(count(&core, &vote).await), Some(Refusal::PapersOpen), "nor is it forgotten in silence");
        waive_paper(&organiser(), &core, &vote, 2, "第二位录入人员未到").await.unwrap();
        assert_eq!(count(&core, &vote).await.unwrap().cast, 1, "half entered is not counted");
    }
}

#[tokio::test]
async fn a_paper_that_was_handed_in_comes_before_the_phone_and_is_not_forgotten() {
    for core in testing::cores().await {
        let vote = open_election(&core, 3, 2, 1).await;
        issue_papers(&worker("a"), &core, &vote, None).await.unwrap();
        receive_paper(&worker("a"), &core, &vote, 1).await.unwrap();
        assert_eq!(state(&core, &vote, 1).await, PaperState::Received);
        assert_eq!(refusal(receive_paper(&worker("b"), &core, &vote, 1).await), Some(Refusal::Stale));
        let phone = super::super::cast(&voter(0), &core, ballot(&vote, 0, &[2])).await;
        assert_eq!(refusal(phone), Some(Refusal::PaperReceived));
        // Who opens the ballot or the home page hears it at once.
        assert_eq!(at_the_door(&core, &vote, 0).await, (false, Some(START), Some(START)));
        assert_eq!(at_the_door(&core, &vote, 1).await, (true, None, None));
        let received = PaperFilter { state: "received".into(), ..PaperFilter::default() };
        assert_eq!(papers(&worker("a"), &core, &vote, received).await.unwrap().2.rows.len(), 1);
        // Noted by mistake: the head votes by phone after all.
        receive_paper(&worker("a"), &core, &vote, 2).await.unwrap();
        let reasonless = waive_paper(&organiser(), &core, &vote, 2, " ").await;
        assert!(matches!(reasonless, Err(Error::Public(Told::Invalid(_)))));
        let grid = waive_paper(&worker("a"), &core, &vote, 2, "登记有误").await;
        assert!(matches!(grid, Err(Error::Public(Told::Forbidden))));
        waive_paper(&organiser(), &core, &vote, 2, "登记有误").await.unwrap();
        assert_eq!(refusal(waive_paper(&organiser(), &core, &vote, 2, "登记有误").await), Some(Refusal::Stale));
        super::super::cast(&voter(1), &core, ballot(&vote, 1, &[2])).await.unwrap();
        core.clock.advance(2 * DAY);
        assert_eq!(refusal(count(&core, &vote).await), Some(Refusal::PapersOpen));
        waive_paper(&organiser(), &core, &vote, 1, "遗失").await.unwrap();
        let tally = count(&core, &vote).await.unwrap();
        assert_eq!((tally.cast, tally.voted), (1, 1));
    }
}

/// Is there a ballot for the n-th head to cast, when was its paper handed in, and since when does the vote wait for
/// nothing of its owner?
async fn at_the_door(core: &Core, vote: &VoteId, n: usize) -> (bool, Option<i64>, Option<i64>) {
    let paper = ballot_paper(&voter(n), core, vote).await.unwrap();
    let Standing::OnRoll(entries) = &paper.standing else { panic!("{:?}", paper.standing) };
    let open = open_for(&voter(n), core).await.unwrap();
    (paper.next().is_some(), entries[0].paper_at, open[0].voted_at)
}

#[tokio::test]
async fn a_delivered_paper_that_does_not_come_back_has_its_meaning() {
    for core in testing::cores().await {
        let rules = Rules { unreturned: Unreturned::Abstain, ..Rules::default() };
        let vote = resolution_by(&core, 3, &[Majority::Ordinary], (Secrecy::Private, rules)).await;
        issue_papers(&worker("a"), &core, &vote, None).await.unwrap();
        deliver_paper(&worker("a"), &core, &vote, 2, Default::default()).await.unwrap();
        let twice = deliver_paper(&worker("a"), &core, &vote, 2, Default::default()).await;
        assert_eq!(refusal(twice), Some(Refusal::Stale));
        // Handed out without a proof of its own, paper 3 counts for nothing; that of paper 2 is brought later.
        deliver_paper(&worker("a"), &core, &vote, 3, Default::default()).await.unwrap();
        let proof = Delivery { receipt: "签收单第 3 册第 2 行".into(), ..Delivery::default() };
        deliver_paper(&worker("a"), &core, &vote, 2, proof.clone()).await.unwrap();
        let twice = deliver_paper(&worker("a"), &core, &vote, 2, proof).await;
        assert_eq!(refusal(twice), Some(Refusal::Stale));
        assert_eq!(state(&core, &vote, 2).await, PaperState::Delivered);
        super::super::cast(&voter(0), &core, ballot(&vote, 0, &[1])).await.unwrap();
        core.clock.advance(DAY);
        let tally = count(&core, &vote).await.unwrap();
        let unreturned = tally.steps.iter().find(|step| step.code == "unreturned").unwrap();
        assert_eq!(unreturned.sum, "1 + 1 = 2");
    }
}

#[tokio::test]
async fn a_paper_is_found_by_code_number_and_door_and_printed_without_a_choice() {
    for core in testing::cores().await {
        let vote = open_election(&core, 12, 2, 1).await;
        let other = open_election(&core, 12, 2, 1).await;
        let desk = worker("a");
        issue_papers(&desk, &core, &vote, Some(&compound())).await.unwrap();
        issue_papers(&desk, &core, &other, None).await.unwrap();
        let mut conn = core.db.read().await.unwrap();
        let stored = crate::voting::store::find(&mut conn, &vote).await.unwrap().unwrap();
        drop(conn);
        let code = crate::voting::papers::code(&core.keys, &stored, 7);
        assert_eq!(code.len(), 23);
        let link = format!("https://hs.example.cn/console/voting/{vote}/papers/enter?code={code}");
        for text in [code.as_str(), &code.to_lowercase(), link.as_str(), "#7", "00006"] {
            let (_, found) = find_paper(&desk, &core, &vote, text).await.unwrap();
            assert_eq!(found.iter().map(|line| line.number).collect::<Vec<_>>(), [7], "{text}");
        }
        assert!(find_paper(&desk, &core, &other, &code).await.unwrap().1.is_empty(), "another vote's code");
        let pdf = print_papers(&desk, &core, &vote, Printed::default()).await.unwrap();
        assert_eq!(pdf.windows(11).filter(|bytes| *bytes == b"/Type/Page/").count(), 12, "a page a head");
        let (_, buildings, page) = papers(&desk, &core, &vote, PaperFilter::default()).await.unwrap();
        assert_eq!((buildings.len(), page.rows.len(), page.next), (1, 12, None));
        let searched = PaperFilter { search: "0000".into(), state: "issued".into(), ..PaperFilter::default() };
        assert_eq!(papers(&desk, &core, &vote, searched.clone()).await.unwrap().2.rows.len(), 10);
        let texts = PaperTexts { sheet: "纸质票".into(), heads: Default::default(), states: Vec::new() };
        assert!(export_papers(&desk, &core, &vote, searched, texts).await.unwrap().starts_with(b"PK"));
        for stranger in [voter(0), Caller { grants: vec![], ..worker("x") }] {
            let seen = papers(&stranger, &core, &vote, PaperFilter::default()).await;
            assert!(matches!(seen, Err(Error::Public(Told::Forbidden))));
        }
    }
}

#[tokio::test]
async fn after_a_rotation_of_keys_entries_and_scans_open_with_the_newest() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 2, 1).await;
        issue_papers(&worker("a"), &core, &vote, None).await.unwrap();
        let entry = read(&core, 1, &[2]).await;
        let old: FileName = entry.scan.as_deref().unwrap().parse().unwrap();
        enter_paper(&worker("a"), &core, &vote, entry.clone()).await.unwrap();
        let core = testing::rotated(&core);
        assert_eq!(crate::voting::reseal(&core).await.unwrap(), 2, "an entry and a scan");
        assert_eq!(crate::voting::reseal(&core).await.unwrap(), 0);
        let newest = "SELECT CAST(COUNT(*) AS BIGINT) FROM voting_paper_entries WHERE marks LIKE 'k2.%'";
        assert_eq!(number(&core, newest).await, 1);
        assert!(core.files.get(&old).await.unwrap().is_none(), "what the old key opens is gone");
        let scan = paper_scan(&worker("b"), &core, &vote, (1, 1)).await.unwrap();
        assert!(image::load_from_memory(&scan).is_ok());
        let second = Entry { scan: None, ..entry };
        assert_eq!(enter_paper(&worker("b"), &core, &vote, second).await.unwrap(), Entered::Counted);
    }
}
