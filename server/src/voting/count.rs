//! Counting and publishing.

use super::browse::sum;
use super::choices::Choices;
use super::envelope::Content;
use super::receipt::invalid_id;
use super::rules::{self, Paper, RollTotals};
use super::store::urn::{Opened, Sealed};
use super::store::{self, Vote, keys, roll, urn};
use super::{papers, periods, purge, record, regulations, tell};
use crate::core::Core;
use crate::crypto::envelope::PrivateKey;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::identity::{Caller, Verb};
use contract::ids::VoteId;
use contract::voting::{Item, ItemAreas, Phase, Tally, VoteResult};
use contract::{Error as Told, Refusal};
use serde_json::json;
use sqlx::AnyConnection;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A count before it is written down.
struct Counted {
    /// In the order of their ids.
    sealed: Vec<Sealed>,
    /// In the order of their ids, which is another.
    opened: Vec<Opened>,
    /// Of signed votes: which opened ballot is a head's, sealed.
    signed: Vec<(String, String)>,
    roll: RollTotals,
    areas: Vec<ItemAreas>,
    result: Tally,
}

/// Opens and counts; the log of a vote counted before says whether the repetition differs.
///
/// # Errors
/// [`Refusal::WrongState`] when somebody else counted meanwhile.
pub(super) async fn with_key(caller: &Caller, core: &Core, vote: Vote, key: PrivateKey) -> Result<()> {
    let key = Arc::new(key);
    loop {
        let counted = counted(core, &vote, key.clone()).await?;
        let input = (caller.clone(), vote.clone(), counted);
        let write = core.db.write(input, |tx, (caller, vote, counted)| {
            Box::pin(async move {
                match vote.phase(tx.now()) {
                    Phase::Closed => first(tx, caller, vote, counted).await,
                    _ => again(tx, caller, vote, counted).await,
                }
            })
        });
        // A ballot whose transaction began before the closing time may have come in since.
        if write.await? {
            return Ok(());
        }
    }
}

/// Reads the urn, opens its ballots and tallies. The work with keys is done outside the write door.
async fn counted(core: &Core, vote: &Vote, key: Arc<PrivateKey>) -> Result<Counted> {
    let mut conn = core.db.read().await?;
    let sealed = urn::all(&mut conn, &vote.id).await?;
    let items = store::items(&mut conn, &vote.id).await?;
    let roll = totals(&mut conn, &vote.id).await?;
    drop(conn);
    let (core, vote) = (core.clone(), vote.clone());
    let work = tokio::task::spawn_blocking(move || open_all(&core, &vote, &key, sealed, &items, roll));
    work.await.map_err(Error::internal)
}

fn open_all(
    core: &Core,
    vote: &Vote,
    key: &PrivateKey,
    sealed: Vec<Sealed>,
    items: &[Item],
    roll: RollTotals,
) -> Counted {
    let urn = vote.public_key.as_deref().unwrap_or_default();
    let (mut opened, mut weighed, mut signed) = (Vec::new(), Vec::new(), Vec::new());
    for ballot in &sealed {
        let content = Content::open(key, (urn, items.len()), &vote.id, &ballot.id, &ballot.envelope);
        let area_dm2 = content.as_ref().map_or(0, |content| content.area_dm2);
        let id = content.as_ref().map_or_else(|| invalid_id(&vote.id, &ballot.id), |content| content.counted.clone());
        let choices: Option<Choices> = content.map(|content| content.choices).filter(|choices| choices.fit(items));
        signed.extend(ballot.head.iter().map(|head| (head.clone(), core.keys.seal(&signed_for(&vote.id, head), &id))));
        weighed.push((choices.clone(), area_dm2));
        opened.push(Opened { id, choices });
    }
    opened.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    let paper = paper(vote, items);
    let areas = rules::areas(paper, roll, &weighed);
    let result = rules::tally(paper, roll, &areas, &opened);
    Counted { sealed, opened, signed, roll, areas, result }
}

/// What the arithmetic needs of a vote.
fn paper<'a>(vote: &Vote, items: &'a [Item]) -> Paper<'a> {
    let rules = vote.rules();
    let (unreturned, election_quorum) = (rules.unreturned, rules.election_quorum);
    Paper { kind: vote.kind(), unit: vote.unit(), unreturned, election_quorum, items }
}

/// What the id of a head's counted ballot is sealed for.
pub(super) fn signed_for(vote: &VoteId, head: &str) -> String {
    format!("voting.signed/{vote}/{head}")
}

/// Writes the first count down: opened ballots in the order of their ids, the sealed ones laid anew. False when
/// the urn holds others than were opened.
async fn first(tx: &mut Tx, caller: &Caller, vote: &Vote, counted: &Counted) -> Result<bool> {
    if !same_urn(tx, &vote.id, counted).await? {
        return Ok(false);
    }
    let now = tx.now();
    papers::settled(tx.conn(), vote).await?;
    let (areas, roll) = (counted.areas.clone(), counted.roll);
    let delivered = (roll.delivered, roll.delivered_area_dm2);
    let stored = serde_json::to_string(&Stored { result: counted.result.clone(), areas, delivered });
    if !store::set_counted(tx.conn(), &vote.id, now, &stored.map_err(Error::internal)?).await? {
        return Err(Refusal::WrongState.into());
    }
    urn::insert_counted(tx.conn(), &vote.id, &counted.opened).await?;
    urn::lay_anew(tx.conn(), &vote.id, &counted.sealed).await?;
    for (head, id) in &counted.signed {
        keys::sign(tx.conn(), &vote.id, head, id).await?;
    }
    keys::forget_given(tx.conn(), &vote.id).await?;
    let result = &counted.result;
    let payload = json!({
        "cast": result.cast, "invalid": result.invalid, "ballots_sha256": result.ballots_sha256,
        "areas": counted.areas,
    });
    record(tx, caller, vote, "count", payload).await?;
    Ok(true)
}

