//! The workers' pages: the list with its side sheet, the draft, the preview, one notice and what became of it.

mod correct;
mod doorstep;
mod edit;
mod list;
mod next;
mod preview;
mod recipients;
mod replies;
mod show;
mod text;
mod withdraw;

pub use correct::CorrectNotice;
pub use doorstep::DoorstepPage;
pub use edit::{EditNotice, NewNotice};
pub use list::NoticeTable;
pub use preview::PreviewNotice;
pub use recipients::Recipients;
pub use replies::Replies;
pub use show::ShowNotice;
pub use text::{INSERT, PICTURE};
pub use withdraw::WithdrawNotice;
