//! The scanner itself.

use std::time::Duration;

use leptos::html::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use web_sys::HtmlVideoElement;

use super::camera::{Camera, Reader, Trouble};
use super::link;

/// Time between two looks at the picture.
const PAUSE: Duration = Duration::from_millis(150);

/// What the scanner says, in the reader's language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScannerTexts {
    /// Before the camera is there.
    pub starting: String,
    /// While looking.
    pub aim: String,
    /// A code was read that is none of ours.
    pub foreign: String,
    /// A code of ours was read; its page is being opened.
    pub found: String,
    /// The camera may not be used, and how to allow it.
    pub denied: String,
    /// There is no camera.
    pub no_camera: String,
    /// Switches the torch on.
    pub torch_on: String,
    /// Switches the torch off.
    pub torch_off: String,
    /// Tries again.
    pub again: String,
}

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Starting,
    Looking,
    Foreign,
    Found,
    Stopped(Trouble),
}

impl Phase {
    fn text(self, texts: &ScannerTexts) -> &str {
        match self {
            Self::Starting => &texts.starting,
            Self::Looking => &texts.aim,
            Self::Foreign => &texts.foreign,
            Self::Found => &texts.found,
            Self::Stopped(Trouble::Denied) => &texts.denied,
            Self::Stopped(Trouble::NoCamera) => &texts.no_camera,
        }
    }
}

/// Opens the camera and follows the first of our links that it sees.
#[island(lazy)]
pub fn Scanner(
    /// The origin printed on posters; this page's own origin is accepted as well.
    site: String,
    /// What it says.
    texts: ScannerTexts,
) -> impl IntoView {
    let video = NodeRef::<Video>::new();
    let phase = RwSignal::new(Phase::Starting);
    let torch = RwSignal::new(None::<bool>);
    let attempt = RwSignal::new(0_u32);

    // The camera lives inside the effect: only browsers run it, and only they have cameras.
    Effect::new(move |_| {
        let camera = RwSignal::new_local(None::<Camera>);
        let site = site.clone();
        Effect::new(move |_| {
            attempt.track();
            if let Some(video) = video.get() {
                spawn_local(scan(video, site.clone(), Scan { phase, torch, camera }));
            }
        });
        Effect::new(move |_| {
            if let (Some(camera), Some(on)) = (camera.get(), torch.get()) {
                camera.set_torch(on);
            }
        });
    });

    let (said, again) = (texts.clone(), texts.again.clone());
    let texts = StoredValue::new(texts);
    let torch_text = move || {
        let on = torch.get() == Some(true);
        texts.with_value(|texts| if on { texts.torch_off.clone() } else { texts.torch_on.clone() })
    };
    let stopped = move || matches!(phase.get(), Phase::Stopped(_));
    view! {
        <div class="scanner" class:stopped=stopped>
            <video node_ref=video playsinline muted></video>
            <span class="frame" aria-hidden="true"></span>
            <p class="says" role="status">{move || phase.get().text(&said).to_owned()}</p>
            <Show when=move || torch.get().is_some()>
                <button
                    type="button"
                    class="btn torch"
                    aria-pressed=move || (torch.get() == Some(true)).to_string()
                    on:click=move |_| torch.update(|on| *on = on.map(|on| !on))
                >
                    {torch_text}
                </button>
            </Show>
            <button type="button" class="btn again" hidden=move || !stopped() on:click=move |_| attempt.update(|tries| *tries += 1)>
                {again}
            </button>
        </div>
    }
}

/// What a scan tells the page.
#[derive(Clone, Copy)]
struct Scan {
    phase: RwSignal<Phase>,
    /// Off or on; none where there is no torch.
    torch: RwSignal<Option<bool>>,
    camera: RwSignal<Option<Camera>, LocalStorage>,
}

/// From opening the camera to leaving the page.
async fn scan(video: HtmlVideoElement, site: String, told: Scan) {
    told.phase.set(Phase::Starting);
    let camera = match Camera::open(video).await {
        Ok(camera) => camera,
        Err(trouble) => return told.phase.set(Phase::Stopped(trouble)),
    };
    told.torch.set(camera.has_torch().then_some(false));
    told.camera.set(Some(camera.clone()));
    told.phase.set(Phase::Looking);
    let page = watch(&camera, &site, told.phase).await;
    camera.close();
    match page {
        Some(page) => {
            told.phase.set(Phase::Found);
            let _ = window().location().assign(&page);
        }
        None => told.phase.set(Phase::Stopped(Trouble::NoCamera)),
    }
}

/// Looks until one of our links is seen; none when nothing can be read at all.
async fn watch(camera: &Camera, site: &str, phase: RwSignal<Phase>) -> Option<String> {
    let origin = window().location().origin().unwrap_or_default();
    let mut reader = Reader::new()?;
    loop {
        if let Some(text) = reader.look(camera).await {
            match link::code(&text, &[site, &origin]) {
                Some(code) => return Some(link::page(&code)),
                None => phase.set(Phase::Foreign),
            }
        }
        pause().await;
    }
}

/// Waits for [`PAUSE`].
async fn pause() {
    let passed = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
            },
            PAUSE,
        );
    });
    let _ = wasm_bindgen_futures::JsFuture::from(passed).await;
}
