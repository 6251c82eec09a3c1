//! 首页: what needs me now, then the services.

use leptos::prelude::*;

use super::services::ServiceGrid;
use crate::ui::*;

/// The first page.
#[component]
pub fn Home() -> impl IntoView {
    let (ui, caller) = (ui(), caller());
    view! {
        <TabPage title=tr!(ui, "home.title") tab=Tab::Home>
            {caller.account.is_none().then(|| view! { <Welcome /> })}
            <section aria-labelledby="services">
                <h2 id="services">
                    {tr!(ui, "home.services")} <a href="/services">{tr!(ui, "home.all")}</a>
                </h2>
                <ServiceGrid />
            </section>
        </TabPage>
    }
}

/// For who is not signed in: what this is, and the way in.
#[component]
fn Welcome() -> impl IntoView {
    let ui = ui();
    view! {
        <section class="card todo">
            <h2>{tr!(ui, "home.welcome")}</h2>
            <p>{tr!(ui, "home.welcome_text")}</p>
            <ButtonLink href="/sign-in" look=Look::Main>{tr!(ui, "home.sign_in")}</ButtonLink>
        </section>
    }
}
