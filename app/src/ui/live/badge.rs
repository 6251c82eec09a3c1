//! How many messages are unread, live.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::window_event_listener;
use wasm_bindgen::prelude::*;
use web_sys::{Element, EventSource, MessageEvent};

use super::page::{one, show};

/// The stream of one's own inbox; the data of its event `unread` is the number of unread messages.
const STREAM: &str = "/inbox/stream";

/// Lets the number beside the bell follow the inbox while the page is shown: an open stream would
/// keep the page out of the back-forward cache.
pub fn start() {
    let Some(badge) = one(".badge") else { return };
    let open = Rc::new(RefCell::new(listen(badge.clone())));
    let hidden = Rc::clone(&open);
    window_event_listener(ev::pagehide, move |_| {
        if let Some(stream) = hidden.take() {
            stream.close();
        }
    });
    window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            open.replace(listen(badge.clone()));
        }
    });
}

fn listen(badge: Element) -> Option<EventSource> {
    let stream = EventSource::new(STREAM).ok()?;
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let unread = event.data().as_string().unwrap_or_default();
        if let Some(number) = badge.first_element_child() {
            number.set_text_content(Some(&unread));
        }
        show(&badge, unread != "0");
    });
    stream.add_event_listener_with_callback("unread", heard.as_ref().unchecked_ref()).ok()?;
    // The stream owns its listener from here on; both live as long as the page.
    heard.forget();
    Some(stream)
}
