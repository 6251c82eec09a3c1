//! The pages of the room.

mod bind;
mod correct;
mod corrections;
mod imports;
mod list;
mod move_in;
mod past;
mod record;
mod sheet;
mod twins;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, path};

pub use bind::BIND;
use bind::Bind;
pub use correct::CORRECT;
use correct::Correct;
use corrections::CorrectionList;
pub use corrections::{CORRECTIONS, correction_at, field_text, state_text};
pub use imports::IMPORTS;
use imports::{ImportList, ShowImport};
use list::PeopleTable;
pub use move_in::MOVE_IN;
use move_in::MoveIn;
use past::OwnersPast;
use record::Record;
pub use twins::{MERGE, TWINS};
use twins::{Merge, TwinList};

/// The pages.
#[component(transparent)]
pub fn PeopleRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/me/record") view=Record ssr=SsrMode::Async />
        <Route path=path!("/me/bind") view=Bind ssr=SsrMode::Async />
        <Route path=path!("/me/record/correct") view=Correct ssr=SsrMode::Async />
        <Route path=path!("/console/people/corrections") view=CorrectionList ssr=SsrMode::Async />
        <Route path=path!("/console/people") view=PeopleTable ssr=SsrMode::Async />
        <Route path=path!("/console/people/as-of") view=OwnersPast ssr=SsrMode::Async />
        <Route path=path!("/console/people/move-in") view=MoveIn ssr=SsrMode::Async />
        <Route path=path!("/console/people/twins") view=TwinList ssr=SsrMode::Async />
        <Route path=path!("/console/people/merge") view=Merge ssr=SsrMode::Async />
        <Route path=path!("/console/people/imports") view=ImportList ssr=SsrMode::Async />
        <Route path=path!("/console/people/imports/:id") view=ShowImport ssr=SsrMode::Async />
    }
    .into_inner()
}
