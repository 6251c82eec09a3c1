//! Islands that belong to no room, each in a chunk of its own. Texts come as props: nothing here
//! knows a language.

mod aloud;

pub use aloud::Aloud;
