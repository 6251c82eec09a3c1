//! Checking a list: every row by itself, against the rest of the file, and against the registry.
//!
//! The file is read in a thread of its own, part after part; what is kept of it meanwhile is a few bytes a
//! row. Each part is staged in its own transaction under the number of the attempt, so that a check taken
//! over by another worker after a crash cannot mix with its own past.

use contract::ids::ImportId;
use contract::people::{Column, ImportCounts, ImportState, SheetKind};
use contract::{AreaId, Issue};
use tokio::sync::mpsc;

use super::compare::{self, Found};
use super::format::Unreadable;
use super::owners::Tenures;
use super::places::Places;
use super::read::{self, RawRow};
use super::residents::Residents;
use super::rows::{self, Faults, Meant, OwnerRow};
use super::seen::Seen;
use super::{Entry, STAGED, Work, topic};
use crate::db::rows as many;
use crate::people::store::imports::{self as store, FaultRow, NewFault, NewStaged, Staged};
use crate::{Core, Error, Result};

/// Rows read, compared and staged together.
const PART: usize = 1_000;
/// Parts read ahead of the comparing.
const AHEAD: usize = 3;

/// The job.
///
/// # Errors
/// The database's own; then it is tried again from the start.
pub(super) async fn check(core: Core, work: Work) -> Result<()> {
    let id = work.import;
    let begun = core
        .db
        .write(id.clone(), |tx, id| Box::pin(async move { Ok(store::begin_check(tx.conn(), id).await?) }))
        .await?;
    let (Some(attempt), Some(import)) = (begun, store::find(&mut *core.db.read().await?, &id).await?) else {
        return Ok(());
    };
    let file = super::file(&core, &id).await?;
    let places = Places::load(&mut *core.db.read().await?, &import.area).await?;
    let mut checker = Checker::new(core, id, attempt, import.area, places);
    let (sender, mut parts) = mpsc::channel(AHEAD);
    let reading = tokio::task::spawn_blocking(move || send(&file, &sender));
    while let Some(part) = parts.recv().await {
        if !checker.part(part).await? {
            return Ok(());
        }
    }
    match reading.await.map_err(Error::internal)? {
        Ok(()) => checker.finish().await,
        Err(unreadable) => checker.unreadable(unreadable).await,
    }
}

/// Reads the file and sends its rows in parts, as long as somebody takes them.
fn send(file: &[u8], parts: &mpsc::Sender<Vec<RawRow>>) -> Result<(), Unreadable> {
    let (mut part, mut count) = (Vec::with_capacity(PART), 0);
    let mut wanted = true;
    read::rows(file, &mut |row| {
        count += 1;
        // A sheet's rows are compared together: a part ends with its sheet.
        let other_sheet = part.last().is_some_and(|last: &RawRow| last.sheet != row.sheet);
        if part.len() == PART || other_sheet {
            wanted = parts.blocking_send(std::mem::take(&mut part)).is_ok();
        }
        part.push(row);
        wanted && count <= read::ROWS
    })?;
    if count > read::ROWS {
        return Err(Unreadable { sheet: None, column: None, issue: Issue::TooLarge(read::ROWS) });
    }
    if wanted && !part.is_empty() {
        // Nobody takes them any more when the check was taken over.
        let _ = parts.blocking_send(part);
    }
    Ok(())
}

/// A check under way.
pub(super) struct Checker {
    pub core: Core,
    pub import: ImportId,
    pub attempt: i64,
    pub area: AreaId,
    places: Places,
    pub counts: ImportCounts,
    pub seen: Seen,
    residents: Residents,
    owners: Vec<(i64, OwnerRow)>,
}

/// What one part adds.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch {
    pub staged: Vec<Staged>,
    pub faults: Vec<FaultRow>,
    /// Rows that turned out not to fit after they were staged.
    pub withdrawn: Vec<Staged>,
    pub rows: i64,
}

