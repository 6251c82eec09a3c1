//! Configuration: every setting comes from one environment variable and has a default that serves the demo.

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::identity::limit::{PER_ACCOUNT, PER_ADDRESS};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

/// The effective configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// `DATABASE_URL`
    pub database_url: String,
    /// `HS_ADDR`
    pub addr: String,
    /// `HS_PUBLIC_URL`: what QR codes and links begin with, no slash at the end.
    pub public_url: String,
    /// `HS_DATA`: keys and uploads, unless they are set elsewhere.
    pub data: PathBuf,
    /// `HS_SITE`: the folder with Wasm, styles, icons and fonts.
    pub site: PathBuf,
    /// `HS_KEYS`: the keyring's file, or `env:NAME` for a variable that holds it; only a demo makes a missing file.
    pub keys: PathBuf,
    /// `HS_FILES`: where uploads go, a folder or `s3://bucket/prefix`.
    pub files: String,
    /// `HS_CIPHER`: `aes-256-gcm` or `sm4-gcm` for newly sealed fields.
    pub cipher: String,
    /// `HS_DEMO`: shows login codes instead of sending them, offers the demo logins, honours the clock's shift.
    pub demo: bool,
    /// `HS_CLOCK_SHIFT`: with the demo, a file that holds milliseconds to add to the clock.
    pub clock_shift: Option<PathBuf>,
    /// `HS_SMS_URL`, `HS_SMS_KEY`: the SMS gateway and the secret that signs requests to it.
    pub sms_url: Option<String>,
    /// See `sms_url`.
    pub sms_key: Option<String>,
    /// `HS_WECHAT_URL`, `HS_WECHAT_KEY`: the gateway of WeChat's subscribe messages, and its secret.
    pub wechat_url: Option<String>,
    /// See `wechat_url`.
    pub wechat_key: Option<String>,
    /// `HS_QUIET_HOURS`: when SMS and WeChat are silent, such as `22:00-08:00;2027-01-01=21:00-08:00`.
    pub quiet_hours: String,
    /// `HS_NOTICES_KEPT`: days for which it is kept who was told what, such as `365;2027-01-01=400`.
    pub notices_kept: String,
    /// `HS_PROXIES`: how many reverse proxies of one's own stand in front and add to `X-Forwarded-For`.
    pub proxies: usize,
    /// `HS_FORMS_PER_ADDRESS`: forms that one address may post a minute, nobody signed in.
    pub forms_per_address: NonZeroU32,
    /// `HS_FORMS_PER_ACCOUNT`: forms that one account may post a minute.
    pub forms_per_account: NonZeroU32,
    /// `HS_LOG`: filter as `info,server=debug`.
    pub log: String,
    /// `HS_LOG_FORMAT`: `text` or `json`.
    pub log_format: String,
}

