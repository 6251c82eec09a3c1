//! The registry of an area as a workbook of the format that lists come in: sent back, it changes nothing.
//!
//! Phones and identity numbers are masked. Who may look at them gets them in clear for a reason; then each
//! field that stands in the workbook has been looked at, and its person hears of it like of any other look. A
//! guardian who lives outside the caller's areas stays masked.

use contract::area::AreaKind;
use contract::check::{mask_id_number, mask_phone};
use contract::ids::PersonId;
use contract::people::{Column, DwellingKind, ExportRegistry, SealedField, SheetKind, UnmaskReason};
use contract::{AreaId, Issue};
use sqlx::AnyConnection;
use std::collections::{BTreeMap, HashMap};

use super::format::{SHEETS, decimal, headings, share_text};
use super::places::narrow_enough;
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::people::store::{areas, whole as store};
use crate::people::unmask::{ROOM, looked_at};
use crate::people::{ID_NUMBER, PHONE};
use crate::sheets::{Book, Cell};
use crate::{Core, Error, Result};

/// Rows fetched at a time.
const STEP: i64 = 1_000;
/// Looks recorded in one transaction.
const TOLD: usize = 200;

/// The fields that stand in clear, with the place by which the caller may look at them.
type Shown = BTreeMap<(PersonId, SealedField), AreaId>;

/// The dwellings, residents and owners of a community or a place inside one.
///
/// # Errors
/// `Forbidden` outside the caller's areas; `Invalid` (`area`) for one wider than a community, (`reason`) for
/// sealed fields in clear without a reason.
pub async fn export_registry(caller: &Caller, core: &Core, input: ExportRegistry) -> Result<Vec<u8>> {
    caller.allow(Verb::PeopleImport, &input.area)?;
    narrow_enough(&input.area)?;
    let reason = match input.clear.as_str() {
        "1" => {
            caller.allow(Verb::PeopleUnmask, &input.area)?;
            Some(input.reason.ok_or_else(|| Error::field("reason", Issue::Required))?)
        }
        _ => None,
    };
    let mut conn = core.db.read().await?;
    let mut sheet = Writer {
        core,
        caller,
        names: names(&mut conn, &input.area).await?,
        area: input.area.clone(),
        clear: reason.is_some(),
        shown: Shown::new(),
        book: Book::new(),
        rows: 0,
    };
    sheet.dwellings(&mut conn).await?;
    sheet.residents(&mut conn).await?;
    sheet.owners(&mut conn).await?;
    drop(conn);
    let Writer { shown, book, rows, .. } = sheet;
    record(caller, core, input.area, rows, reason, shown).await?;
    book.finish()
}

/// One event for the workbook; before that a look for each sealed field that stands in it in clear.
async fn record(
    caller: &Caller,
    core: &Core,
    area: AreaId,
    rows: i64,
    reason: Option<UnmaskReason>,
    shown: Shown,
) -> Result<()> {
    if let Some(reason) = reason {
        let shown: Vec<_> = shown.into_iter().collect();
        for part in shown.chunks(TOLD) {
            core.db
                .write((caller.clone(), part.to_vec(), reason), |tx, (caller, shown, reason)| {
                    Box::pin(async move {
                        for ((person, field), area) in shown {
                            looked_at(tx, caller, (person, area), *field, *reason).await?;
                        }
                        Ok(())
                    })
                })
                .await?;
        }
    }
    let log = (caller.clone(), area, serde_json::json!({ "rows": rows, "clear": reason.map(UnmaskReason::code) }));
    core.db
        .write(log, |tx, (caller, area, payload)| {
            Box::pin(async move {
                let event = Event { room: ROOM, verb: "export", area, subject: area.as_str(), payload };
                events::record(tx, caller, event).await.map(drop)
            })
        })
        .await
}

/// Names of the compounds, buildings and units of an area and around it.
async fn names(conn: &mut AnyConnection, area: &AreaId) -> Result<HashMap<AreaId, String>> {
    let mut names: HashMap<_, _> = areas::inside(conn, area).await?.into_iter().map(|a| (a.id, a.name)).collect();
    for around in area.trail() {
        names.extend(areas::find(conn, &around).await?.map(|a| (a.id, a.name)));
    }
    Ok(names)
}

struct Writer<'a> {
    core: &'a Core,
    caller: &'a Caller,
    names: HashMap<AreaId, String>,
    area: AreaId,
    clear: bool,
    shown: Shown,
    book: Book,
    rows: i64,
}

