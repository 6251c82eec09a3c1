//! The resident's pages: list, ballot, review, receipt, result, and the poster's link.

mod ballot;
mod door;
mod list;
mod naming;
mod poster_link;
mod receipt;
mod register;
mod result;
mod review;
mod signed;
mod steps;

pub use ballot::Ballot;
pub use list::VoteList;
pub use naming::NamingPage;
pub use poster_link::PosterLink;
pub use receipt::ReceiptPage;
pub use register::RegisterPage;
pub use result::ResultPage;
pub use review::Review;
pub use signed::SignedPage;
