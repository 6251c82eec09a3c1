//! The journey of one vote over a real registry: draft, announcement, ballots, count, receipt, poster.

use super::*;
use crate::identity::{Caller, Grant};
use crate::people::{NewArea, NewDwelling, NewOwner, NewPerson, Registration, Sealer, register};
use crate::testing;
use crate::voting::testing::compound;
use crate::voting::testing::{ORGANISERS_CODE, SCRUTINEERS_CODE};
use crate::voting::*;
use contract::ids::{AccountId, DwellingId, PersonId};
use contract::voting::{
    CastBallot, DraftForm, KeyPart, NameVoter, Phase, ReceiptState, RuleForm, Standing, VoteFilter,
};
use contract::{AreaId, Error as Told, PageRequest, Role};

/// 甲 owns two flats in building 1, 乙 and 丙 share one in building 2.
pub(super) async fn registry(core: &Core) -> [PersonId; 3] {
    let people = [1, 2, 3].map(|n| PersonId::trusted(format!("00000000-0000-7000-8000-00000000000{n}")));
    let input = (core.keys.clone(), people.clone());
    core.db
        .write(input, |tx, (keys, people)| {
            Box::pin(async move {
                let (one, two) = (compound().child("b01"), compound().child("b02"));
                let area = |id: &AreaId, name: &str| NewArea { id: id.clone(), name: name.to_owned(), code: None };
                let mut all = Registration {
                    areas: vec![area(&compound(), "龙北小区"), area(&one, "1幢"), area(&two, "2幢")],
                    ..Registration::default()
                };
                for (person, name) in people.iter().zip(["甲", "乙", "丙"]) {
                    let born = "1970-01-01".to_owned();
                    let person: NewPerson =
                        Sealer(keys).person(person.clone(), name.to_owned(), born, one.clone(), None, None);
                    all.persons.push(person);
                }
                for (door, building, owners) in
                    [("101", &one, &people[..1]), ("102", &one, &people[..1]), ("201", &two, &people[1..])]
                {
                    let id: DwellingId = tx.id();
                    let parts = i64::try_from(owners.len()).unwrap();
                    for person in owners {
                        all.owners.push(NewOwner { dwelling: id.clone(), person: person.clone(), share: (1, parts) });
                    }
                    let area = building.child("u1").child(door);
                    all.dwellings.push(NewDwelling::flat(id, area, door.into(), door.into(), 9_000));
                }
                register(tx.conn(), &all).await
            })
        })
        .await
        .unwrap();
    people
}

pub(super) fn resident(person: &PersonId, home: &AreaId) -> Caller {
    Caller {
        account: Some(AccountId::trusted(format!("account of {person}"))),
        person: Some(person.clone()),
        grants: vec![Grant { role: Role::Resident, area: home.clone() }],
        ..Caller::default()
    }
}

pub(super) fn form() -> DraftForm {
    DraftForm {
        title: "选举业主代表".into(),
        area: compound().to_string(),
        seats: "1".into(),
        kind: "election".into(),
        secrecy: "private".into(),
        unit: "owners".into(),
        opens_at: "2026-08-29T10:00".into(),
        closes_at: "2026-08-30T10:00".into(),
        candidate_name: vec!["张三".into(), "李四".into()],
        candidate_statement: vec!["做实事".into(), String::new()],
        key: "once".into(),
        ..DraftForm::default()
    }
}

pub(super) const HOUR: i64 = 3_600_000;

/// Votes of the compound may open at once.
pub(super) async fn set_rules(core: &Core) {
    let form = RuleForm {
        area: compound().to_string(),
        name: "announce_days".into(),
        value: "0".into(),
        clause: String::new(),
        from: "2026-08-29".into(),
    };
    set_rule(&organiser(), core, form).await.unwrap();
}

/// The draft with a key for each of the two.
pub(super) async fn keyed(core: &Core, vote: VoteId) -> VoteId {
    for (holder, part, code) in
        [(organiser(), KeyPart::Organiser, ORGANISERS_CODE), (scrutineer(), KeyPart::Scrutineer, SCRUTINEERS_CODE)]
    {
        take_known_key(&holder, core, &vote, part, code).await.unwrap();
    }
    vote
}

