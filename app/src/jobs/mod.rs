//! Background work that was given up, for administrators to look at and take up again.

mod api;
mod pages;

pub use api::forms;
pub use pages::JobsRoutes;
