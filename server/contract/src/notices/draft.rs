//! What a worker writes: the draft, when it goes out, its correction, its withdrawal.

use super::{Audience, Channel, Group, Tag};
use crate::area::AreaKind;
use crate::check::Checks;
use crate::{AreaId, Error, Issue, Millis, Result, local};
use serde::{Deserialize, Serialize};

/// Longest title, in characters: one line of a message.
const TITLE: u32 = 60;
/// Longest body, in characters of Markdown.
const BODY: u32 = 20_000;
/// Most buildings that one notice may be narrowed to.
const MOST_BUILDINGS: u32 = 100;

/// The draft as typed; kept as text so that a refused form shows again what was written. A checkbox that
/// is not ticked is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeForm {
    /// The title.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// The place's area id.
    pub area: String,
    /// Buildings inside it; none for the whole place.
    pub buildings: Vec<String>,
    /// A group's code.
    pub group: String,
    /// A tag's code, or empty.
    pub tag: String,
    /// Channels' codes besides the app.
    pub channels: Vec<String>,
    /// `1`: for everybody to read, the visitor too.
    pub public: String,
    /// `1`: goes out at night too, and to those who opted out.
    pub urgent: String,
    /// `1`: recipients may reply.
    pub replies: String,
    /// Idempotency key of a new draft: a sent-again form makes no second notice.
    pub key: String,
}

/// A draft that can be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeDraft {
    /// The title.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Whom it is for.
    pub audience: Audience,
    /// The channels besides the app.
    pub channels: Vec<Channel>,
    /// For everybody to read.
    pub public: bool,
    /// Waits for no morning and no preference.
    pub urgent: bool,
    /// Recipients may reply.
    pub replies: bool,
}

impl NoticeForm {
    /// The draft that was typed.
    ///
    /// # Errors
    /// Every field that does not hold, by the form's own names.
    pub fn parse(&self) -> Result<NoticeDraft> {
        let mut checks = Checks::new();
        checks.text("title", &self.title, 2, TITLE);
        checks.text("body", &self.body, 1, BODY);
        let area = self.area.trim().parse::<AreaId>().ok();
        checks.ensure(area.is_some(), "area", if self.area.is_empty() { Issue::Required } else { Issue::Unknown });
        let group = Group::from_code(&self.group);
        checks.ensure(group.is_some(), "group", if self.group.is_empty() { Issue::Required } else { Issue::Unknown });
        let tag = Tag::from_code(&self.tag);
        checks.ensure(tag.is_some() || self.tag.is_empty(), "tag", Issue::Unknown);
        let channels: Vec<Channel> = self.channels.iter().filter_map(|code| Channel::from_code(code)).collect();
        checks.ensure(channels.len() == self.channels.len(), "channels", Issue::Unknown);
        let buildings = area.as_ref().map(|area| self.buildings(&mut checks, area)).unwrap_or_default();
        checks.done()?;
        let (Some(area), Some(group)) = (area, group) else { return Err(Error::Internal) };
        let audience = Audience { area, buildings, group, tag };
        Ok(NoticeDraft {
            title: self.title.trim().to_owned(),
            body: self.body.trim().replace("\r\n", "\n"),
            audience,
            channels: Channel::ALL.into_iter().filter(|channel| channels.contains(channel)).collect(),
            public: self.public == "1",
            urgent: self.urgent == "1",
            replies: self.replies == "1",
        })
    }

    /// The buildings chosen, in order; those of another place are no choice.
    fn buildings(&self, checks: &mut Checks, area: &AreaId) -> Vec<AreaId> {
        let chosen: Vec<AreaId> = self.buildings.iter().filter_map(|id| id.parse().ok()).collect();
        let inside = |building: &AreaId| building.kind() == AreaKind::Building && area.holds(building);
        let known = chosen.len() == self.buildings.len() && chosen.iter().all(inside);
        checks.ensure(known, "buildings", Issue::Unknown);
        let most = usize::try_from(MOST_BUILDINGS).unwrap_or(usize::MAX);
        checks.ensure(chosen.len() <= most, "buildings", Issue::TooManyChosen(MOST_BUILDINGS));
        let mut chosen = chosen;
        chosen.sort();
        chosen.dedup();
        chosen
    }
}

