//! Entering what was checked, part after part.
//!
//! The transaction that enters a part also moves the import on, so that a part is entered once whoever is
//! killed when. All rows hold from the same moment, that of the worker's decision: the registry as of any
//! moment has the whole list or nothing of it. While one row is refused nothing can be started unless the
//! worker leaves the refused rows out; a row that stopped fitting between check and entering (somebody else
//! changed the registry meanwhile) is left out, counted and told like a refused one.

use contract::ids::{ImportId, PersonId};
use contract::people::{Column, ImportCounts, SheetKind};
use contract::{AreaId, Issue};
use std::sync::Arc;

use super::check::{Batch, count};
use super::compare::Found;
use super::rows::{DwellingRow, Meant, OwnerRow, ResidentRow};
use super::{Entry, GUARDIANS, STAGED, Work, enter, topic};
use crate::crypto::Keys;
use crate::db::{Tx, rows as many};
use crate::events::{self, Event};
use crate::people::store::imports::{self as store, Import, NewFault, Staged};
use crate::people::unmask::ROOM;
use crate::{Core, Error, Result};

/// Rows entered in one transaction: others' writes wait at most for so many.
const PART: i64 = 500;

/// The job.
///
/// # Errors
/// The database's own; then it goes on where it was.
pub(super) async fn apply(core: Core, work: Work) -> Result<()> {
    while step(&core, &work.import).await? {}
    Ok(())
}

/// Enters the next part; false when there is nothing left to enter.
pub(in crate::people) async fn step(core: &Core, id: &ImportId) -> Result<bool> {
    let mut conn = core.db.read().await?;
    let import = store::find(&mut conn, id).await?.filter(|import| import.state == "applying");
    let Some(import) = import else { return Ok(false) };
    let mut limit = PART;
    let staged = loop {
        let after = (import.at_sheet, import.at_place.as_str());
        let staged = store::staged(&mut conn, id, after, limit + 1).await?;
        match whole_places(staged, limit) {
            Some(staged) => break staged,
            // More rows behind one door than a part has.
            None => limit *= 2,
        }
    };
    drop(conn);
    if staged.is_empty() {
        finish(core, import.id).await?;
        return Ok(false);
    }
    let part = open(core, import, staged).await?;
    core.db.write(part, |tx, part| Box::pin(enter_part(tx, part))).await?;
    Ok(true)
}

/// The rows of one sheet whose doors are complete; none when not even the first door is.
fn whole_places(mut staged: Vec<Staged>, limit: i64) -> Option<Vec<Staged>> {
    let more = i64::try_from(staged.len()).unwrap_or(i64::MAX) > limit;
    let Some(first) = staged.first().map(|row| row.sheet) else { return Some(staged) };
    let Some(last) = staged.last().map(|row| (row.sheet, row.place.clone())).filter(|_| more) else {
        staged.retain(|row| row.sheet == first);
        return Some(staged);
    };
    staged.retain(|row| row.sheet == first && (row.sheet, &row.place) != (last.0, &last.1));
    (!staged.is_empty()).then_some(staged)
}

/// A part about to be entered.
pub(super) struct Part {
    pub keys: Arc<Keys>,
    pub import: Import,
    to: (i64, String),
    rows: Rows,
    count: i64,
}

enum Rows {
    Dwellings(Vec<(i64, DwellingRow)>),
    Residents(Vec<(i64, ResidentRow)>),
    Owners(Vec<(i64, OwnerRow)>),
    Guardians(Vec<(i64, ResidentRow)>),
}

/// Opens the sealed rows, away from the threads that answer.
async fn open(core: &Core, import: Import, staged: Vec<Staged>) -> Result<Part> {
    let keys = core.keys.clone();
    let opened = tokio::task::spawn_blocking(move || {
        let to = staged.last().map(|row| (row.sheet, row.place.clone())).unwrap_or_default();
        let count = i64::try_from(staged.len()).unwrap_or(0);
        let mut rows = match to.0 {
            GUARDIANS => Rows::Guardians(Vec::new()),
            sheet if sheet == SheetKind::Dwellings as i64 => Rows::Dwellings(Vec::new()),
            sheet if sheet == SheetKind::Residents as i64 => Rows::Residents(Vec::new()),
            _ => Rows::Owners(Vec::new()),
        };
        for row in staged {
            let plain = keys.open(STAGED, &row.sealed)?;
            let entry: Entry = serde_json::from_str(&plain).map_err(Error::internal)?;
            match (&mut rows, entry) {
                (Rows::Dwellings(rows), Entry::Row(Meant::Dwelling(dwelling))) => rows.push((row.line, dwelling)),
                (Rows::Residents(rows), Entry::Row(Meant::Resident(resident))) => rows.push((row.line, resident)),
                (Rows::Owners(rows), Entry::Row(Meant::Owner(owner))) => rows.push((row.line, owner)),
                (Rows::Guardians(rows), Entry::Guardian(ward)) => rows.push((row.line, ward)),
                _ => return Err(Error::internal("a row of another sheet")),
            }
        }
        Ok(Part { keys, import, to, rows, count })
    });
    opened.await.map_err(Error::internal)?
}

