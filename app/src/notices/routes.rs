//! The pages of the room.

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

use super::console::{
    CorrectNotice, DoorstepPage, EditNotice, NewNotice, NoticeTable, PreviewNotice, Recipients, Replies, ShowNotice,
    WithdrawNotice,
};
use super::resident::{NoticeList, NoticePage};

/// The pages.
#[component(transparent)]
pub fn NoticesRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/notices") view=NoticeList ssr=SsrMode::Async />
        <Route path=path!("/notices/:id") view=NoticePage ssr=SsrMode::Async />
        <Route path=path!("/console/notices") view=NoticeTable ssr=SsrMode::Async />
        <Route path=path!("/console/notices/new") view=NewNotice ssr=SsrMode::Async />
        <Route path=path!("/console/notices/:id") view=ShowNotice ssr=SsrMode::Async />
        <Route path=path!("/console/notices/:id/edit") view=EditNotice ssr=SsrMode::Async />
        <Route path=path!("/console/notices/:id/preview") view=PreviewNotice ssr=SsrMode::Async />
        <Route path=path!("/console/notices/:id/correct") view=CorrectNotice ssr=SsrMode::Async />
        <Route path=path!("/console/notices/:id/withdraw") view=WithdrawNotice ssr=SsrMode::Async />
        <Route path=path!("/console/notices/:id/recipients") view=Recipients ssr=SsrMode::Async />
        <Route path=path!("/console/notices/:id/replies") view=Replies ssr=SsrMode::Async />
        <Route path=path!("/console/notices/:id/doorstep") view=DoorstepPage ssr=SsrMode::Async />
    }
    .into_inner()
}
