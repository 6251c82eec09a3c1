//! The registry as it stood on a day, for workers: the dwellings of an area with their owners.

use contract::people::{AsOf, OwnersAsOf, PastDwelling, PastOwner};
use contract::{AreaId, Error, Issue, local};

use super::{Holding, areas, holdings_under_at};
use crate::identity::{Caller, Verb};
use crate::{Core, Result};
use contract::area::AreaKind;

/// Who owned what in a building, or a place inside one, at the end of a day; areas to choose from where a
/// wider one, or none, is asked for.
///
/// # Errors
/// `Forbidden` outside the caller's areas; `Invalid` (`day`) for a day that does not exist.
pub async fn as_of(caller: &Caller, core: &Core, input: AsOf) -> Result<OwnersAsOf> {
    caller.allow_somewhere(Verb::PeopleSearch)?;
    let own = caller.areas(Verb::PeopleSearch).into_iter().next();
    let area: AreaId = input.area.or(own).ok_or(Error::Forbidden)?;
    caller.allow(Verb::PeopleSearch, &area)?;
    let now = core.clock.now();
    let day = if input.day.is_empty() { local::format(now)[..10].to_owned() } else { input.day };
    let last = format!("{day}T23:59:59");
    let moment = local::parse(&last).ok_or_else(|| Error::field("day", Issue::Format))? + 999;
    let mut conn = core.db.read().await?;
    let mut trail = areas::trail_names(&mut conn, &area).await?;
    trail.retain(|around| caller.allow(Verb::PeopleSearch, &around.id).is_ok());
    let inside = areas::children(&mut conn, &area).await?;
    let held = match area.kind() < AreaKind::Building {
        true => None,
        false => Some(dwellings(holdings_under_at(&mut conn, &area, moment).await?)),
    };
    Ok(OwnersAsOf { day, trail, inside, held })
}

fn dwellings(holdings: Vec<Holding>) -> Vec<PastDwelling> {
    let groups = holdings.chunk_by(|a, b| a.dwelling == b.dwelling);
    let owner = |holding: &Holding| PastOwner { name: holding.name.clone(), share: holding.share };
    let dwelling = |group: &[Holding]| PastDwelling {
        address: group[0].address.clone(),
        kind: group[0].kind,
        area_dm2: group[0].area_dm2,
        owners: group.iter().map(owner).collect(),
    };
    groups.map(dwelling).collect()
}
