//! How far an import is, live.

use contract::people::ImportProgress;
use leptos::prelude::*;

use crate::ui::follow::follow;
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
