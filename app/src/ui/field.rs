//! Fields of forms: label, hint, what was typed, and the message beside it.

use contract::Issue;
use leptos::prelude::*;

use super::form::issue;
use super::icon::Icon;
use super::request::{Ui, ui};

/// A line of text, a number, a date.
#[component]
pub fn Field(
    /// The field's name in the form and in messages.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// How to fill it in, with an example where a form is needed.
    #[prop(optional, into)]
    hint: String,
    /// `text`, `tel`, `number`, `search`, `datetime-local`, `file` …
    #[prop(default = "text")]
    kind: &'static str,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// What browsers may fill in (`tel`, `one-time-code`, `name` …).
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// Which keyboard a phone shows, where `kind` does not say (`numeric`).
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Longest text; the server checks it again.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// May stay empty; the label says so.
    #[prop(optional)]
    optional: bool,
    /// Files that may be chosen.
    #[prop(optional)]
    accept: Option<&'static str>,
) -> impl IntoView {
    let ids = Ids::of(name, &hint);
    let kept = super::form::value(name).unwrap_or(value);
    let value = (kind != "file" && kind != "password").then_some(kept);
    view! {
        <div class="field">
            <Label ids=ids.clone() label=label optional=optional />
            <Hint ids=ids.clone() hint=hint />
            <input
                id=ids.input.clone()
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                maxlength=maxlength
                accept=accept
                required=!optional
                aria-invalid=ids.invalid()
                aria-describedby=ids.described_by()
            />
            <Message ids=ids />
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The field's name in the form and in messages.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// How to fill it in.
    #[prop(optional, into)]
    hint: String,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// Lines shown.
    #[prop(default = 4)]
    rows: u32,
    /// Longest text; the server checks it again.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// May stay empty; the label says so.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let ids = Ids::of(name, &hint);
    let kept = super::form::value(name).unwrap_or(value);
    view! {
        <div class="field">
            <Label ids=ids.clone() label=label optional=optional />
            <Hint ids=ids.clone() hint=hint />
            <textarea
                id=ids.input.clone()
                name=name
                rows=rows
                maxlength=maxlength
                required=!optional
                aria-invalid=ids.invalid()
                aria-describedby=ids.described_by()
            >
                {kept}
            </textarea>
            <Message ids=ids />
        </div>
    }
}

/// One of a few values.
#[component]
pub fn Select(
    /// The field's name in the form and in messages.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// How to choose.
    #[prop(optional, into)]
    hint: String,
    /// The values with their texts, in order.
    options: Vec<(String, String)>,
    /// The value chosen at first.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let ids = Ids::of(name, &hint);
    let kept = super::form::value(name).unwrap_or(value);
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == kept;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <Label ids=ids.clone() label=label optional=false />
            <Hint ids=ids.clone() hint=hint />
            <select
                id=ids.input.clone()
                name=name
                aria-invalid=ids.invalid()
                aria-describedby=ids.described_by()
            >
                {options}
            </select>
            <Message ids=ids />
        </div>
    }
}

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
struct Ids {
    input: String,
    hint: Option<String>,
    issue: Option<(String, Issue)>,
}

impl Ids {
    fn of(name: &str, hint: &str) -> Self {
        Self {
            input: name.to_owned(),
            hint: (!hint.is_empty()).then(|| format!("{name}-hint")),
            issue: issue(name).map(|issue| (format!("{name}-issue"), issue)),
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.issue.as_ref().map(|_| "true")
    }

    fn described_by(&self) -> Option<String> {
        let issue = self.issue.as_ref().map(|(id, _)| id.as_str());
        let ids: Vec<&str> = self.hint.as_deref().into_iter().chain(issue).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

#[component]
fn Label(ids: Ids, label: String, optional: bool) -> impl IntoView {
    view! {
        <label for=ids.input>
            {label} {optional.then(|| view! { <span class="muted">{tr!(ui(), "ui.optional")}</span> })}
        </label>
    }
}

#[component]
fn Hint(ids: Ids, hint: String) -> impl IntoView {
    ids.hint.map(|id| view! { <p class="hint" id=id>{hint}</p> })
}

#[component]
fn Message(ids: Ids) -> impl IntoView {
    ids.issue.map(|(id, issue)| {
        view! {
            <p class="issue" id=id>
                <Icon name="circle-alert" />
                {issue_text(ui(), &issue)}
            </p>
        }
    })
}
