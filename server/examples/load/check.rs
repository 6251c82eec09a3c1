//! What must hold after the fire.

use crate::Failure;
use crate::clients::{Shared, choice};
use crate::run::Place;
use server::Core;
use server::clock::Clock;
use server::events::{self, Verdict};
use server::ids::Ids;
use server::voting::testing::{self, organiser};
use server::voting::{self, counted_id};
use std::collections::HashMap;

/// Seals the rest of the log, closes the poll by the clock, counts, and compares with what the clients
/// were told.
pub async fn everything(place: &Place, shared: &Shared, closes_at: i64) -> Result<(), Failure> {
    let core = Core::with(place.config()?, Clock::fixed(closes_at), Ids::from_system()).await?;
    while events::seal_once(&core).await? > 0 {}
    let result = testing::count(&core, &shared.vote).await?;
    let acknowledged = shared.acknowledged.lock().map_err(|_| "poisoned")?.clone();
    let bundle = voting::bundle(&organiser(), &core, &shared.vote).await?;
    voting::verify_bundle(&bundle)?;
    let counted = ballots(&bundle)?;
    ensure(acknowledged.len() == shared.heads, "a head has no receipt")?;
    for (head, code) in &acknowledged {
        let said =
            counted.get(&counted_id(&shared.vote, code)).ok_or_else(|| format!("the ballot of head {head} is lost"))?;
        ensure(*said == [[choice(*head)]], "a ballot says something else")?;
    }
    ensure(counted.len() == acknowledged.len(), "there are more ballots than receipts")?;
    let sums = result.steps.iter().filter(|step| !step.code.starts_with("quorum")).all(|step| step.holds);
    ensure(sums && usize::try_from(result.cast)? == shared.heads && result.invalid == 0, "the sums do not hold")?;
    events::seal_once(&core).await?;
    let verdict = events::verify(&core).await?;
    // One event per ballot, the announcement, both codes and the count.
    let expected = i64::try_from(shared.heads)? + 4;
    ensure(matches!(verdict, Verdict::Whole { events, .. } if events == expected), &format!("{verdict:?}"))?;
    println!("every acknowledged ballot is in the count, none twice; {verdict:?}");
    core.db.close().await;
    Ok(())
}

/// Choices by the ballots' ids, out of the export.
fn ballots(bundle: &[u8]) -> Result<HashMap<String, Vec<Vec<u32>>>, Failure> {
    let bundle: serde_json::Value = serde_json::from_slice(bundle)?;
    let listed: Vec<(String, Vec<Vec<u32>>)> = bundle["ballots"]
        .as_array()
        .ok_or("no ballots")?
        .iter()
        .map(|ballot| {
            Ok((serde_json::from_value(ballot["id"].clone())?, serde_json::from_value(ballot["choices"].clone())?))
        })
        .collect::<Result<_, serde_json::Error>>()?;
    let count = listed.len();
    let ballots: HashMap<_, _> = listed.into_iter().collect();
    ensure(ballots.len() == count, "a ballot stands twice")?;
    Ok(ballots)
}

fn ensure(holds: bool, what: &str) -> Result<(), Failure> {
    if holds { Ok(()) } else { Err(what.to_owned().into()) }
}
