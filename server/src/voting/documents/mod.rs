//! What is printed of a counted vote: the minutes (表决记录) and the notice of its result (结果公告).
//!
//! Both are drawn from what is stored, whenever they are asked for: the hashes and the block of the log that
//! they cite lead back to it. They are to be kept for three years at least, for a decision can be contested
//! within a year from the day on which an owner heard of it (法释〔2009〕7号 art. 12).

mod doorstep;
mod minutes;
mod notice;
mod words;

pub use doorstep::print_doorstep;

use super::count;
use super::objections::store::{self as objections, Wanted};
use super::papers::store as papers;
use super::store::{self as votes, Vote, keys};
use crate::core::Core;
use crate::document::{self, Block, Document, say};
use crate::error::Result;
use crate::events::{self, Head};
use crate::identity::Caller;
use contract::ids::VoteId;
use contract::voting::{Channel, Objection, Stage, Tally};
use contract::{Error, Locale};
use sqlx::AnyConnection;

/// Objections read at once.
const PART: usize = 200;

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printout {
    /// 表决记录
    Minutes,
    /// 结果公告
    Notice,
}

/// What the documents are drawn from.
struct Record {
    vote: Vote,
    tally: Tally,
    holders: Vec<keys::Holder>,
    /// Ballots by channel: online and paper.
    channels: [i64; 2],
    objections: Vec<Objection>,
    log: Head,
    /// The page where anybody can check.
    url: String,
    locale: Locale,
}

/// A document of a counted vote as PDF: for everybody once the result is published, for its workers before.
///
/// # Errors
/// `NotFound` (unknown, or a draft); `WrongState` while there is no result to be seen.
pub async fn result_document(caller: &Caller, core: &Core, vote: &VoteId, printout: Printout) -> Result<Vec<u8>> {
    let record = record(caller, core, vote).await?;
    let document = match printout {
        Printout::Minutes => minutes::compose(&record),
        Printout::Notice => notice::compose(&record),
    };
    document::typeset(vec![document], &core.fonts).await
}

async fn record(caller: &Caller, core: &Core, vote: &VoteId) -> Result<Record> {
    let tally = count::result(caller, core, vote).await?.result;
    let mut conn = core.db.read().await?;
    let vote = votes::find(&mut conn, vote).await?.ok_or(Error::NotFound)?;
    let by_channel = papers::channels(&mut conn, &vote.id).await?;
    let count = |channel: Channel| {
        by_channel.iter().find(|(code, _)| code.as_deref() == Some(channel.code())).map_or(0, |(_, count)| *count)
    };
    Ok(Record {
        tally,
        holders: keys::holders(&mut conn, &vote.id).await?,
        channels: [count(Channel::Online), count(Channel::Paper)],
        objections: told(&mut conn, &vote.id).await?,
        log: events::head(&mut conn).await?,
        url: format!("{}/voting/{}/result", core.config.public_url, vote.id),
        vote,
        locale: caller.locale,
    })
}

/// All objections to a vote, in the order in which they were made: those to the result come last.
pub(super) async fn told(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Objection>> {
    let mut told: Vec<Objection> = Vec::new();
    loop {
        let after = told.last().map_or_else(String::new, |last| last.id.to_string());
        let wanted = Wanted { state: "", stage: "", after: &after };
        let part = objections::of_vote(conn, vote, &wanted, PART as i64).await?;
        let more = part.len() == PART;
        told.extend(part.into_iter().map(objections::Row::shown));
        if !more {
            return Ok(told);
        }
    }
}

impl Record {
    fn say(&self, chinese: &'static str, english: &'static str) -> String {
        say(self.locale, chinese, english).to_owned()
    }

    /// Objections of one stage, for a table.
    fn objections(&self, stage: Stage) -> Vec<&Objection> {
        self.objections.iter().filter(|objection| objection.ground.stage() == stage).collect()
    }

    fn document(&self, title: String, footer: String, blocks: Vec<Block>) -> Document {
        Document { title, footer, locale: self.locale, blocks }
    }
}
