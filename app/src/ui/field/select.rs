//! One of a few.

use leptos::prelude::*;

use super::parts::{Hint, Ids, Label, Message};
use crate::ui::form::value as value_sent;

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
    let kept = value_sent(name).unwrap_or(value);
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
