//! 朗读: the page, read to who would rather listen.

use leptos::ev;
use leptos::prelude::{document, window, window_event_listener};
use wasm_bindgen::prelude::*;
use web_sys::{Element, SpeechSynthesis, SpeechSynthesisUtterance};

use super::page::{all, one};

/// Says whether the page is being read.
const PRESSED: &str = "aria-pressed";

/// Shows the switch where the browser has a voice; without one, or without Wasm, it stays invisible
/// in its place.
pub fn start() {
    let (Some(button), Some(_)) = (one(".aloud"), voice()) else { return };
    let pressed = button.clone();
    let tapped = Closure::<dyn FnMut()>::new(move || toggle(&pressed));
    if button.add_event_listener_with_callback("click", tapped.as_ref().unchecked_ref()).is_ok() {
        // The switch owns its listener from here on; both live as long as the page.
        tapped.forget();
        let _ = button.class_list().add_1("ready");
    }
    window_event_listener(ev::pagehide, |_| {
        if let Some(voice) = voice() {
            voice.cancel();
        }
    });
}

/// The browser's voice, where it has one (many embedded webviews have none).
fn voice() -> Option<SpeechSynthesis> {
    let has = js_sys::Reflect::has(&window(), &JsValue::from_str("speechSynthesis")).unwrap_or_default();
    has.then(|| window().speech_synthesis().ok()).flatten()
}

fn toggle(button: &Element) {
    let Some(voice) = voice() else { return };
    voice.cancel();
    let reading = button.get_attribute(PRESSED).as_deref() == Some("true");
    let _ = button.set_attribute(PRESSED, if reading { "false" } else { "true" });
    if !reading {
        read(&voice, button);
    }
}

/// Line by line: browsers cut a long text off after some seconds.
fn read(voice: &SpeechSynthesis, button: &Element) {
    let language = document().document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    let text = all::<web_sys::HtmlElement>("main").first().map(web_sys::HtmlElement::inner_text).unwrap_or_default();
    let mut last = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Ok(said) = SpeechSynthesisUtterance::new_with_text(line) else { return };
        said.set_lang(&language);
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