impl NoticeDraft {
    /// The form that shows this draft again.
    pub fn form(&self) -> NoticeForm {
        let flag = |on: bool| if on { "1".to_owned() } else { String::new() };
        NoticeForm {
            title: self.title.clone(),
            body: self.body.clone(),
            area: self.audience.area.to_string(),
            buildings: self.audience.buildings.iter().map(ToString::to_string).collect(),
            group: self.audience.group.code().to_owned(),
            tag: self.audience.tag.map(Tag::code).unwrap_or_default().to_owned(),
            channels: self.channels.iter().map(|channel| channel.code().to_owned()).collect(),
            public: flag(self.public),
            urgent: flag(self.urgent),
            replies: flag(self.replies),
            key: String::new(),
        }
    }
}

/// When a notice goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SendForm {
    /// `2026-09-01T09:00`, Huangshan time; empty for at once.
    pub at: String,
}

impl SendForm {
    /// The moment chosen; none for at once.
    ///
    /// # Errors
    /// `at`: no moment, or not in the future.
    pub fn moment(&self, now: Millis) -> Result<Option<Millis>> {
        let text = self.at.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let at = local::parse(text).ok_or_else(|| Error::field("at", Issue::Format))?;
        if at <= now { Err(Error::field("at", Issue::NotFuture)) } else { Ok(Some(at)) }
    }
}

/// A notice said anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CorrectionForm {
    /// The title.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// What is different, in a sentence.
    pub change: String,
    /// The version that was corrected: of two workers who correct the same one, the second is told.
    pub version: String,
}

/// A correction that can be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeCorrection {
    /// The title.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// What is different.
    pub change: String,
    /// The version that was corrected.
    pub version: i64,
}

impl CorrectionForm {
    /// The correction that was typed.
    ///
    /// # Errors
    /// Every field that does not hold, by the form's own names.
    pub fn parse(&self) -> Result<NoticeCorrection> {
        let mut checks = Checks::new();
        checks.text("title", &self.title, 2, TITLE);
        checks.text("body", &self.body, 1, BODY);
        checks.text("change", &self.change, 2, 200);
        let version = self.version.parse().ok();
        checks.ensure(version.is_some(), "version", Issue::Required);
        checks.done()?;
        let trimmed = |text: &str| text.trim().replace("\r\n", "\n");
        Ok(NoticeCorrection {
            title: trimmed(&self.title),
            body: trimmed(&self.body),
            change: trimmed(&self.change),
            version: version.ok_or(Error::Internal)?,
        })
    }
}

/// A notice taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawForm {
    /// Why; its readers see it.
    pub reason: String,
}

impl WithdrawForm {
    /// The reason that was typed.
    ///
    /// # Errors
    /// `reason`: none, or longer than 200 characters.
    pub fn reason(&self) -> Result<String> {
        let mut checks = Checks::new();
        checks.text("reason", &self.reason, 2, 200);
        checks.done()?;
        Ok(self.reason.trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> NoticeForm {
        NoticeForm {
            title: "停水通知".into(),
            body: "明天 **9:00** 停水".into(),
            area: "3410.03.100.004".into(),
            buildings: vec!["3410.03.100.004.g01.c01.b02".into(), "3410.03.100.004.g01.c01.b01".into()],
            group: "residents".into(),
            channels: vec!["wechat".into(), "sms".into()],
            urgent: "1".into(),
            ..NoticeForm::default()
        }
    }

    #[test]
    fn a_form_becomes_a_draft_and_a_form_again() {
        let draft = form().parse().unwrap();
        assert_eq!(draft.channels, [Channel::Sms, Channel::Wechat]);
        assert!(draft.urgent && !draft.public && draft.audience.buildings[0].as_str().ends_with("b01"));
        assert_eq!(draft.form().parse().unwrap(), draft);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let wrong = NoticeForm {
            title: "x".into(),
            body: String::new(),
            group: "everybody".into(),
            channels: vec!["pigeon".into()],
            buildings: vec!["3410.03.100.005.g01.c01.b02".into()],
            ..form()
        };
        let Err(Error::Invalid(faults)) = wrong.parse() else { panic!("accepted") };
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["title", "body", "group", "channels", "buildings"]);
    }

    #[test]
    fn a_moment_lies_ahead_or_is_now() {
        let at = |text: &str| SendForm { at: text.into() }.moment(1_787_965_200_000);
        assert_eq!(at(""), Ok(None));
        assert_eq!(at("2026-08-29T09:01"), Ok(Some(1_787_965_260_000)));
        assert_eq!(at("2026-08-29T09:00"), Err(Error::field("at", Issue::NotFuture)));
        assert_eq!(at("soon"), Err(Error::field("at", Issue::Format)));
    }
}
