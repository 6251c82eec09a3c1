//! The minutes: who convened, who took part, every sum, every objection, and where to check them.

use super::{Record, words};
use crate::document::{Block, Column, Document, Table};
use contract::local::minute;
use contract::measure::square_metres;
use contract::voting::{ItemKind, ItemResult, KeyPart, Objection, Secrecy, Stage, Step, Unreturned};

pub(super) fn compose(record: &Record) -> Document {
    let vote = &record.vote;
    let mut blocks = vec![Block::Title(record.say("表决记录", "Minutes of the vote")), facts(record)];
    blocks.push(Block::Heading(record.say("一、名册与参与情况", "1. Roll and participation")));
    blocks.push(participation(record));
    blocks.push(sums(record, &record.tally.steps));
    let rules = vote.rules();
    if rules.unreturned != Unreturned::NotParticipating {
        let says = words::unreturned(record.locale, rules.unreturned);
        blocks.push(Block::Note(format!(
            "{}{says}（{}）",
            record.say("已送达、未回复的表决票：", "A ballot delivered and not returned: "),
            rules.unreturned_clause
        )));
    }
    blocks.push(Block::Heading(record.say("二、表决结果", "2. Result")));
    record.tally.items.iter().for_each(|item| of_item(record, item, &mut blocks));
    blocks.push(Block::Heading(record.say("三、对名册的异议", "3. Objections to the roll")));
    blocks.push(objections(record, &record.objections(Stage::Roll)));
    blocks.push(Block::Heading(record.say("四、对结果的异议与复核", "4. Appeals against the result")));
    blocks.push(objections(record, &record.objections(Stage::Result)));
    blocks.push(Block::Heading(record.say("五、签字", "5. Signatures")));
    blocks.push(Block::Signatures(signers(record)));
    blocks.push(Block::Code {
        url: record.url.clone(),
        lines: vec![
            record.say("扫码核对结果，下载计票数据包", "Scan to check the result and download the count"),
            record.url.clone(),
            record.say(
                "本记录及选票、送达证明自结果公布之日起至少保存三年。",
                "These minutes, the ballots and the proofs of delivery are kept for three years at least.",
            ),
        ],
    });
    blocks.push(Block::Note(hashes(record)));
    let title = format!("{} {}", vote.title, record.say("表决记录", "minutes"));
    record.document(title, format!("{} · {}", vote.area_name, vote.title), blocks)
}

fn facts(record: &Record) -> Block {
    let vote = &record.vote;
    let named = |part| {
        let these = record.holders.iter().filter(|holder| holder.part() == part && !holder.name.is_empty());
        these.map(|holder| holder.name.clone()).collect::<Vec<_>>().join("、")
    };
    let mut facts = vec![
        (record.say("事项", "Vote"), vote.title.clone()),
        (record.say("类别", "Kind"), words::kind(record.locale, vote.kind()).to_owned()),
        (record.say("范围", "Place"), vote.area_name.clone()),
        (record.say("投票时间", "Poll"), format!("{} — {}", minute(vote.opens_at), minute(vote.closes_at))),
        (
            record.say("方式", "Way"),
            match vote.secrecy() {
                Secrecy::Private => record.say(
                    "书面（手机投票与纸质表决票），不公开选择",
                    "In writing, online and on paper; choices private",
                ),
                Secrecy::Signed => {
                    record.say("书面（手机投票与纸质表决票），记名", "In writing, online and on paper; signed")
                }
            },
        ),
        (record.say("组织人", "Convenor"), named(KeyPart::Organiser)),
        (record.say("监票人", "Scrutineers"), named(KeyPart::Scrutineer)),
    ];
    if let Some(at) = vote.announced_at {
        facts.insert(3, (record.say("公告时间", "Announced"), minute(at)));
    }
    if let Some(at) = vote.counted_at {
        facts.push((record.say("计票时间", "Counted"), minute(at)));
    }
    Block::Facts(facts)
}

fn participation(record: &Record) -> Block {
    let tally = &record.tally;
    let row = |name: String, heads: i64, area: Option<i64>| {
        vec![name, heads.to_string(), area.map(square_metres).unwrap_or_default()]
    };
    let [online, paper] = record.channels;
    Block::Table(Table {
        columns: vec![
            Column::words("", 4),
            Column::number(record.say("人数（户）", "Heads"), 2),
            Column::number(record.say("面积（m²）", "Area (m²)"), 2),
        ],
        rows: vec![
            row(record.say("名册", "Roll"), tally.heads, Some(tally.area_dm2)),
            row(record.say("参与", "Took part"), tally.voted, Some(tally.voted_area_dm2)),
            row(record.say("其中手机投票", "of these online"), online, None),
            row(record.say("其中纸质表决票", "of these on paper"), paper, None),
            row(record.say("无效票", "Invalid ballots"), tally.invalid, None),
        ],
    })
}

