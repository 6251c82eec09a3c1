//! How many options a ballot marks so far in its one item, and no more of them than it takes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// The boxes of the paper's one item.
const BOXES: &str = "form input[name='item.1']";

/// The count beside the ballot's button. The form counts without it, once it is sent.
#[island(lazy)]
pub fn Marks(
    /// Marked when the page was rendered.
    marked: u32,
    /// The most that one ballot may name.
    most: u32,
    /// The value that stands for 弃权.
    blank: String,
    /// `已选`
    label: String,
) -> impl IntoView {
    let (count, set_count) = signal(marked);
    Effect::new(move |_| {
        let counted = blank.clone();
        set_count.set(count_marks(&boxes(), &counted));
        let listening = window_event_listener_untyped("change", move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(changed) = target.filter(|input| input.name() == "item.1") {
                set_count.set(settle(&boxes(), &changed, &counted, most));
            }
        });
        on_cleanup(move || listening.remove());
    });
    view! {
        <p class="marks" role="status">
            <span class="muted small">{label}</span>
            " "
            <strong class="num">{count}</strong>
            <span class="muted small num">" / " {most}</span>
        </p>
    }
}

/// After a change: 弃权 and names exclude each other, and what is full takes no more.
fn settle(boxes: &[HtmlInputElement], changed: &HtmlInputElement, blank: &str, most: u32) -> u32 {
    if changed.checked() {
        let blank_chosen = changed.value() == blank;
        for other in boxes.iter().filter(|other| (other.value() == blank) != blank_chosen) {
            other.set_checked(false);
        }
    }
    let count = count_marks(boxes, blank);
    for other in boxes.iter().filter(|other| other.type_() == "checkbox" && other.value() != blank) {
        other.set_disabled(count >= most && !other.checked());
    }
    count
}

fn count_marks(boxes: &[HtmlInputElement], blank: &str) -> u32 {
    let marked = boxes.iter().filter(|input| input.checked() && input.value() != blank);
    u32::try_from(marked.count()).unwrap_or(u32::MAX)
}

fn boxes() -> Vec<HtmlInputElement> {
    let Ok(found) = document().query_selector_all(BOXES) else { return Vec::new() };
    let nodes = (0..found.length()).filter_map(|i| found.get(i));
    nodes.filter_map(|node| node.dyn_into::<Element>().ok()?.dyn_into().ok()).collect()
}
