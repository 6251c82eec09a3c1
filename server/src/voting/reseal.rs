//! Key rotation: which counted ballot is whose, of signed votes; what waits for an opening; and of papers what was
//! read off them and their scans.

use super::count::signed_for;
use super::opening::share_for;
use super::papers;
use super::store::keys::{self, Sealed};
use crate::core::Core;
use crate::error::Result;
use crate::files::FileName;
use contract::ids::VoteId;

/// Values in one transaction: others' writes wait at most for so many.
const PART: i64 = 500;

/// Seals with the newest key what the room keeps under the server's keyring; how many values needed it. Ballots
/// are not among them: no key of the server's opens those.
///
/// # Errors
/// A value whose key is not in the ring, by the key's name; the database's own trouble.
pub async fn reseal(core: &Core) -> Result<u64> {
    Ok(all(core, keys::SIGNED_ALL, |sealed| signed_for(&sealed.vote, &sealed.whose)).await?
        + all(core, keys::GIVEN_ALL, |sealed| share_for(&sealed.vote, &sealed.whose)).await?
        + all(core, keys::ENTRIES_ALL, |sealed| papers::purpose(&sealed.vote, paper_of(&sealed.whose))).await?
        + scans(core).await?)
}

/// The paper's number out of number and turn.
fn paper_of(whose: &str) -> &str {
    whose.split_once('/').map_or(whose, |(number, _)| number)
}

/// Scans lie beside the database under names that follow from what is sealed: the new file is written first, then
/// named, and only then the old one goes.
async fn scans(core: &Core) -> Result<u64> {
    let (mut last, mut resealed) = ((VoteId::trusted(""), 0, String::new()), 0);
    loop {
        let mut conn = core.db.read().await?;
        let papers = papers::store::all_scans(&mut conn, (&last.0, last.1, &last.2), PART).await?;
        drop(conn);
        let Some(end) = papers.last() else { return Ok(resealed) };
        last = end.clone();
        for (vote, number, old) in papers {
            let Ok(name) = old.parse::<FileName>() else { continue };
            let Some(again) = core.files.reseal(&name, &core.keys).await? else { continue };
            let change = (vote, number, old, again.to_string());
            let named = core.db.write(change, |tx, (vote, number, old, again)| {
                Box::pin(
                    async move { Ok(papers::store::replace_scan(tx.conn(), (vote, *number), (old, again)).await?) },
                )
            });
            if named.await? {
                core.files.remove(&name).await?;
                resealed += 1;
            }
        }
    }
}

async fn all(core: &Core, column: keys::SealedColumn, purpose: impl Fn(&Sealed) -> String) -> Result<u64> {
    let (mut last, mut resealed) = ((VoteId::trusted(""), String::new()), 0);
    loop {
        let mut conn = core.db.read().await?;
        let values = keys::sealed_after(&mut conn, column, (&last.0, &last.1), PART).await?;
        drop(conn);
        let Some(end) = values.last() else { return Ok(resealed) };
        last = (end.vote.clone(), end.whose.clone());
        let mut changed: Vec<(Sealed, String)> = Vec::new();
        for value in values {
            if let Some(again) = core.keys.reseal(&purpose(&value), &value.sealed)? {
                changed.push((value, again));
            }
        }
        resealed += changed.len() as u64;
        let done = core.db.write(changed, move |tx, changed| {
            Box::pin(async move {
                for (value, again) in changed {
                    keys::replace_sealed(tx.conn(), column, value, again).await?;
                }
                Ok(())
            })
        });
        done.await?;
    }
}
