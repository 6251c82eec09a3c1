//! The items of a draft, as typed and as stored.

use super::{DraftForm, ItemKind, MAX_ITEMS, MAX_OPTIONS, Majority, decision};
use crate::Issue;
use crate::check::Checks;
use serde::{Deserialize, Serialize};

/// Longest statement of a candidate and longest text of a proposal, in characters.
const MAX_TEXT: u32 = 2_000;

/// One item of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftItem {
    /// What it asks.
    pub kind: ItemKind,
    /// What it is about.
    pub title: String,
    /// The proposal in full, plain text.
    pub text: String,
    /// How many options one ballot may name at most, at least 1.
    pub most: u32,
    /// How much agreement it needs.
    pub majority: Majority,
    /// The clause it rests on; may be empty.
    pub clause: String,
    /// What can be chosen, in the order of the paper; candidates may be incomplete until the vote is announced.
    pub options: Vec<OptionDraft>,
}

/// One option of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionDraft {
    /// A candidate's name, or the answer.
    pub name: String,
    /// Plain text.
    pub statement: String,
    /// A stored picture's file name.
    pub photo: Option<String>,
}

impl OptionDraft {
    /// An option that is a name and nothing more.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), statement: String::new(), photo: None }
    }
}

impl DraftItem {
    /// An item that is decided for or against.
    pub fn decide(title: &str, text: &str, majority: Majority, clause: &str) -> Self {
        Self {
            kind: ItemKind::Decide,
            title: title.to_owned(),
            text: text.to_owned(),
            most: 1,
            majority,
            clause: clause.to_owned(),
            options: decision::NAMES.map(OptionDraft::named).to_vec(),
        }
    }

    /// An item whose seats go to the candidates with most votes.
    pub fn election(title: &str, seats: u32, candidates: Vec<OptionDraft>) -> Self {
        Self {
            kind: ItemKind::Choose,
            title: title.to_owned(),
            text: String::new(),
            most: seats,
            majority: Majority::Ordinary,
            clause: String::new(),
            options: candidates,
        }
    }
}

fn cell(column: &[String], row: usize) -> String {
    column.get(row).map(|text| text.trim().to_owned()).unwrap_or_default()
}

fn most_of(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// The one item of an election.
pub(super) fn candidates(form: &DraftForm, checks: &mut Checks) -> Vec<DraftItem> {
    let seats = number(checks, "seats", &form.seats);
    let mut candidates = Vec::new();
    for row in 0..form.candidate_name.len() {
        let (name, statement) = (cell(&form.candidate_name, row), cell(&form.candidate_statement, row));
        let photo = Some(cell(&form.candidate_photo, row)).filter(|photo| !photo.is_empty());
        if name.is_empty() && statement.is_empty() && photo.is_none() {
            continue;
        }
        checks.text(&format!("candidate_name.{row}"), &name, 1, 30);
        checks.text(&format!("candidate_statement.{row}"), &statement, 0, MAX_TEXT);
        candidates.push(OptionDraft { name, statement, photo });
    }
    checks.ensure(candidates.len() <= most_of(MAX_OPTIONS), "candidates", Issue::TooManyChosen(MAX_OPTIONS));
    vec![DraftItem::election(form.title.trim(), seats.unwrap_or(1), candidates)]
}

/// The items of a resolution or a poll; wholly empty rows are left out.
pub(super) fn items(form: &DraftForm, kind: ItemKind, checks: &mut Checks) -> Vec<DraftItem> {
    let mut items = Vec::new();
    for row in 0..form.item_title.len() {
        let (title, text) = (cell(&form.item_title, row), cell(&form.item_text, row));
        let (clause, options) = (cell(&form.item_clause, row), cell(&form.item_options, row));
        if title.is_empty() && text.is_empty() && options.is_empty() {
            continue;
        }
        checks.text(&format!("item_title.{row}"), &title, 2, 60);
        checks.text(&format!("item_text.{row}"), &text, 0, MAX_TEXT);
        checks.text(&format!("item_clause.{row}"), &clause, 0, 60);
        items.push(match kind {
            ItemKind::Decide => {
                let majority = Majority::from_code(&cell(&form.item_majority, row));
                checks.ensure(majority.is_some(), &format!("item_majority.{row}"), Issue::Required);
                DraftItem::decide(&title, &text, majority.unwrap_or(Majority::Ordinary), &clause)
            }
            ItemKind::Choose => choose(form, row, (title, text, clause), checks),
        });
    }
    checks.ensure(!items.is_empty(), "items", Issue::Required);
    checks.ensure(items.len() <= most_of(MAX_ITEMS), "items", Issue::TooManyChosen(MAX_ITEMS));
    items
}

/// A question with its answers, one a line.
fn choose(
    form: &DraftForm,
    row: usize,
    (title, text, clause): (String, String, String),
    checks: &mut Checks,
) -> DraftItem {
    let lines = cell(&form.item_options, row);
    let options: Vec<&str> = lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let field = format!("item_options.{row}");
    checks.ensure(options.len() >= 2, &field, Issue::Required);
    checks.ensure(options.len() <= most_of(MAX_OPTIONS), &field, Issue::TooManyChosen(MAX_OPTIONS));
    options.iter().for_each(|option| checks.text(&field, option, 1, 60));
    let most = number(checks, &format!("item_most.{row}"), &cell(&form.item_most, row));
    let options = options.into_iter().map(OptionDraft::named).collect();
    DraftItem { text, clause, ..DraftItem::election(&title, most.unwrap_or(1), options) }
}

/// A count between 1 and [`MAX_OPTIONS`].
fn number(checks: &mut Checks, field: &str, text: &str) -> Option<u32> {
    let issue = match text.trim().parse::<u32>() {
        _ if text.trim().is_empty() => Issue::Required,
        Err(_) => Issue::Format,
        Ok(0) => Issue::TooSmall(1),
        Ok(count) if count > MAX_OPTIONS => Issue::TooLarge(i64::from(MAX_OPTIONS)),
        Ok(count) => return Some(count),
    };
    checks.fault(field, issue);
    None
}
