//! Checking 产权: the shares of each dwelling together.

use contract::Issue;
use contract::people::{Column, SheetKind};
use std::collections::HashMap;

use super::Entry;
use super::check::{Batch, Checker, count};
use super::compare::{self, Found, Group, Tenure};
use super::rows::{Given, Meant, OwnerRow};
use crate::Result;
use crate::people::ID_NUMBER;
use crate::people::rules::gcd;

/// Dwellings compared together.
const PART: usize = 500;

/// Dwellings with the rows that name their owners.
pub(super) struct Tenures<'a>(Vec<&'a [(i64, OwnerRow)]>);

impl<'a> Tenures<'a> {
    /// In parts, from rows that stand dwelling by dwelling.
    pub fn of(rows: &'a [(i64, OwnerRow)]) -> impl Iterator<Item = Self> {
        let groups: Vec<_> = rows.chunk_by(|(_, a), (_, b)| a.door.area == b.door.area).collect();
        let parts: Vec<_> = groups.chunks(PART).map(|part| Self(part.to_vec())).collect();
        parts.into_iter()
    }

    /// Checks a part.
    pub async fn check(self, checker: &mut Checker) -> Result<Batch> {
        let groups: Vec<Group<'_>> = self.0.iter().map(|group| group.iter().map(|(_, row)| row).collect()).collect();
        let mut conn = checker.core.db.read().await?;
        let tenure = compare::owners(&mut conn, &checker.core.keys, &groups).await?;
        drop(conn);
        let mut batch = Batch::default();
        for (group, tenure) in self.0.into_iter().zip(tenure) {
            one(checker, &mut batch, group, tenure)?;
        }
        Ok(batch)
    }
}

/// Checks the shares of one dwelling.
fn one(checker: &mut Checker, batch: &mut Batch, group: &[(i64, OwnerRow)], tenure: Tenure) -> Result<()> {
    let sheet = SheetKind::Owners;
    let ended = tenure.ended();
    let door = group.first().map(|(_, row)| &row.door.area);
    let known = tenure.dwelling.is_some() || door.is_some_and(|door| checker.seen.has_dwelling(door));
    let mut named: HashMap<String, i64> = HashMap::new();
    let mut good: Vec<(i64, &OwnerRow, Found<()>)> = Vec::new();
    for ((line, row), (known_as, found)) in group.iter().zip(tenure.rows) {
        let owner = known_as.map_or_else(|| owner(checker, row), |person| person.to_string());
        let wrong = match found {
            _ if !known => Some((Column::Door, Issue::Unknown, None)),
            Found::Refused(column, ref issue) => Some((column, issue.clone(), None)),
            _ if !agrees(checker, row) => Some((Column::Name, Issue::Mismatch, None)),
            _ => named.insert(owner, *line).map(|other| (Column::IdNumber, Issue::Taken, Some(other))),
        };
        match wrong {
            None => good.push((*line, row, found)),
            Some((column, issue, other)) => {
                checker.counts.of(sheet).refused += 1;
                batch.fault(sheet, *line, Some(column), &issue, other);
            }
        }
    }
    // What is left of a list with refused rows does not add up either: a dwelling is entered whole or not.
    if whole(good.iter().map(|(_, row, _)| row.share)) {
        checker.counts.of(sheet).ended += i64::try_from(ended).unwrap_or(0);
        let mut enter = ended > 0;
        for (_, _, found) in &good {
            enter |= count(&mut checker.counts, sheet, found);
        }
        for (line, row, _) in good.into_iter().filter(|_| enter) {
            batch.staged.push(checker.seal(sheet as i64, line, &Entry::Row(Meant::Owner(row.clone())))?);
        }
    } else {
        for (line, ..) in good {
            checker.refuse(batch, sheet, line, vec![(Some(Column::Share), Issue::Sum)]);
        }
    }
    Ok(())
}

/// Does 居民 give the same name to this identity number?
fn agrees(checker: &Checker, row: &OwnerRow) -> bool {
    let named = row.who.id_number.clear().and_then(|number| {
        let key = checker.core.keys.blind(ID_NUMBER, number);
        checker.seen.name(&key).map(|name| name == row.who.name)
    });
    named.unwrap_or(true)
}

/// What tells owners of one dwelling apart.
fn owner(checker: &Checker, row: &OwnerRow) -> String {
    match (&row.who.id, &row.who.id_number) {
        (_, Given::Clear(number)) => checker.core.keys.blind(ID_NUMBER, number),
        (Some(id), _) => id.to_string(),
        (None, _) => row.who.name.clone(),
    }
}

/// Do the shares add up to the whole, exactly?
fn whole(shares: impl Iterator<Item = (i64, i64)>) -> bool {
    let (mut num, mut den) = (0_i128, 1_i128);
    for (n, d) in shares {
        (num, den) = (num * i128::from(d) + i128::from(n) * den, den * i128::from(d));
        let divisor = gcd(num, den);
        (num, den) = (num / divisor, den / divisor);
        if den > 1_000_000_000_000 {
            return false;
        }
    }
    num == den
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn shares_add_up_exactly() {
        assert!(whole([(1, 1)].into_iter()));
        assert!(whole([(1, 3), (1, 3), (1, 3)].into_iter()));
        assert!(whole([(1, 2), (1, 4), (1, 4)].into_iter()));
        assert!(!whole([(1, 2)].into_iter()));
        assert!(!whole([(3333, 10_000), (3333, 10_000), (3333, 10_000)].into_iter()));
        assert!(!whole(std::iter::empty()));
    }
}