fn sums(record: &Record, steps: &[Step]) -> Block {
    let row = |step: &Step| {
        let holds = words::holds(record.locale, step.holds).to_owned();
        let unit = if step.of_area() { " m²" } else { "" };
        vec![words::step(record.locale, &step.code).to_owned(), step.readable() + unit, holds]
    };
    Block::Table(Table {
        columns: vec![
            Column::words(record.say("核算", "Sum"), 4),
            Column::words(record.say("算式", "Arithmetic"), 6),
            Column::words(record.say("结论", "Holds"), 2),
        ],
        rows: steps.iter().map(row).collect(),
    })
}

/// One item: its majority, its votes, its sums, its verdict.
fn of_item(record: &Record, item: &ItemResult, blocks: &mut Vec<Block>) {
    let mut head = format!("{}. {}", item.number, item.title);
    if item.kind == ItemKind::Decide {
        head = format!("{head}（{}）", words::majority(record.locale, item.majority));
    }
    blocks.push(Block::Paragraph(head));
    blocks.push(votes(record, item));
    if !item.steps.is_empty() {
        blocks.push(sums(record, &item.steps));
    }
    if item.withheld {
        blocks.push(Block::Note(record.say(
            "有一方不足 5 票，或与其他事项相减后不足 5 票，为不暴露单户选择，不公布其面积；是否达到多数已按全部面积核算。",
            "Fewer than 5 took one side, or are left when other items are subtracted: the area would name them and is \
             kept back. The majority was computed with it.",
        )));
    }
    blocks.push(Block::Paragraph(words::verdict(record.locale, item)));
}

/// The options of an item with their votes.
pub(super) fn votes(record: &Record, item: &ItemResult) -> Block {
    let with_area = item.options.iter().any(|option| option.area_dm2.is_some());
    let with_outcome = item.options.iter().any(|option| option.outcome.is_some());
    let mut columns =
        vec![Column::words(record.say("选项", "Option"), 5), Column::number(record.say("票数", "Votes"), 2)];
    if with_area {
        columns.push(Column::number(record.say("面积（m²）", "Area (m²)"), 2));
    }
    if with_outcome {
        columns.push(Column::words(record.say("结果", "Outcome"), 3));
    }
    let rows = item.options.iter().map(|option| {
        let mut row = vec![option.name.clone(), option.votes.to_string()];
        if with_area {
            row.push(option.area_dm2.map_or_else(|| "—".to_owned(), square_metres));
        }
        if with_outcome {
            row.push(words::outcome(record.locale, option.outcome).to_owned());
        }
        row
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    if item.blank > 0 {
        let mut blank = vec![record.say("未作选择（弃权）", "Blank"), item.blank.to_string()];
        blank.resize(columns.len(), String::new());
        rows.push(blank);
    }
    Block::Table(Table { columns, rows })
}

fn objections(record: &Record, objections: &[&Objection]) -> Block {
    if objections.is_empty() {
        return Block::Paragraph(record.say("无。", "None."));
    }
    let row = |objection: &&Objection| {
        let state = words::objection(record.locale, objection.state);
        let reason = objection.reason.as_deref().unwrap_or_default();
        vec![
            minute(objection.at),
            words::ground(record.locale, objection.ground).to_owned(),
            state.to_owned(),
            reason.to_owned(),
        ]
    };
    Block::Table(Table {
        columns: vec![
            Column::words(record.say("提出时间", "Made"), 3),
            Column::words(record.say("事由", "Ground"), 3),
            Column::words(record.say("处理", "Decision"), 2),
            Column::words(record.say("理由", "Reason"), 5),
        ],
        rows: objections.iter().map(row).collect(),
    })
}

/// Everybody who holds a key signs, and dates it.
fn signers(record: &Record) -> Vec<String> {
    let holders = record.holders.iter().map(|holder| {
        let part = match holder.part() {
            KeyPart::Organiser => record.say("组织人", "Convenor"),
            KeyPart::Scrutineer => record.say("监票人", "Scrutineer"),
        };
        format!("{part} {}", holder.name).trim().to_owned()
    });
    holders.chain([record.say("日期", "Date")]).collect()
}

fn hashes(record: &Record) -> String {
    let roll = record.vote.roll_sha256.as_deref().unwrap_or("—");
    format!(
        "{} SHA-256：{roll}\n{} SHA-256：{}\n{} {}：{}",
        record.say("名册", "Roll"),
        record.say("选票", "Ballots"),
        record.tally.ballots_sha256,
        record.say("日志区块", "Block of the log"),
        record.log.height,
        record.log.hash,
    )
}