/// The head of the person's that can vote, with a ballot for candidate 1.
pub(super) async fn one_ballot(core: &Core, vote: &VoteId, person: &PersonId) -> CastBallot {
    let paper = ballot_paper(&resident(person, &compound()), core, vote).await.unwrap();
    let next = paper.next().unwrap();
    let (head, area_dm2) = (next.head.clone(), next.area_dm2);
    CastBallot { vote: vote.clone(), head, area_dm2, choices: vec![vec![1]], key: paper.key }
}

/// Both co-owners name the first of them.
pub(super) async fn name_first(core: &Core, vote: &VoteId, both: [&PersonId; 2]) {
    for person in both {
        let caller = resident(person, &compound());
        let head = naming(&caller, core, vote).await.unwrap().heads.remove(0).entry.head;
        name_voter(&caller, core, NameVoter { vote: vote.clone(), head, person: both[0].clone() }).await.unwrap();
    }
}

#[tokio::test]
async fn from_draft_to_publication() {
    for core in testing::cores().await {
        let [first, second, third] = registry(&core).await;
        let home = compound().child("b01");
        let (owner, worker) = (resident(&first, &home), organiser());
        set_rules(&core).await;
        let vote = draft(&worker, &core, form()).await.unwrap();
        assert_eq!(draft(&worker, &core, form()).await.unwrap(), vote, "sent again");
        assert_eq!(draft_form(&worker, &core, &vote).await.unwrap(), DraftForm { key: String::new(), ..pair(form()) });
        edit(&worker, &core, &vote, DraftForm { title: "业主代表选举".into(), ..form() }).await.unwrap();
        assert!(matches!(ballot_paper(&owner, &core, &vote).await, Err(Error::Public(Told::NotFound))));
        assert_eq!(refusal(poster_codes(&worker, &core, &vote).await), Some(Refusal::WrongState));

        assert_eq!(refusal(announce(&worker, &core, &vote).await), Some(Refusal::NoOpeningKeys));
        keyed(&core, vote.clone()).await;
        announce(&worker, &core, &vote).await.unwrap();
        assert_eq!(refusal(announce(&worker, &core, &vote).await), Some(Refusal::WrongState));
        assert_eq!(refusal(edit(&worker, &core, &vote, form()).await), Some(Refusal::WrongState));
        let paper = ballot_paper(&owner, &core, &vote).await.unwrap();
        assert_eq!((paper.vote.phase, paper.vote.area_name.as_str()), (Phase::Announced, "龙北小区"));
        let Standing::OnRoll(entries) = &paper.standing else { panic!("{:?}", paper.standing) };
        let entry = &entries[0];
        assert_eq!((entries.len(), entry.area_dm2, entry.building_name.as_str()), (1, 18_000, "1幢"));
        assert_eq!((entry.dwellings, entry.voted_at, paper.next()), (2, None, None));
        let (head, key) = (entry.head.clone(), paper.key.clone());
        let ballot = CastBallot { vote: vote.clone(), head, area_dm2: 18_000, choices: vec![vec![2]], key };
        assert_eq!(refusal(cast(&owner, &core, ballot.clone()).await), Some(Refusal::VoteNotOpen));
        assert!(open_for(&owner, &core).await.unwrap().is_empty());

        core.clock.advance(HOUR);
        assert_eq!(open_for(&owner, &core).await.unwrap().len(), 1);
        let receipt = cast(&owner, &core, ballot.clone()).await.unwrap();
        assert_eq!(cast(&owner, &core, ballot.clone()).await.unwrap(), receipt);
        let changed = CastBallot { choices: vec![vec![1]], ..ballot.clone() };
        assert_eq!(refusal(cast(&owner, &core, changed.clone()).await), Some(Refusal::KeyReused));
        let other_phone = CastBallot { key: "f".repeat(32), ..changed };
        assert_eq!(refusal(cast(&owner, &core, other_phone).await), Some(Refusal::AlreadyVoted));
        let shared = naming(&resident(&second, &home), &core, &vote).await.unwrap().heads.remove(0).entry;
        let blank = CastBallot {
            vote: vote.clone(),
            head: shared.head,
            area_dm2: shared.area_dm2,
            choices: vec![Vec::new()],
            key: "0".repeat(32),
        };
        let unnamed = cast(&resident(&second, &home), &core, blank.clone()).await;
        assert_eq!(refusal(unnamed), Some(Refusal::VoterNotNamed), "co-owners have one ballot together");
        name_first(&core, &vote, [&second, &third]).await;
        assert_eq!(refusal(cast(&resident(&third, &home), &core, blank.clone()).await), Some(Refusal::NotTheVoter));
        assert_eq!(refusal(cast(&owner, &core, blank.clone()).await), Some(Refusal::NotTheVoter), "not hers at all");
        let lighter = CastBallot { area_dm2: 1, ..blank.clone() };
        assert_eq!(refusal(cast(&resident(&second, &home), &core, lighter).await), Some(Refusal::Stale));
        cast(&resident(&second, &home), &core, blank.clone()).await.unwrap();
        assert!(open_for(&owner, &core).await.unwrap()[0].voted_at.is_some());
        let check = receipt_lookup(&Caller::anonymous(), &core, &vote, &receipt.code.to_lowercase()).await.unwrap();
        assert_eq!(check.state, ReceiptState::Accepted);
        let turnout = turnout(&owner, &core, &vote).await.unwrap();
        assert_eq!((turnout.heads, turnout.voted, turnout.area_dm2, turnout.voted_area_dm2), (2, 2, 27_000, 27_000));
        assert_eq!(turnout.buildings.iter().map(|b| b.heads).collect::<Vec<_>>(), [1, 1]);

        assert_eq!(refusal(count(&core, &vote).await), Some(Refusal::WrongState));
        core.clock.advance(24 * HOUR);
        let counted = count(&core, &vote).await.unwrap();
        assert_eq!((counted.cast, counted.items[0].blank, counted.items[0].options[1].votes), (2, 1, 1));
        assert!(counted.quorum);
        assert_eq!(refusal(result(&owner, &core, &vote).await), Some(Refusal::WrongState));
        assert_eq!(result(&worker, &core, &vote).await.unwrap().result, counted);
        assert_eq!(cast(&owner, &core, ballot.clone()).await.unwrap(), receipt, "a late retry hears its receipt");
        publish(&worker, &core, &vote).await.unwrap();
        assert_eq!(result(&Caller::anonymous(), &core, &vote).await.unwrap().result, counted);
        let check = receipt_lookup(&Caller::anonymous(), &core, &vote, &receipt.code).await.unwrap();
        assert!(matches!(check.state, ReceiptState::Published(items) if items[0].named == ["李四"]));
        let unknown = receipt_lookup(&Caller::anonymous(), &core, &vote, "0000 0000 0000 0000").await.unwrap();
        assert_eq!(unknown.state, ReceiptState::Unknown);
        assert_eq!(browse(&owner, &core, PageRequest::default()).await.unwrap().rows.len(), 1);
    }
}

