//! What moves on the room's pages. Each page works without it.

mod progress;

pub use progress::{LiveProgress, ProgressTexts};
