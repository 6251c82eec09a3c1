//! The room against a model that knows nothing of it: what the law says of owners, ballots and thresholds, written
//! down once more in the plainest way, with sums of its own in fractions.
//!
//! [`thresholds`] compares roll and arithmetic on random compounds (co-owners, several flats, minors, a developer)
//! and on compounds made to stand on an edge: exactly two thirds, a half, three quarters, and one head or 0.01 m²
//! less. [`play`] takes random compounds through whole votes in the database: co-owners who name a voter,
//! mandates given, taken back and over the limit, paper beside phone; every answer of the room is foretold.

mod acts;
mod compound;
mod fraction;
mod play;
mod rules;
mod stage;
mod thresholds;
mod verdict;
