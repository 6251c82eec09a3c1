//! The export of a counted vote: one JSON file without voters' names, from which anyone can count again.
//!
//! The format, `hs-vote-3`, is described for strangers in `public/voting-format.md`, which the app serves at
//! `/voting-format.md`. A test walks that description's list of members and fails when one is missing.

mod verify;

pub use verify::{Fault, Verified, verify_bundle};

use super::choices::Choices;
use super::count::{Stored, visible};
use super::store;
use super::store::urn::{self, Opened};
use crate::core::Core;
use crate::error::{Error, Result};
use crate::events;
use crate::identity::Caller;
use contract::ids::VoteId;
use contract::voting::{
    HeadUnit, Item, ItemAreas, ItemKind, ItemOption, Majority, Secrecy, Tally, Unreturned, VoteKind,
};
use contract::{AreaId, Millis, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const FORMAT: &str = "hs-vote-3";
/// Stands where the digest will be while the digest is taken.
const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[derive(Serialize, Deserialize)]
struct Bundle {
    format: String,
    vote: Paper,
    roll: Roll,
    ballots: Vec<Ballot>,
    areas: Vec<ItemAreas>,
    result: Tally,
    log: events::Head,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
struct Paper {
    id: VoteId,
    kind: VoteKind,
    secrecy: Secrecy,
    unit: HeadUnit,
    unreturned: Unreturned,
    election_quorum: bool,
    title: String,
    area: AreaId,
    area_name: String,
    opens_at: Millis,
    closes_at: Millis,
    items: Vec<PaperItem>,
}

#[derive(Serialize, Deserialize)]
struct PaperItem {
    kind: ItemKind,
    title: String,
    majority: Majority,
    most: u32,
    options: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Roll {
    heads: i64,
    area_dm2: i64,
    voted: i64,
    voted_area_dm2: i64,
    delivered: i64,
    delivered_area_dm2: i64,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
struct Ballot {
    id: String,
    choices: Option<Vec<Vec<u32>>>,
}

/// The export of a counted vote; who may see the result may have it.
///
/// # Errors
/// `NotFound` (unknown, or a draft); [`Refusal::WrongState`] while there is no result to be seen.
pub async fn bundle(caller: &Caller, core: &Core, vote: &VoteId) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let stored = visible(caller, store::find(&mut conn, vote).await?)?;
    let Stored { result, areas, delivered } = Stored::read(stored.result.as_deref().ok_or(Refusal::WrongState)?)?;
    let items = store::items(&mut conn, vote).await?;
    let ballots = urn::counted(&mut conn, vote).await?;
    let rules = stored.rules().clone();
    let bundle = Bundle {
        format: FORMAT.to_owned(),
        roll: Roll {
            heads: result.heads,
            area_dm2: result.area_dm2,
            voted: result.voted,
            voted_area_dm2: result.voted_area_dm2,
            delivered: delivered.0,
            delivered_area_dm2: delivered.1,
            sha256: stored.roll_sha256.clone().unwrap_or_default(),
        },
        vote: Paper {
            kind: stored.kind(),
            secrecy: stored.secrecy(),
            unit: stored.unit(),
            unreturned: rules.unreturned,
            election_quorum: rules.election_quorum,
            id: stored.id,
            title: stored.title,
            area: stored.area,
            area_name: stored.area_name,
            opens_at: stored.opens_at,
            closes_at: stored.closes_at,
            items: items.into_iter().map(PaperItem::from).collect(),
        },
        ballots: ballots.into_iter().map(Ballot::from).collect(),
        areas,
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
        Self { id: opened.id, choices: opened.choices.as_ref().map(Choices::numbers) }
    }
}

impl From<Item> for PaperItem {
    fn from(item: Item) -> Self {
        Self {
            kind: item.kind,
            title: item.title,
            majority: item.majority,
            most: item.most,
            options: item.options.into_iter().map(|option| option.name).collect(),
        }
    }
}

impl PaperItem {
    /// As the arithmetic takes it.
    fn item(&self, number: u32) -> Item {
        let option = |(number, name): (u32, &String)| ItemOption {
            number,
            name: name.clone(),
            statement: String::new(),
            photo: None,
        };
        Item {
            number,
            kind: self.kind,
            title: self.title.clone(),
            text: String::new(),
            most: self.most,
            majority: self.majority,
            clause: String::new(),
            options: (1..).zip(&self.options).map(option).collect(),
        }
    }
}
