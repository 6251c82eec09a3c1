//! The resident's pages: list, ballot, review, receipt, result, and the poster's link.

mod ballot;
mod door;
mod list;
mod poster_link;
mod receipt;
mod result;
mod review;
mod steps;

pub use ballot::Ballot;
pub use list::VoteList;
pub use poster_link::PosterLink;
pub use receipt::ReceiptPage;
pub use result::ResultPage;
pub use review::Review;
