//! What a worker writes before the vote is announced.

use super::MAX_CANDIDATES;
use crate::area::AreaKind;
use crate::check::Checks;
use crate::{AreaId, Error, Issue, Millis, Result, local};
use serde::{Deserialize, Serialize};

/// Longest statement of a candidate, in characters.
const MAX_STATEMENT: u32 = 2_000;

/// The draft as typed; kept as text so that a refused form shows again what was written. The three
/// candidate lists run in step, one entry per candidate; wholly empty rows are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DraftForm {
    /// The vote's title.
    pub title: String,
    /// The compound's or building's area id.
    pub area: String,
    /// Number of seats.
    pub seats: String,
    /// `2026-09-01T09:00`, Huangshan time.
    pub opens_at: String,
    /// As `opens_at`.
    pub closes_at: String,
    /// Names.
    pub candidate_name: Vec<String>,
    /// Statements.
    pub candidate_statement: Vec<String>,
    /// Stored file names of photos, empty where there is none.
    pub candidate_photo: Vec<String>,
    /// Idempotency key of a new draft: a sent-again form makes no second vote.
    pub key: String,
}

impl DraftForm {
    /// The draft that was typed.
    ///
    /// # Errors
    /// Every field that does not hold, by the form's own names; a candidate's as
    /// `candidate_name.0` with the row's place in the lists.
    pub fn parse(&self) -> Result<DraftVote> {
        let mut checks = Checks::new();
        checks.text("title", &self.title, 2, 60);
        let area = self.area.trim().parse::<AreaId>().ok();
        let area = area.filter(|area| matches!(area.kind(), AreaKind::Compound | AreaKind::Building));
        checks.ensure(area.is_some(), "area", if self.area.is_empty() { Issue::Required } else { Issue::Unknown });
        let seats = number(&mut checks, &self.seats);
        let opens_at = moment(&mut checks, "opens_at", &self.opens_at);
        let closes_at = moment(&mut checks, "closes_at", &self.closes_at);
        if let (Some(opens_at), Some(closes_at)) = (opens_at, closes_at) {
            checks.ensure(opens_at < closes_at, "closes_at", Issue::Order);
        }
        let candidates = self.candidates(&mut checks);
        checks.done()?;
        match (area, seats, opens_at, closes_at) {
            (Some(area), Some(seats), Some(opens_at), Some(closes_at)) => {
                Ok(DraftVote { title: self.title.trim().to_owned(), area, seats, opens_at, closes_at, candidates })
            }
            _ => Err(Error::Internal),
        }
    }

    fn candidates(&self, checks: &mut Checks) -> Vec<CandidateDraft> {
        let cell =
            |column: &[String], row: usize| column.get(row).map(|text| text.trim().to_owned()).unwrap_or_default();
        let mut candidates = Vec::new();
        for row in 0..self.candidate_name.len() {
            let (name, statement) = (cell(&self.candidate_name, row), cell(&self.candidate_statement, row));
            let photo = Some(cell(&self.candidate_photo, row)).filter(|photo| !photo.is_empty());
            if name.is_empty() && statement.is_empty() && photo.is_none() {
                continue;
            }
            checks.text(&format!("candidate_name.{row}"), &name, 1, 30);
            checks.text(&format!("candidate_statement.{row}"), &statement, 0, MAX_STATEMENT);
            candidates.push(CandidateDraft { name, statement, photo });
        }
        let most = usize::try_from(MAX_CANDIDATES).unwrap_or(usize::MAX);
        checks.ensure(candidates.len() <= most, "candidates", Issue::TooManyChosen(MAX_CANDIDATES));
        candidates
    }
}

fn number(checks: &mut Checks, text: &str) -> Option<u32> {
    let issue = match text.trim().parse::<u32>() {
        _ if text.trim().is_empty() => Issue::Required,
        Err(_) => Issue::Format,
        Ok(0) => Issue::TooSmall(1),
        Ok(seats) if seats > MAX_CANDIDATES => Issue::TooLarge(i64::from(MAX_CANDIDATES)),
        Ok(seats) => return Some(seats),
    };
    checks.fault("seats", issue);
    None
}

fn moment(checks: &mut Checks, field: &str, text: &str) -> Option<Millis> {
    let moment = local::parse(text.trim());
    checks.ensure(moment.is_some(), field, if text.trim().is_empty() { Issue::Required } else { Issue::Format });
    moment
}

/// A draft that can be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftVote {
    /// The vote's title.
    pub title: String,
    /// A compound or a building.
    pub area: AreaId,
    /// Number of seats, at least 1.
    pub seats: u32,
    /// The poll opens.
    pub opens_at: Millis,
    /// The poll closes, after it opens.
    pub closes_at: Millis,
    /// Who stands, in the order of the paper; may be incomplete until the vote is announced.
    pub candidates: Vec<CandidateDraft>,
}

impl DraftVote {
    /// The form that shows this draft again.
    pub fn form(&self) -> DraftForm {
        let column = |cell: fn(&CandidateDraft) -> String| self.candidates.iter().map(cell).collect();
        DraftForm {
            title: self.title.clone(),
            area: self.area.to_string(),
            seats: self.seats.to_string(),
            opens_at: local::format(self.opens_at),
            closes_at: local::format(self.closes_at),
            candidate_name: column(|candidate| candidate.name.clone()),
            candidate_statement: column(|candidate| candidate.statement.clone()),
            candidate_photo: column(|candidate| candidate.photo.clone().unwrap_or_default()),
            key: String::new(),
        }
    }
}

/// One candidate of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateDraft {
    /// 姓名
    pub name: String,
    /// Plain text.
    pub statement: String,
    /// A stored picture's file name.
    pub photo: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> DraftForm {
        DraftForm {
            title: "选举业主代表".into(),
            area: "3410.03.001.004.g01.c01".into(),
            seats: "2".into(),
            opens_at: "2026-09-01T09:00".into(),
            closes_at: "2026-09-03T18:00".into(),
            candidate_name: vec!["甲".into(), String::new(), "乙".into()],
            candidate_statement: vec!["做事".into()],
            candidate_photo: Vec::new(),
            key: "k".into(),
        }
    }

    #[test]
    fn a_form_becomes_a_draft_and_a_form_again() {
        let draft = form().parse().unwrap();
        assert_eq!((draft.seats, draft.candidates.len()), (2, 2));
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
        let Err(Error::Invalid(faults)) = wrong.parse() else { panic!("accepted") };
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["title", "area", "seats", "closes_at", "candidate_name.0"]);
    }
}
