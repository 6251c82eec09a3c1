//! Who is calling and what they may do: sign-in, sessions, second factor, roles on areas, the one
//! permission table.

pub mod access;
mod caller;
mod demo;
pub mod http;
pub mod limit;
mod pending;
mod roles;
mod session;
mod settings;
mod sign_in;
pub mod sms;
mod store;
#[cfg(test)]
mod tests;
mod tie;
mod totp;

pub use access::{Guard, Verb};
pub use caller::{Caller, Grant};
pub use demo::{DemoAccount, demo_grant};
pub use pending::{open_pending, seal_pending};
pub use roles::{holders, operator_grant, roles_grant, roles_list, roles_revoke};
pub use session::{caller_of, ended_topic, run_forgetter, sign_out, sign_out_everywhere, still_holds};
pub use settings::settings_save;
pub use sign_in::{SignedIn, request_code, sign_in};
pub use tie::{adopt_account, bind_person, tie_account};
pub use totp::{enrol, second_factor, verify_second_factor};

#[cfg(test)]
pub(crate) use store::grants::HOLDERS;
