//! How one wants to hear of what is not urgent; a part of 我的.

use contract::notices::Preferences;
use leptos::prelude::*;

use crate::ui::*;

/// Each channel is one tap: the form is sent by the choice's own button.
#[component]
pub fn ChannelSettings(
    /// What the reader said.
    wanted: Preferences,
) -> impl IntoView {
    let ui = ui();
    view! {
        <section aria-labelledby="channels">
            <h2 id="channels">{tr!(ui, "notices.channels")}</h2>
            <form class="card settings" method="post" action="/me/channels">
                <Channel name="sms" title=tr!(ui, "notices.channel.sms") on=wanted.sms />
                <Channel name="wechat" title=tr!(ui, "notices.channel.wechat") on=wanted.wechat />
            </form>
            <p class="muted small">{tr!(ui, "notices.channels_text")}</p>
        </section>
    }
}

#[component]
fn Channel(name: &'static str, title: String, on: bool) -> impl IntoView {
    let ui = ui();
    let (pressed, label) = (|is: bool| if is { "true" } else { "false" }, title.clone());
    view! {
        <div class="setting" role="group" aria-label=label>
            <span><Icon name="bell" /> {title}</span>
            <div class="segments">
                <button type="submit" name=name value="1" aria-pressed=pressed(on)>{tr!(ui, "notices.on")}</button>
                <button type="submit" name=name value="0" aria-pressed=pressed(!on)>{tr!(ui, "notices.off")}</button>
            </div>
        </div>
    }
}
