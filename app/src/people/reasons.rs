//! Why a row of a list cannot be entered, as a sentence.

use contract::Locale;
use contract::people::RowFault;

use crate::ui::*;

/// The sentence.
pub fn reason(fault: &RowFault, locale: Locale) -> String {
    let ui = Ui { locale, ..Ui::default() };
    if let Some(row) = fault.other_row {
        return tr!(ui, "people.fault.twice", row = row);
    }
    let (code, number) = fault.issue.code();
    let (key, n) = (format!("people.fault.{code}"), number.unwrap_or_default());
    tr!(ui, &key, n = n)
}

#[cfg(test)]
use contract::Issue;

/// What can be wrong with a row or a file.
#[cfg(test)]
const ISSUES: [Issue; 11] = [
    Issue::Required,
    Issue::TooLong(60),
    Issue::TooSmall(0),
    Issue::TooLarge(1),
    Issue::Format,
    Issue::CheckDigit,
    Issue::Unknown,
    Issue::Taken,
    Issue::FileKind,
    Issue::Sum,
    Issue::Mismatch,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_sentence() {
        for issue in ISSUES {
            let fault = RowFault { sheet: None, row: 2, column: None, issue: issue.clone(), other_row: None };
            let text = reason(&fault, Locale::ZhCn);
            assert!(!text.contains("fault."), "no text for {issue:?}");
        }
        let twice = RowFault { sheet: None, row: 9, column: None, issue: Issue::Taken, other_row: Some(4) };
        assert!(reason(&twice, Locale::ZhCn).contains('4'));
    }
}
