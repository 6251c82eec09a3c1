//! Says when the connection is gone.

use leptos::ev;
use leptos::prelude::{window, window_event_listener};

use super::page::{one, show};

/// Shows the banner while the browser has no connection. Listens as long as the page lives.
pub fn start() {
    set(!window().navigator().on_line());
    window_event_listener(ev::offline, |_| set(true));
    window_event_listener(ev::online, |_| set(false));
}

fn set(gone: bool) {
    if let Some(banner) = one(".connection") {
        show(&banner, gone);
    }
}
