//! Says when the connection is gone, and when it is back.

use leptos::ev;
use leptos::prelude::*;

/// A banner, hidden while all is well.
#[island(lazy)]
pub fn Connection(
    /// Shown while there is no connection.
    gone: String,
) -> impl IntoView {
    let (offline, set_offline) = signal(false);
    Effect::new(move |_| {
        set_offline.set(!window().navigator().on_line());
        let lost = window_event_listener(ev::offline, move |_| set_offline.set(true));
        let found = window_event_listener(ev::online, move |_| set_offline.set(false));
        on_cleanup(move || {
            lost.remove();
            found.remove();
        });
    });
    view! {
        <p class="connection" role="status" hidden=move || !offline.get()>
            {gone}
        </p>
    }
}
