//! Follows a stream of figures while the page is shown, for islands.

use leptos::ev;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent};

/// Puts what the stream at `address` tells into `figures`. An open stream would keep the page out of the
/// back-forward cache: it is closed while the page is hidden and opened again when it comes back.
pub fn follow<T>(address: String, figures: RwSignal<T>)
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let open = StoredValue::new_local(listen(&address, figures));
    let hide = window_event_listener(ev::pagehide, move |_| {
        if let Some(stream) = open.try_update_value(Option::take).flatten() {
            stream.close();
        }
    });
    let show = window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            open.set_value(listen(&address, figures));
        }
    });
    on_cleanup(move || {
        hide.remove();
        show.remove();
    });
}

fn listen<T>(address: &str, figures: RwSignal<T>) -> Option<EventSource>
where
    T: DeserializeOwned + Send + Sync + 'static,
{
    let stream = EventSource::new(address).ok()?;
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        if let Ok(now) = serde_json::from_str(&text) {
            figures.set(now);
        }
    });
    stream.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // The stream owns its listener from here on; both live as long as the page.
    heard.forget();
    Some(stream)
}
