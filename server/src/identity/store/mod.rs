//! SQL of accounts, codes, sessions, limits and grants.

pub(super) mod accounts;
pub(super) mod codes;
pub(super) mod grants;
pub(super) mod limits;
pub(super) mod sessions;
