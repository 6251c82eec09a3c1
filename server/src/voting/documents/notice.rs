//! The notice of a result: what was decided, by how many, and until when it can be appealed against.

use super::minutes::votes;
use super::{Record, words};
use crate::document::{Block, Document};
use contract::Locale;
use contract::local::minute;
use contract::measure::square_metres;

pub(super) fn compose(record: &Record) -> Document {
    let (vote, tally) = (&record.vote, &record.tally);
    let mut blocks = vec![
        Block::Title(record.say("表决结果公告", "Notice of a result")),
        Block::Heading(vote.title.clone()),
        Block::Paragraph(summary(record)),
    ];
    if !tally.quorum {
        blocks.push(Block::Paragraph(record.say(
            "参与表决的人数和面积没有都达到三分之二（《民法典》第二百七十八条），表决未达到法定参与要求。",
            "Less than two thirds by heads and by area took part (Civil Code art. 278).",
        )));
    }
    for item in &tally.items {
        blocks.push(Block::Heading(format!("{}. {}", item.number, item.title)));
        blocks.push(votes(record, item));
        blocks.push(Block::Paragraph(words::verdict(record.locale, item)));
    }
    if let Some(until) = vote.appeals_until {
        let until = minute(until);
        blocks.push(Block::Paragraph(match record.locale {
            Locale::ZhCn => format!("对结果有异议的，可在 {until} 前在平台上或到社区居委会提出，要求复核。"),
            Locale::En => format!("Appeals can be made until {until}, on the platform or at the community office."),
        }));
    }
    blocks
        .push(Block::Signatures(vec![record.say("组织单位（盖章）", "Issued by (seal)"), record.say("日期", "Date")]));
    blocks.push(Block::Code {
        url: record.url.clone(),
        lines: vec![
            record.say("扫码查看计算过程", "Scan to see the arithmetic"),
            record.url.clone(),
            format!("SHA-256 {}", tally.ballots_sha256),
        ],
    });
    let title = format!("{} {}", vote.title, record.say("结果公告", "result"));
    record.document(title, format!("{} · {}", vote.area_name, vote.title), blocks)
}

fn summary(record: &Record) -> String {
    let (vote, tally) = (&record.vote, &record.tally);
    let (opened, closed) = (minute(vote.opens_at), minute(vote.closes_at));
    let [online, paper] = record.channels;
    let (heads, voted) = (tally.heads, tally.voted);
    let (area, part) = (square_metres(tally.area_dm2), square_metres(tally.voted_area_dm2));
    match record.locale {
        Locale::ZhCn => format!(
            "{} {opened} 至 {closed} 以书面形式进行表决。名册共 {heads} 户、{area} m²；参与 {voted} 户、{part} m²，\
             其中手机投票 {online} 户、纸质表决票 {paper} 户。",
            vote.area_name
        ),
        Locale::En => format!(
            "{} voted in writing from {opened} to {closed}. The roll has {heads} heads with {area} m²; {voted} heads \
             with {part} m² took part, {online} online and {paper} on paper.",
            vote.area_name
        ),
    }
}
