//! The `<form>` itself.

use contract::Error;
use leptos::prelude::*;

use super::state::{refused, value};
use crate::ui::notice::{Notice, Tone};
use crate::ui::page::{error_text, text_of};
use crate::ui::request::{core, ui};

/// The field that carries the idempotency key.
pub const KEY: &str = "key";

/// A form that is posted. It carries an idempotency key, so that a double tap or a request sent
/// again does not act twice; a form shown again after a refusal keeps its key.
#[component]
pub fn Form(
    /// Where it is posted; a path that has a handler.
    #[prop(into)]
    action: String,
    /// `multipart/form-data` when it carries files.
    #[prop(optional)]
    files: bool,
    /// Names what the browser keeps while the page is away (see [`crate::ui::live`]);
    /// none for forms whose content must not stay on the device.
    #[prop(optional, into)]
    draft: Option<String>,
    /// The idempotency key of a form that is shown for the first time, when its room makes its own.
    #[prop(optional, into)]
    key: Option<String>,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let sent = value(KEY);
    let kept = sent.as_ref().map(|_| "");
    let key = sent.filter(|key| !key.is_empty()).or(key).unwrap_or_else(fresh_key);
    view! {
        <form
            class="form"
            method="post"
            action=action
            enctype=files.then_some("multipart/form-data")
            data-draft=draft
            data-kept=kept
            novalidate
        >
            {refused().map(|error| view! { <Refused error=error /> })}
            <input type="hidden" name=KEY value=key />
            {children()}
        </form>
    }
}

fn fresh_key() -> String {
    let core = core();
    core.ids.next(core.clock.now())
}

/// Why the form did not pass, above its fields.
#[component]
fn Refused(error: Error) -> impl IntoView {
    let ui = ui();
    let text = match &error {
        Error::Invalid(faults) => {
            let count = faults.len();
            tr!(ui, "ui.faults", n = count)
        }
        other => text_of(ui, other),
    };
    let detail = error_text(ui, &error, "hint");
    view! {
        <Notice tone=Tone::Error>
            <strong>{text}</strong>
            {detail.map(|detail| view! { <p>{detail}</p> })}
        </Notice>
    }
}
