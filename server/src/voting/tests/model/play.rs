//! Random compounds go through whole votes in the database, each answer foretold by the model.

use super::acts::{Act, Case, case};
use super::compound::{heads as model_heads, name, person};
use super::rules::{Answer, Model, When};
use super::stage::{HOUR, frozen, named, phone, prepared, registered, signed_in, worker};
use super::verdict::{Verdict, verdict};
use crate::core::Core;
use crate::identity::Caller;
use crate::people::register;
use crate::testing;
use crate::voting::testing::{count, organiser};
use crate::voting::tests::{DAY, refusal};
use crate::voting::{
    Delivery, Entry, appoint_voter, bundle, cast, cast_by_mandate, deliver_paper, enter_paper, give_at_desk,
    give_mandate, issue_papers, name_voter, publish, receive_paper, revoke_mandate, verify_bundle, waive_paper,
};
use contract::Refusal;
use contract::ids::{MandateId, VoteId};
use contract::voting::{CastBallot, MandateForm, Marked, NameVoter, Tally};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

const CASES: u32 = 64;

/// What the random compounds must have gone through, or the test would tell less than it says.
const MUST_BE_SEEN: [&str; 18] = [
    "co-owners agreed on a voter",
    "a mandate outlived its owner's right",
    "an agent was full",
    "a mandate at the desk",
    "a mandate from home",
    "a revoked mandate was tried",
    "an agent voted",
    "an owner overtook a mandate by phone",
    "an owner overtook a mandate on paper",
    "the developer voted",
    "a guardian voted",
    "phone after paper",
    "paper after phone",
    "two agreed on a paper",
    "a third settled it",
    "a paper was given back",
    "agreed to",
    "not agreed to",
];

#[test]
fn votes_with_mandates_and_papers_go_as_the_model_foretells() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for core in runtime.block_on(testing::cores()) {
        let scan = runtime.block_on(prepared(&core));
        let (round, seen) = (Cell::new(0), RefCell::new(BTreeSet::new()));
        let config = ProptestConfig { rng_seed: RngSeed::Fixed(278), ..ProptestConfig::with_cases(CASES) };
        let done = TestRunner::new(config).run(&case(), |case| {
            prop_assume!(!model_heads(&case.flats, case.parking).is_empty());
            round.set(round.get() + 1);
            seen.borrow_mut().extend(runtime.block_on(go_through(&core, &case, round.get(), &scan)));
            Ok(())
        });
        done.unwrap_or_else(|failed| panic!("{failed}"));
        let missed: Vec<_> = MUST_BE_SEEN.iter().filter(|what| !seen.borrow().contains(**what)).collect();
        assert!(missed.is_empty(), "no vote went through {missed:?}");
    }
}

/// A vote of this round beside its model.
struct Played<'a> {
    core: &'a Core,
    vote: VoteId,
    model: Model,
    /// The roll's name and the paper's number of each head of the model.
    heads: Vec<(String, i64)>,
    mandates: Vec<MandateId>,
    scan: &'a str,
    acts: usize,
}

async fn go_through(core: &Core, case: &Case, round: usize, scan: &str) -> BTreeSet<&'static str> {
    // Whatever was counted of the round before is a day old.
    core.clock.advance(3 * DAY);
    let compound = crate::voting::testing::compound().parent().unwrap().child(&format!("c{round:03}"));
    let flats = registered(&case.flats, &compound);
    core.db.write(flats, |tx, flats| Box::pin(async move { register(tx.conn(), flats).await })).await.unwrap();
    let vote = frozen(core, case, compound.clone()).await;
    issue_papers(&worker(0), core, &vote, None).await.unwrap();
    let of_model = model_heads(&case.flats, case.parking);
    let heads = named(core, &vote, &of_model, &compound).await;
    let model = Model::new(&of_model, case.limit);
    let mut played = Played { core, vote, model, heads, mandates: Vec::new(), scan, acts: 0 };
    for (when, acts) in [When::Before, When::Open, When::After].into_iter().zip(&case.acts) {
        for act in acts {
            let foretold = played.model.clone().act(when, act);
            let answer = played.really(act).await;
            assert_eq!(answer, foretold, "{act:?} {when:?} of {:?}", played.model);
            played.model.act(when, act);
        }
        core.clock.advance(2 * HOUR);
    }
    played.counted(case).await
}

