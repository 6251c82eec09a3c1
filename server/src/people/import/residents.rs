//! Checking 居民: people named twice, doors that nobody knows, guardians.

use contract::people::{Column, SheetKind};
use contract::{AreaId, Issue};
use std::collections::HashSet;

use super::check::{Batch, Checker, count};
use super::compare::{self, Found};
use super::rows::{Given, Meant, ResidentRow, Who};
use super::{Entry, GUARDIANS};
use crate::Result;
use crate::crypto::Keys;
use crate::people::ID_NUMBER;
use crate::people::store::bulk::{self, By};
use crate::people::store::imports::Staged;

/// Guardians asked for together.
const PART: usize = 500;

/// What is left to ask once all residents are known.
#[derive(Debug, Default)]
pub(super) struct Residents {
    wards: Vec<Ward>,
}

/// A minor whose guardian has to be known in the end.
#[derive(Debug)]
struct Ward {
    /// The guardian's key.
    guardian: String,
    /// The staged rows that go if they are not.
    staged: Vec<Staged>,
    line: i64,
    /// The row counts as new or changed.
    new: bool,
}

/// What tells a person apart in the file: identity number, registry's number, or name, birthday and door.
pub(super) fn key(keys: &Keys, who: &Who, born: &str, home: &AreaId) -> String {
    match (&who.id_number, &who.id) {
        (Given::Clear(number), _) => keys.blind(ID_NUMBER, number),
        (_, Some(id)) => id.to_string(),
        _ => format!("{}/{born}/{home}", who.name),
    }
}

impl Residents {
    /// Checks a part.
    pub async fn part(
        &mut self,
        checker: &mut Checker,
        batch: &mut Batch,
        rows: Vec<(i64, ResidentRow)>,
    ) -> Result<()> {
        let sheet = SheetKind::Residents;
        let doors: HashSet<&str> = rows.iter().map(|(_, row)| row.home.area.as_str()).collect();
        let known = known_doors(checker, doors).await?;
        let mut fresh = Vec::with_capacity(rows.len());
        for (line, row) in rows {
            if !known.contains(&row.home.area) {
                checker.refuse(batch, sheet, line, vec![(Some(Column::Door), Issue::Unknown)]);
                continue;
            }
            let key = key(&checker.core.keys, &row.who, &row.born, &row.home.area);
            match checker.seen.person(key.clone(), line, &row.who.name) {
                None => fresh.push((line, key, row)),
                Some(other) => {
                    checker.counts.of(sheet).refused += 1;
                    batch.fault(sheet, line, Some(Column::IdNumber), &Issue::Taken, Some(other));
                }
            }
        }
        let asked: Vec<_> = fresh.iter().map(|(_, _, row)| row).collect();
        let mut conn = checker.core.db.read().await?;
        let found = compare::residents(&mut conn, &checker.core.keys, &checker.area, &asked).await?;
        drop(conn);
        for ((line, key, row), found) in fresh.into_iter().zip(found) {
            if let Found::Refused(column, issue) = found {
                checker.seen.forget_person(&key);
                checker.refuse(batch, sheet, line, vec![(Some(column), issue)]);
                continue;
            }
            let twice = found.stored().and_then(|stored| checker.seen.stored(&stored.id, line));
            if let Some(other) = twice {
                checker.seen.forget_person(&key);
                checker.counts.of(sheet).refused += 1;
                batch.fault(sheet, line, Some(Column::IdNumber), &Issue::Taken, Some(other));
                continue;
            }
            if count(&mut checker.counts, sheet, &found) {
                self.stage(checker, batch, (line, row, found == Found::New))?;
            }
        }
        Ok(())
    }

    fn stage(
        &mut self,
        checker: &Checker,
        batch: &mut Batch,
        (line, row, new): (i64, ResidentRow, bool),
    ) -> Result<()> {
        let guardian = row.guardian.clear().map(|number| checker.core.keys.blind(ID_NUMBER, number));
        let entry = Entry::Row(Meant::Resident(row));
        let mut staged = vec![checker.seal(SheetKind::Residents as i64, line, &entry)?];
        if let (Some(guardian), Entry::Row(Meant::Resident(row))) = (guardian, entry) {
            staged.push(checker.seal(GUARDIANS, line, &Entry::Guardian(row))?);
            self.wards.push(Ward { guardian, staged: staged.clone(), line, new });
        }
        batch.staged.append(&mut staged);
        Ok(())
    }

    /// Refuses those whose guardian neither the file nor the registry has.
    pub async fn finish(self, checker: &mut Checker) -> Result<Batch> {
        let mut batch = Batch::default();
        for part in self.wards.chunks(PART) {
            let wanted: Vec<&str> = part.iter().map(|ward| ward.guardian.as_str()).collect();
            let known = bulk::persons(&mut *checker.core.db.read().await?, By::IdIndex, &wanted).await?;
            let known: HashSet<String> = known.into_iter().filter_map(|row| row.id_index).collect();
            for ward in part {
                if known.contains(&ward.guardian) || checker.seen.name(&ward.guardian).is_some() {
                    continue;
                }
                let counts = checker.counts.of(SheetKind::Residents);
                if ward.new {
                    counts.new -= 1;
                } else {
                    counts.changed -= 1;
                }
                checker.refuse(
                    &mut batch,
                    SheetKind::Residents,
                    ward.line,
                    vec![(Some(Column::Guardian), Issue::Unknown)],
                );
                batch.withdrawn.extend(ward.staged.iter().cloned());
            }
        }
        Ok(batch)
    }
}

/// The doors that 房屋 or the registry knows.
async fn known_doors(checker: &Checker, doors: HashSet<&str>) -> Result<HashSet<AreaId>> {
    let doors: Vec<&str> = doors.into_iter().collect();
    let stored = bulk::dwellings_at(&mut *checker.core.db.read().await?, &doors).await?;
    let mut known: HashSet<AreaId> = stored.into_iter().map(|row| row.area_id).collect();
    known.extend(doors.iter().filter_map(|door| door.parse().ok()).filter(|door| checker.seen.has_dwelling(door)));
    Ok(known)
}
