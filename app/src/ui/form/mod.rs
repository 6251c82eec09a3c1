//! Plain HTML forms. A form is posted to a path of its room; success answers 303 to the page that
//! shows the result, refusal answers with the same page, each message beside its field and what
//! was typed kept. Nothing here needs JavaScript.
//!
//! A room's handler is three lines:
//! ```ignore
//! async fn cast(Post(ballot, posted): Post<Ballot>) -> Response {
//!     let done = voting::cast(posted.caller(), posted.core(), ballot).await;
//!     posted.answer(done.map(|receipt| format!("/voting/{}/receipt", receipt.vote))).await
//! }
//! ```
//! and its page puts a [`Form`] with [`Field`](super::Field)s where it wants them.

mod post;
mod state;
mod upload;
mod view;

pub use post::{Post, Posted};
pub use state::{FormState, chosen, issue, refused, value, values};
pub use upload::{FileLimit, Upload, UploadedFile, files_up_to};
pub use view::Form;
