//! Fields of forms: label, hint, what was typed, and the message beside it.

mod area;
mod input;
mod parts;
mod select;

pub use area::TextArea;
pub use input::Field;
pub use parts::{FieldMessage, issue_text};
pub use select::Select;
