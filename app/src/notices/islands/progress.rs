//! What became of a notice's messages, live.

use contract::notices::{ChannelCounts, Delivery, Progress};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::follow::follow;
use crate::ui::progress::share;

/// What the figures are called, in the reader's language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProgressTexts {
    /// `应收`
    pub recipients: String,
    /// `已读`
    pub read: String,
    /// The names of the channels, in the order of [`contract::notices::Channel::ALL`].
    pub channels: [String; 3],
    /// The names of the statuses, in the order of [`Delivery::ALL`].
    pub statuses: [String; 6],
}

/// The figures and one bar a channel. The server draws them; while the page is open they follow.
#[island(lazy)]
pub fn LiveProgress(
    /// As it stood when the page was rendered.
    progress: Progress,
    /// The stream whose messages carry the progress; none for what does not move any more.
    stream: Option<String>,
    /// What the figures are called.
    texts: ProgressTexts,
) -> impl IntoView {
    let progress = RwSignal::new(progress);
    Effect::new(move |_| {
        if let Some(address) = &stream {
            follow(address.clone(), progress);
        }
    });
    let texts = StoredValue::new(texts);
    let figures = move || {
        let (now, texts) = (progress.get(), texts.get_value());
        let read = share(now.read, now.recipients);
        let bars = now.channels.iter().map(|channel| bar(channel, &texts)).collect_view();
        view! {
            <dl class="facts">
                <div>
                    <dt>{texts.recipients.clone()}</dt>
                    <dd class="num">{now.recipients}</dd>
                </div>
                <div>
                    <dt>{texts.read.clone()}</dt>
                    <dd class="num">{now.read} <small>{format!(" · {}%", read / 10)}</small></dd>
                </div>
            </dl>
            {bars}
        }
    };
    view! { <div class="deliveries">{figures}</div> }
}

/// One channel: a bar of its statuses one after the other, and below it what each part counts.
fn bar(counts: &ChannelCounts, texts: &ProgressTexts) -> impl IntoView + use<> {
    let name = contract::notices::Channel::ALL.iter().position(|known| *known == counts.channel);
    let name = name.map(|at| texts.channels[at].clone()).unwrap_or_default();
    let (all, mut from) = (counts.all(), 0);
    let (mut parts, mut legend, mut said) = (Vec::new(), Vec::new(), Vec::new());
    for (at, status) in ORDER {
        let count = counts.of(status);
        if count == 0 {
            continue;
        }
        let (width, text) = (share(count, all), texts.statuses[at].clone());
        let (x, class) = (from, status.code());
        from += width;
        parts.push(view! { <rect class=class x=percent(x) width=percent(width) height="100%"></rect> });
        said.push(format!("{text} {count}"));
        legend.push(view! {
            <li><svg class="key" aria-hidden="true"><rect class=class width="100%" height="100%"></rect></svg> {text} " " <b class="num">{count}</b></li>
        });
    }
    view! {
        <figure>
            <figcaption>{name.clone()}</figcaption>
            <svg class="stack" role="img" aria-label=format!("{name}：{}", said.join("，")) preserveAspectRatio="none">{parts}</svg>
            <ul>{legend}</ul>
        </figure>
    }
}

/// What is furthest stands first, with its place in [`Delivery::ALL`].
const ORDER: [(usize, Delivery); 6] = [
    (3, Delivery::Read),
    (2, Delivery::Delivered),
    (1, Delivery::Sent),
    (0, Delivery::Queued),
    (4, Delivery::Failed),
    (5, Delivery::Skipped),
];

/// `61.5%` of 615.
fn percent(permille: u32) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}
