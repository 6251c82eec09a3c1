//! The first step: which phone.

use leptos::prelude::*;

use super::Next;
use super::demo::DemoLogins;
use crate::identity::SIGN_IN;
use crate::ui::*;

/// The page.
#[component]
pub fn Phone() -> impl IntoView {
    let ui = ui();
    let demo = core().config.demo;
    view! {
        <StepPage title=tr!(ui, "identity.sign_in") back="/">
            <h1>{tr!(ui, "identity.phone_title")}</h1>
            <p class="muted">{tr!(ui, "identity.phone_text")}</p>
            <Form action=SIGN_IN>
                <Next />
                <Field
                    name="phone"
                    label=tr!(ui, "identity.phone")
                    hint=tr!(ui, "identity.phone_hint")
                    kind="tel"
                    autocomplete="tel-national"
                    inputmode="numeric"
                    maxlength=20
                />
                <Button look=Look::Main>{tr!(ui, "identity.send_code")}</Button>
            </Form>
            {demo.then(|| view! { <DemoLogins /> })}
        </StepPage>
    }
}
