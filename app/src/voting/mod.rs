//! Voting: the ballot from the poster to the receipt, results, and the workers' side.

mod figures;
pub mod islands;

#[cfg(feature = "ssr")]
mod api;
#[cfg(feature = "ssr")]
mod attachments;
#[cfg(feature = "ssr")]
mod console;
#[cfg(feature = "ssr")]
mod mandates;
#[cfg(feature = "ssr")]
mod objections;
#[cfg(feature = "ssr")]
mod offline;
#[cfg(feature = "ssr")]
mod outcome;
#[cfg(feature = "ssr")]
mod papers;
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
pub use offline::{OfflineRoutes, forms as offline_forms};
#[cfg(feature = "ssr")]
pub use routes::VotingRoutes;
