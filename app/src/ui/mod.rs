//! Our component set and what pages share. It knows no room: rooms depend on it.
//!
//! - [`request`]: language, 长辈版, theme, caller and core of the request being answered
//! - [`page`]: loads a verb's answer and renders it, or the error page with its status
//! - [`form`]: plain HTML forms, kept values, messages beside their fields
//! - [`live`]: what moves on every page, also compiled for browsers
//! - the rest: components, one file each, styled by `style/ui/<file>.css`

pub mod buildings;
pub mod follow;
pub mod live;
pub mod progress;

#[cfg(feature = "ssr")]
#[macro_use]
mod text;
#[cfg(feature = "ssr")]
pub mod bars;
#[cfg(feature = "ssr")]
pub mod button;
#[cfg(feature = "ssr")]
pub mod choice;
#[cfg(feature = "ssr")]
pub mod console;
#[cfg(feature = "ssr")]
pub mod countdown;
#[cfg(feature = "ssr")]
pub mod doorstep;
#[cfg(feature = "ssr")]
pub mod download;
#[cfg(feature = "ssr")]
pub mod facts;
#[cfg(feature = "ssr")]
pub mod field;
#[cfg(feature = "ssr")]
pub mod fold;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod icon;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod listing;
#[cfg(feature = "ssr")]
pub mod measure;
#[cfg(feature = "ssr")]
pub mod notice;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pager;
#[cfg(feature = "ssr")]
pub mod remember;
#[cfg(feature = "ssr")]
pub mod request;
#[cfg(feature = "ssr")]
pub mod screen;
#[cfg(feature = "ssr")]
pub mod site;
#[cfg(feature = "ssr")]
pub mod stream;
#[cfg(feature = "ssr")]
pub mod table;
#[cfg(feature = "ssr")]
pub mod tag;
#[cfg(feature = "ssr")]
pub mod time;

#[cfg(feature = "ssr")]
pub use ssr::*;

/// What a room's pages usually need, in one line: `use crate::ui::*;`.
#[cfg(feature = "ssr")]
mod ssr {
    pub use super::bars::{BackBar, Tab, TabBar, TopBar};
    pub use super::buildings::{Building, Buildings};
    pub use super::button::{Button, ButtonLink, Look};
    pub use super::choice::Choice;
    pub use super::console::{ConsolePage, Sheet};
    pub use super::countdown::Countdown;
    pub use super::doorstep::{DoorstepBuilding, DoorstepList, Doorway};
    pub use super::facts::{Fact, Facts};
    pub use super::field::{Field, Select, TextArea};
    pub use super::fold::Fold;
    pub use super::form::{Form, Post, Posted};
    pub use super::icon::Icon;
    pub use super::list::{List, ListLink};
    pub use super::listing::{ListAt, ListRows, ListTools, Narrow, shown_row};
    pub use super::notice::{Empty, Notice, Tone};
    pub use super::pager::Pager;
    pub use super::progress::{Progress, Threshold};
    pub use super::request::{Ui, caller, core, ui};
    pub use super::screen::{StepPage, TabPage};
    pub use super::site::Site;
    pub use super::table::Table;
    pub use super::tag::{State, Tag};
}
