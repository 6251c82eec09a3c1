//! 服务: everything one can do here.

use leptos::prelude::*;

use crate::ui::*;

/// One service of the grid.
struct Service {
    href: &'static str,
    icon: &'static str,
    key: &'static str,
}

/// The residents' services; a room adds its line.
const SERVICES: &[Service] = &[
    Service { href: "/voting", icon: "vote", key: "home.service.voting" },
    Service { href: "/notices", icon: "megaphone", key: "home.service.notices" },
    Service { href: "/scan", icon: "scan-line", key: "home.service.scan" },
    Service { href: "/points", icon: "coins", key: "home.service.points" },
    Service { href: "/inbox", icon: "bell", key: "home.service.inbox" },
];

/// All services, the workers' console too for whom it is.
#[component]
pub fn Services() -> impl IntoView {
    let (ui, caller) = (ui(), caller());
    let staff = caller.is_staff();
    view! {
        <TabPage title=tr!(ui, "home.services_title") tab=Tab::Services>
            <ServiceGrid />
            {staff
                .then(|| {
                    view! {
                        <List>
                            <ListLink
                                href="/console"
                                icon="clipboard-list"
                                title=tr!(ui, "home.console")
                                detail=tr!(ui, "home.console_text")
                            />
                        </List>
                    }
                })}
        </TabPage>
    }
}

/// The services as pictures with names.
#[component]
pub fn ServiceGrid() -> impl IntoView {
    let ui = ui();
    let links = SERVICES
        .iter()
        .map(|service| {
            view! {
                <a href=service.href>
                    <Icon name=service.icon />
                    {tr!(ui, service.key)}
                </a>
            }
        })
        .collect_view();
    view! { <nav class="card grid" aria-label=tr!(ui, "home.services")>{links}</nav> }
}
