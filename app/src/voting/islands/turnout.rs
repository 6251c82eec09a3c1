//! Who has taken part so far, live.

use contract::voting::Turnout;
use leptos::ev;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent};

use crate::ui::buildings::Buildings;
use crate::ui::progress::Threshold;
use crate::voting::figures::{NEEDED, chart, percent, share};

/// What the figures are called, in the reader's language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TurnoutTexts {
    /// `参与人数（需 ≥ 2/3）`
    pub heads: String,
    /// `参与面积（需 ≥ 2/3）`
    pub area: String,
    /// Below the chart.
    pub caption: String,
}

/// The figures and the buildings. The server draws them; while the page is open they follow the poll.
#[island(lazy)]
pub fn LiveTurnout(
    /// As it stood when the page was rendered.
    turnout: Turnout,
    /// The stream whose messages carry the turnout; none for a poll that is over.
    stream: Option<String>,
    /// What the figures are called.
    texts: TurnoutTexts,
) -> impl IntoView {
    let turnout = RwSignal::new(turnout);
    Effect::new(move |_| {
        if let Some(address) = &stream {
            follow(address.clone(), turnout);
        }
    });
    let texts = StoredValue::new(texts);
    let figures = move || {
        let now = turnout.get();
        let texts = texts.get_value();
        let (heads, area) = (share(now.voted, now.heads), share(now.voted_area_dm2, now.area_dm2));
        view! {
            <dl class="facts">
                <div>
                    <dt>{texts.heads.clone()}</dt>
                    <dd class="num">{now.voted} <small>" / " {now.heads}</small></dd>
                    <dd><Threshold permille=heads needed=NEEDED label=format!("{} {}", texts.heads, percent(heads)) /></dd>
                </div>
                // Residents' polls have no area.
                {(now.area_dm2 > 0).then(|| view! {
                    <div>
                        <dt>{texts.area.clone()}</dt>
                        <dd class="num">{percent(area)}</dd>
                        <dd><Threshold permille=area needed=NEEDED label=format!("{} {}", texts.area, percent(area)) /></dd>
                    </div>
                })}
            </dl>
            <Buildings buildings=chart(&now) needed=NEEDED caption=texts.caption />
        }
    };
    view! { <div class="turnout">{figures}</div> }
}

/// Follows the stream while the page is shown: an open stream would keep the page out of the
/// back-forward cache.
fn follow(address: String, turnout: RwSignal<Turnout>) {
    let open = StoredValue::new_local(listen(&address, turnout));
    let hide = window_event_listener(ev::pagehide, move |_| {
        if let Some(stream) = open.try_update_value(Option::take).flatten() {
            stream.close();
        }
    });
    let show = window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            open.set_value(listen(&address, turnout));
        }
    });
    on_cleanup(move || {
        hide.remove();
        show.remove();
    });
}

fn listen(address: &str, turnout: RwSignal<Turnout>) -> Option<EventSource> {
    let stream = EventSource::new(address).ok()?;
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        if let Ok(now) = serde_json::from_str(&text) {
            turnout.set(now);
        }
    });
    stream.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // The stream owns its listener from here on; both live as long as the page.
    heard.forget();
    Some(stream)
}