/// One line of the table that `hs config` prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The environment variable.
    pub name: &'static str,
    /// Its effective value, secrets hidden.
    pub value: String,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn from_env() -> Result<Self> {
        Self::read(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Reads settings by name.
    ///
    /// # Errors
    /// A number that is none, named: a limit must not fall back to another without a word.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let or = |name: &str, default: &str| get(name).unwrap_or_else(|| default.to_owned());
        let data = PathBuf::from(or("HS_DATA", "data"));
        let inside = |name: &str| data.join(name).to_string_lossy().into_owned();
        let addr = or("HS_ADDR", "127.0.0.1:3000");
        Ok(Self {
            database_url: or("DATABASE_URL", &format!("sqlite:{}", inside("hs.db"))),
            public_url: or("HS_PUBLIC_URL", &format!("http://{addr}")).trim_end_matches('/').to_owned(),
            addr,
            site: PathBuf::from(or("HS_SITE", "target/site")),
            keys: PathBuf::from(or("HS_KEYS", &inside("keyring"))),
            files: or("HS_FILES", &inside("files")),
            cipher: or("HS_CIPHER", "aes-256-gcm"),
            demo: matches!(get("HS_DEMO").as_deref(), Some("1" | "true" | "yes")),
            clock_shift: get("HS_CLOCK_SHIFT").map(PathBuf::from),
            sms_url: get("HS_SMS_URL"),
            sms_key: get("HS_SMS_KEY"),
            wechat_url: get("HS_WECHAT_URL"),
            wechat_key: get("HS_WECHAT_KEY"),
            quiet_hours: or("HS_QUIET_HOURS", "22:00-08:00"),
            notices_kept: or("HS_NOTICES_KEPT", "365"),
            proxies: number(&get, "HS_PROXIES", 0)?,
            forms_per_address: number(&get, "HS_FORMS_PER_ADDRESS", PER_ADDRESS)?,
            forms_per_account: number(&get, "HS_FORMS_PER_ACCOUNT", PER_ACCOUNT)?,
            log: or("HS_LOG", "info"),
            log_format: or("HS_LOG_FORMAT", "text"),
            data,
        })
    }

    /// The clock that this configuration asks for. Only a demo's can be moved.
    pub fn clock(&self) -> Clock {
        match &self.clock_shift {
            Some(file) if self.demo => Clock::Shifted(Arc::new(file.clone())),
            _ => Clock::System,
        }
    }

    /// Every setting with its effective value, secrets hidden.
    pub fn settings(&self) -> Vec<Setting> {
        let path = |p: &PathBuf| p.display().to_string();
        let hidden = |secret: &Option<String>| secret.as_ref().map_or_else(String::new, |_| "********".to_owned());
        [
            ("DATABASE_URL", hide_password(&self.database_url)),
            ("HS_ADDR", self.addr.clone()),
            ("HS_PUBLIC_URL", self.public_url.clone()),
            ("HS_DATA", path(&self.data)),
            ("HS_SITE", path(&self.site)),
            ("HS_KEYS", path(&self.keys)),
            ("HS_FILES", self.files.clone()),
            ("HS_CIPHER", self.cipher.clone()),
            ("HS_DEMO", self.demo.to_string()),
            ("HS_CLOCK_SHIFT", self.clock_shift.as_ref().map_or_else(String::new, path)),
            ("HS_SMS_URL", self.sms_url.clone().unwrap_or_default()),
            ("HS_SMS_KEY", hidden(&self.sms_key)),
            ("HS_WECHAT_URL", self.wechat_url.clone().unwrap_or_default()),
            ("HS_WECHAT_KEY", hidden(&self.wechat_key)),
            ("HS_QUIET_HOURS", self.quiet_hours.clone()),
            ("HS_NOTICES_KEPT", self.notices_kept.clone()),
            ("HS_PROXIES", self.proxies.to_string()),
            ("HS_FORMS_PER_ADDRESS", self.forms_per_address.to_string()),
            ("HS_FORMS_PER_ACCOUNT", self.forms_per_account.to_string()),
            ("HS_LOG", self.log.clone()),
            ("HS_LOG_FORMAT", self.log_format.clone()),
        ]
        .into_iter()
        .map(|(name, value)| Setting { name, value })
        .collect()
    }
}

/// The number after a name, or what holds without one.
fn number<T: FromStr>(get: impl Fn(&str) -> Option<String>, name: &str, or: T) -> Result<T> {
    let Some(text) = get(name) else { return Ok(or) };
    text.trim().parse().map_err(|_| Error::internal(format!("{name} is no number in its range: {text}")))
}

/// `postgres://user:secret@host/db` without the secret.
fn hide_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    // The last one: a password may hold the sign too.
    match rest.rsplit_once('@') {
        Some((login, host)) => {
            let user = login.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:********@{host}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_never_printed() {
        let config = Config::read(|name| match name {
            "DATABASE_URL" => Some("postgres://hs:@s3cret@db/hs".into()),
            "HS_SMS_KEY" => Some("s3cret".into()),
            _ => None,
        })
        .unwrap();
        let printed = format!("{:?}", config.settings());
        assert!(!printed.contains("s3cret"), "{printed}");
        assert!(printed.contains("postgres://hs:********@db/hs"));
    }

    #[test]
    fn the_readme_knows_every_setting() {
        const README: &str = include_str!("../../README.md");
        let settings = Config::read(|_| None).unwrap().settings();
        let known =
            |name: &str| README.lines().any(|line| line.starts_with('|') && line.contains(&format!("`{name}`")));
        let missing: Vec<_> = settings.iter().map(|setting| setting.name).filter(|name| !known(name)).collect();
        assert!(settings.len() > 10 && missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn only_a_demo_can_move_its_clock() {
        let with = |demo: &'static str| {
            Config::read(move |name| match name {
                "HS_CLOCK_SHIFT" => Some("/nowhere".into()),
                "HS_DEMO" => Some(demo.into()),
                _ => None,
            })
            .unwrap()
        };
        assert!(matches!(with("0").clock(), Clock::System));
        assert!(matches!(with("1").clock(), Clock::Shifted(_)));
    }

    #[test]
    fn a_number_that_is_none_is_named() {
        let with = |value: &'static str| Config::read(move |name| (name == "HS_PROXIES").then(|| value.to_owned()));
        assert_eq!(with("2").unwrap().proxies, 2);
        assert!(with("two").unwrap_err().to_string().contains("HS_PROXIES"));
    }
}