/// Compares a repetition with the first count and logs what it finds; nothing of the result changes.
async fn again(tx: &mut Tx, caller: &Caller, vote: &Vote, counted: &Counted) -> Result<bool> {
    if !same_urn(tx, &vote.id, counted).await? {
        return Ok(false);
    }
    let before = urn::counted(tx.conn(), &vote.id).await?;
    let stored = store::find(tx.conn(), &vote.id).await?.and_then(|vote| vote.result).ok_or(Refusal::WrongState)?;
    let stored = Stored::read(&stored)?;
    let text = |ballot: &Opened| (ballot.id.clone(), ballot.choices.as_ref().map(Choices::text));
    let (before, now): (BTreeSet<_>, BTreeSet<_>) =
        (before.iter().map(text).collect(), counted.opened.iter().map(text).collect());
    let differing = before.symmetric_difference(&now).count();
    let same = differing == 0 && stored.result == counted.result && stored.areas == counted.areas;
    keys::forget_given(tx.conn(), &vote.id).await?;
    let payload = json!({
        "same": same, "differing": differing,
        "before_sha256": stored.result.ballots_sha256, "now_sha256": counted.result.ballots_sha256,
    });
    record(tx, caller, vote, "recount", payload).await?;
    Ok(true)
}

/// Are roll and urn still what was read?
async fn same_urn(tx: &mut Tx, vote: &VoteId, counted: &Counted) -> Result<bool> {
    let in_urn = urn::count(tx.conn(), vote).await?;
    Ok(usize::try_from(in_urn).is_ok_and(|count| count == counted.sealed.len())
        && totals(tx.conn(), vote).await? == counted.roll)
}

/// What the database keeps of a count.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Stored {
    pub result: Tally,
    pub areas: Vec<ItemAreas>,
    /// Heads that a ballot was delivered to and none came back from, and their area.
    pub delivered: (i64, i64),
}

impl Stored {
    /// From the column.
    pub(super) fn read(column: &str) -> Result<Self> {
        serde_json::from_str(column).map_err(Error::internal)
    }
}

async fn totals(conn: &mut AnyConnection, id: &VoteId) -> Result<RollTotals> {
    let turnout = sum(roll::turnout(conn, id).await?);
    let (delivered, delivered_area_dm2) = roll::delivered(conn, id).await?;
    Ok(RollTotals {
        heads: turnout.heads,
        area_dm2: turnout.area_dm2,
        voted: turnout.voted,
        voted_area_dm2: turnout.voted_area_dm2,
        delivered,
        delivered_area_dm2,
    })
}

/// Shows the result of a counted vote to everybody. From here on it can be appealed against and counted again, until
/// the urn is destroyed.
///
/// # Errors
/// `NotFound`, `Forbidden`; [`Refusal::WrongState`] when it is not counted or already published.
pub async fn publish(caller: &Caller, core: &Core, vote: &VoteId) -> Result<()> {
    core.db
        .write((caller.clone(), vote.clone()), |tx, (caller, id)| {
            Box::pin(async move {
                let vote = store::find(tx.conn(), id).await?.ok_or(Told::NotFound)?;
                caller.allow(Verb::VotingOrganise, &vote.area)?;
                let holidays = regulations::holidays(tx.conn(), &vote.area).await?;
                let until = periods::end(tx.now(), vote.rules().recount_days, &holidays);
                if !store::set_published(tx.conn(), id, until).await? {
                    return Err(Refusal::WrongState.into());
                }
                purge::queue(tx, id, until).await?;
                tell::queue_published(tx, &vote).await?;
                record(tx, caller, &vote, "publish", json!({})).await
            })
        })
        .await
}

/// The result of a vote: for everybody once published, for its workers once counted.
///
/// # Errors
/// `NotFound` (unknown, or a draft); [`Refusal::WrongState`] while there is no result to be seen.
pub async fn result(caller: &Caller, core: &Core, vote: &VoteId) -> Result<VoteResult> {
    let mut conn = core.db.read().await?;
    let stored = visible(caller, store::find(&mut conn, vote).await?)?;
    let result = Stored::read(stored.result.as_deref().ok_or(Refusal::WrongState)?)?.result;
    Ok(VoteResult { vote: stored.summary(core.clock.now()), result })
}

/// The vote, if its result may be seen by the caller.
pub(super) fn visible(caller: &Caller, vote: Option<Vote>) -> Result<Vote> {
    let vote = vote.filter(|vote| vote.state != "draft").ok_or(Told::NotFound)?;
    caller.allow(Verb::VotingResult, &vote.area)?;
    match vote.state.as_str() {
        "published" => Ok(vote),
        "counted" if caller.allow(Verb::VotingList, &vote.area).is_ok() => Ok(vote),
        _ => Err(Refusal::WrongState.into()),
    }
}