impl Batch {
    /// Notes why a row cannot be entered: each column once.
    pub fn fault(&mut self, sheet: SheetKind, line: i64, column: Option<Column>, issue: &Issue, other: Option<i64>) {
        let (code, number) = issue.code();
        let field = column.map_or("", Column::code).to_owned();
        let sheet = sheet as i64;
        if self.faults.iter().rev().take(20).any(|f| (f.sheet, f.line, &f.field) == (sheet, line, &field)) {
            return;
        }
        self.faults.push(FaultRow { sheet, line, field, issue: code.to_owned(), number, other_line: other });
    }
}

impl Checker {
    fn new(core: Core, import: ImportId, attempt: i64, area: AreaId, places: Places) -> Self {
        Self {
            core,
            import,
            attempt,
            area,
            places,
            counts: ImportCounts::default(),
            seen: Seen::default(),
            residents: Residents::default(),
            owners: Vec::new(),
        }
    }

    /// Seals a row for the time until it is entered.
    pub fn seal(&self, sheet: i64, line: i64, entry: &Entry) -> Result<Staged> {
        let place = entry.place().to_string();
        let plain = serde_json::to_string(entry).map_err(Error::internal)?;
        Ok(Staged { sheet, place, line, sealed: self.core.keys.seal(STAGED, &plain) })
    }

    /// Checks a part, all of one sheet; false when another attempt has taken over.
    async fn part(&mut self, part: Vec<RawRow>) -> Result<bool> {
        let Some(sheet) = part.first().map(|row| row.sheet) else { return Ok(true) };
        let mut batch = Batch::default();
        let mut good = Vec::with_capacity(part.len());
        batch.rows = i64::try_from(part.len()).unwrap_or(0);
        for row in part {
            match rows::read(&row, &self.places) {
                Ok(meant) => good.push((row.line, meant)),
                Err(faults) => self.refuse(&mut batch, sheet, row.line, faults),
            }
        }
        match sheet {
            SheetKind::Dwellings => self.dwellings(&mut batch, good).await?,
            SheetKind::Residents => self.residents(&mut batch, good).await?,
            SheetKind::Owners => self.keep_owners(good),
        }
        self.store(batch).await
    }

    /// Counts a row as refused, for these reasons.
    pub fn refuse(&mut self, batch: &mut Batch, sheet: SheetKind, line: i64, faults: Faults) {
        self.counts.of(sheet).refused += 1;
        for (column, issue) in faults {
            batch.fault(sheet, line, column, &issue, None);
        }
    }

    async fn dwellings(&mut self, batch: &mut Batch, rows: Vec<(i64, Meant)>) -> Result<()> {
        let mut fresh = Vec::with_capacity(rows.len());
        for (line, meant) in rows {
            let Meant::Dwelling(row) = meant else { continue };
            match self.seen.dwelling(&row.door.area, line) {
                None => fresh.push((line, row)),
                Some(other) => {
                    self.counts.of(SheetKind::Dwellings).refused += 1;
                    batch.fault(SheetKind::Dwellings, line, Some(Column::Door), &Issue::Taken, Some(other));
                }
            }
        }
        let asked: Vec<_> = fresh.iter().map(|(_, row)| row).collect();
        let found = compare::dwellings(&mut *self.core.db.read().await?, &self.core.keys, &asked).await?;
        for ((line, row), found) in fresh.into_iter().zip(found) {
            let sheet = SheetKind::Dwellings;
            let enter = match found {
                Found::Refused(column, issue) => {
                    self.seen.forget_dwelling(&row.door.area);
                    self.refuse(batch, sheet, line, vec![(Some(column), issue)]);
                    continue;
                }
                found => count(&mut self.counts, sheet, &found),
            };
            if enter {
                batch.staged.push(self.seal(sheet as i64, line, &Entry::Row(Meant::Dwelling(row)))?);
            }
        }
        Ok(())
    }

