//! The papers themselves: one for each head, with its code and without a choice.

use super::code;
use super::store::{self, Row, Wanted};
use crate::core::Core;
use crate::crypto::grouped;
use crate::document::{self, Block, Document, say};
use crate::error::Result;
use crate::identity::{Caller, Verb};
use crate::voting::found::worked;
use crate::voting::store::{self as votes, Vote};
use contract::ids::VoteId;
use contract::measure::square_metres;
use contract::voting::{Item, ItemKind, PaperState, Secrecy};
use contract::{AreaId, Error, Locale, local};

/// Papers of one print at most: a building, not a district.
const PRINTED: i64 = 1_000;

/// Which papers are printed.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Printed {
    /// One paper.
    pub paper: Option<i64>,
    /// Those of a building; of all without one.
    pub building: Option<AreaId>,
}

/// The papers as PDF, those left out whose heads have voted.
///
/// # Errors
/// `NotFound`, also when there is nothing to print; `Forbidden`.
pub async fn print_papers(caller: &Caller, core: &Core, vote: &VoteId, printed: Printed) -> Result<Vec<u8>> {
    let mut conn = core.db.read().await?;
    let vote = worked(caller, &mut conn, Verb::VotingPaper, vote).await?;
    let area = printed.building.unwrap_or_else(|| vote.area.clone());
    let rows = match printed.paper {
        Some(number) => store::find(&mut conn, &vote.id, number).await?.into_iter().collect(),
        None => {
            let wanted = Wanted { area: &area, state: "", search: "", after: 0 };
            store::of_vote(&mut conn, &vote.id, &wanted, PRINTED).await?
        }
    };
    let items = votes::items(&mut conn, &vote.id).await?;
    drop(conn);
    let open = |row: &&Row| row.voted_at.is_none() && row.state() != PaperState::Clash;
    let sheet = |row: &Row| sheet(core, &vote, &items, row, caller.locale);
    let sheets: Vec<Document> = rows.iter().filter(open).map(sheet).collect();
    if sheets.is_empty() {
        return Err(Error::NotFound.into());
    }
    document::typeset(sheets, &core.fonts).await
}

fn sheet(core: &Core, vote: &Vote, items: &[Item], row: &Row, locale: Locale) -> Document {
    let say = |chinese, english| say(locale, chinese, english).to_owned();
    let code = code(&core.keys, vote, row.number);
    let owner = vec![
        (say("房屋", "Home"), row.place.clone()),
        (say("业主", "Owner"), row.names.clone()),
        (say("计票面积", "Area counted"), format!("{} m²", square_metres(row.area_dm2))),
        (say("截止时间", "To be returned by"), local::minute(vote.closes_at)),
    ];
    let mut blocks = vec![Block::Title(vote.title.clone()), Block::Facts(owner)];
    for item in items {
        let most = item.most;
        let head = match (item.kind, locale) {
            (ItemKind::Decide, _) => format!("{}. {}", item.number, item.title),
            (ItemKind::Choose, Locale::ZhCn) => format!("{}. {}（最多选 {most} 项）", item.number, item.title),
            (ItemKind::Choose, Locale::En) => format!("{}. {} (choose up to {most})", item.number, item.title),
        };
        blocks.push(Block::Heading(head));
        if !item.text.is_empty() {
            blocks.push(Block::Paragraph(item.text.clone()));
        }
        blocks.push(Block::Boxes(item.options.iter().map(|option| option.name.clone()).collect()));
    }
    blocks.push(Block::Note(say(
        "请在方框内打“√”。涂改、漏选必选项或超过可选数量的，该票无效。已在手机上投票的，本票不再计入；两者以先到者为准。",
        "Mark the box. A paper with corrections, a missing answer or too many marks is invalid. If you vote by phone as \
         well, the ballot that arrives first counts and the other does not.",
    )));
    if vote.secrecy() == Secrecy::Signed {
        blocks.push(Block::Signatures(vec![say("业主签字", "Signature"), say("日期", "Date")]));
    }
    let url = format!("{}/console/voting/{}/papers/enter?code={code}", core.config.public_url, vote.id);
    let lines = vec![
        grouped(&code),
        say(
            "本码供工作人员录入选票时扫描，不含您的选择。",
            "For the workers who enter this paper; it holds no choice.",
        ),
    ];
    blocks.push(Block::Code { url, lines });
    Document {
        title: vote.title.clone(),
        footer: format!("{} · {} {}", vote.area_name, say("纸质表决票", "Paper ballot"), row.number),
        locale,
        blocks,
    }
}
