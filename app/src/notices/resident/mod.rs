//! The residents' pages: the list, one notice, and how one wants to hear.

mod list;
mod newest;
mod page;
mod reply;
mod settings;

pub use list::NoticeList;
pub use newest::Newest;
pub use page::NoticePage;
pub use settings::ChannelSettings;
