//! The people whom a notice is for, page by page.

use super::rules::born_until;
use crate::error::Result;
use crate::identity;
use crate::people::{self, Listed, Mark, Set};
use contract::notices::{Audience, Group};
use contract::{AreaId, Millis, Role};
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use std::collections::BTreeMap;

/// People looked up at a time.
pub(super) const PAGE: i64 = 1_000;

/// How far a walk through an audience has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Walk {
    /// The place at hand, by its number in the audience.
    place: usize,
    /// The last person seen there.
    after: Mark,
}

/// The next people of an audience as it was at `at`, and where the walk goes on; nowhere at its end.
///
/// # Errors
/// The database's own.
pub(super) async fn page(
    conn: &mut AnyConnection,
    audience: &Audience,
    at: Millis,
    walk: &Walk,
) -> Result<(Vec<Listed>, Option<Walk>)> {
    let places = audience.places();
    let born = born_until(audience.tag, at);
    let set = match audience.group {
        Group::Residents => Set::Residents,
        Group::Owners => Set::Owners,
        Group::Households => Set::Households,
        Group::PartyMembers => {
            let members = holders(conn, &[Role::PartyMember], audience, &born).await?;
            let at_home = members.into_iter().filter(|member| places.iter().any(|place| place.holds(&member.area)));
            return Ok((at_home.collect(), None));
        }
        Group::Staff => {
            let staff = holders(conn, &[Role::GridWorker, Role::CommunityWorker], audience, &born).await?;
            return Ok((staff, None));
        }
    };
    let Some(place) = places.get(walk.place) else { return Ok((Vec::new(), None)) };
    let people = people::listed(conn, set, place, &born, &walk.after, PAGE).await?;
    let full = i64::try_from(people.len()).is_ok_and(|found| found == PAGE);
    let next = match people.last() {
        Some(last) if full => Some(Walk { place: walk.place, after: Mark::after(last) }),
        _ => (walk.place + 1 < places.len()).then(|| Walk { place: walk.place + 1, after: Mark::default() }),
    };
    Ok((people, next))
}

/// Who holds one of the roles in the audience's places, or around them.
async fn holders(conn: &mut AnyConnection, roles: &[Role], audience: &Audience, born: &str) -> Result<Vec<Listed>> {
    let mut found = BTreeMap::new();
    for place in audience.places() {
        for role in roles {
            for person in identity::holders(conn, *role, &place).await? {
                if let Some(listed) = people::listed_at_home(conn, &person).await?
                    && listed.born.as_str() <= born
                {
                    found.insert(person, listed);
                }
            }
        }
    }
    Ok(found.into_values().collect())
}

/// How many people there are in an audience now, each counted once, and how many of them have a phone.
///
/// # Errors
/// The database's own.
pub(super) async fn count(conn: &mut AnyConnection, audience: &Audience, now: Millis) -> Result<(i64, i64)> {
    let set = match audience.group {
        Group::Residents => Some(Set::Residents),
        Group::Owners => Some(Set::Owners),
        Group::Households => Some(Set::Households),
        Group::PartyMembers | Group::Staff => None,
    };
    if let (Some(set), [place]) = (set, audience.places().as_slice()) {
        return people::count_listed(conn, set, place, &born_until(audience.tag, now)).await;
    }
    let (mut people, mut walk) = (BTreeMap::new(), Some(Walk::default()));
    while let Some(at) = walk {
        let (listed, next) = page(conn, audience, now, &at).await?;
        people.extend(listed.into_iter().map(|person| (person.person, person.phone)));
        walk = next;
    }
    let phones = people.values().sum();
    Ok((i64::try_from(people.len()).unwrap_or(i64::MAX), phones))
}

/// The building that somebody of an audience is listed under.
pub(super) fn building(listed: &Listed) -> AreaId {
    let building = listed.area.up_to(contract::area::AreaKind::Building);
    building.unwrap_or_else(|| listed.area.clone())
}
