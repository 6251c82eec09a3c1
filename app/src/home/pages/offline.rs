//! Shown by the service worker when there is no connection.

use leptos::prelude::*;

use crate::ui::*;

/// What to do without a connection.
#[component]
pub fn Offline() -> impl IntoView {
    let ui = ui();
    view! {
        <StepPage title=tr!(ui, "ui.brand") back="/">
            <section class="empty">
                <Icon name="wifi-off" />
                <h1>{tr!(ui, "home.offline")}</h1>
                <p>{tr!(ui, "home.offline_text")}</p>
                <ButtonLink href="" look=Look::Main>{tr!(ui, "home.again")}</ButtonLink>
            </section>
        </StepPage>
    }
}
