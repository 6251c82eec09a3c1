//! Notices: what a community tells its people, read on one side, written on the other.

pub mod islands;

#[cfg(feature = "ssr")]
mod api;
#[cfg(feature = "ssr")]
mod console;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod resident;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod workbook;

#[cfg(feature = "ssr")]
pub use api::forms;
#[cfg(feature = "ssr")]
pub use resident::{ChannelSettings, Newest};
#[cfg(feature = "ssr")]
pub use routes::NoticesRoutes;
