//! The heads of exported lists, in the reader's language.

use contract::Locale;
use contract::voting::{Phase, VoteKind};
use server::voting::{DoorstepTexts, ListTexts};

use crate::ui::*;

/// The columns' heads and the names of the phases.
pub fn list_texts(locale: Locale) -> ListTexts {
    let ui = Ui { locale, ..Ui::default() };
    let heads = ["title", "area", "kind", "phase", "items", "roll", "opens", "closes"];
    ListTexts {
        sheet: tr!(ui, "voting.title"),
        heads: heads.map(|head| {
            let key = format!("voting.console.{head}");
            tr!(ui, &key)
        }),
        phases: Phase::ALL.map(|phase| {
            let key = format!("voting.phase.{}", phase.code());
            tr!(ui, &key)
        }),
        kinds: [VoteKind::Election, VoteKind::Resolution, VoteKind::Poll].map(|kind| {
            let key = format!("voting.kind.{}", kind.code());
            tr!(ui, &key)
        }),
    }
}

/// The columns' heads of the doorstep list.
pub fn doorstep_texts(locale: Locale) -> DoorstepTexts {
    let ui = Ui { locale, ..Ui::default() };
    let heads = ["voting.console.building", "voting.doorstep.address", "voting.doorstep.name"];
    DoorstepTexts { sheet: tr!(ui, "voting.doorstep.caption"), heads: heads.map(|key| tr!(ui, key)) }
}
