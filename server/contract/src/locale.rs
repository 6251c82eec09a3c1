//! The languages of the interface.

use serde::{Deserialize, Serialize};

/// Chinese first, English beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Locale {
    /// 简体中文
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English
    #[serde(rename = "en")]
    En,
}

impl Locale {
    /// The BCP 47 tag, as in `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language of a tag; anything unknown is Chinese.
    pub fn of(tag: &str) -> Self {
        if tag.starts_with("en") { Self::En } else { Self::ZhCn }
    }
}
