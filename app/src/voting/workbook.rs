//! The heads of the exported list, in the reader's language.

use contract::Locale;
use contract::voting::Phase;
use server::voting::ListTexts;

use crate::ui::*;

/// The columns' heads and the names of the phases.
pub fn texts(locale: Locale) -> ListTexts {
    let ui = Ui { locale, ..Ui::default() };
    let heads = ["title", "area", "phase", "seats", "candidates", "roll", "opens", "closes"];
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
    }
}
