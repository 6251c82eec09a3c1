//! The reply, where a notice asks for one.

use contract::notices::{LONGEST_REPLY, NoticeSummary, ReplyState};
use leptos::prelude::*;

use crate::ui::*;

/// The form, or what was replied.
#[component]
pub fn Reply(
    /// The notice.
    notice: NoticeSummary,
    /// Whether the reader may reply.
    reply: ReplyState,
) -> impl IntoView {
    let ui = ui();
    match reply {
        ReplyState::NotInvited => ().into_any(),
        ReplyState::Replied(text, at) => view! {
            <section class="card replied" aria-labelledby="reply">
                <h2 id="reply">{tr!(ui, "notices.replied")}</h2>
                <p class="reply-text">{text}</p>
                <p class="muted small num">{time::moment(ui, at)}</p>
            </section>
        }
        .into_any(),
        ReplyState::Invited => {
            let action = format!("/notices/{}", notice.id);
            view! {
                <section aria-labelledby="reply">
                    <h2 id="reply">{tr!(ui, "notices.reply")}</h2>
                    <Form action=action.clone() draft=action>
                        <TextArea name="text" label=tr!(ui, "notices.reply_text") hint=tr!(ui, "notices.reply_hint") rows=4 maxlength=LONGEST_REPLY />
                        <div class="acts"><Button look=Look::Main>{tr!(ui, "notices.reply_send")}</Button></div>
                    </Form>
                </section>
            }
            .into_any()
        }
    }
}
