//! Taking lists into the registry: a worker sends a workbook or a CSV file, a job checks every row, the
//! worker sees what would change and every refused row, and a second job enters what was checked.

mod apply;
mod check;
mod compare;
mod enter;
mod expire;
mod faults;
mod format;
mod owners;
mod places;
mod read;
mod residents;
mod rows;
mod seen;
mod view;
mod whole;

#[cfg(test)]
pub(in crate::people) use apply::step;

pub use faults::{FaultTexts, export_faults, faults};
pub use format::template;
pub use view::{import, import_places, imports, progress};
pub use whole::export_registry;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use bytes::Bytes;
use contract::ids::ImportId;
use contract::people::{ImportCounts, ImportState, SendImport, StartImport};
use contract::{AreaId, Error, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;

use super::store::imports::{self as store, Import, Part, Sent};
use super::unmask::ROOM;
use crate::db::{Tx, rows as many};
use crate::events::{self, Event};
use crate::identity::{Caller, Verb};
use crate::jobs::{self, Handlers};
use crate::{Core, Result};

/// Bytes of a file at most: 100,000 rows take some 6 MB.
pub const MAX_BYTES: usize = 24 * 1024 * 1024;
/// Bytes of a file in one row of the database.
const PART: usize = 512 * 1024;
/// What a file's parts are sealed for.
const FILE: &str = "people.import.file";
/// What checked rows are sealed for.
const STAGED: &str = "people.import.row";
/// The sheet of guardians among checked rows: entered once everybody is there.
const GUARDIANS: i64 = 3;

const CHECK: &str = "people.import.check";
const APPLY: &str = "people.import.apply";
const EXPIRE: &str = "people.import.expire";

/// A job's payload.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Work {
    import: ImportId,
}

/// A checked row, until it is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Entry {
    /// A row of the file.
    Row(rows::Meant),
    /// A resident's guardian.
    Guardian(rows::ResidentRow),
}

impl Entry {
    /// The door that it is about.
    fn place(&self) -> &AreaId {
        match self {
            Self::Row(row) => &row.door().area,
            Self::Guardian(row) => &row.home.area,
        }
    }
}

/// The topic of changes to an import.
pub fn topic(import: &ImportId) -> String {
    format!("people.import:{import}")
}

/// Adds the jobs.
pub(super) fn jobs(handlers: Handlers) -> Handlers {
    handlers.on(CHECK, check::check).on(APPLY, apply::apply).on(EXPIRE, expire::expire)
}

/// Keeps a file and queues its check. Sent again under the same key it is the same import.
///
/// # Errors
/// `Forbidden` outside the caller's areas; `Invalid` (`area`) for one wider than a community, (`file`) for
/// what is no list; `TooLarge` above [`MAX_BYTES`]; [`Refusal::KeyReused`].
pub async fn send_import(caller: &Caller, core: &Core, input: SendImport, file: Bytes) -> Result<ImportId> {
    caller.allow(Verb::PeopleImport, &input.area)?;
    places::narrow_enough(&input.area)?;
    if file.len() > MAX_BYTES {
        return Err(Error::TooLarge { max_bytes: MAX_BYTES as u64 }.into());
    }
    read::looks_readable(&file)?;
    let keys = core.keys.clone();
    let sealing = tokio::task::spawn_blocking(move || {
        let parts: Vec<String> = file.chunks(PART).map(|part| keys.seal(FILE, &BASE64.encode(part))).collect();
        (hex::encode(Sha256::digest(&file)), parts)
    });
    let (sha256, parts) = sealing.await.map_err(crate::Error::internal)?;
    core.db
        .write((caller.clone(), input, sha256, parts), |tx, (caller, input, sha256, parts)| {
            Box::pin(keep(tx, caller, input, sha256, parts))
        })
        .await
}

async fn keep(tx: &mut Tx, caller: &Caller, input: &SendImport, sha256: &str, parts: &[String]) -> Result<ImportId> {
    let (id, at): (ImportId, _) = (tx.id(), tx.now());
    let key = format!("{}/{}", caller.actor(), input.key);
    let counts = serde_json::to_string(&ImportCounts::default()).map_err(crate::Error::internal)?;
    let area = &input.area;
    let sent = Sent { id: &id, key: &key, area, actor: caller.actor(), at, sha256, counts: &counts };
    if !store::insert(tx.conn(), &sent).await? {
        let known = store::of_key(tx.conn(), &key).await?;
        let same = known.sha256 == sha256 && known.area == *area;
        return if same { Ok(known.id) } else { Err(Refusal::KeyReused.into()) };
    }
    let parts: Vec<_> = (0..).zip(parts).map(|(n, sealed)| Part(&id, n, sealed)).collect();
    for part in parts.chunks(4) {
        many::insert(tx.conn(), part).await?;
    }
    let payload = serde_json::json!({ "sha256": sha256 });
    events::record(tx, caller, Event { room: ROOM, verb: "import_sent", area, subject: id.as_str(), payload }).await?;
    jobs::enqueue(tx, CHECK, &Work { import: id.clone() }, Some(&format!("{CHECK}/{id}")), at).await?;
    expire::queue(tx, &id).await?;
    Ok(id)
}

