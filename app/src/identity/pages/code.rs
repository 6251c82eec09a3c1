//! The second step: the code that was sent.

use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use contract::identity::CodeSent;
use leptos::prelude::*;

use super::{Next, next};
use crate::identity::{CODE, SIGN_IN, cookies, then};
use crate::ui::*;

/// The page; without a code under way it sends to the first step.
#[component]
pub fn Code() -> impl IntoView {
    let jar = use_context::<Parts>().map(|parts| CookieJar::from_headers(&parts.headers)).unwrap_or_default();
    match cookies::read_pending(&core(), &jar) {
        Some(pending) => view! { <Enter sent=pending.sent /> }.into_any(),
        None => {
            leptos_axum::redirect(&then(SIGN_IN, &next()));
            ().into_any()
        }
    }
}

#[component]
fn Enter(sent: CodeSent) -> impl IntoView {
    let ui = ui();
    let again = then(SIGN_IN, &next());
    view! {
        <StepPage title=tr!(ui, "identity.sign_in") back=again.clone()>
            <h1>{tr!(ui, "identity.code_title")}</h1>
            <p class="muted">{tr!(ui, "identity.code_text", phone = sent.phone)}</p>
            {sent.shown.clone().map(|code| view! { <DemoCode code=code /> })}
            <Form action=CODE>
                <Next />
                <Field
                    name="code"
                    label=tr!(ui, "identity.code")
                    hint=tr!(ui, "identity.code_hint")
                    value=sent.shown.unwrap_or_default()
                    autocomplete="one-time-code"
                    inputmode="numeric"
                    maxlength=6
                />
                <Button look=Look::Main>{tr!(ui, "identity.sign_in")}</Button>
            </Form>
            <p>
                <a href=again>{tr!(ui, "identity.code_again")}</a>
            </p>
        </StepPage>
    }
}

/// A code that a demo shows instead of sending it.
#[component]
pub fn DemoCode(
    /// The digits.
    code: String,
) -> impl IntoView {
    let ui = ui();
    view! {
        <Notice tone=Tone::Warning>
            <strong>{tr!(ui, "identity.demo.code")}</strong>
            <p class="code num">{code}</p>
        </Notice>
    }
}
