//! Choices as large cards: the whole card is the target.

use leptos::prelude::*;

use super::form::chosen;

/// One radio button or checkbox with what it stands for.
#[component]
pub fn Choice(
    /// The field's name; choices of one question share it.
    #[prop(into)]
    name: String,
    /// What is sent when it is chosen.
    #[prop(into)]
    value: String,
    /// What it is.
    #[prop(into)]
    title: String,
    /// More about it.
    #[prop(optional, into)]
    detail: String,
    /// Several may be chosen.
    #[prop(optional)]
    many: bool,
    /// Chosen at first.
    #[prop(optional)]
    checked: bool,
    /// Before the text: a face, an initial.
    #[prop(optional, into)]
    picture: Option<AnyView>,
    /// Below the text: links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let checked = chosen(&name, &value).unwrap_or(checked);
    view! {
        <label class="card choice">
            {picture}
            <span class="body">
                <b>{title}</b>
                {(!detail.is_empty()).then(|| view! { <span class="detail">{detail}</span> })}
                {children.map(|children| children())}
            </span>
            <input type=if many { "checkbox" } else { "radio" } name=name value=value checked=checked />
        </label>
    }
}
