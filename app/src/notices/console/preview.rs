//! Before a notice goes out: how it looks, to how many, and when.

use contract::ids::NoticeId;
use contract::notices::{Channel, NoticeState, Preview};
use leptos::prelude::*;
use server::notices;

use super::show::Data;
use crate::notices::parts::Body;
use crate::ui::page::{load, param};
use crate::ui::*;

/// The page.
#[component]
pub fn PreviewNotice() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<NoticeId>("id"));
    load(async move { notices::preview(&caller, &core, &id?).await }, |preview| view! { <Shown preview=preview /> })
}

#[component]
fn Shown(preview: Preview) -> impl IntoView {
    let ui = ui();
    let Preview { detail, recipients, phones, waits_until } = preview;
    let (notice, sms) = (detail.notice.clone(), detail.channels.contains(&Channel::Sms));
    let page = format!("/console/notices/{}", notice.id);
    let newest = detail.versions.first().cloned();
    let drafted = notice.state == NoticeState::Draft;
    let people = tr!(ui, "notices.console.people");
    view! {
        <ConsolePage title=tr!(ui, "notices.console.preview_title", title = notice.title.clone())>
            <section class="card before">
                <Facts>
                    <Fact label=tr!(ui, "notices.console.recipients") value=recipients.to_string() unit=people.clone() />
                    {sms.then(|| view! { <Fact label=tr!(ui, "notices.console.phones") value=phones.to_string() unit=people /> })}
                </Facts>
                <p class="muted">{tr!(ui, "notices.console.frozen")}</p>
                {waits_until.map(|at| view! {
                    <Notice><p>{tr!(ui, "notices.console.waits", at = time::moment(ui, at))}</p></Notice>
                })}
            </section>
            <Data detail=detail />
            <section class="card text" aria-label=tr!(ui, "notices.console.text")>
                <h2>{notice.title.clone()}</h2>
                {newest.map(|version| view! { <Body version=version /> })}
            </section>
            {drafted.then(|| view! {
                <section>
                    <Form action=format!("{page}/send")>
                        <Field name="at" label=tr!(ui, "notices.console.when") hint=tr!(ui, "notices.console.when_hint") kind="datetime-local" optional=true />
                        <div class="acts">
                            <Button look=Look::Main>{tr!(ui, "notices.console.send")}</Button>
                            <ButtonLink href=page.clone()>{tr!(ui, "notices.console.back")}</ButtonLink>
                        </div>
                    </Form>
                </section>
            })}
        </ConsolePage>
    }
}
