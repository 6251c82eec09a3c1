//! What is around every page: the document, its policy, its scripts.

mod document;
mod options;
mod policy;

pub use document::shell;
pub use options::options;