/// The form as it comes back from the store: each candidate with all three cells.
fn pair(form: DraftForm) -> DraftForm {
    DraftForm { candidate_photo: vec![String::new(); form.candidate_name.len()], ..form }
}

#[tokio::test]
async fn who_may_not_vote_hears_why() {
    for core in testing::cores().await {
        let vote = open_election(&core, 2, 2, 1).await;
        let try_as = |caller: Caller| {
            let (core, ballot) = (core.clone(), ballot(&vote, 7, &[1]));
            async move { cast(&caller, &core, ballot).await }
        };
        let elsewhere = resident(&testing_person(), &AreaId::city().child("03").child("002"));
        let tenant = resident(&testing_person(), &compound().child("b01"));
        let unbound = Caller { account: Some(AccountId::trusted("new")), ..Caller::default() };
        assert_eq!(refusal(try_as(elsewhere.clone()).await), Some(Refusal::OtherBuilding));
        assert_eq!(refusal(try_as(tenant.clone()).await), Some(Refusal::NotOnRoll));
        assert_eq!(refusal(try_as(unbound.clone()).await), Some(Refusal::NotBound));
        assert!(matches!(try_as(Caller::anonymous()).await, Err(Error::Public(Told::SignIn))));
        for (caller, standing) in
            [(elsewhere, Standing::OtherBuilding), (tenant, Standing::NotOnRoll), (unbound, Standing::NotBound)]
        {
            assert_eq!(ballot_paper(&caller, &core, &vote).await.unwrap().standing, standing);
        }
        for choices in [&[1, 2][..], &[3], &[1, 1], &[0]] {
            assert!(matches!(
                cast(&voter(0), &core, ballot(&vote, 0, choices)).await,
                Err(Error::Public(Told::Invalid(faults))) if ["choices", "item.1"].contains(&faults[0].field.as_str())
            ));
        }
        let unknown: VoteId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        assert!(matches!(ballot_paper(&voter(0), &core, &unknown).await, Err(Error::Public(Told::NotFound))));
        // Somebody else's key takes neither ballot nor head away.
        cast(&voter(0), &core, ballot(&vote, 0, &[1])).await.unwrap();
        let with_her_key = CastBallot { key: ballot(&vote, 0, &[]).key, ..ballot(&vote, 1, &[2]) };
        assert_eq!(refusal(cast(&voter(1), &core, with_her_key).await), Some(Refusal::KeyReused));
        cast(&voter(1), &core, ballot(&vote, 1, &[2])).await.unwrap();
    }
}

