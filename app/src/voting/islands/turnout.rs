//! Who has taken part so far, live.

use contract::voting::Turnout;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::follow::follow;
use crate::ui::progress::Threshold;
use crate::voting::figures::{NEEDED, TurnoutPicture, percent, share};

/// What the figures are called, in the reader's language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TurnoutTexts {
    /// `参与人数（需 ≥ 2/3）`
    pub heads: String,
    /// `参与面积（需 ≥ 2/3）`
    pub area: String,
    /// Below the picture of the buildings by heads, and below the one by area.
    pub captions: [String; 2],
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
            <TurnoutPicture turnout=now captions=texts.captions />
        }
    };
    view! { <div class="turnout">{figures}</div> }
}
