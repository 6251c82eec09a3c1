//! Signing in, the second factor, settings and roles: inputs, views and their checks.

use crate::check::{Checks, is_mobile};
use crate::ids::{AccountId, GrantId};
use crate::people::AreaName;
use crate::{AreaId, Issue, Locale, Millis, Page, Result, Role};
use serde::{Deserialize, Serialize};

/// Digits of a one-time code and of a second factor's code.
pub const CODE_DIGITS: usize = 6;

/// The cookies of the program.
pub mod cookie {
    /// The session's token; for the server alone.
    pub const SESSION: &str = "hs_session";
    /// [`crate::Locale::tag`]
    pub const LOCALE: &str = "hs_lang";
    /// [`super::Pending`], sealed.
    pub const PENDING: &str = "hs_sign_in";
    /// `1` for 长辈版.
    pub const ELDER: &str = "hs_elder";
    /// [`super::Theme::code`]
    pub const THEME: &str = "hs_theme";
    /// The build whose files the device has.
    pub const BUILD: &str = "hs_build";
}

/// Asks for a one-time code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRequest {
    /// A mainland mobile number; spaces and hyphens are taken out.
    pub phone: String,
}

impl CodeRequest {
    /// The number as eleven digits.
    ///
    /// # Errors
    /// Field `phone`: nothing given, or no mainland mobile number.
    pub fn check(&self) -> Result<String> {
        let mut checks = Checks::new();
        let phone = checked_phone(&mut checks, &self.phone);
        checks.done().map(|()| phone)
    }
}

/// Signs in with the code that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The number that the code was sent to.
    pub phone: String,
    /// Six digits.
    pub code: String,
}

impl SignIn {
    /// Number and code, both digits only.
    ///
    /// # Errors
    /// Fields `phone` and `code`: nothing given, or not of their form.
    pub fn check(&self) -> Result<(String, String)> {
        let mut checks = Checks::new();
        let phone = checked_phone(&mut checks, &self.phone);
        let code = checked_code(&mut checks, &self.code);
        checks.done().map(|()| (phone, code))
    }
}

/// The code of the second factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// Six digits from the authenticator.
    pub code: String,
}

impl SecondFactor {
    /// The digits.
    ///
    /// # Errors
    /// Field `code`: nothing given, or not six digits.
    pub fn check(&self) -> Result<String> {
        let mut checks = Checks::new();
        let code = checked_code(&mut checks, &self.code);
        checks.done().map(|()| code)
    }
}

/// What is told about a code that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeSent {
    /// `138****1234`
    pub phone: String,
    /// When the code stops working.
    pub expires_at: Millis,
    /// When another may be asked for.
    pub resend_at: Millis,
    /// The code itself, in a demo only.
    pub shown: Option<String>,
}

/// Between the two steps of signing in: which phone, and what was told about its code. It travels in a
/// sealed cookie, so that the number stands in no address, history or log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Eleven digits.
    pub phone: String,
    /// What is shown beside the code's field.
    pub sent: CodeSent,
}

/// How pages look: light, dark, or what the device says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device is set.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order of the settings.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The name as stored, in the cookie, in `<html data-theme>` and as key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a name; anything unknown is [`Theme::Auto`].
    pub fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }
}

/// How somebody wants pages to look and speak, remembered with the account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The language.
    pub locale: Locale,
    /// 长辈版
    pub elder: bool,
    /// Light or dark.
    pub theme: Theme,
}

/// Grants a role on an area to whoever signs in with a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantRole {
    /// The phone of who is to hold the role.
    pub phone: String,
    /// [`Role::code`]
    pub role: String,
    /// Where the role is to hold.
    pub area: String,
}

impl GrantRole {
    /// Phone, role and area as they are meant.
    ///
    /// # Errors
    /// Fields `phone`, `role`, `area`: not given or unknown. [`Role::Resident`] counts as unknown: it
    /// follows from the registry and is never granted by hand.
    pub fn check(&self) -> Result<(String, Role, AreaId)> {
        let mut checks = Checks::new();
        let phone = checked_phone(&mut checks, &self.phone);
        let role = Role::from_code(&self.role).filter(|role| *role != Role::Resident);
        checks.ensure(role.is_some(), "role", Issue::Unknown);
        let area = self.area.trim().parse::<AreaId>().ok();
        checks.ensure(area.is_some(), "area", Issue::Unknown);
        checks.done()?;
        let unknown = |field| crate::Error::field(field, Issue::Unknown);
        Ok((phone, role.ok_or_else(|| unknown("role"))?, area.ok_or_else(|| unknown("area"))?))
    }
}

