//! Changing what stands: the row of before goes to the history, the row of now begins.

use super::bulk::{DwellingRow, OwnerRow, PersonRow};
use contract::Millis;
use contract::area::AreaKind;
use contract::ids::{DwellingId, HouseholdId, PersonId};
use sqlx::{AnyConnection, Error};

/// Puts `new` in the place of `old`, from `at` on; all but the dwelling's id may differ.
pub async fn dwelling(conn: &mut AnyConnection, old: &DwellingRow, new: &DwellingRow, at: Millis) -> Result<(), Error> {
    // What began at this very moment was never the case.
    sqlx::query(
        "INSERT INTO dwellings_past (id, area_id, label, address, area_dm2, kind, developer, delivered, since, until) \
         SELECT id, area_id, label, address, area_dm2, kind, developer, delivered, since, $2 FROM dwellings \
         WHERE id = $1 AND since < $2",
    )
    .bind(&old.id)
    .bind(at)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "UPDATE dwellings SET label = $2, address = $3, area_dm2 = $4, kind = $5, developer = $6, delivered = $7, \
         since = $8 WHERE id = $1",
    )
    .bind(&old.id)
    .bind(&new.label)
    .bind(&new.address)
    .bind(new.area_dm2)
    .bind(&new.kind)
    .bind(new.developer.clone())
    .bind(new.delivered)
    .bind(at.max(old.since))
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts `new` in the place of `old`, from `at` on. The history keeps name and home; the rest is as it is now.
pub async fn person(conn: &mut AnyConnection, old: &PersonRow, new: &PersonRow, at: Millis) -> Result<(), Error> {
    let moved = old.name != new.name || old.area_id != new.area_id;
    if moved {
        sqlx::query(
            "INSERT INTO persons_past (person_id, name, area_id, since, until) \
             SELECT id, name, area_id, since, $2 FROM persons WHERE id = $1 AND since < $2",
        )
        .bind(&old.id)
        .bind(at)
        .execute(&mut *conn)
        .await?;
    }
    let community = new.area_id.up_to(AreaKind::Community).unwrap_or_else(|| new.area_id.clone());
    sqlx::query(
        "UPDATE persons SET name = $2, born = $3, phone = $4, phone_index = $5, id_number = $6, id_index = $7, \
         area_id = $8, community = $9, guardian = $10, since = $11 WHERE id = $1",
    )
    .bind(&old.id)
    .bind(&new.name)
    .bind(&new.born)
    .bind(new.phone.clone())
    .bind(new.phone_index.clone())
    .bind(new.id_number.clone())
    .bind(new.id_index.clone())
    .bind(&new.area_id)
    .bind(community)
    .bind(new.guardian.clone())
    .bind(if moved { at.max(old.since) } else { old.since })
    .execute(conn)
    .await?;
    Ok(())
}

/// Who acts for a minor.
pub async fn guardian(conn: &mut AnyConnection, minor: &PersonId, guardian: &PersonId) -> Result<(), Error> {
    sqlx::query("UPDATE persons SET guardian = $2 WHERE id = $1").bind(minor).bind(guardian).execute(conn).await?;
    Ok(())
}

/// Lets somebody live in a household, and in none of `before` any more.
pub async fn household(
    conn: &mut AnyConnection,
    person: &PersonId,
    before: &[HouseholdId],
    now: &HouseholdId,
) -> Result<(), Error> {
    for household in before.iter().filter(|household| *household != now) {
        sqlx::query("DELETE FROM residents WHERE person_id = $1 AND household_id = $2")
            .bind(person)
            .bind(household)
            .execute(&mut *conn)
            .await?;
    }
    sqlx::query("INSERT INTO residents (household_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(now)
        .bind(person)
        .execute(conn)
        .await?;
    Ok(())
}

/// A share as it is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stake {
    pub person: PersonId,
    pub num: i64,
    pub den: i64,
}

impl Stake {
    fn is(&self, row: &OwnerRow) -> bool {
        (&self.person, self.num, self.den) == (&row.person_id, row.share_num, row.share_den)
    }
}

/// Makes `now` the owners of a dwelling in the place of `before`, from `at` on; how many rows ended or began.
pub async fn tenure(
    conn: &mut AnyConnection,
    dwelling: &DwellingId,
    before: &[OwnerRow],
    now: &[Stake],
    at: Millis,
) -> Result<usize, Error> {
    let at = before.iter().map(|row| row.since).fold(at, Millis::max);
    let ended: Vec<_> = before.iter().filter(|row| !now.iter().any(|stake| stake.is(row))).collect();
    let begun: Vec<_> = now.iter().filter(|stake| !before.iter().any(|row| stake.is(row))).collect();
    for row in &ended {
        sqlx::query(
            "INSERT INTO owners_past (dwelling_id, person_id, share_num, share_den, since, until) \
             SELECT dwelling_id, person_id, share_num, share_den, since, $3 FROM owners \
             WHERE dwelling_id = $1 AND person_id = $2 AND since < $3",
        )
        .bind(dwelling)
        .bind(&row.person_id)
        .bind(at)
        .execute(&mut *conn)
        .await?;
        sqlx::query("DELETE FROM owners WHERE dwelling_id = $1 AND person_id = $2")
            .bind(dwelling)
            .bind(&row.person_id)
            .execute(&mut *conn)
            .await?;
    }
    for stake in &begun {
        sqlx::query(
            "INSERT INTO owners (dwelling_id, person_id, share_num, share_den, since) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(dwelling)
        .bind(&stake.person)
        .bind(stake.num)
        .bind(stake.den)
        .bind(at)
        .execute(&mut *conn)
        .await?;
    }
    Ok(ended.len() + begun.len())
}
