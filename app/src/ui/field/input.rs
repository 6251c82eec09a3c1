//! One line.

use leptos::prelude::*;

use super::parts::{Hint, Ids, Label, Message};
use crate::ui::form::value as value_sent;

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
    let kept = value_sent(name).unwrap_or(value);
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
