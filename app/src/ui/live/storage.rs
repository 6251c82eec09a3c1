//! What the browser keeps for forms: one entry a form, `name=value` pairs, percent-encoded.

use leptos::prelude::window;
use web_sys::Storage;

/// What our entries' names begin with.
const PREFIX: &str = "hs:draft:";
/// The form that was sent last, until the next page says what became of it.
const SENT: &str = "hs:sent";

/// The browser's store; none in private windows of some browsers.
fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// What was typed into a form, field by field.
pub fn load(draft: &str) -> Vec<(String, String)> {
    let text = local().and_then(|store| store.get_item(&format!("{PREFIX}{draft}")).ok().flatten());
    let text = text.unwrap_or_default();
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter_map(|(k, v)| Some((decode(k)?, decode(v)?)))
        .collect()
}

/// Keeps what was typed into a form.
pub fn save(draft: &str, fields: &[(String, String)]) {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    if let Some(store) = local() {
        // A full store only means that this draft is not kept.
        let _ = store.set_item(&format!("{PREFIX}{draft}"), &pairs.join("&"));
    }
}

/// Forgets one form.
pub fn forget(draft: &str) {
    if let Some(store) = local() {
        let _ = store.remove_item(&format!("{PREFIX}{draft}"));
    }
}

/// Forgets every form: somebody else may use the device next.
pub fn forget_all() {
    let Some(store) = local() else { return };
    let count = store.length().unwrap_or_default();
    let names: Vec<String> = (0..count).filter_map(|i| store.key(i).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
        let _ = store.remove_item(name);
    }
}

/// Notes that a form is on its way.
pub fn note_sent(draft: &str) {
    if let Some(store) = session() {
        let _ = store.set_item(SENT, draft);
    }
}

/// The form that was on its way when this page was asked for.
pub fn take_sent() -> Option<String> {
    let store = session()?;
    let sent = store.get_item(SENT).ok().flatten();
    let _ = store.remove_item(SENT);
    sent
}

fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

fn decode(text: &str) -> Option<String> {
    js_sys::decode_uri_component(text).ok().map(Into::into)
}
