//! What a worker writes before the vote is announced.

use super::items;
use super::{DraftItem, HeadUnit, ItemKind, Secrecy, VoteKind};
use crate::area::AreaKind;
use crate::check::Checks;
use crate::{AreaId, Error, Issue, Millis, Result, local};
use serde::{Deserialize, Serialize};

/// The draft as typed; kept as text so that a refused form shows again what was written. The lists of
/// candidates run in step, one entry per candidate, and so do those of items; wholly empty rows are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftForm {
    /// A [`VoteKind`]'s code.
    pub kind: String,
    /// A [`Secrecy`]'s code.
    pub secrecy: String,
    /// A [`HeadUnit`]'s code, of a poll; others count owners.
    pub unit: String,
    /// The vote's title.
    pub title: String,
    /// The compound's or building's area id.
    pub area: String,
    /// Number of seats of an election.
    pub seats: String,
    /// `2026-09-01T09:00`, Huangshan time.
    pub opens_at: String,
    /// As `opens_at`.
    pub closes_at: String,
    /// Candidates' names.
    pub candidate_name: Vec<String>,
    /// Statements.
    pub candidate_statement: Vec<String>,
    /// Stored file names of photos, empty where there is none.
    pub candidate_photo: Vec<String>,
    /// Titles of a resolution's or poll's items.
    pub item_title: Vec<String>,
    /// Proposals in full.
    pub item_text: Vec<String>,
    /// [`Majority`](super::Majority) codes, of a resolution.
    pub item_majority: Vec<String>,
    /// The clauses they rest on.
    pub item_clause: Vec<String>,
    /// Answers of a poll, one a line.
    pub item_options: Vec<String>,
    /// How many answers one ballot may name.
    pub item_most: Vec<String>,
    /// Idempotency key of a new draft: a sent-again form makes no second vote.
    pub key: String,
}

impl DraftForm {
    /// The kind that is being drafted; an election where none is named.
    pub fn kind(&self) -> VoteKind {
        VoteKind::from_code(&self.kind).unwrap_or(VoteKind::Election)
    }

    /// The draft that was typed.
    ///
    /// # Errors
    /// Every field that does not hold, by the form's own names; a candidate's as
    /// `candidate_name.0` with the row's place in the lists.
    pub fn parse(&self) -> Result<DraftVote> {
        let mut checks = Checks::new();
        let kind = self.kind();
        let secrecy = chosen(&mut checks, "secrecy", &self.secrecy, Secrecy::Private, Secrecy::from_code);
        let unit = match kind {
            VoteKind::Poll => chosen(&mut checks, "unit", &self.unit, HeadUnit::Persons, HeadUnit::from_code),
            _ => HeadUnit::Owners,
        };
        checks.text("title", &self.title, 2, 60);
        let area = self.area.trim().parse::<AreaId>().ok();
        let area = area.filter(|area| matches!(area.kind(), AreaKind::Compound | AreaKind::Building));
        checks.ensure(area.is_some(), "area", if self.area.is_empty() { Issue::Required } else { Issue::Unknown });
        let items = match kind {
            VoteKind::Election => items::candidates(self, &mut checks),
            VoteKind::Resolution => items::items(self, ItemKind::Decide, &mut checks),
            VoteKind::Poll => items::items(self, ItemKind::Choose, &mut checks),
        };
        let opens_at = moment(&mut checks, "opens_at", &self.opens_at);
        let closes_at = moment(&mut checks, "closes_at", &self.closes_at);
        if let (Some(opens_at), Some(closes_at)) = (opens_at, closes_at) {
            checks.ensure(opens_at < closes_at, "closes_at", Issue::Order);
        }
        checks.done()?;
        match (area, opens_at, closes_at) {
            (Some(area), Some(opens_at), Some(closes_at)) => {
                let title = self.title.trim().to_owned();
                Ok(DraftVote { kind, secrecy, unit, title, area, opens_at, closes_at, items })
            }
            _ => Err(Error::Internal),
        }
    }
}

/// One of several codes; the usual one where nothing was sent.
fn chosen<T>(checks: &mut Checks, field: &str, code: &str, usual: T, known: fn(&str) -> Option<T>) -> T {
    if code.is_empty() {
        return usual;
    }
    known(code).unwrap_or_else(|| {
        checks.fault(field, Issue::Unknown);
        usual
    })
}

fn moment(checks: &mut Checks, field: &str, text: &str) -> Option<Millis> {
    let moment = local::parse(text.trim());
    checks.ensure(moment.is_some(), field, if text.trim().is_empty() { Issue::Required } else { Issue::Format });
    moment
}

