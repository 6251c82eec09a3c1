//! What is out, said anew to the same people.

use contract::ids::NoticeId;
use contract::notices::CorrectionForm;
use leptos::prelude::*;
use server::notices;

use super::text::TextFields;
use crate::ui::page::{load, param};
use crate::ui::*;

/// The page.
#[component]
pub fn CorrectNotice() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<NoticeId>("id"));
    let look = async move {
        let id = id?;
        Ok((notices::correction_form(&caller, &core, &id).await?, id))
    };
    load(look, |(form, id)| view! { <Correction form=form id=id /> })
}

#[component]
fn Correction(form: CorrectionForm, id: NoticeId) -> impl IntoView {
    let ui = ui();
    let page = format!("/console/notices/{id}");
    view! {
        <ConsolePage title=tr!(ui, "notices.console.correct")>
            <Notice><p>{tr!(ui, "notices.console.correct_text")}</p></Notice>
            <section>
                <Form action=format!("{page}/correct") files=true>
                    <input type="hidden" name="version" value=form.version />
                    <Field name="change" label=tr!(ui, "notices.console.change") hint=tr!(ui, "notices.console.change_hint") value=form.change maxlength=200 />
                    <TextFields title=form.title body=form.body />
                    <div class="acts">
                        <Button look=Look::Main>{tr!(ui, "notices.console.correct_send")}</Button>
                        <ButtonLink href=page>{tr!(ui, "notices.console.back")}</ButtonLink>
                    </div>
                </Form>
            </section>
        </ConsolePage>
    }
}
