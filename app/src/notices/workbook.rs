//! The heads of exported lists, in the reader's language.

use contract::Locale;
use contract::notices::{Delivery, NoticeState, Why};
use server::notices::{DoorstepTexts, ListTexts, RecipientTexts, ReplyTexts};

use crate::ui::*;

fn ui_in(locale: Locale) -> Ui {
    Ui { locale, ..Ui::default() }
}

/// The texts of some keys below `above`.
fn texts<const N: usize>(ui: Ui, above: &str, keys: [&str; N]) -> [String; N] {
    keys.map(|key| {
        let key = format!("notices.{above}.{key}");
        tr!(ui, &key)
    })
}

/// Of the workers' list.
pub fn list_texts(locale: Locale) -> ListTexts {
    let ui = ui_in(locale);
    ListTexts {
        sheet: tr!(ui, "notices.title"),
        heads: texts(ui, "console", ["title", "area", "state", "version", "at", "recipients", "read"]),
        states: texts(ui, "state", NoticeState::ALL.map(NoticeState::code)),
    }
}

/// Of the recipients.
pub fn recipient_texts(locale: Locale) -> RecipientTexts {
    let ui = ui_in(locale);
    RecipientTexts {
        sheet: tr!(ui, "notices.console.recipients"),
        heads: texts(ui, "recipient", ["name", "address", "status", "why", "attempts", "at"]),
        statuses: texts(ui, "status", Delivery::ALL.map(Delivery::code)),
        reasons: texts(ui, "why", Why::ALL.map(Why::code)),
    }
}

/// Of the replies.
pub fn reply_texts(locale: Locale) -> ReplyTexts {
    let ui = ui_in(locale);
    ReplyTexts {
        sheet: tr!(ui, "notices.console.answered"),
        heads: texts(ui, "recipient", ["name", "address", "reply", "at"]),
    }
}

/// Of the doorstep list.
pub fn doorstep_texts(locale: Locale) -> DoorstepTexts {
    let ui = ui_in(locale);
    let heads = ["ui.doorstep.building", "ui.doorstep.address", "ui.doorstep.name"];
    DoorstepTexts { sheet: tr!(ui, "notices.doorstep.caption"), heads: heads.map(|key| tr!(ui, key)) }
}
