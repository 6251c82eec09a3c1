//! Measures as people read them.

pub use contract::measure::{square_metres, thousands};
