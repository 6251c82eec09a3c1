//! What a refused form leaves for the page that shows it again.

use contract::{Error, Fault, Issue};
use leptos::prelude::use_context;

/// A form that was posted, in Leptos's context of the page drawn from it: the form's own page when
/// it did not pass, or the next step's.
#[derive(Clone, Debug)]
pub struct FormState {
    /// What was sent, field by field.
    pub values: Vec<(String, String)>,
    /// Why it did not pass, if it did not.
    pub error: Option<Error>,
}

impl FormState {
    /// The faults of single fields.
    fn faults(&self) -> &[Fault] {
        match &self.error {
            Some(Error::Invalid(faults)) => faults,
            _ => &[],
        }
    }
}

/// What was sent for a field; `None` when the form is shown for the first time.
pub fn value(field: &str) -> Option<String> {
    let state = use_context::<FormState>()?;
    let sent = state.values.into_iter().find(|(name, _)| name == field);
    Some(sent.map(|(_, value)| value).unwrap_or_default())
}

/// All that was sent for a field that stands several times in the form, in its order; `None` when
/// the form is shown for the first time.
pub fn values(field: &str) -> Option<Vec<String>> {
    let state = use_context::<FormState>()?;
    Some(state.values.into_iter().filter(|(name, _)| name == field).map(|(_, value)| value).collect())
}

/// Whether `choice` was among what was sent for a field; `None` when the form is shown for the first time.
pub fn chosen(field: &str, choice: &str) -> Option<bool> {
    let state = use_context::<FormState>()?;
    Some(state.values.iter().any(|(name, value)| name == field && value == choice))
}

/// What is wrong with a field.
pub fn issue(field: &str) -> Option<Issue> {
    let state = use_context::<FormState>()?;
    state.faults().iter().find(|fault| fault.field == field).map(|fault| fault.issue.clone())
}

/// Why the form as a whole did not pass.
pub fn refused() -> Option<Error> {
    use_context::<FormState>()?.error
}
