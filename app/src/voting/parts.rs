//! What several of the room's pages show.

use contract::voting::{Item, ItemKind, ItemOption, Phase, RegisterFilter, RollEntry, VoteSummary};
use contract::{AreaId, Millis};
use leptos::prelude::*;
use server::files::FileName;

use crate::ui::time;
use crate::ui::*;

/// The value that stands for 弃权 among an item's choices.
pub const BLANK: &str = "blank";
/// The ballot's field for the head that it is cast for.
pub const HEAD: &str = "head";
/// The ballot's field for the head's area, as the voter has seen it.
pub const AREA: &str = "area";
/// The ballot's field for how many items the paper has.
pub const ITEMS: &str = "items";

/// A vote's phase as a coloured word.
#[component]
pub fn PhaseTag(
    /// The phase.
    phase: Phase,
) -> impl IntoView {
    let key = format!("voting.phase.{}", phase.code());
    let state = match phase {
        Phase::Draft => State::Plain,
        Phase::Announced | Phase::Closed => State::Wait,
        Phase::Open => State::Now,
        Phase::Counted => State::Info,
        Phase::Published => State::Done,
    };
    view! { <Tag state=state>{tr!(ui(), &key)}</Tag> }
}

/// A candidate's photo, or the first character of the name.
#[component]
pub fn Face(
    /// Whose.
    candidate: ItemOption,
) -> impl IntoView {
    let photo = candidate.photo.and_then(|name| name.parse::<FileName>().ok());
    match photo {
        Some(name) => view! { <img class="face" src=format!("/voting/photos/{}", name.thumbnail()) alt="" width="56" height="56" /> }.into_any(),
        None => {
            let initial: String = candidate.name.chars().take(1).collect();
            view! { <span class="face" aria-hidden="true">{initial}</span> }.into_any()
        }
    }
}

/// What a candidate says of themselves, folded away.
#[component]
pub fn Statement(
    /// Whose.
    candidate: ItemOption,
) -> impl IntoView {
    let ItemOption { name, statement, .. } = candidate;
    (!statement.is_empty()).then(|| {
        view! {
            <details class="statement">
                <summary>{tr!(ui(), "voting.statement")} <span class="sr">{name}</span></summary>
                <p>{statement}</p>
            </details>
        }
    })
}

/// The first line of a statement, for the card.
pub fn first_line(statement: &str) -> String {
    /// Characters shown: two lines of a phone.
    const SHOWN: usize = 40;
    let line = statement.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(SHOWN).collect();
    if cut.len() < line.len() { cut + "…" } else { cut }
}

/// What an option is called: the three answers to a decision in the reader's language, others as written.
pub fn option_name(ui: Ui, item: &Item, option: &ItemOption) -> String {
    match item.kind {
        ItemKind::Decide => decision(ui, option.number),
        ItemKind::Choose => option.name.clone(),
    }
}

/// 赞成, 反对, 弃权 by their numbers.
pub fn decision(ui: Ui, number: u32) -> String {
    let key = format!("voting.decision.{number}");
    tr!(ui, &key)
}

/// A door with its building, which most addresses name themselves.
pub fn door(building: &str, place: &str) -> String {
    if place.contains(building) { place.to_owned() } else { format!("{building} {place}") }
}

/// What kind of vote it is, in a word.
pub fn kind_name(ui: Ui, vote: &VoteSummary) -> String {
    let key = format!("voting.kind.{}", vote.kind.code());
    tr!(ui, &key)
}

/// Whose ballot a form is, and how many items it answers.
#[component]
pub fn BallotFields(
    /// The head that it is cast for.
    entry: RollEntry,
    /// Items on the paper.
    items: usize,
) -> impl IntoView {
    view! {
        <input type="hidden" name=HEAD value=entry.head />
        <input type="hidden" name=AREA value=entry.area_dm2.to_string() />
        <input type="hidden" name=ITEMS value=items.to_string() />
    }
}

/// When the poll is open, in a sentence that fits the phase.
pub fn when(ui: Ui, vote: &VoteSummary) -> String {
    let (opens, closes) = (time::moment(ui, vote.opens_at), time::moment(ui, vote.closes_at));
    match vote.phase {
        Phase::Draft | Phase::Announced => tr!(ui, "voting.from_to", from = opens, to = closes),
        Phase::Open => tr!(ui, "voting.until", at = closes),
        Phase::Closed | Phase::Counted | Phase::Published => tr!(ui, "voting.closed_at", at = closes),
    }
}

/// `2 天 4 小时`.
pub fn span(ui: Ui, length: Millis) -> String {
    let parts = time::span(ui, length).into_iter().map(|(number, unit)| format!("{number} {unit}"));
    parts.collect::<Vec<_>>().join(" ")
}

/// The page of a vote, or one below it: `review`, `receipt`, `result`.
pub fn page_of(vote: &VoteSummary, below: &str) -> String {
    let slash = if below.is_empty() { "" } else { "/" };
    format!("/voting/{}{slash}{below}", vote.id)
}

/// The address of a page of the roll.
pub fn register_at(path: &str, asked: &RegisterFilter) -> ListAt {
    ListAt::new(path, &[("search", &asked.search), ("building", &asked.building)], asked.after.as_deref())
}

/// Narrows a list of heads by their buildings.
pub fn by_building(ui: Ui, buildings: Vec<(AreaId, String)>) -> Narrow {
    let buildings = buildings.into_iter().map(|(id, name)| (id.to_string(), name));
    Narrow::by("building", tr!(ui, "voting.console.building"), tr!(ui, "voting.register.all"), buildings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_show_the_first_line_cut_where_it_is_long() {
        assert_eq!(first_line("退休教师\n三年召集人"), "退休教师");
        let long = "好".repeat(41);
        assert_eq!(first_line(&long), format!("{}…", "好".repeat(40)));
    }
}