    async fn residents(&mut self, batch: &mut Batch, rows: Vec<(i64, Meant)>) -> Result<()> {
        let rows = rows.into_iter().filter_map(|(line, meant)| match meant {
            Meant::Resident(row) => Some((line, row)),
            _ => None,
        });
        let rows = rows.collect();
        let mut residents = std::mem::take(&mut self.residents);
        let done = residents.part(self, batch, rows).await;
        self.residents = residents;
        done
    }

    fn keep_owners(&mut self, rows: Vec<(i64, Meant)>) {
        self.owners.extend(rows.into_iter().filter_map(|(line, meant)| match meant {
            Meant::Owner(row) => Some((line, row)),
            _ => None,
        }));
    }

    /// Writes a part down; false when another attempt has taken over.
    pub async fn store(&self, batch: Batch) -> Result<bool> {
        let input = (self.import.clone(), self.attempt, batch);
        self.core
            .db
            .write(input, |tx, (id, attempt, batch)| {
                Box::pin(async move {
                    if !store::checked(tx.conn(), id, *attempt, batch.rows).await? {
                        return Ok(false);
                    }
                    let staged: Vec<_> = batch.staged.iter().map(|row| NewStaged(id, row)).collect();
                    let faults: Vec<_> = batch.faults.iter().map(|row| NewFault(id, row)).collect();
                    for row in &batch.withdrawn {
                        store::unstage(tx.conn(), id, row).await?;
                    }
                    many::insert(tx.conn(), &staged).await?;
                    many::insert(tx.conn(), &faults).await?;
                    tx.change(topic(id));
                    Ok(true)
                })
            })
            .await
    }

    /// What only the whole file tells: guardians, and the owners of each dwelling together.
    async fn finish(mut self) -> Result<()> {
        let residents = std::mem::take(&mut self.residents);
        let mut owners = std::mem::take(&mut self.owners);
        // Rows of one dwelling stand together, in the order of the file.
        owners.sort_by(|(a, x), (b, y)| (&x.door.area, a).cmp(&(&y.door.area, b)));
        let mut last = residents.finish(&mut self).await?;
        for batch in Tenures::of(&owners) {
            let part = batch.check(&mut self).await?;
            last.withdrawn.extend(part.withdrawn);
            if !self.store(Batch { withdrawn: Vec::new(), ..part }).await? {
                return Ok(());
            }
        }
        if self.store(last).await? {
            self.end(ImportState::Checked, None).await?;
        }
        Ok(())
    }

    async fn unreadable(self, why: Unreadable) -> Result<()> {
        let (code, number) = why.issue.code();
        let fault = FaultRow {
            sheet: why.sheet.map_or(-1, |sheet| sheet as i64),
            line: 0,
            field: why.column.map_or("", Column::code).to_owned(),
            issue: code.to_owned(),
            number,
            other_line: None,
        };
        self.end(ImportState::Unreadable, Some(fault)).await
    }

    async fn end(self, state: ImportState, fault: Option<FaultRow>) -> Result<()> {
        let counts = serde_json::to_string(&self.counts).map_err(Error::internal)?;
        let input = (self.import, self.attempt, state, counts, fault);
        self.core
            .db
            .write(input, |tx, (id, attempt, state, counts, fault)| {
                Box::pin(async move {
                    if !store::end_check(tx.conn(), id, *attempt, state.code(), counts).await? {
                        return Ok(());
                    }
                    if let Some(fault) = fault {
                        store::clear(tx.conn(), id).await?;
                        store::clear_faults(tx.conn(), id).await?;
                        many::insert(tx.conn(), &[NewFault(id, fault)]).await?;
                    }
                    tx.change(topic(id));
                    Ok(())
                })
            })
            .await
    }
}

/// Counts a row; true when there is something to enter.
pub(super) fn count<T>(counts: &mut ImportCounts, sheet: SheetKind, found: &Found<T>) -> bool {
    let counts = counts.of(sheet);
    match found {
        Found::New => counts.new += 1,
        Found::Changed(_) => counts.changed += 1,
        Found::Unchanged(_) => counts.unchanged += 1,
        Found::Refused(..) => counts.refused += 1,
    }
    matches!(found, Found::New | Found::Changed(_))
}
