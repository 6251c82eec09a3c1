//! What is around every page: the document, its policy, its scripts.

mod document;
mod headers;
mod options;
mod style;

pub use document::shell;
pub use options::options;
pub use style::Style;
