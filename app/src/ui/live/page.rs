//! Elements of the page, found and changed.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, NodeList};

/// The first element that a selector finds.
pub fn one(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// All elements that a selector finds.
pub fn all<T: JsCast>(selector: &str) -> Vec<T> {
    listed(document().query_selector_all(selector).ok())
}

/// All elements within another that a selector finds.
pub fn within<T: JsCast>(element: &Element, selector: &str) -> Vec<T> {
    listed(element.query_selector_all(selector).ok())
}

fn listed<T: JsCast>(found: Option<NodeList>) -> Vec<T> {
    let Some(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|i| found.item(i)?.dyn_into().ok()).collect()
}

/// Shows or hides an element.
pub fn show(element: &Element, shown: bool) {
    // Fails only for a name that is no attribute's.
    let _ = element.toggle_attribute_with_force("hidden", !shown);
}
