//! The numbers that people decide by, large.

use leptos::prelude::*;

/// A row of [`Fact`]s.
#[component]
pub fn Facts(
    /// The facts.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One number with what it counts.
#[component]
pub fn Fact(
    /// What it is.
    #[prop(into)]
    label: String,
    /// The number, already formatted.
    #[prop(into)]
    value: String,
    /// Its unit, smaller beside it.
    #[prop(optional, into)]
    unit: String,
    /// Anything below it, such as a bar.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd class="num">
                {value}
                {(!unit.is_empty()).then(|| view! { <small>{unit}</small> })}
            </dd>
            {children.map(|children| view! { <dd>{children()}</dd> })}
        </div>
    }
}