/// Takes a role away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeRole {
    /// Which grant.
    pub grant: GrantId,
}

/// A role somebody holds, as listed for administrators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantView {
    /// The grant.
    pub id: GrantId,
    /// Who holds it.
    pub account: AccountId,
    /// `138****1234`
    pub phone: String,
    /// The holder's name, once the registry knows them.
    pub name: Option<String>,
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub area: AreaName,
    /// Since when.
    pub granted_at: Millis,
}

/// Which roles an administrator looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolesQuery {
    /// Those in this area and inside it; the widest area of the caller's when not given.
    #[serde(default)]
    pub area: Option<AreaId>,
    /// Those after this grant.
    #[serde(default)]
    pub after: Option<String>,
}

/// The roles of an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolesView {
    /// The area looked at and those around it, outermost first, as far as the caller administers them.
    pub trail: Vec<AreaName>,
    /// The areas directly inside it.
    pub inside: Vec<AreaName>,
    /// Who holds what there, oldest first.
    pub grants: Page<GrantView>,
}

/// What the page of the second factor shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondFactorState {
    /// Nothing is set up yet.
    None,
    /// A secret waits for its first code.
    Enrolling {
        /// The secret as QR picture (SVG).
        qr: String,
        /// The secret to type where no camera is at hand (base32).
        secret: String,
    },
    /// A code is asked for.
    Ready {
        /// The current code, in a demo only.
        shown: Option<String>,
    },
}

/// A path of this site that may follow a sign-in, or the home page: `next` comes from the address
/// bar, and a link must not lead to somebody else's site (CWE-601). Browsers read `\` as `/` and drop
/// control characters, so both are refused.
pub fn local_path(next: &str) -> &str {
    let inside = next.starts_with('/')
        && !next.starts_with("//")
        && !next.chars().any(|c| c == '\\' || c.is_control() || c.is_whitespace());
    if inside { next } else { "/" }
}

fn checked_phone(checks: &mut Checks, typed: &str) -> String {
    let phone = without_gaps(typed);
    let phone = phone.strip_prefix("+86").map_or_else(|| phone.clone(), ToOwned::to_owned);
    if phone.is_empty() {
        checks.fault("phone", Issue::Required);
    } else if !is_mobile(&phone) {
        checks.fault("phone", Issue::Format);
    }
    phone
}

fn checked_code(checks: &mut Checks, typed: &str) -> String {
    let code = without_gaps(typed);
    if code.is_empty() {
        checks.fault("code", Issue::Required);
    } else if code.len() != CODE_DIGITS || !code.bytes().all(|b| b.is_ascii_digit()) {
        checks.fault("code", Issue::Format);
    }
    code
}

fn without_gaps(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_follow_a_sign_in() {
        for good in ["/", "/voting/1/review?x=1&y=%2F", "/a//b"] {
            assert_eq!(local_path(good), good);
        }
        for bad in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "javascript:x",
            "/\t/evil.example",
            "/a\r\nb",
            "voting",
        ] {
            assert_eq!(local_path(bad), "/", "{bad:?}");
        }
    }

    #[test]
    fn a_phone_may_be_typed_with_gaps() {
        let typed = |phone: &str| CodeRequest { phone: phone.to_owned() }.check();
        assert_eq!(typed(" 138 0013-8000 "), Ok("13800138000".to_owned()));
        assert_eq!(typed("+8613800138000"), Ok("13800138000".to_owned()));
        assert_eq!(typed("12345"), Err(crate::Error::field("phone", Issue::Format)));
        assert_eq!(typed(""), Err(crate::Error::field("phone", Issue::Required)));
    }

    #[test]
    fn residents_are_not_made_by_hand() {
        let grant = |role: &str, area: &str| {
            GrantRole { phone: "13800138000".into(), role: role.into(), area: area.into() }.check()
        };
        assert!(grant("grid_worker", "3410.03").is_ok());
        assert_eq!(grant("resident", "3410.03").map(|_| ()), Err(crate::Error::field("role", Issue::Unknown)));
        assert_eq!(grant("grid_worker", "..").map(|_| ()), Err(crate::Error::field("area", Issue::Unknown)));
    }
}
