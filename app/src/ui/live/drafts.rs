//! Keeps what was typed into a form until it is sent, and sends it once.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::{set_timeout, window_event_listener, window_event_listener_untyped};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::page::{all, within};
use super::storage;

/// An answer that leaves the page where it is, such as a file, must not lock the form for good.
const PATIENCE: Duration = Duration::from_secs(8);
/// Marks a form that is on its way.
const BUSY: &str = "data-busy";
/// Names a form whose content is kept.
const DRAFT: &str = "data-draft";
/// Marks a form that the server shows again, with its own copy of what was typed.
const KEPT: &str = "data-kept";
/// Marks the form that ends the session.
const FORGET: &str = "data-forget";

/// Watches the page's forms. Listens as long as the page lives.
pub fn start() {
    settle();
    restore_all();
    window_event_listener_untyped("input", |event| typed(&event));
    window_event_listener_untyped("change", |event| typed(&event));
    window_event_listener_untyped("submit", |event| sent(&event));
    // A page out of the back-forward cache shows its forms as they were left: sendable again.
    window_event_listener(ev::pageshow, |_| {
        for form in forms(&format!("form[{BUSY}]")) {
            let _ = form.remove_attribute(BUSY);
        }
    });
}

/// A form that was sent and is not shown again has done its work.
fn settle() {
    if let Some(draft) = storage::take_sent()
        && !forms(&format!("form[{KEPT}]")).iter().any(|form| form.get_attribute(DRAFT).as_ref() == Some(&draft))
    {
        storage::forget(&draft);
    }
}

fn restore_all() {
    for form in forms(&format!("form[{DRAFT}]:not([{KEPT}])")) {
        let kept = storage::load(&form.get_attribute(DRAFT).unwrap_or_default());
        for input in elements(&form) {
            restore(&input, &kept);
        }
    }
}

fn restore(element: &Element, kept: &[(String, String)]) {
    let Some((name, value)) = field(element) else { return };
    let mut values = kept.iter().filter(|(kept, _)| *kept == name).map(|(_, value)| value);
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        if is_choice(input) {
            // Kept forms hold the chosen ones only; a form never kept leaves the server's choice.
            if !kept.is_empty() {
                input.set_checked(values.any(|kept| *kept == value));
            }
        } else if let Some(kept) = values.next() {
            input.set_value(kept);
        }
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        if let Some(kept) = values.next() {
            area.set_value(kept);
        }
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>()
        && let Some(kept) = values.next()
    {
        select.set_value(kept);
    }
}

fn typed(event: &Event) {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let form = element.and_then(|element| element.closest("form[data-draft]").ok().flatten());
    let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else { return };
    let fields: Vec<(String, String)> =
        elements(&form).iter().filter(|element| counts(element)).filter_map(field).collect();
    storage::save(&form.get_attribute(DRAFT).unwrap_or_default(), &fields);
}

fn sent(event: &Event) {
    let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
    if form.has_attribute(BUSY) {
        return event.prevent_default();
    }
    if form.method() == "post" {
        let _ = form.set_attribute(BUSY, "");
        let release = form.clone();
        set_timeout(move || release.remove_attribute(BUSY).unwrap_or_default(), PATIENCE);
    }
    if form.has_attribute(FORGET) {
        storage::forget_all();
    } else if let Some(draft) = form.get_attribute(DRAFT) {
        storage::note_sent(&draft);
    }
}

fn forms(selector: &str) -> Vec<HtmlFormElement> {
    all(selector)
}

fn elements(form: &HtmlFormElement) -> Vec<Element> {
    within(form, "input, textarea, select")
}

/// Name and value of a field that is kept; never of hidden fields, files, passwords and codes.
fn field(element: &Element) -> Option<(String, String)> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let secret = matches!(input.type_().as_str(), "hidden" | "file" | "password");
        let code = input.autocomplete() == "one-time-code";
        return (!secret && !code && !input.name().is_empty()).then(|| (input.name(), input.value()));
    }
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        return Some((area.name(), area.value()));
    }
    element.dyn_ref::<HtmlSelectElement>().map(|select| (select.name(), select.value()))
}

/// A choice counts when it is chosen, anything else always.
fn counts(element: &Element) -> bool {
    element.dyn_ref::<HtmlInputElement>().is_none_or(|input| !is_choice(input) || input.checked())
}

fn is_choice(input: &HtmlInputElement) -> bool {
    matches!(input.type_().as_str(), "radio" | "checkbox")
}