impl Writer<'_> {
    fn begin(&mut self, sheet: SheetKind) -> Result<()> {
        let (sheet, name) = SHEETS[sheet as usize];
        self.book.sheet(name, &headings(sheet))
    }

    fn row(&mut self, sheet: SheetKind, mut cells: BTreeMap<&'static str, String>) -> Result<()> {
        self.rows += 1;
        let cell = |column: &Column| match cells.remove(column.code()) {
            Some(text) if !text.is_empty() => Cell::Text(text),
            _ => Cell::Empty,
        };
        let cells: Vec<Cell> = sheet.columns().iter().map(cell).collect();
        self.book.row(&cells)
    }

    /// The cells that name a door.
    fn door(&self, area: &AreaId, label: String) -> BTreeMap<&'static str, String> {
        let name = |kind| area.up_to(kind).and_then(|at| self.names.get(&at).cloned()).unwrap_or_default();
        BTreeMap::from([
            (Column::Compound.code(), name(AreaKind::Compound)),
            (Column::Building.code(), name(AreaKind::Building)),
            (Column::Unit.code(), name(AreaKind::Unit)),
            (Column::Door.code(), label),
        ])
    }

    /// A sealed field of somebody at a place: masked unless it is to be shown, and then noted as a look.
    fn sealed(
        &mut self,
        field: SealedField,
        (person, place): (&PersonId, &AreaId),
        sealed: Option<&str>,
    ) -> Result<String> {
        let Some(sealed) = sealed else { return Ok(String::new()) };
        let (purpose, mask): (_, fn(&str) -> String) = match field {
            SealedField::Phone => (PHONE, mask_phone),
            SealedField::IdNumber => (ID_NUMBER, mask_id_number),
        };
        let plain = self.core.keys.open(purpose, sealed)?;
        if !self.clear || self.caller.allow(Verb::PeopleUnmask, place).is_err() {
            return Ok(mask(&plain));
        }
        self.shown.entry((person.clone(), field)).or_insert_with(|| place.clone());
        Ok(plain)
    }

    async fn dwellings(&mut self, conn: &mut AnyConnection) -> Result<()> {
        self.begin(SheetKind::Dwellings)?;
        let mut after = self.area.to_string();
        loop {
            let lines = store::dwellings(conn, &self.area, &after, STEP).await?;
            let Some(last) = lines.last() else { return Ok(()) };
            after = last.area_id.to_string();
            for line in lines {
                let mut cells = self.door(&line.area_id, line.label);
                cells.insert(Column::Area.code(), decimal(line.area_dm2));
                cells.insert(Column::Use.code(), use_text(&line.kind).to_owned());
                cells.insert(Column::Delivered.code(), if line.delivered == 1 { "是" } else { "否" }.to_owned());
                // An organisation's code is public.
                if let (Some(name), Some(code)) = (line.developer, line.developer_code) {
                    cells.insert(Column::Developer.code(), name);
                    cells.insert(Column::DeveloperCode.code(), self.core.keys.open(ID_NUMBER, &code)?);
                }
                self.row(SheetKind::Dwellings, cells)?;
            }
        }
    }

    async fn residents(&mut self, conn: &mut AnyConnection) -> Result<()> {
        self.begin(SheetKind::Residents)?;
        let (mut place, mut person) = (self.area.to_string(), String::new());
        loop {
            let lines = store::residents(conn, &self.area, (&place, &person), STEP).await?;
            let Some(last) = lines.last() else { return Ok(()) };
            (place, person) = (last.area_id.to_string(), last.id.to_string());
            for line in lines {
                let mut cells = self.door(&line.area_id, line.label);
                cells.insert(Column::Name.code(), line.name);
                cells.insert(Column::Born.code(), line.born);
                let who = (&line.id, &line.area_id);
                let phone = self.sealed(SealedField::Phone, who, line.phone.as_deref())?;
                let number = self.sealed(SealedField::IdNumber, who, line.id_number.as_deref())?;
                cells.insert(Column::Phone.code(), phone);
                cells.insert(Column::IdNumber.code(), number);
                if let (Some(id), Some(area)) = (&line.guardian_id, &line.guardian_area) {
                    let number = self.sealed(SealedField::IdNumber, (id, area), line.guardian.as_deref())?;
                    cells.insert(Column::Guardian.code(), number);
                }
                cells.insert(Column::Number.code(), line.id.to_string());
                self.row(SheetKind::Residents, cells)?;
            }
        }
    }

    async fn owners(&mut self, conn: &mut AnyConnection) -> Result<()> {
        self.begin(SheetKind::Owners)?;
        let mut after = self.area.to_string();
        loop {
            let lines = store::owners(conn, &self.area, &after, STEP).await?;
            let Some(last) = lines.last() else { return Ok(()) };
            after = last.area_id.to_string();
            for line in lines {
                let mut cells = self.door(&line.area_id, line.label);
                let number = match line.kind.as_str() {
                    "organisation" => line
                        .id_number
                        .map(|code| self.core.keys.open(ID_NUMBER, &code))
                        .transpose()?
                        .unwrap_or_default(),
                    _ => {
                        let who = (&line.id, &line.area_id);
                        self.sealed(SealedField::IdNumber, who, line.id_number.as_deref())?
                    }
                };
                cells.insert(Column::Name.code(), line.name);
                cells.insert(Column::IdNumber.code(), number);
                cells.insert(Column::Share.code(), share_text(line.share_num, line.share_den));
                cells.insert(Column::Number.code(), line.id.to_string());
                self.row(SheetKind::Owners, cells)?;
            }
        }
    }
}

/// A dwelling's use as files name it.
fn use_text(code: &str) -> &'static str {
    match DwellingKind::from_code(code).unwrap_or_default() {
        DwellingKind::Home => "住宅",
        DwellingKind::Shop => "商铺",
        DwellingKind::Parking => "车位",
        DwellingKind::Storage => "储藏室",
    }
}
