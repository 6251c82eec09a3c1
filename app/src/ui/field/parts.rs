//! What stands around a field, tied to it by ids.

use contract::Issue;
use leptos::prelude::*;

use crate::ui::form::issue;
use crate::ui::icon::Icon;
use crate::ui::request::{Ui, ui};

/// The message of a field that is no [`Field`], such as a group of choices.
#[component]
pub fn FieldMessage(
    /// The field's name.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! { <Message ids=Ids::of(&name, "") /> }
}

/// What is wrong with a field, as a sentence.
pub fn issue_text(ui: Ui, issue: &Issue) -> String {
    let (code, number) = issue.code();
    let (key, n) = (format!("issue.{code}"), number.unwrap_or_default());
    tr!(ui, &key, n = n)
}

/// The ids that tie label, hint and message to their field.
#[derive(Clone, Debug)]
pub struct Ids {
    /// The field's own.
    pub input: String,
    hint: Option<String>,
    issue: Option<(String, Issue)>,
}

impl Ids {
    /// The ids of a field with this name; its hint may be empty.
    pub fn of(name: &str, hint: &str) -> Self {
        Self {
            input: name.to_owned(),
            hint: (!hint.is_empty()).then(|| format!("{name}-hint")),
            issue: issue(name).map(|issue| (format!("{name}-issue"), issue)),
        }
    }

    /// For `aria-invalid`.
    pub fn invalid(&self) -> Option<&'static str> {
        self.issue.as_ref().map(|_| "true")
    }

    /// For `aria-describedby`.
    pub fn described_by(&self) -> Option<String> {
        let issue = self.issue.as_ref().map(|(id, _)| id.as_str());
        let ids: Vec<&str> = self.hint.as_deref().into_iter().chain(issue).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// What a field asks for.
#[component]
pub fn Label(ids: Ids, label: String, optional: bool) -> impl IntoView {
    view! {
        <label for=ids.input>
            {label} {optional.then(|| view! { <span class="muted">{tr!(ui(), "ui.optional")}</span> })}
        </label>
    }
}

/// How to fill a field in.
#[component]
pub fn Hint(ids: Ids, hint: String) -> impl IntoView {
    ids.hint.map(|id| view! { <p class="hint" id=id>{hint}</p> })
}

/// What is wrong with a field.
#[component]
pub fn Message(ids: Ids) -> impl IntoView {
    ids.issue.map(|(id, issue)| {
        view! {
            <p class="issue" id=id>
                <Icon name="circle-alert" />
                {issue_text(ui(), &issue)}
            </p>
        }
    })
}