fn testing_person() -> PersonId {
    super::super::testing::person(99)
}

#[tokio::test]
async fn a_poster_leads_to_its_vote_and_building() {
    for core in testing::cores().await {
        let vote = open_election(&core, 150, 2, 1).await;
        let codes = poster_codes(&organiser(), &core, &vote).await.unwrap();
        assert_eq!(codes.len(), 2);
        for code in &codes {
            let target = resolve_code(&core, &code.code.to_lowercase()).await.unwrap();
            assert_eq!((&target.vote, &target.building), (&vote, &code.building));
            assert!(code.url.ends_with(&code.code) && code.code.len() == 21);
        }
        assert_eq!(refusal(resolve_code(&core, "0000000000000").await), Some(Refusal::UnknownCode));
        let building = &codes[0].building;
        let svg = poster(&organiser(), &core, &vote, Some(building), PosterFormat::Svg).await.unwrap();
        assert!(svg.starts_with(b"<svg"));
        assert!(poster(&organiser(), &core, &vote, None, PosterFormat::Png).await.is_err());
        let resident = voter(0);
        assert!(matches!(poster_codes(&resident, &core, &vote).await, Err(Error::Public(Told::Forbidden))));
    }
}

#[tokio::test]
async fn the_workers_list_is_searched_filtered_and_paged() {
    for core in testing::cores().await {
        for _ in 0..25 {
            open_election(&core, 1, 1, 1).await;
        }
        let all = |filter: VoteFilter| {
            let core = core.clone();
            async move { console_list(&organiser(), &core, filter).await.unwrap() }
        };
        let first = all(VoteFilter::default()).await;
        let rest = all(VoteFilter { after: first.next.clone(), ..VoteFilter::default() }).await;
        assert_eq!((first.rows.len(), rest.rows.len(), rest.next), (20, 5, None));
        assert!(first.rows.windows(2).all(|pair| pair[0].vote.id > pair[1].vote.id));
        let hits = |search: &str, phase: &str| {
            let filter = VoteFilter { search: search.into(), phase: phase.into(), ..VoteFilter::default() };
            async { all(filter).await.rows.len() }
        };
        assert_eq!((hits("龙北", "open").await, hits("%", "").await, hits("", "closed").await), (20, 0, 0));
        let texts = ListTexts {
            sheet: "投票".into(),
            heads: Default::default(),
            phases: Default::default(),
            kinds: Default::default(),
        };
        let sheet = export_list(&organiser(), &core, VoteFilter::default(), texts).await.unwrap();
        assert!(sheet.starts_with(b"PK"));
        let elsewhere =
            Caller { grants: vec![Grant { role: Role::GridWorker, area: AreaId::city().child("04") }], ..organiser() };
        assert!(console_list(&elsewhere, &core, VoteFilter::default()).await.unwrap().rows.is_empty());
    }
}

