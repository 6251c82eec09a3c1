//! The demo's logins, one tap each.

use leptos::prelude::*;
use server::demo::LOGINS;

use super::Next;
use crate::identity::SIGN_IN;
use crate::ui::*;

/// One form per login; its button sends the login's phone.
#[component]
pub fn DemoLogins() -> impl IntoView {
    let ui = ui();
    let logins = LOGINS
        .iter()
        .map(|login| {
            view! {
                <li>
                    <form method="post" action=SIGN_IN>
                        <Next />
                        <button type="submit" name="phone" value=login.phone class="item">
                            <span class="body">
                                <b>{tr!(ui, text_key(login.code))}</b>
                                <span class="detail">{login.name} " " <span class="num">{login.phone}</span></span>
                            </span>
                            <Icon name="chevron-right" />
                        </button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="demo" aria-labelledby="demo">
            <h2 id="demo">{tr!(ui, "identity.demo.title")}</h2>
            <p class="muted">{tr!(ui, "identity.demo.text")}</p>
            <List>{logins}</List>
        </section>
    }
}

/// The text of a login's code.
fn text_key(code: &str) -> &'static str {
    match code {
        "two_flats" => "identity.demo.two_flats",
        "party_member" => "identity.role.party_member",
        "grid_worker" => "identity.role.grid_worker",
        "community_worker" => "identity.role.community_worker",
        "scrutineer" => "identity.role.scrutineer",
        "administrator" => "identity.role.administrator",
        _ => "identity.role.resident",
    }
}
