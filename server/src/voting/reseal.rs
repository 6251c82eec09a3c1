//! Key rotation in the urn.

use super::choices::Choices;
use super::store::urn::{self, Sealed};
use crate::core::Core;
use crate::error::Result;

/// Ballots in one transaction: others' writes wait at most for so many.
const PART: i64 = 500;

/// Seals every uncounted ballot with the newest key, so that no older one is needed for a count; how many
/// needed it. Choices stay within this process's memory, and ballots in their place and order. What no key
/// will ever open is left as it is: the count calls it invalid.
///
/// # Errors
/// A ballot whose key is not in the ring, by the key's name; the database's own trouble.
pub async fn reseal(core: &Core) -> Result<u64> {
    let (mut last, mut resealed) = ((String::new(), String::new()), 0);
    loop {
        let mut conn = core.db.read().await?;
        let ballots = urn::after(&mut conn, (&last.0, &last.1), PART).await?;
        drop(conn);
        let Some(end) = ballots.last() else { return Ok(resealed) };
        last = (end.vote.to_string(), end.id.clone());
        let mut changed: Vec<(Sealed, String)> = Vec::new();
        for ballot in ballots {
            if let Some(choice) = Choices::reseal(&core.keys, &ballot.vote, &ballot.id, &ballot.choice)? {
                changed.push((ballot, choice));
            }
        }
        resealed += changed.len() as u64;
        let done = core.db.write(changed, |tx, changed| {
            Box::pin(async move {
                for (ballot, choice) in changed {
                    urn::replace(tx.conn(), ballot, choice).await?;
                }
                Ok(())
            })
        });
        done.await?;
    }
}
