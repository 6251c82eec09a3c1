//! Who is calling and what they may do: callers, roles on areas, the one permission table.

pub mod access;
mod caller;

pub use access::{Guard, Verb};
pub use caller::{Caller, Grant};
