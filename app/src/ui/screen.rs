//! The two frames of residents' pages.

use leptos::prelude::*;
use leptos_meta::Title;

use super::bars::{BackBar, Tab, TabBar, TopBar};

/// One of the five main pages.
#[component]
pub fn TabPage(
    /// The page's name, for the window and for screen readers.
    #[prop(into)]
    title: String,
    /// What stands in the bar at the top, when it is not the title (home shows the place).
    #[prop(optional, into)]
    place: Option<String>,
    /// Which of the five.
    tab: Tab,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title.clone() />
        <TopBar title=place.unwrap_or_else(|| title.clone()) />
        <main id="main" class="page tabbed">
            <h1 class="sr">{title}</h1>
            {children()}
        </main>
        <TabBar current=tab />
    }
}

/// Any other page: one step of something, with the way back.
#[component]
pub fn StepPage(
    /// What the bar at the top says; the page has its own `<h1>`.
    #[prop(into)]
    title: String,
    /// The page before it.
    #[prop(into)]
    back: String,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title.clone() />
        <BackBar title=title href=back />
        <main id="main" class="page step">
            {children()}
        </main>
    }
}

/// The bar at the bottom of a step, within the thumb's reach: what is chosen, and the one button.
#[component]
pub fn ActionBar(
    /// Button, and what it will act on.
    children: Children,
) -> impl IntoView {
    view! { <div class="action">{children()}</div> }
}
