//! How many messages are unread, live.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent};

/// The stream of one's own inbox; each event's data is a `contract::inbox::News` as JSON.
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
        if let Some(number) = event.data().as_string().and_then(|news| unread(&news)) {
            set_count.set(number);
        }
    });
    stream.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // The stream owns its listener from here on; both live as long as the page.
    heard.forget();
    Some(stream)
}

/// The number in `{"unread":2,…}`, read by the browser's own parser: it costs the phone nothing.
fn unread(news: &str) -> Option<u32> {
    let news = js_sys::JSON::parse(news).ok()?;
    let number = js_sys::Reflect::get(&news, &"unread".into()).ok()?.as_f64()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count; `as` saturates")]
    let number = number as u32;
    Some(number)
}
