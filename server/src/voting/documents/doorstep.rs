//! The doorstep list on paper: whom to see, who has a paper already, and room for what was said.

use crate::core::Core;
use crate::document::{self, Block, Column, Document, Table, say};
use crate::error::Result;
use crate::identity::Caller;
use crate::voting::doorstep;
use crate::voting::papers::store as papers;
use contract::ids::VoteId;
use contract::local::minute;
use contract::voting::{Doorstep, WaitingOwner};
use contract::{AreaId, Locale};
use std::collections::HashMap;

/// The doorstep list as PDF: one building, or each building that somebody is waited for in on pages of its own.
///
/// # Errors
/// As [`doorstep::doorstep`].
pub async fn print_doorstep(caller: &Caller, core: &Core, vote: &VoteId, building: Option<&AreaId>) -> Result<Vec<u8>> {
    let list = doorstep::doorstep(caller, core, vote, building).await?;
    let mut conn = core.db.read().await?;
    let rows = match building {
        Some(_) => list.rows.clone(),
        None => doorstep::waiting(&mut conn, vote, &list.vote.area).await?,
    };
    let numbers = papers::numbers(&mut conn, vote).await?;
    drop(conn);
    let sheet = |building, rows: &[WaitingOwner]| sheet(&list, (building, rows), &numbers, caller.locale);
    let mut sheets: Vec<Document> =
        rows.chunk_by(|a, b| a.building == b.building).map(|rows| sheet(Some(&rows[0].building), rows)).collect();
    if sheets.is_empty() {
        sheets.push(sheet(list.building.as_ref(), &[]));
    }
    document::typeset(sheets, &core.fonts).await
}

fn sheet(
    list: &Doorstep,
    (building, rows): (Option<&AreaId>, &[WaitingOwner]),
    numbers: &HashMap<String, i64>,
    locale: Locale,
) -> Document {
    let say = |chinese, english| say(locale, chinese, english).to_owned();
    let here = list.buildings.iter().find(|known| Some(&known.building) == building);
    let (name, waiting) = here.map_or((String::new(), 0), |known| (known.name.clone(), known.waiting));
    let facts = vec![
        (say("楼栋", "Building"), name.clone()),
        (say("未投票", "Not voted"), format!("{waiting} {}", say("户", "heads"))),
        (say("截止时间", "Poll closes"), minute(list.vote.closes_at)),
    ];
    let row = |owner: &WaitingOwner| {
        let paper = numbers.get(&owner.head).map_or_else(String::new, |number| format!("No. {number}"));
        vec![owner.address.clone(), owner.name.clone(), paper, String::new(), String::new()]
    };
    let table = Table {
        columns: vec![
            Column::words(say("房屋", "Home"), 4),
            Column::words(say("业主", "Owner"), 3),
            Column::words(say("纸质票", "Paper"), 2),
            Column::words(say("签收", "Received"), 3),
            Column::words(say("上门情况", "Remark"), 4),
        ],
        rows: rows.iter().map(row).collect(),
    };
    Document {
        title: format!("{} {name}", list.vote.title),
        footer: format!("{} · {}", list.vote.area_name, list.vote.title),
        locale,
        blocks: vec![
            Block::Title(say("未投票上门名单", "Doorstep list")),
            Block::Paragraph(list.vote.title.clone()),
            Block::Facts(facts),
            Block::Table(table),
            Block::Note(say(
                "名单只说明谁还没有投票；不得询问或记录选择。用后交回社区，不得外传。",
                "The list says who has not voted and nothing else. Do not ask for or note a choice; return it after use.",
            )),
        ],
    }
}