impl Played<'_> {
    /// Does it, before the model does.
    async fn really(&mut self, act: &Act) -> Answer {
        self.acts += 1;
        let (core, vote) = (self.core, self.vote.clone());
        let head = |at: &usize| self.heads[self.model.place(*at)].clone();
        let who = |at: &usize, who| self.model.who(*at, who);
        let done = match act {
            Act::Name { head: at, by, voter } => {
                let name = NameVoter { vote, head: head(at).0, person: person(who(at, voter)) };
                name_voter(&signed_in(who(at, by)), core, name).await.map(drop)
            }
            Act::Appoint { head: at, voter } => {
                let name = NameVoter { vote, head: head(at).0, person: person(who(at, voter)) };
                appoint_voter(&organiser(), core, name, "全体业主签字".to_owned()).await
            }
            Act::Give { head: at, owner, agent, desk } => self.give((*at, who(at, owner)), *agent, *desk).await,
            Act::Revoke { mandate, by } => {
                let Some(at) = self.model.given(*mandate) else { return Answer::Nothing };
                let by = by.as_ref().map(|by| signed_in(who(&self.model.mandates[at].head, by)));
                revoke_mandate(&by.unwrap_or_else(organiser), core, &self.mandates[at]).await.map(drop)
            }
            Act::Cast { head: at, by, said } => {
                cast(&signed_in(who(at, by)), core, self.ballot(self.model.place(*at), said)).await.map(drop)
            }
            Act::CastByMandate { mandate, by, head: at, said } => {
                let Some(given) = self.model.given(*mandate) else { return Answer::Nothing };
                let held = &self.model.mandates[given];
                let ballot = self.ballot(at.map_or(held.head, |at| self.model.place(at)), said);
                let agent = signed_in(by.unwrap_or(held.agent));
                cast_by_mandate(&agent, core, &self.mandates[given], ballot).await.map(drop)
            }
            Act::Deliver { head: at } => {
                let proof = Delivery { receipt: "签收单".to_owned(), ..Delivery::default() };
                deliver_paper(&worker(0), core, &vote, head(at).1, proof).await
            }
            Act::Receive { head: at } => receive_paper(&worker(0), core, &vote, head(at).1).await,
            Act::Enter { head: at, worker: n, said } => {
                let choices = said.unwrap_or_default().map(choice).to_vec();
                let marked = Marked { choices, invalid: said.is_none() };
                let entry = Entry { number: head(at).1, marked, scan: Some(self.scan.to_owned()) };
                return enter_paper(&worker(*n), core, &vote, entry).await.map_or(Answer::Refused, Answer::Read);
            }
            Act::Waive { head: at } => waive_paper(&organiser(), core, &vote, head(at).1, "遗失").await,
        };
        done.map_or(Answer::Refused, |()| Answer::Done)
    }

    async fn give(&mut self, (head, owner): (usize, u8), agent: u8, desk: bool) -> crate::error::Result<()> {
        let form = MandateForm {
            head: self.heads[self.model.place(head)].0.clone(),
            owner_phone: phone(owner),
            owner_name: name(owner),
            phone: phone(agent),
            name: name(agent),
            photo: format!("{}.jpg", "ab".repeat(32)),
            key: format!("{} {}", self.vote, self.acts),
        };
        let given = match desk {
            true => give_at_desk(&organiser(), self.core, &self.vote, form).await?,
            false => give_mandate(&signed_in(owner), self.core, &self.vote, form).await?,
        };
        self.mandates.push(given);
        Ok(())
    }

    fn ballot(&self, head: usize, said: &[u32; 2]) -> CastBallot {
        CastBallot {
            vote: self.vote.clone(),
            head: self.heads[head].0.clone(),
            area_dm2: self.model.heads[head].of.area_dm2,
            choices: said.map(choice).to_vec(),
            key: format!("{:032x}", self.acts),
        }
    }

    /// Gives back what is not settled, counts, and compares all that is known then.
    async fn counted(mut self, case: &Case) -> BTreeSet<&'static str> {
        let unsettled = self.model.unsettled();
        if !unsettled.is_empty() {
            assert_eq!(refusal(count(self.core, &self.vote).await), Some(Refusal::PapersOpen));
        }
        for at in unsettled {
            let back = Act::Waive { head: at };
            assert_eq!((self.really(&back).await, self.model.act(When::After, &back)), (Answer::Done, Answer::Done));
        }
        let tally = count(self.core, &self.vote).await.unwrap();
        let wanted = verdict(&self.model.fates(), case.unreturned);
        same(&tally, &wanted);
        publish(&organiser(), self.core, &self.vote).await.unwrap();
        let export = bundle(&Caller::anonymous(), self.core, &self.vote).await.unwrap();
        same(&verify_bundle(&export).unwrap().result, &wanted);
        self.same_roll().await;
        let agreed = |passed| if passed { "agreed to" } else { "not agreed to" };
        self.model.seen.into_iter().chain(wanted.passed.map(agreed)).collect()
    }

    /// Roll and mandates say of each head how its ballot came.
    async fn same_roll(&self) {
        let mut conn = self.core.db.read().await.unwrap();
        let roll: Vec<(String, Option<String>)> = sqlx::query_as(
            "SELECT head, channel FROM voting_roll WHERE vote = $1 AND (voted_at IS NULL) = (channel IS NULL)",
        )
        .bind(&self.vote)
        .fetch_all(&mut *conn)
        .await
        .unwrap();
        let roll: BTreeMap<String, Option<String>> = roll.into_iter().collect();
        let foretold = self.heads.iter().zip(&self.model.heads);
        let foretold = foretold.map(|((id, _), head)| (id.clone(), head.ballot.map(|(channel, _)| channel.to_owned())));
        assert_eq!(roll, foretold.collect());
        let states: Vec<(MandateId, String)> = sqlx::query_as("SELECT id, state FROM voting_mandates WHERE vote = $1")
            .bind(&self.vote)
            .fetch_all(&mut *conn)
            .await
            .unwrap();
        let states: BTreeMap<MandateId, String> = states.into_iter().collect();
        let foretold = self.mandates.iter().cloned().zip(self.model.mandates.iter().map(|one| one.state.to_owned()));
        assert_eq!(states, foretold.collect());
    }
}

fn choice(number: u32) -> Vec<u32> {
    Vec::from_iter((number > 0).then_some(number))
}

fn same(tally: &Tally, wanted: &Verdict) {
    let counted = (tally.heads, tally.area_dm2, tally.voted, tally.voted_area_dm2, tally.cast, tally.invalid);
    let Verdict { whole, voted, invalid, .. } = wanted;
    assert_eq!(counted, (whole.heads, whole.area_dm2, voted.heads, voted.area_dm2, voted.heads, *invalid));
    assert_eq!(tally.quorum, wanted.quorum, "{:?}", tally.steps);
    for (item, (votes, passed)) in tally.items.iter().zip(wanted.votes.iter().zip(wanted.passed)) {
        assert_eq!(item.options.iter().map(|option| option.votes).collect::<Vec<_>>(), votes);
        assert_eq!(item.passed, Some(passed), "{:?}", item.steps);
    }
}
