//! One file per page.

mod home;
mod me;
mod now;
mod offline;
mod services;

pub use home::Home;
pub use me::Me;
pub use offline::Offline;
pub use services::Services;
