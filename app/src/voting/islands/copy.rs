//! Copies a text with one tap.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

/// A button that copies `text`; without scripts it is not there.
#[island(lazy)]
pub fn CopyButton(
    /// What is copied.
    text: String,
    /// What the button says.
    label: String,
    /// What it says once the text is copied.
    done: String,
) -> impl IntoView {
    let (ready, set_ready) = signal(false);
    let (copied, set_copied) = signal(false);
    Effect::new(move |_| set_ready.set(true));
    let copy = move |_| {
        let writing = window().navigator().clipboard().write_text(&text);
        spawn_local(async move { set_copied.set(JsFuture::from(writing).await.is_ok()) });
    };
    view! {
        <button type="button" class="btn" hidden=move || !ready.get() on:click=copy>
            <span role="status">{move || if copied.get() { done.clone() } else { label.clone() }}</span>
        </button>
    }
}
