//! 迁入登记: a worker takes somebody in who lived in another community.

use leptos::prelude::*;
use server::identity::Verb;

use crate::ui::field::FieldMessage;
use crate::ui::form::refused;
use crate::ui::page::{load, text_of};
use crate::ui::*;

/// The form's path.
pub const MOVE_IN: &str = "/console/people/move-in";

/// The page.
#[component]
pub fn MoveIn() -> impl IntoView {
    let caller = caller();
    load(async move { caller.allow_somewhere(Verb::PeopleMoveIn) }, |()| {
        let ui = ui();
        view! {
            <ConsolePage title=tr!(ui, "people.move_in.title")>
                {refused().map(|error| view! { <Notice tone=Tone::Error><p>{text_of(ui, &error)}</p></Notice> })}
                <p class="muted">{tr!(ui, "people.move_in.how")}</p>
                <Form action=MOVE_IN>
                    <Field name="name" label=tr!(ui, "people.head.name") autocomplete="off" maxlength=60 />
                    <Field name="id_number" label=tr!(ui, "people.head.id_number") autocomplete="off" maxlength=20 />
                    <Field
                        name="address"
                        label=tr!(ui, "people.move_in.address")
                        hint=tr!(ui, "people.correct.value_hint")
                        autocomplete="off"
                        maxlength=60
                    />
                    <Choice name="seen" value="1" title=tr!(ui, "people.tie.seen") many=true />
                    <FieldMessage name="seen" />
                    <Button look=Look::Main>{tr!(ui, "people.move_in.send")}</Button>
                </Form>
            </ConsolePage>
        }
    })
}