#[tokio::test]
async fn the_workers_list_is_narrowed_to_a_compound_or_a_building() {
    for core in testing::cores().await {
        registry(&core).await;
        let building = compound().child("b02");
        for (key, area) in [("a", &compound()), ("b", &building)] {
            let form = DraftForm { key: key.into(), area: area.to_string(), ..form() };
            draft(&organiser(), &core, form).await.unwrap();
        }
        let hits = |caller: Caller, area: String| {
            let core = core.clone();
            let filter = VoteFilter { area, ..VoteFilter::default() };
            async move { console_list(&caller, &core, filter).await.unwrap().rows.len() }
        };
        let other = compound().child("b01");
        for (area, found) in [(&compound(), 2), (&building, 1), (&other, 0), (&AreaId::city(), 2)] {
            assert_eq!(hits(organiser(), area.to_string()).await, found, "{area}");
        }
        assert_eq!(hits(organiser(), String::new()).await, 2);
        let offered = |caller: Caller| {
            let core = core.clone();
            async move { listed_areas(&caller, &core).await.unwrap().into_iter().map(|area| area.name).collect::<Vec<_>>() }
        };
        assert_eq!(offered(organiser()).await, ["龙北小区", "龙北小区 2幢"]);
        let grants = vec![Grant { role: Role::GridWorker, area: building.clone() }];
        let worker = Caller { grants, ..organiser() };
        assert_eq!(offered(worker.clone()).await, ["龙北小区 2幢"]);
        assert_eq!(hits(worker, compound().to_string()).await, 1, "of a compound, what is in the worker's own area");
    }
}

/// A list taken into the community around the compound is in this state.
async fn being_entered(core: &Core, state: &'static str) {
    let around = compound().up_to(contract::area::AreaKind::Community).unwrap();
    core.db
        .write((around, state), |tx, (around, state)| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO people_imports (id, send_key, area, actor, sent_at, sha256, state, counts) \
                     VALUES ('list', 'list', $1, 'worker', 0, '', $2, '') ON CONFLICT (id) DO UPDATE SET state = $2",
                )
                .bind(&*around)
                .bind(*state)
                .execute(tx.conn())
                .await?;
                Ok(())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_draft_that_cannot_be_held_is_not_announced() {
    for core in testing::cores().await {
        let worker = organiser();
        registry(&core).await;
        let few = DraftForm { seats: "3".into(), ..form() };
        let vote = draft(&worker, &core, few).await.unwrap();
        assert_eq!(refusal(announce(&worker, &core, &vote).await), Some(Refusal::TooFewCandidates));
        edit(&worker, &core, &vote, DraftForm { area: compound().child("b09").to_string(), ..form() })
            .await
            .unwrap_err();
        edit(&worker, &core, &vote, form()).await.unwrap();
        being_entered(&core, "applying").await;
        assert_eq!(refusal(announce(&worker, &core, &vote).await), Some(Refusal::ListUnderWay), "half a list is in");
        being_entered(&core, "done").await;
        assert_eq!(refusal(announce(&worker, &core, &vote).await), Some(Refusal::AnnouncedTooShort), "15 days by law");
        core.clock.advance(30 * 24 * HOUR);
        assert!(matches!(announce(&worker, &core, &vote).await, Err(Error::Public(Told::Invalid(_)))));
    }
}
