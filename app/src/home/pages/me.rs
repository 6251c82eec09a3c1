//! 我的: who is signed in, and how pages look and speak.

use contract::Locale;
use contract::identity::Theme;
use contract::notices::Preferences;
use leptos::prelude::*;
use server::notices;

use crate::notices::ChannelSettings;
use crate::ui::page::load;
use crate::ui::*;

/// The page.
#[component]
pub fn Me() -> impl IntoView {
    let (caller, core) = (caller(), core());
    let look = async move {
        match caller.person {
            Some(_) => notices::preferences(&caller, &core).await.map(Some),
            None => Ok(None),
        }
    };
    load(look, |wanted| view! { <Shown wanted=wanted /> })
}

#[component]
fn Shown(wanted: Option<Preferences>) -> impl IntoView {
    let ui = ui();
    view! {
        <TabPage title=tr!(ui, "home.me") tab=Tab::Me>
            <Account />
            {wanted.map(|wanted| view! { <ChannelSettings wanted=wanted /> })}
            <section aria-labelledby="look">
                <h2 id="look">{tr!(ui, "home.look")}</h2>
                <Settings />
            </section>
        </TabPage>
    }
}

#[component]
fn Account() -> impl IntoView {
    let (ui, caller) = (ui(), caller());
    let Some(_) = caller.account else {
        return view! {
            <ButtonLink href="/sign-in" look=Look::Main>{tr!(ui, "home.sign_in")}</ButtonLink>
        }
        .into_any();
    };
    let name = caller.name.clone().unwrap_or_else(|| tr!(ui, "home.unbound"));
    view! {
        <section class="card who">
            <Icon name="user-round" />
            <b>{name}</b>
            <form method="post" action="/sign-out" data-forget="">
                <Button>{tr!(ui, "home.sign_out")}</Button>
            </form>
        </section>
        {caller.person.is_some().then(|| view! {
            <List>
                <ListLink href="/me/record" title=tr!(ui, "home.record") detail=tr!(ui, "home.record_detail") icon="users" />
            </List>
        })}
        {caller.person.is_none().then(|| view! {
            <List>
                <ListLink href="/me/bind" title=tr!(ui, "home.bind") detail=tr!(ui, "home.bind_detail") icon="users" />
            </List>
        })}
    }
    .into_any()
}

/// Each setting is one tap: the form is sent by the choice's own button.
#[component]
fn Settings() -> impl IntoView {
    let ui = ui();
    let elder = [("0", "home.size_normal", !ui.elder), ("1", "home.size_elder", ui.elder)];
    let locale = [
        (Locale::ZhCn.tag(), "home.chinese", ui.locale == Locale::ZhCn),
        (Locale::En.tag(), "home.english", ui.locale == Locale::En),
    ];
    let theme = Theme::ALL.map(|theme| {
        let key = match theme {
            Theme::Auto => "home.theme_auto",
            Theme::Light => "home.theme_light",
            Theme::Dark => "home.theme_dark",
        };
        (theme.code(), key, theme == ui.theme)
    });
    view! {
        <form class="card settings" method="post" action="/me/settings">
            <Setting icon="a-large-small" title=tr!(ui, "home.size") name="elder" choices=elder.to_vec() />
            <Setting icon="languages" title=tr!(ui, "home.language") name="locale" choices=locale.to_vec() />
            <Setting icon="sun-moon" title=tr!(ui, "home.theme") name="theme" choices=theme.to_vec() />
        </form>
    }
}

#[component]
fn Setting(
    icon: &'static str,
    title: String,
    name: &'static str,
    choices: Vec<(&'static str, &'static str, bool)>,
) -> impl IntoView {
    let ui = ui();
    let buttons = choices
        .into_iter()
        .map(|(value, key, chosen)| {
            let pressed = if chosen { "true" } else { "false" };
            view! { <button type="submit" name=name value=value aria-pressed=pressed>{tr!(ui, key)}</button> }
        })
        .collect_view();
    let label = title.clone();
    view! {
        <div class="setting" role="group" aria-label=label>
            <span>
                <Icon name=icon />
                {title}
            </span>
            <div class="segments">{buttons}</div>
        </div>
    }
}
