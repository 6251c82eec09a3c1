//! The bars at the edges of residents' pages.

use leptos::prelude::*;
use server::inbox;

use super::icon::Icon;
use super::request::{caller, core, path, ui};

/// The roofline of horse-head walls that closes the top bar: the only ornament.
const EAVES: &str = "M0 35V25h34v-4h-3l4-3h28l4 3h-3v4h22v-10h-3l5-4h34l5 4h-3v10h40v-5h-3l4-3h24l4 3h-3v5h48v-9h-3l5-4h38l5 4h-3v9h52v-6h-3l4-3h30v18z";

/// The bar at the top of the five main pages: where one is, and the inbox with its badge.
#[component]
pub fn TopBar(
    /// What the page is, or the reader's place.
    #[prop(into)]
    title: String,
) -> impl IntoView {
    let ui = ui();
    let has_inbox = caller().person.is_some();
    view! {
        <header class="top">
            <div class="row">
                <p class="place">{title}</p>
                <button type="button" class="aloud" aria-pressed="false">
                    <Icon name="volume-2" />
                    <span class="sr">{tr!(ui, "ui.aloud")}</span>
                </button>
                <SizeSwitch />
                {has_inbox.then(|| view! { <Bell /> })}
            </div>
            <svg class="eaves" aria-hidden="true">
                <pattern id="eaves" width="360" height="34" patternUnits="userSpaceOnUse">
                    <path d=EAVES></path>
                </pattern>
                <rect width="100%" height="100%" fill="url(#eaves)"></rect>
            </svg>
        </header>
    }
}

/// 长辈版 on and off, from each of the main pages (工信厅信管函〔2021〕67号: easy to find).
#[component]
fn SizeSwitch() -> impl IntoView {
    let ui = ui();
    let (value, key) = if ui.elder { ("0", "ui.size_normal") } else { ("1", "ui.size_elder") };
    view! {
        <form method="post" action="/me/settings">
            <input type="hidden" name="next" value=path() />
            <button class="size" name="elder" value=value>
                {tr!(ui, key)}
            </button>
        </form>
    }
}

/// The way to the inbox: the one room that the frame of every page speaks of.
#[component]
fn Bell() -> impl IntoView {
    let ui = ui();
    let badge = Suspend::new(async move {
        // A page is worth more than its badge: without a number it shows all the same.
        let unread = inbox::unread(&caller(), &core()).await.unwrap_or_default();
        view! {
            <b class="badge num" hidden=unread == 0>
                <span>{unread}</span>
                <span class="sr">{tr!(ui, "ui.unread")}</span>
            </b>
        }
    });
    view! {
        <a class="bell" href="/inbox">
            <Icon name="bell" />
            <span class="sr">{tr!(ui, "ui.inbox")}</span>
            <Suspense>{badge}</Suspense>
        </a>
    }
}

/// The bar at the top of every other page: one step back.
#[component]
pub fn BackBar(
    /// What the page is.
    #[prop(into)]
    title: String,
    /// The page before it.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    view! {
        <header class="back">
            <a href=href>
                <Icon name="chevron-left" />
                <span class="sr">{tr!(ui(), "ui.back")}</span>
            </a>
            <p>{title}</p>
        </header>
    }
}

/// The five main pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// 首页
    Home,
    /// 服务
    Services,
    /// 扫一扫
    Scan,
    /// 积分
    Points,
    /// 我的
    Me,
}

impl Tab {
    const ALL: [Self; 5] = [Self::Home, Self::Services, Self::Scan, Self::Points, Self::Me];

    /// Address, icon, key of the name.
    fn parts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Home => ("/", "house", "ui.tab.home"),
            Self::Services => ("/services", "layout-grid", "ui.tab.services"),
            Self::Scan => ("/scan", "scan-line", "ui.tab.scan"),
            Self::Points => ("/points", "coins", "ui.tab.points"),
            Self::Me => ("/me", "user-round", "ui.tab.me"),
        }
    }
}

/// The bar with the five main pages: at the bottom on a phone, at the side on a desk.
#[component]
pub fn TabBar(
    /// Where one is.
    current: Tab,
) -> impl IntoView {
    let ui = ui();
    let tabs = Tab::ALL
        .into_iter()
        .map(|tab| {
            let (href, icon, key) = tab.parts();
            let here = (tab == current).then_some("page");
            view! {
                <a href=href class:scan=tab == Tab::Scan aria-current=here>
                    <span class="pic">
                        <Icon name=icon />
                    </span>
                    {tr!(ui, key)}
                </a>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=tr!(ui, "ui.tabs")>{tabs}</nav> }
}