/// What entering has come to: every row counted as it was found then, and those that stopped fitting.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub counts: ImportCounts,
    left_out: Batch,
}

impl Outcome {
    /// Goes on where the parts before stopped.
    fn of(import: &Import) -> Result<Self> {
        let counts = match import.entered.as_str() {
            "" => ImportCounts::default(),
            entered => serde_json::from_str(entered).map_err(Error::internal)?,
        };
        Ok(Self { counts, left_out: Batch::default() })
    }

    /// Counts a row, and names it when it is left out.
    pub fn note<T>(&mut self, sheet: SheetKind, line: i64, found: &Found<T>) {
        match found {
            Found::Refused(column, issue) => self.refuse(sheet, line, Some(*column), issue),
            found => {
                count(&mut self.counts, sheet, found);
            }
        }
    }

    /// Leaves a row out.
    pub fn refuse(&mut self, sheet: SheetKind, line: i64, column: Option<Column>, issue: &Issue) {
        self.counts.of(sheet).refused += 1;
        self.left_out.fault(sheet, line, column, issue, None);
    }

    /// The counts of the whole list: what the check found, and what entering made of the rows that it was to enter.
    fn beside(self, mut found: ImportCounts) -> ImportCounts {
        for (found, entered) in found.0.iter_mut().zip(self.counts.0) {
            let rows = found.rows();
            found.refused += entered.refused;
            (found.new, found.changed, found.ended) = (entered.new, entered.changed, entered.ended);
            found.unchanged = rows - found.refused - found.new - found.changed;
        }
        found
    }
}

async fn enter_part(tx: &mut Tx, part: &Part) -> Result<()> {
    let id = &part.import.id;
    let from = (part.import.at_sheet, part.import.at_place.as_str());
    if !store::advance(tx.conn(), id, from, (part.to.0, &part.to.1), part.count).await? {
        return Ok(());
    }
    let mut outcome = Outcome::of(&part.import)?;
    match &part.rows {
        Rows::Dwellings(rows) => enter::dwellings(tx, part, rows, &mut outcome).await?,
        Rows::Residents(rows) => enter::residents(tx, part, rows, &mut outcome).await?,
        Rows::Owners(rows) => enter::owners(tx, part, rows, &mut outcome).await?,
        Rows::Guardians(rows) => enter::guardians(tx, part, rows).await?,
    }
    let faults: Vec<_> = outcome.left_out.faults.iter().map(|fault| NewFault(id, fault)).collect();
    many::insert(tx.conn(), &faults).await?;
    let entered = serde_json::to_string(&outcome.counts).map_err(Error::internal)?;
    store::tally(tx.conn(), id, &entered).await?;
    tx.change(topic(id));
    Ok(())
}

async fn finish(core: &Core, id: ImportId) -> Result<()> {
    core.db
        .write(id, |tx, id| {
            Box::pin(async move {
                let Some(import) = store::find(tx.conn(), id).await? else { return Ok(()) };
                let found: ImportCounts = serde_json::from_str(&import.counts).map_err(Error::internal)?;
                let counts = Outcome::of(&import)?.beside(found);
                let text = serde_json::to_string(&counts).map_err(Error::internal)?;
                if store::finish(tx.conn(), id, &text).await? {
                    let payload = serde_json::json!({ "counts": counts, "partial": import.partial == 1 });
                    let event =
                        Event { room: ROOM, verb: "imported", area: &import.area, subject: id.as_str(), payload };
                    events::record_as(tx, &import.actor, event).await?;
                    tx.change(topic(id));
                }
                Ok(())
            })
        })
        .await
}

/// Somebody's record changed: an event that they can see.
pub(super) async fn changed(
    tx: &mut Tx,
    import: &Import,
    (person, area): (&PersonId, &AreaId),
    fields: &[&'static str],
) -> Result<()> {
    let payload = serde_json::json!({ "fields": fields, "import": import.id });
    let event = Event { room: ROOM, verb: "changed", area, subject: person.as_str(), payload };
    events::record_as(tx, &import.actor, event).await.map(drop)
}
