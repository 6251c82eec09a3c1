//! What a worker needs while drafting: where a vote can be held, and a place for photos.

use crate::core::Core;
use crate::error::Result;
use crate::files::FileName;
use crate::identity::{Caller, Verb};
use crate::people;
use bytes::Bytes;
use contract::AreaId;
use contract::area::AreaKind;
use contract::people::AreaName;
use std::collections::VecDeque;

/// Most places offered: a select with more helps nobody.
const MOST: usize = 400;

/// The compounds and buildings of the caller's areas, each building after its compound and named with
/// it. Who works for a whole city is offered the first 400.
///
/// # Errors
/// `SignIn`, `SecondFactor`, `Forbidden`.
pub async fn places(caller: &Caller, core: &Core) -> Result<Vec<AreaName>> {
    caller.allow_somewhere(Verb::VotingOrganise)?;
    let mut conn = core.db.read().await?;
    let mut found = Vec::new();
    let mut ahead = VecDeque::new();
    for area in caller.areas(Verb::VotingOrganise) {
        ahead.extend(people::area(&mut conn, &area).await?);
    }
    while let Some(area) = ahead.pop_front().filter(|_| found.len() < MOST) {
        if area.kind() < AreaKind::Building {
            let inside = people::children(&mut conn, &area.id).await?;
            let named = |inner: AreaName| match area.kind() {
                AreaKind::Compound => AreaName { name: format!("{} {}", area.name, inner.name), ..inner },
                _ => inner,
            };
            ahead.extend(inside.into_iter().map(named));
        }
        if votable(&area.id) {
            found.push(area);
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(found)
}

/// A vote is a compound's or a building's.
fn votable(area: &AreaId) -> bool {
    matches!(area.kind(), AreaKind::Compound | AreaKind::Building)
}

/// Keeps a candidate's photo and gives the name to put into the draft.
///
/// # Errors
/// As [`places`]; as [`crate::files::Files::put_image`].
pub async fn keep_photo(caller: &Caller, core: &Core, photo: Bytes) -> Result<FileName> {
    caller.allow_somewhere(Verb::VotingOrganise)?;
    Ok(core.files.put_image(photo).await?.name)
}

/// A candidate's photo, a JPEG; none where there is no such file. Photos are shown with the paper, and
/// their names cannot be guessed.
///
/// # Errors
/// Trouble of the store.
pub async fn photo(core: &Core, name: &FileName) -> Result<Option<Bytes>> {
    core.files.get(name).await
}
