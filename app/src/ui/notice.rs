//! Messages to the reader that belong to no field.

use leptos::prelude::*;

use super::icon::Icon;

/// What a message is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// It worked.
    Success,
    /// Mind this before going on.
    Warning,
    /// It did not work.
    Error,
}

impl Tone {
    fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Info => ("notice", "info"),
            Self::Success => ("notice ok", "circle-check"),
            Self::Warning => ("notice wait", "triangle-alert"),
            Self::Error => ("notice now", "circle-alert"),
        }
    }
}

/// A message; errors are read out at once.
#[component]
pub fn Notice(
    /// What it is about.
    #[prop(optional)]
    tone: Tone,
    /// The message.
    children: Children,
) -> impl IntoView {
    let (class, icon) = tone.parts();
    let role = if tone == Tone::Error { "alert" } else { "status" };
    view! {
        <div class=class role=role>
            <Icon name=icon />
            <div>{children()}</div>
        </div>
    }
}

/// Nothing here yet, and what to do about it.
#[component]
pub fn Empty(
    /// A picture of what would be here.
    #[prop(default = "inbox")]
    icon: &'static str,
    /// What is not here.
    #[prop(into)]
    title: String,
    /// Why, or a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <p class="title">{title}</p>
            {children.map(|children| children())}
        </div>
    }
}
