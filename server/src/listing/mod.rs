//! What the lists of the workers' console share, whatever room they are of: the areas that a caller looks into, one
//! list out of several areas, and the SQL that is the same for each.
//!
//! A room's list asks its store area by area and lays the answers together:
//! ```ignore
//! for area in listing::areas(caller, Verb::NoticesList, filter.area().as_ref())? {
//!     rows.extend(store::inside(conn, &Filter { area: &area, … }, limit).await?);
//! }
//! Ok(listing::newest(rows, limit, |row| row.id.as_str()))
//! ```

mod store;

pub(crate) use store::{areas_of, named_areas, pattern};

use crate::error::Result;
use crate::identity::{Caller, Verb};
use contract::AreaId;

/// Areas offered to narrow a list by, at most: a select with more helps nobody.
pub(crate) const OFFERED: i64 = 400;
/// Rows of a list's workbook at most.
pub(crate) const EXPORTED: i64 = 10_000;

/// What a list asks its store for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filter<'a> {
    /// Everything inside it.
    pub area: &'a AreaId,
    /// Part of the title or of the place's name; empty for all.
    pub search: &'a str,
    /// A state's code; empty for all.
    pub state: &'a str,
    /// Below this id; empty for the newest.
    pub before: &'a str,
}

/// The areas of the caller's that a list shows, none inside another: the part of each that is wanted, all of it
/// where nothing is.
///
/// # Errors
/// `SignIn`, `SecondFactor`, `Forbidden`.
pub(crate) fn areas(caller: &Caller, verb: Verb, wanted: Option<&AreaId>) -> Result<Vec<AreaId>> {
    caller.allow_somewhere(verb)?;
    Ok(caller.areas(verb).into_iter().filter_map(|own| within(own, wanted)).collect())
}

/// The part of a caller's `own` area that is wanted, if any.
fn within(own: AreaId, wanted: Option<&AreaId>) -> Option<AreaId> {
    match wanted {
        Some(wanted) if own.holds(wanted) => Some(wanted.clone()),
        Some(wanted) if !wanted.holds(&own) => None,
        _ => Some(own),
    }
}

/// The newest rows of what several areas gave, by their ids.
pub(crate) fn newest<T>(mut rows: Vec<T>, limit: i64, id: impl Fn(&T) -> &str) -> Vec<T> {
    rows.sort_unstable_by(|a, b| id(b).cmp(id(a)));
    rows.truncate(usize::try_from(limit).unwrap_or(0));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Grant;
    use contract::Role;
    use contract::ids::AccountId;

    #[test]
    fn a_list_shows_the_wanted_part_of_the_callers_areas() {
        let area = |text: &str| text.parse::<AreaId>().unwrap();
        let grants = ["3410.03.001", "3410.04"].map(|own| Grant { role: Role::CommunityWorker, area: area(own) });
        let (account, grants) = (Some(AccountId::trusted("a")), grants.to_vec());
        let caller = Caller { account, grants, second_factor: true, ..Caller::default() };
        let shown = |wanted: Option<&str>| areas(&caller, Verb::NoticesList, wanted.map(area).as_ref()).unwrap();
        assert_eq!(shown(None), [area("3410.03.001"), area("3410.04")]);
        assert_eq!(shown(Some("3410.03")), [area("3410.03.001")], "as much of it as is the caller's");
        assert_eq!(shown(Some("3410.03.001.004")), [area("3410.03.001.004")]);
        assert!(shown(Some("3410.05")).is_empty());
        assert!(areas(&Caller::anonymous(), Verb::NoticesList, None).is_err());
        assert_eq!(newest(vec!["a", "c", "b"], 2, |row| row), ["c", "b"]);
    }
}