/// The file as it was sent.
async fn file(core: &Core, id: &ImportId) -> Result<Vec<u8>> {
    let mut file = Vec::new();
    for n in 0.. {
        let Some(sealed) = store::part(&mut *core.db.read().await?, id, n).await? else { break };
        let part = core.keys.open(FILE, &sealed)?;
        file.extend(BASE64.decode(part).map_err(crate::Error::internal)?);
    }
    Ok(file)
}

/// Queues the entering of what was checked.
///
/// # Errors
/// `NotFound` outside the caller's areas; [`Refusal::WrongState`] unless it is checked;
/// [`Refusal::RowsRefused`] while a row is refused and is not to be left out.
pub async fn start_import(caller: &Caller, core: &Core, id: &ImportId, input: StartImport) -> Result<()> {
    let partial = input.partial == "1";
    core.db
        .write((caller.clone(), id.clone(), partial), |tx, (caller, id, partial)| {
            Box::pin(async move {
                let import = within(tx, caller, id).await?;
                let counts: ImportCounts = serde_json::from_str(&import.counts).map_err(crate::Error::internal)?;
                if !partial && counts.total(|sheet| sheet.refused) > 0 {
                    return Err(Refusal::RowsRefused.into());
                }
                let now = tx.now();
                if !store::start(tx.conn(), id, *partial, now).await? {
                    return Err(Refusal::WrongState.into());
                }
                let payload = serde_json::json!({ "partial": partial });
                let area = &import.area;
                let event = Event { room: ROOM, verb: "import_started", area, subject: id.as_str(), payload };
                events::record(tx, caller, event).await?;
                jobs::enqueue(tx, APPLY, &Work { import: id.clone() }, Some(&format!("{APPLY}/{id}")), now).await?;
                tx.change(topic(id));
                Ok(())
            })
        })
        .await
}

/// Is a list being entered into an area, or around it? Then the registry has half of it.
///
/// # Errors
/// The database's own.
pub async fn import_under_way(conn: &mut AnyConnection, area: &AreaId) -> Result<bool> {
    let applying = store::applying(conn).await?;
    Ok(applying.iter().any(|place| place.holds(area) || area.holds(place)))
}

/// Gives a checked list up, or one whose job was given up. What was entered of it stays; its rows are counted in
/// the event.
///
/// # Errors
/// `NotFound` outside the caller's areas; [`Refusal::WrongState`] unless it is one of these.
pub async fn drop_import(caller: &Caller, core: &Core, id: &ImportId) -> Result<()> {
    core.db
        .write((caller.clone(), id.clone()), |tx, (caller, id)| {
            Box::pin(async move {
                let import = within(tx, caller, id).await?;
                let dead = given_up(tx.conn(), &import).await?;
                let entered = store::abandon(tx.conn(), id, dead).await?.ok_or(Refusal::WrongState)?;
                let payload = serde_json::json!({ "entered": entered });
                let area = &import.area;
                let event = Event { room: ROOM, verb: "import_dropped", area, subject: id.as_str(), payload };
                events::record(tx, caller, event).await?;
                tx.change(topic(id));
                Ok(())
            })
        })
        .await
}

/// Is the job given up that should bring the import on?
async fn given_up(conn: &mut AnyConnection, import: &Import) -> Result<bool> {
    let kind = match state(import) {
        ImportState::Checking => CHECK,
        ImportState::Applying => APPLY,
        _ => return Ok(false),
    };
    jobs::given_up(conn, &format!("{kind}/{}", import.id)).await
}

/// The import, for who may take lists into its area.
async fn within(tx: &mut Tx, caller: &Caller, id: &ImportId) -> Result<Import> {
    caller.allow_somewhere(Verb::PeopleImport)?;
    let import = store::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
    caller.allow(Verb::PeopleImport, &import.area).map_err(|_| Error::NotFound)?;
    Ok(import)
}

/// The state of a stored import.
fn state(import: &Import) -> ImportState {
    ImportState::from_code(&import.state).unwrap_or(ImportState::Unreadable)
}
