//! The export of a counted vote: one JSON file without voters' names, from which anyone can count again.
//!
//! The file is UTF-8, one line of JSON with no white space outside strings and the members in the order
//! given here, ended by one line feed:
//!
//! | member | meaning |
//! |---|---|
//! | `format` | `hs-election-1` |
//! | `vote` | `id`, `title`, `area` (id), `area_name`, `seats`, `opens_at`, `closes_at` (epoch milliseconds), `candidates`: their names, candidate 1 first |
//! | `roll` | of the frozen roll: `heads`, `area_dm2` (0.01 m²), `voted` heads, `voted_area_dm2`, `sha256` as in the log's `announce` event |
//! | `ballots` | every ballot in ascending order of `id`: the `id` is the voter's receipt code; `choices` holds ascending candidate numbers, is empty for a blank ballot and `null` for an invalid one |
//! | `result` | what the count found, see below |
//! | `log` | head of the event log at export: `height` of the last sealed block and its `hash` |
//! | `sha256` | SHA-256 of the whole file with these 64 digits replaced by zeros, lower-case hexadecimal |
//!
//! To check: the digest; ids strictly ascending; no ballot with more choices than `seats` or a number
//! above the candidates'; then count. `result.candidates[i].votes` is the number of ballots that name
//! candidate i+1, `cast` the number of ballots, `blank` and `invalid` as marked. The seats go to those
//! with most votes, never to one without any; if the last seat's votes are also had by somebody without
//! a seat, all with that number of votes are `tied` for the seats left. `ballots_sha256` is SHA-256 over
//! one line per ballot: the id, a space, the numbers joined by commas (`-` blank, `x` invalid), a line
//! feed; the log's `count` event holds it too. `steps` repeat the sums of 民法典 art. 278: two thirds
//! of area and of heads take part.

mod verify;

pub use verify::{Fault, Verified, verify_bundle};

use super::choices::Choices;
use super::count::visible;
use super::store;
use super::store::urn::{self, Opened};
use crate::core::Core;
use crate::error::{Error, Result};
use crate::events;
use crate::identity::Caller;
use contract::ids::VoteId;
use contract::voting::ElectionResult;
use contract::{AreaId, Millis, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const FORMAT: &str = "hs-election-1";
/// Stands where the digest will be while the digest is taken.
const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[derive(Serialize, Deserialize)]
struct Bundle {
    format: String,
    vote: Paper,
    roll: Roll,
    ballots: Vec<Ballot>,
    result: ElectionResult,
    log: events::Head,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
struct Paper {
    id: VoteId,
    title: String,
    area: AreaId,
    area_name: String,
    seats: u32,
    opens_at: Millis,
    closes_at: Millis,
    candidates: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Roll {
    heads: i64,
    area_dm2: i64,
    voted: i64,
    voted_area_dm2: i64,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
struct Ballot {
    id: String,
    choices: Option<Vec<u32>>,
}

/// The export of a counted vote; who may see the result may have it.
///
/// # Errors
/// `NotFound` (unknown, or a draft); [`Refusal::WrongState`] while there is no result to be seen.
pub async fn bundle(caller: &Caller, core: &Core, vote: &VoteId) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let stored = visible(caller, store::find(&mut conn, vote).await?)?;
    let result = stored.result.as_deref().ok_or(Refusal::WrongState)?;
    let result: ElectionResult = serde_json::from_str(result).map_err(Error::internal)?;
    let candidates = store::candidates(&mut conn, vote).await?;
    let ballots = urn::counted(&mut conn, vote).await?;
    let bundle = Bundle {
        format: FORMAT.to_owned(),
        roll: Roll {
            heads: result.heads,
            area_dm2: result.area_dm2,
            voted: result.voted,
            voted_area_dm2: result.voted_area_dm2,
            sha256: stored.roll_sha256.unwrap_or_default(),
        },
        vote: Paper {
            id: stored.id,
            title: stored.title,
            area: stored.area,
            area_name: stored.area_name,
            seats: result.seats,
            opens_at: stored.opens_at,
            closes_at: stored.closes_at,
            candidates: candidates.into_iter().map(|candidate| candidate.name).collect(),
        },
        ballots: ballots.into_iter().map(Ballot::from).collect(),
        result,
        log: events::head(&mut conn).await?,
        sha256: ZEROS.to_owned(),
    };
    bundle.seal()
}

impl Bundle {
    /// The file: the bundle with its digest.
    fn seal(mut self) -> Result<Vec<u8>> {
        self.sha256 = hex::encode(Sha256::digest(self.text()?));
        self.text()
    }

    /// The one way in which this bundle is written.
    fn text(&self) -> Result<Vec<u8>> {
        let mut text = serde_json::to_vec(self).map_err(Error::internal)?;
        text.push(b'\n');
        Ok(text)
    }
}

impl From<Opened> for Ballot {
    fn from(opened: Opened) -> Self {
        Self { id: opened.id, choices: opened.choices.map(Choices::numbers) }
    }
}