/// A draft that can be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftVote {
    /// What is decided.
    pub kind: VoteKind,
    /// Who may learn a choice.
    pub secrecy: Secrecy,
    /// What counts as one head.
    pub unit: HeadUnit,
    /// The vote's title.
    pub title: String,
    /// A compound or a building.
    pub area: AreaId,
    /// The poll opens.
    pub opens_at: Millis,
    /// The poll closes, after it opens.
    pub closes_at: Millis,
    /// What is asked, in the order of the paper.
    pub items: Vec<DraftItem>,
}

impl DraftVote {
    /// The form that shows this draft again.
    pub fn form(&self) -> DraftForm {
        let form = DraftForm {
            kind: self.kind.code().to_owned(),
            secrecy: self.secrecy.code().to_owned(),
            unit: self.unit.code().to_owned(),
            title: self.title.clone(),
            area: self.area.to_string(),
            opens_at: local::format(self.opens_at),
            closes_at: local::format(self.closes_at),
            ..DraftForm::default()
        };
        if self.kind == VoteKind::Election {
            let Some(item) = self.items.first() else { return form };
            return DraftForm {
                seats: item.most.to_string(),
                candidate_name: item.options.iter().map(|option| option.name.clone()).collect(),
                candidate_statement: item.options.iter().map(|option| option.statement.clone()).collect(),
                candidate_photo: item.options.iter().map(|option| option.photo.clone().unwrap_or_default()).collect(),
                ..form
            };
        }
        let column = |cell: fn(&DraftItem) -> String| self.items.iter().map(cell).collect();
        let lines = |item: &DraftItem| match item.kind {
            ItemKind::Decide => String::new(),
            ItemKind::Choose => item.options.iter().map(|option| option.name.as_str()).collect::<Vec<_>>().join("\n"),
        };
        DraftForm {
            item_title: column(|item| item.title.clone()),
            item_text: column(|item| item.text.clone()),
            item_majority: column(|item| item.majority.code().to_owned()),
            item_clause: column(|item| item.clause.clone()),
            item_options: column(lines),
            item_most: column(|item| item.most.to_string()),
            ..form
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voting::Majority;

    fn form() -> DraftForm {
        DraftForm {
            title: "选举业主代表".into(),
            area: "3410.03.001.004.g01.c01".into(),
            seats: "2".into(),
            opens_at: "2026-09-01T09:00".into(),
            closes_at: "2026-09-03T18:00".into(),
            candidate_name: vec!["甲".into(), String::new(), "乙".into()],
            candidate_statement: vec!["做事".into()],
            key: "k".into(),
            ..DraftForm::default()
        }
    }

    #[test]
    fn a_form_becomes_a_draft_and_a_form_again() {
        let draft = form().parse().unwrap();
        assert_eq!((draft.items[0].most, draft.items[0].options.len()), (2, 2));
        assert_eq!(draft.form().parse().unwrap(), draft);
    }

    #[test]
    fn so_do_a_resolution_and_a_poll() {
        let titles = vec!["使用维修资金".to_owned(), String::new(), "改造车棚".to_owned()];
        let resolution = DraftForm {
            kind: "resolution".into(),
            secrecy: "signed".into(),
            item_title: titles.clone(),
            item_majority: vec!["ordinary".into(), String::new(), "special".into()],
            ..form()
        };
        let draft = resolution.parse().unwrap();
        assert_eq!((draft.secrecy, draft.items.len()), (Secrecy::Signed, 2));
        assert_eq!((draft.items[1].majority, draft.items[1].options.len()), (Majority::Special, 3));
        assert_eq!(draft.form().parse().unwrap(), draft);
        let poll = DraftForm {
            kind: "poll".into(),
            unit: "households".into(),
            item_title: titles[..1].to_vec(),
            item_options: vec!["早上\n\n晚上 \n".into()],
            item_most: vec!["1".into()],
            ..form()
        };
        let draft = poll.parse().unwrap();
        assert_eq!((draft.unit, draft.items[0].options.len()), (HeadUnit::Households, 2));
        assert_eq!(draft.form().parse().unwrap(), draft);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let wrong = DraftForm {
            title: String::new(),
            area: "3410.03".into(),
            seats: "0".into(),
            opens_at: "2026-09-03T18:00".into(),
            closes_at: "2026-09-03T18:00".into(),
            candidate_name: vec![String::new()],
            ..form()
        };
        let fields = |form: &DraftForm| match form.parse() {
            Err(Error::Invalid(faults)) => faults.into_iter().map(|fault| fault.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(fields(&wrong), ["title", "area", "seats", "candidate_name.0", "closes_at"]);
        let empty = DraftForm { kind: "resolution".into(), ..form() };
        assert_eq!(fields(&empty), ["items"]);
        let poll = DraftForm { kind: "poll".into(), item_title: vec!["问题".into()], ..form() };
        assert_eq!(fields(&poll), ["item_options.0", "item_most.0"]);
    }
}
