//! What is out, taken back.

use contract::ids::NoticeId;
use contract::notices::NoticeDetail;
use leptos::prelude::*;
use server::notices;

use super::show::Data;
use crate::ui::page::{load, param};
use crate::ui::*;

/// The page.
#[component]
pub fn WithdrawNotice() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<NoticeId>("id"));
    load(async move { notices::detail(&caller, &core, &id?).await }, |detail| view! { <Withdrawal detail=detail /> })
}

#[component]
fn Withdrawal(detail: NoticeDetail) -> impl IntoView {
    let ui = ui();
    let page = format!("/console/notices/{}", detail.notice.id);
    view! {
        <ConsolePage title=tr!(ui, "notices.console.withdraw_title", title = detail.notice.title.clone())>
            <Notice tone=Tone::Warning><p>{tr!(ui, "notices.console.withdraw_text")}</p></Notice>
            <section><Data detail=detail /></section>
            <section>
                <Form action=format!("{page}/withdraw")>
                    <Field name="reason" label=tr!(ui, "notices.console.reason") hint=tr!(ui, "notices.console.reason_hint") maxlength=200 />
                    <div class="acts">
                        <Button look=Look::Danger>{tr!(ui, "notices.console.withdraw_now")}</Button>
                        <ButtonLink href=page>{tr!(ui, "notices.console.back")}</ButtonLink>
                    </div>
                </Form>
            </section>
        </ConsolePage>
    }
}
