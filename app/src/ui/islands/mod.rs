//! What moves on every page. Texts come as props: nothing here knows a language.

mod badge;
mod connection;
mod countdown;
mod drafts;
mod storage;

pub use badge::Badge;
pub use connection::Connection;
pub use countdown::{Countdown, Units};
pub use drafts::Drafts;
