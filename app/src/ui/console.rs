//! The frame of the workers' pages: navigation, work, and beside it what is looked at.

use leptos::prelude::*;
use leptos_meta::Title;

use super::icon::Icon;
use super::request::{caller, path, ui};
use server::identity::Verb;

/// One entry of the workers' navigation.
struct Entry {
    href: &'static str,
    icon: &'static str,
    key: &'static str,
    verb: Verb,
}

/// The workers' pages in order; each is offered to whom the permission table lets in.
const NAV: &[Entry] = &[
    Entry { href: "/console", icon: "clipboard-list", key: "ui.console.today", verb: Verb::Console },
    Entry { href: "/console/voting", icon: "vote", key: "ui.console.voting", verb: Verb::VotingList },
    Entry { href: "/console/notices", icon: "megaphone", key: "ui.console.notices", verb: Verb::NoticesList },
    Entry { href: "/console/people", icon: "users", key: "ui.console.people", verb: Verb::PeopleSearch },
    Entry { href: "/console/roles", icon: "key-round", key: "ui.console.roles", verb: Verb::RolesList },
    Entry { href: "/console/jobs", icon: "refresh-cw", key: "ui.console.jobs", verb: Verb::JobsRead },
];

/// A page of the workers' console.
#[component]
pub fn ConsolePage(
    /// The page's name.
    #[prop(into)]
    title: String,
    /// Buttons beside the name: the main one last.
    #[prop(optional_no_strip, into)]
    actions: Option<AnyView>,
    /// What is looked at, beside the work on a wide screen and below it on a narrow one: a [`Sheet`].
    #[prop(optional_no_strip, into)]
    sheet: Option<AnyView>,
    /// The work.
    children: Children,
) -> impl IntoView {
    let (ui, wide) = (ui(), sheet.is_some());
    view! {
        <Title text=format!("{title} · {}", tr!(ui, "ui.console.name")) />
        <div class="console" class:wide=wide>
            <ConsoleNav />
            <main id="main" class="work">
                <div class="head">
                    <h1>{title}</h1>
                    {actions}
                </div>
                {children()}
            </main>
            {sheet}
        </div>
    }
}

#[component]
fn ConsoleNav() -> impl IntoView {
    let (ui, caller, here) = (ui(), caller(), path());
    let at = NAV.iter().rev().find(|entry| here.starts_with(entry.href)).map(|entry| entry.href);
    let links = NAV
        .iter()
        .filter(|entry| caller.allow_somewhere(entry.verb).is_ok())
        .map(|entry| {
            let current = (at == Some(entry.href)).then_some("page");
            view! {
                <a href=entry.href aria-current=current>
                    <Icon name=entry.icon />
                    {tr!(ui, entry.key)}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="side" aria-label=tr!(ui, "ui.console.name")>
            <p class="brand">
                {tr!(ui, "ui.brand")} <span>{tr!(ui, "ui.console.name")}</span>
            </p>
            <div class="links">{links}</div>
            <div class="links end">
                <a href="/me">
                    <Icon name="user-round" />
                    {caller.name.unwrap_or_else(|| tr!(ui, "ui.tab.me"))}
                </a>
            </div>
        </nav>
    }
}

/// What is looked at.
#[component]
pub fn Sheet(
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
    /// State, numbers, next actions.
    children: Children,
) -> impl IntoView {
    view! {
        <section id="sheet" class="sheet" aria-label=label>
            {children()}
        </section>
    }
}
