//! Words of the documents that follow codes.

use crate::document::say;
use contract::Locale;
use contract::voting::{Ground, ItemResult, Majority, ObjectionState, Outcome, Unreturned, VoteKind};

pub(super) fn kind(locale: Locale, kind: VoteKind) -> &'static str {
    match kind {
        VoteKind::Election => say(locale, "业主代表选举", "Election of representatives"),
        VoteKind::Resolution => say(locale, "业主共同决定事项", "Owners' resolution"),
        VoteKind::Poll => say(locale, "居民意见征询", "Residents' opinion poll"),
    }
}

/// What a line of arithmetic is about.
pub(super) fn step(locale: Locale, code: &str) -> &'static str {
    match code {
        "roll" => say(locale, "参与人数 = 收回票", "Heads that took part = ballots in the urn"),
        "ballots" => say(locale, "有效 + 无效 = 收回票", "Valid + invalid = ballots in the urn"),
        "unreturned" => say(locale, "投票 + 已送达未回复 = 参与", "Voted + delivered, not returned = taking part"),
        "quorum_heads" => say(locale, "参与人数达三分之二", "Two thirds by heads take part"),
        "quorum_area" => say(locale, "参与面积达三分之二", "Two thirds by area take part"),
        "ordinary_heads" => say(locale, "赞成人数过半数", "More than half of the heads agree"),
        "ordinary_area" => say(locale, "赞成面积过半数", "More than half of the area agrees"),
        "special_heads" => say(locale, "赞成人数达四分之三", "Three quarters of the heads agree"),
        "special_area" => say(locale, "赞成面积达四分之三", "Three quarters of the area agree"),
        _ => say(locale, "核算", "Sum"),
    }
}

pub(super) fn holds(locale: Locale, holds: bool) -> &'static str {
    if holds { say(locale, "成立", "Holds") } else { say(locale, "不成立", "Does not hold") }
}

pub(super) fn majority(locale: Locale, majority: Majority) -> &'static str {
    match majority {
        Majority::Ordinary => say(locale, "参与表决人数、面积均过半数同意", "More than half, by heads and by area"),
        Majority::Special => {
            say(locale, "参与表决人数、面积均四分之三以上同意", "Three quarters, by heads and by area")
        }
    }
}

pub(super) fn unreturned(locale: Locale, rule: Unreturned) -> &'static str {
    match rule {
        Unreturned::NotParticipating => say(locale, "不计入参与表决", "does not take part"),
        Unreturned::Abstain => say(locale, "计为弃权", "counts as abstaining"),
        Unreturned::FollowMajority => say(locale, "计入多数意见", "follows the majority"),
    }
}

/// What follows for an option.
pub(super) fn outcome(locale: Locale, outcome: Option<Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Elected) => say(locale, "当选", "Elected"),
        Some(Outcome::Tied) => say(locale, "得票相同，待定", "Tied"),
        Some(Outcome::NotElected) => say(locale, "未当选", "Not elected"),
        None => "",
    }
}

/// An item's result in one sentence.
pub(super) fn verdict(locale: Locale, item: &ItemResult) -> String {
    if let Some(passed) = item.passed {
        return match passed {
            true => say(locale, "表决通过。", "Agreed to.").to_owned(),
            false => say(locale, "表决未通过。", "Not agreed to.").to_owned(),
        };
    }
    let comma = say(locale, "、", ", ");
    let names = |outcome| {
        let these = item.options.iter().filter(|option| option.outcome == Some(outcome));
        these.map(|option| option.name.as_str()).collect::<Vec<_>>().join(comma)
    };
    let (elected, tied) = (names(Outcome::Elected), names(Outcome::Tied));
    let mut verdict = String::new();
    if !elected.is_empty() {
        verdict.push_str(&format!("{}{elected}", say(locale, "当选：", "Elected: ")));
        verdict.push_str(say(locale, "。", ". "));
    }
    if let Some(tie) = &item.tie {
        let seats = tie.seats;
        verdict.push_str(&match locale {
            Locale::ZhCn => format!("{tied}得票相同，余 {seats} 个名额待按议事规则处理。"),
            Locale::En => format!("{tied} are tied for {seats} seat(s); the rules of procedure decide."),
        });
    }
    if item.vacant > 0 {
        let vacant = item.vacant;
        verdict.push_str(&match locale {
            Locale::ZhCn => format!("空缺 {vacant} 个名额。"),
            Locale::En => format!("{vacant} seat(s) stay vacant."),
        });
    }
    verdict
}

pub(super) fn ground(locale: Locale, ground: Ground) -> &'static str {
    match ground {
        Ground::Missing => say(locale, "名册漏登", "Missing from the roll"),
        Ground::WrongArea => say(locale, "面积有误", "Wrong area"),
        Ground::WrongVoter => say(locale, "共有人投票人有误", "Wrong co-owner votes"),
        Ground::NotOwner => say(locale, "名册上的人不是业主", "Not an owner"),
        Ground::Count => say(locale, "计票有误", "Wrong count"),
        Ground::Identity => say(locale, "被冒名投票", "Somebody else voted"),
        Ground::Procedure => say(locale, "程序不合规定", "Procedure"),
    }
}

pub(super) fn objection(locale: Locale, state: ObjectionState) -> &'static str {
    match state {
        ObjectionState::Open => say(locale, "待处理", "Open"),
        ObjectionState::Granted => say(locale, "成立", "Granted"),
        ObjectionState::Refused => say(locale, "不成立", "Refused"),
        ObjectionState::Withdrawn => say(locale, "已撤回", "Withdrawn"),
    }
}
