//! What moves on voting's pages. Each page works without them.

mod copy;
mod marks;
mod turnout;

pub use copy::CopyButton;
pub use marks::Marks;
pub use turnout::{LiveTurnout, TurnoutTexts};
