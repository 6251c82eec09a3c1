//! What each room has waiting.

use contract::area::AreaKind;
use contract::notices::{NoticeFilter, NoticeState};
use contract::people::{CorrectionFilter, CorrectionLine, Twins};
use contract::voting::{Phase, VoteFilter, VoteLine};
use contract::{AreaId, PageRequest};
use server::identity::{Caller, Verb};
use server::{Core, Result, notices, people, voting};

use super::{Group, Row};
use crate::people::{CORRECTIONS, MERGE, TWINS, correction_at, field_text};
use crate::ui::Ui;
use crate::ui::time::moment;

/// Rows of one kind at most; all of them are a tap away.
const SHOWN: u16 = 5;
/// The phases that wait for a worker, most urgent first.
const WAITING: [Phase; 4] = [Phase::Closed, Phase::Counted, Phase::Open, Phase::Draft];

fn first() -> PageRequest {
    PageRequest { size: Some(SHOWN), ..PageRequest::default() }
}

fn first_of<T>(rows: Vec<T>) -> impl Iterator<Item = T> {
    rows.into_iter().take(usize::from(SHOWN))
}

fn may(caller: &Caller, verb: Verb) -> bool {
    caller.allow_somewhere(verb).is_ok()
}

/// Votes, phase by phase.
pub(super) async fn votes(ui: Ui, caller: &Caller, core: &Core) -> Result<Vec<Group>> {
    let mut waiting = Vec::new();
    for phase in WAITING.into_iter().filter(|_| may(caller, Verb::VotingList)) {
        let filter = VoteFilter { phase: phase.code().to_owned(), ..VoteFilter::default() };
        let page = voting::console_list(caller, core, filter).await?;
        let row = |VoteLine { vote, heads }| Row {
            href: format!("/console/voting/{}", vote.id),
            detail: match phase {
                Phase::Draft => vote.area_name,
                _ => {
                    let closes = moment(ui, vote.closes_at);
                    tr!(ui, "today.detail", area = vote.area_name, heads = heads, closes = closes)
                }
            },
            title: vote.title,
        };
        let (key, all) = (format!("today.phase.{}", phase.code()), format!("/console/voting?phase={}", phase.code()));
        waiting.push(Group { title: tr!(ui, &key), all, icon: "vote", rows: first_of(page.rows).map(row).collect() });
    }
    Ok(waiting)
}

/// What residents want corrected in the registry.
pub(super) async fn corrections(ui: Ui, caller: &Caller, core: &Core) -> Result<Option<Group>> {
    if !may(caller, Verb::PeopleCorrect) {
        return Ok(None);
    }
    let page =
        people::corrections(caller, core, CorrectionFilter { page: first(), ..CorrectionFilter::default() }).await?;
    let row = |line: CorrectionLine| Row {
        href: correction_at(&line.id),
        title: line.name,
        detail: format!("{} · {}", field_text(ui, line.field), moment(ui, line.asked_at)),
    };
    let rows = page.rows.into_iter().map(row).collect();
    Ok(Some(Group { title: tr!(ui, "today.corrections"), all: CORRECTIONS.to_owned(), icon: "user-round", rows }))
}

/// Notices that were written and not sent.
pub(super) async fn drafts(ui: Ui, caller: &Caller, core: &Core) -> Result<Option<Group>> {
    if !may(caller, Verb::NoticesSend) {
        return Ok(None);
    }
    let state = NoticeState::Draft.code();
    let filter = NoticeFilter { state: state.to_owned(), ..NoticeFilter::default() };
    let rows = first_of(notices::console_list(caller, core, filter).await?.rows).map(|line| Row {
        href: format!("/console/notices/{}", line.notice.id),
        title: line.notice.title,
        detail: line.notice.area_name,
    });
    let (rows, all) = (rows.collect(), format!("/console/notices?state={state}"));
    Ok(Some(Group { title: tr!(ui, "today.notices"), all, icon: "megaphone", rows }))
}

/// Entries of the registry that may be one person, of those of the caller's areas that are a community or less: wider
/// ones are looked through community by community.
pub(super) async fn twins(ui: Ui, caller: &Caller, core: &Core) -> Result<Option<Group>> {
    let areas: Vec<AreaId> = caller.areas(Verb::PeopleMerge);
    let areas =
        areas.into_iter().filter(|area| may(caller, Verb::PeopleMerge) && area.up_to(AreaKind::Community).is_some());
    let (mut rows, mut all) = (Vec::new(), TWINS.to_owned());
    for area in areas {
        let found = people::twins(caller, core, Some(area.clone()), first()).await?.pairs.rows;
        if rows.is_empty() {
            all = format!("{TWINS}?area={area}");
        }
        rows.extend(found.into_iter().map(|Twins { first, second, same_day }| Row {
            href: format!("{MERGE}?keep={}&lose={}", first.id, second.id),
            title: first.name,
            detail: if same_day { tr!(ui, "people.twins.same_day") } else { tr!(ui, "people.twins.same_phone") },
        }));
    }
    Ok(Some(Group { title: tr!(ui, "today.twins"), all, icon: "users", rows: first_of(rows).collect() }))
}
