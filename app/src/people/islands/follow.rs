//! How far an import is, live.

use contract::people::ImportProgress;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent};

use crate::ui::progress::{Progress, share};

/// The bar and the count. The server draws them; while the page is open they follow the work, and once it is
/// done the page is loaded anew.
#[island(lazy)]
pub fn FollowImport(
    /// As it stood when the page was rendered.
    progress: ImportProgress,
    /// The stream whose messages carry the progress.
    stream: String,
    /// What is counted, e.g. `行`.
    unit: String,
) -> impl IntoView {
    let state = progress.state;
    let progress = RwSignal::new(progress);
    Effect::new(move |_| follow(stream.clone(), progress));
    Effect::new(move |_| {
        if progress.get().state != state {
            // Fails only where there is no window.
            let _ = window().location().reload();
        }
    });
    let bar = move || {
        let now = progress.get();
        let rows = if now.rows > 0 { format!("{} / {}", now.done, now.rows) } else { now.done.to_string() };
        let label = format!("{rows} {unit}");
        view! {
            <Progress permille=share(now.done, now.rows) label=label.clone() />
            <p class="num">{label}</p>
        }
    };
    view! { <div class="import-progress">{bar}</div> }
}

/// Follows the stream while the page is shown: an open stream would keep the page out of the
/// back-forward cache.
fn follow(address: String, progress: RwSignal<ImportProgress>) {
    let open = StoredValue::new_local(listen(&address, progress));
    let hide = window_event_listener(ev::pagehide, move |_| {
        if let Some(stream) = open.try_update_value(Option::take).flatten() {
            stream.close();
        }
    });
    on_cleanup(move || hide.remove());
}

fn listen(address: &str, progress: RwSignal<ImportProgress>) -> Option<EventSource> {
    let stream = EventSource::new(address).ok()?;
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        if let Ok(now) = serde_json::from_str(&text) {
            progress.set(now);
        }
    });
    stream.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // The stream owns its listener from here on; both live as long as the page.
    heard.forget();
    Some(stream)
}
