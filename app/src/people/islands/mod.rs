//! What moves on the room's pages. Each page works without it.

mod follow;

pub use follow::FollowImport;
