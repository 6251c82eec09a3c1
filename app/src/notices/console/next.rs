//! What to do next with a notice.

use contract::notices::{NoticeState, NoticeSummary};
use leptos::prelude::*;
use server::identity::Verb;

use crate::ui::*;

/// The next steps, for whoever may take them.
#[component]
pub fn NextStep(
    /// The notice.
    notice: NoticeSummary,
    /// Is it known no more who was told?
    purged: bool,
) -> impl IntoView {
    let ui = ui();
    let caller = caller();
    let may = |verb| caller.allow(verb, &notice.area).is_ok();
    let below = |step: &str| format!("/console/notices/{}/{step}", notice.id);
    match notice.state {
        NoticeState::Draft if may(Verb::NoticesSend) => view! {
            <ButtonLink href=below("edit")>{tr!(ui, "notices.console.edit")}</ButtonLink>
            <ButtonLink href=below("preview") look=Look::Main>{tr!(ui, "notices.console.preview")}</ButtonLink>
        }
        .into_any(),
        NoticeState::Scheduled if may(Verb::NoticesSend) => view! {
            <ButtonLink href=below("preview") look=Look::Main>{tr!(ui, "notices.console.preview")}</ButtonLink>
            <Form action=below("unschedule")>
                <Button>{tr!(ui, "notices.console.unschedule")}</Button>
            </Form>
        }
        .into_any(),
        NoticeState::Sending | NoticeState::Sent => view! {
            {may(Verb::NoticesSend).then(|| view! {
                <ButtonLink href=below("withdraw") look=Look::Danger>{tr!(ui, "notices.console.withdraw")}</ButtonLink>
                {(!purged).then(|| view! { <ButtonLink href=below("correct")>{tr!(ui, "notices.console.correct")}</ButtonLink> })}
            })}
            {(!purged && may(Verb::NoticesDoorstep)).then(|| view! {
                <ButtonLink href=below("doorstep") look=Look::Main>{tr!(ui, "notices.doorstep.open")}</ButtonLink>
            })}
        }
        .into_any(),
        _ => ().into_any(),
    }
}
