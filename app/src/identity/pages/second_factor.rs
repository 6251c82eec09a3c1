//! The second factor: setting it up, and giving its code.

use contract::identity::SecondFactorState;
use leptos::prelude::*;
use server::identity;

use super::code::DemoCode;
use super::{Next, next};
use crate::identity::SECOND_FACTOR;
use crate::ui::page::load;
use crate::ui::*;

/// The page.
#[component]
pub fn SecondFactor() -> impl IntoView {
    let (caller, core) = (caller(), core());
    load(async move { identity::second_factor(&caller, &core).await }, |state| view! { <Step state=state /> })
}

#[component]
fn Step(state: SecondFactorState) -> impl IntoView {
    let ui = ui();
    let demo = core().config.demo;
    let step = match state {
        SecondFactorState::None => view! { <Begin /> }.into_any(),
        SecondFactorState::Enrolling { qr, secret } => view! { <Enrol qr=qr secret=secret /> }.into_any(),
        SecondFactorState::Ready { shown } => {
            let wait = demo && shown.is_none();
            view! {
                <p class="muted">{tr!(ui, "identity.totp.text")}</p>
                {wait.then(|| view! { <Notice>{tr!(ui, "identity.totp.wait")}</Notice> })}
                <Enter shown=shown />
            }
            .into_any()
        }
    };
    view! {
        <StepPage title=tr!(ui, "identity.sign_in") back="/">
            <h1>{tr!(ui, "identity.totp.title")}</h1>
            {step}
            <p>
                <a href=next()>{tr!(ui, "identity.totp.later")}</a>
            </p>
        </StepPage>
    }
}

/// Nothing is set up yet.
#[component]
fn Begin() -> impl IntoView {
    let ui = ui();
    view! {
        <p>{tr!(ui, "identity.totp.why")}</p>
        <Form action="/sign-in/totp/enrol">
            <Next />
            <Button look=Look::Main>{tr!(ui, "identity.totp.begin")}</Button>
        </Form>
    }
}

/// The secret, as a picture for an authenticator's camera and as text.
#[component]
fn Enrol(qr: String, secret: String) -> impl IntoView {
    let ui = ui();
    let groups: Vec<char> = secret.chars().collect();
    let secret = groups.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ");
    view! {
        <p>{tr!(ui, "identity.totp.scan")}</p>
        <div class="qr" role="img" aria-label=tr!(ui, "identity.totp.qr") inner_html=qr></div>
        <p class="muted">{tr!(ui, "identity.totp.typed")} <span class="secret num">{secret}</span></p>
        <Enter shown=None />
    }
}

#[component]
fn Enter(shown: Option<String>) -> impl IntoView {
    let ui = ui();
    view! {
        {shown.clone().map(|code| view! { <DemoCode code=code /> })}
        <Form action=SECOND_FACTOR>
            <Next />
            <Field
                name="code"
                label=tr!(ui, "identity.code")
                hint=tr!(ui, "identity.totp.hint")
                value=shown.unwrap_or_default()
                autocomplete="one-time-code"
                inputmode="numeric"
                maxlength=6
            />
            <Button look=Look::Main>{tr!(ui, "identity.totp.verify")}</Button>
        </Form>
    }
}
