//! Several lines.

use leptos::prelude::*;

use super::parts::{Hint, Ids, Label, Message};
use crate::ui::form::value as value_sent;

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
    let kept = value_sent(name).unwrap_or(value);
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
