//! How many messages are unread, live.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent};

/// The stream of one's own inbox; the data of its event `unread` is the number of unread messages.
const STREAM: &str = "/inbox/stream";

/// The number beside the bell. The server prints it; while the page is open it follows the inbox.
#[island(lazy)]
pub fn Badge(
    /// Unread when the page was rendered.
    count: u32,
    /// Says what is counted, for screen readers.
    label: String,
) -> impl IntoView {
    let (count, set_count) = signal(count);
    Effect::new(move |_| follow(set_count));
    view! {
        <b class="badge num" hidden=move || count.get() == 0>
            {move || count.get()}
            <span class="sr">{label}</span>
        </b>
    }
}

/// Follows the stream while the page is shown: an open stream would keep the page out of the
/// back-forward cache.
fn follow(set_count: WriteSignal<u32>) {
    let open = StoredValue::new_local(listen(set_count));
    let hide = window_event_listener(ev::pagehide, move |_| {
        if let Some(stream) = open.try_update_value(Option::take).flatten() {
            stream.close();
        }
    });
    let show = window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            open.set_value(listen(set_count));
        }
    });
    on_cleanup(move || {
        hide.remove();
        show.remove();
    });
}

fn listen(set_count: WriteSignal<u32>) -> Option<EventSource> {
    let stream = EventSource::new(STREAM).ok()?;
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(number) = event.data().as_string().and_then(|number| number.parse().ok()) {
            set_count.set(number);
        }
    });
    stream.add_event_listener_with_callback("unread", heard.as_ref().unchecked_ref()).ok()?;
    // The stream owns its listener from here on; both live as long as the page.
    heard.forget();
    Some(stream)
}
