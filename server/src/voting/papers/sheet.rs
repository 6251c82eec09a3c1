//! One paper on the desk: found by its code or its door, with what is asked on it.

use super::enter::marked;
use super::list::line;
use super::store::{self, Entry, Row, Wanted};
use super::{enterable, number_of, turn, until};
use crate::core::Core;
use crate::error::Result;
use crate::events::{self, Event};
use crate::files::FileName;
use crate::identity::{Caller, Verb};
use crate::voting::ROOM;
use crate::voting::found::worked;
use crate::voting::store::{self as votes, Vote};
use bytes::Bytes;
use contract::ids::VoteId;
use contract::voting::{PaperLine, PaperSheet, VoteSummary};
use contract::{Error, Millis};
use serde_json::json;

/// Papers offered for one text at most: who types more of it finds the one.
const OFFERED: i64 = 20;

/// The papers that a text means: the one that carries it as its code, be it scanned as a link or typed, the one
/// of that number (`#7`), or those at doors and of names that contain it.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub async fn find_paper(
    caller: &Caller,
    core: &Core,
    vote: &VoteId,
    text: &str,
) -> Result<(VoteSummary, Vec<PaperLine>)> {
    let mut conn = core.db.read().await?;
    let vote = worked(caller, &mut conn, Verb::VotingPaper, vote).await?;
    let summary = vote.summary(core.clock.now());
    let text = text.trim();
    let scanned = text.rsplit_once("code=").map_or(text, |(_, code)| code);
    let number = number_of(&core.keys, &vote, scanned).or_else(|| text.strip_prefix('#')?.trim().parse().ok());
    if let Some(number) = number
        && let Some(row) = store::find(&mut conn, &vote.id, number).await?
    {
        return Ok((summary, vec![line(row)]));
    }
    if text.is_empty() {
        return Ok((summary, Vec::new()));
    }
    let text = crate::people::normal_address(text);
    let wanted = Wanted { area: &vote.area, state: "", search: &text, after: 0 };
    let rows = store::of_vote(&mut conn, &vote.id, &wanted, OFFERED).await?;
    Ok((summary, rows.into_iter().map(line).collect()))
}

/// One paper, and which entry the caller's would be.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub async fn paper_sheet(caller: &Caller, core: &Core, vote: &VoteId, number: i64) -> Result<PaperSheet> {
    let mut conn = core.db.read().await?;
    let vote = worked(caller, &mut conn, Verb::VotingPaper, vote).await?;
    let row = store::find(&mut conn, &vote.id, number).await?.ok_or(Error::NotFound)?;
    let before = store::entries(&mut conn, &vote.id, number).await?;
    let own = before.iter().any(|entry| entry.worker == caller.hand());
    let turn = turn(row.state()).filter(|_| row.voted_at.is_none());
    // The second does not see the first's entry; the third sees both.
    let entries = match turn {
        Some(3) if !own => {
            before.iter().map(|entry| marked(&core.keys, &vote.id, number, entry)).collect::<Result<_>>()?
        }
        _ => Vec::new(),
    };
    let scans = store::scans(&mut conn, &vote.id, number).await?.len();
    let reads = reads(caller, &vote, &row, &before, core.clock.now());
    let waives = vote.state == "announced" && caller.allow(Verb::VotingOrganise, &vote.area).is_ok();
    Ok(PaperSheet {
        items: votes::items(&mut conn, &vote.id).await?,
        until: until(&vote),
        vote: vote.summary(core.clock.now()),
        scanned: scans > 0,
        scans: if reads { scans } else { 0 },
        waives: waives && turn.is_some() && row.received_at.is_some(),
        line: line(row),
        turn,
        own,
        entries,
    })
}

/// Keeps a paper's scan, sealed: it shows a choice.
///
/// # Errors
/// `SignIn`, `SecondFactor`, `Forbidden`; as [`crate::files::Files::put_image`].
pub async fn keep_scan(caller: &Caller, core: &Core, picture: Bytes) -> Result<FileName> {
    caller.allow_somewhere(Verb::VotingPaper)?;
    core.files.put_sealed(picture, &core.keys).await
}

/// One of a paper's scans, counted from 1, a JPEG: it shows a head beside a choice. While the paper is unsettled
/// it is for whoever may make the next entry, afterwards for scrutineers alone; each look is an event.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub async fn paper_scan(caller: &Caller, core: &Core, vote: &VoteId, (number, place): (i64, usize)) -> Result<Bytes> {
    let mut conn = core.db.read().await?;
    let vote = worked(caller, &mut conn, Verb::VotingPaper, vote).await?;
    let row = store::find(&mut conn, &vote.id, number).await?.ok_or(Error::NotFound)?;
    let before = store::entries(&mut conn, &vote.id, number).await?;
    let scans = store::scans(&mut conn, &vote.id, number).await?;
    drop(conn);
    if !reads(caller, &vote, &row, &before, core.clock.now()) {
        return Err(Error::Forbidden.into());
    }
    let name = place.checked_sub(1).and_then(|at| scans.get(at)).and_then(|name| name.parse().ok());
    let name: FileName = name.ok_or(Error::NotFound)?;
    let picture = core.files.get_sealed(&name, &core.keys).await?.ok_or(Error::NotFound)?;
    core.db
        .write((caller.clone(), vote, number, place), |tx, (caller, vote, number, place)| {
            Box::pin(async move {
                let payload = json!({ "paper": number, "scan": place });
                let event =
                    Event { room: ROOM, verb: "read_scan", area: &vote.area, subject: vote.id.as_str(), payload };
                events::record(tx, caller, event).await.map(drop)
            })
        })
        .await?;
    Ok(picture)
}

/// May the caller look at a paper's scans?
fn reads(caller: &Caller, vote: &Vote, row: &Row, before: &[Entry], now: Millis) -> bool {
    let own = before.iter().any(|entry| entry.worker == caller.hand());
    match turn(row.state()) {
        Some(_) if row.voted_at.is_none() => !own && enterable(vote, now).is_ok(),
        _ => caller.allow(Verb::VotingScrutinise, &vote.area).is_ok(),
    }
}
