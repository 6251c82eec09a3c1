//! 朗读: the page, read to who would rather listen.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, SpeechSynthesis, SpeechSynthesisUtterance};

/// Says whether the page is being read.
const PRESSED: &str = "aria-pressed";

/// The switch. Shown once it works: without a voice in the browser, or without Wasm, it stays
/// invisible in its place.
#[island(lazy)]
pub fn Aloud(
    /// What the switch does.
    label: String,
    /// The page's language, for the voice.
    language: String,
) -> impl IntoView {
    let button = NodeRef::<leptos::html::Button>::new();
    button.on_load(|button| {
        if voice().is_some() {
            let _ = button.class_list().add_1("ready");
        }
        window_event_listener(ev::pagehide, |_| {
            if let Some(voice) = voice() {
                voice.cancel();
            }
        });
    });
    let toggle = move |event: ev::MouseEvent| {
        let button = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        if let (Some(voice), Some(button)) = (voice(), button) {
            switch(&voice, &button, &language);
        }
    };
    view! {
        <button type="button" class="aloud" aria-pressed="false" node_ref=button on:click=toggle>
            {label}
        </button>
    }
}

/// The browser's voice, where it has one (many embedded webviews have none).
fn voice() -> Option<SpeechSynthesis> {
    let has = js_sys::Reflect::has(&window(), &JsValue::from_str("speechSynthesis")).unwrap_or_default();
    has.then(|| window().speech_synthesis().ok()).flatten()
}

fn switch(voice: &SpeechSynthesis, button: &Element, language: &str) {
    voice.cancel();
    let reading = button.get_attribute(PRESSED).as_deref() == Some("true");
    let _ = button.set_attribute(PRESSED, if reading { "false" } else { "true" });
    if !reading {
        read(voice, button, language);
    }
}

/// Line by line: browsers cut a long text off after some seconds.
fn read(voice: &SpeechSynthesis, button: &Element, language: &str) {
    let main = document().query_selector("main").ok().flatten();
    let text = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()).map(|main| main.inner_text());
    let text = text.unwrap_or_default();
    let mut last = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Ok(said) = SpeechSynthesisUtterance::new_with_text(line) else { return };
        said.set_lang(language);
        voice.speak(&said);
        last = Some(said);
    }
    let Some(last) = last else { return };
    let button = button.clone();
    let done = Closure::<dyn FnMut()>::new(move || {
        let _ = button.set_attribute(PRESSED, "false");
    });
    let done = done.into_js_value();
    last.set_onend(Some(done.unchecked_ref()));
    last.set_onerror(Some(done.unchecked_ref()));
}
