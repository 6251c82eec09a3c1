//! Who is missing from a roll: the heads that announcing would make of them now, by the same rules.

use crate::db::Tx;
use crate::error::Result;
use crate::voting::announce;
use crate::voting::store::Vote;
use crate::voting::store::relist;
use crate::voting::store::roll::Head;
use contract::ids::PersonId;
use contract::{Issue, Refusal};
use std::collections::BTreeSet;

/// The heads of a person, from the registry as it is now, that the roll does not list so: other owners, other
/// dwellings, or not at all. With several owners a head is theirs together. `area_dm2` counts in place of the
/// registry's where one head is meant.
///
/// # Errors
/// [`Refusal::NothingRegistered`] for who has no part in any head by the registry; [`Refusal::AlreadyOnRoll`] when all of
/// theirs are listed; `area`: `Contradiction` when it is typed for several heads.
pub(super) async fn heads(tx: &mut Tx, vote: &Vote, person: &PersonId, area_dm2: Option<i64>) -> Result<Vec<Head>> {
    let mut heads = announce::heads(tx, vote, vote.rules()).await?;
    heads.retain(|head| head.members.iter().any(|member| member.person == *person));
    if heads.is_empty() {
        return Err(Refusal::NothingRegistered.into());
    }
    let mut missing = Vec::new();
    for mut head in heads {
        match standing(tx, vote, &head).await? {
            Standing::Listed => continue,
            Standing::OtherPersons { area_dm2 } => head.area_dm2 = area_dm2,
            Standing::OtherDwellings => {}
        }
        missing.push(head);
    }
    match (missing.as_mut_slice(), area_dm2) {
        ([], _) => return Err(Refusal::AlreadyOnRoll.into()),
        ([only], Some(area_dm2)) => only.area_dm2 = area_dm2,
        (_, None) => {}
        (_, Some(_)) => return Err(crate::Error::field("area", Issue::Contradiction)),
    }
    Ok(missing)
}

/// How a head of the registry stands on the roll.
enum Standing {
    /// With the same persons and dwellings.
    Listed,
    /// With the same dwellings, which count with this area, and without some of the persons.
    OtherPersons { area_dm2: i64 },
    /// With other dwellings, or not at all.
    OtherDwellings,
}

async fn standing(tx: &mut Tx, vote: &Vote, head: &Head) -> Result<Standing> {
    let Some(listed) = relist::listed(tx.conn(), &vote.id, &head.head).await? else {
        return Ok(Standing::OtherDwellings);
    };
    let mut same = listed.dwellings == head.dwellings;
    for (dwelling, _) in &head.homes {
        let counted = relist::counted_by(tx.conn(), &vote.id, dwelling).await?;
        same &= counted.is_none_or(|(by, _)| by == head.head);
    }
    let members: BTreeSet<&PersonId> = listed.persons.iter().map(|one| &one.person).collect();
    Ok(match head.members.iter().all(|member| members.contains(&member.person)) {
        _ if !same => Standing::OtherDwellings,
        true => Standing::Listed,
        false => Standing::OtherPersons { area_dm2: listed.area_dm2 },
    })
}
