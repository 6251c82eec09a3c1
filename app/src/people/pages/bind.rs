//! 实名绑定: an account that the registry does not know says who it is.

use leptos::prelude::*;

use crate::ui::*;

/// The form's path.
pub const BIND: &str = "/me/bind";

/// The page.
#[component]
pub fn Bind() -> impl IntoView {
    let ui = ui();
    let bound = caller().person.is_some();
    view! {
        <StepPage title=tr!(ui, "people.bind.title") back="/me">
            <h1>{tr!(ui, "people.bind.title")}</h1>
            {match bound {
                true => view! {
                    <Notice tone=Tone::Success><p>{tr!(ui, "people.bind.done")}</p></Notice>
                    <ButtonLink href="/me/record" look=Look::Main>{tr!(ui, "people.record.title")}</ButtonLink>
                }.into_any(),
                false => view! {
                    <p class="muted">{tr!(ui, "people.bind.how")}</p>
                    <Form action=BIND>
                        <Field name="name" label=tr!(ui, "people.head.name") autocomplete="name" maxlength=60 />
                        <Field name="id_number" label=tr!(ui, "people.head.id_number") autocomplete="off" maxlength=24 />
                        <Field
                            name="phone"
                            label=tr!(ui, "people.bind.phone")
                            hint=tr!(ui, "people.bind.phone_hint")
                            kind="tel"
                            autocomplete="off"
                            inputmode="numeric"
                            maxlength=20
                        />
                        <Button look=Look::Main>{tr!(ui, "people.bind.send")}</Button>
                    </Form>
                    <p class="muted">{tr!(ui, "people.bind.desk")}</p>
                }.into_any(),
            }}
        </StepPage>
    }
}
