//! What is around every page: the document, its policy, its scripts.

mod document;
mod headers;
mod options;

pub use document::shell;
pub use options::options;
