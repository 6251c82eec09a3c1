//! Sealing what is sealed again, with the newest key. Batches are small, so that it runs beside a server.

mod store;
#[cfg(test)]
mod tests;

use crate::core::Core;
use crate::error::{Error, Result};

/// A sealed column: where it is and what it is sealed for.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The table.
    pub table: &'static str,
    /// Its primary key, column by column as `import, part BIGINT`; TEXT where no type is given.
    pub key: &'static str,
    /// The sealed column; NULL where there is nothing.
    pub name: &'static str,
    /// The purpose that its values are sealed for.
    pub purpose: &'static str,
}

/// Every sealed column of every room with a key of one column; what votes keep sealed under others, and their
/// files, is [`crate::voting::reseal`]'s.
pub const COLUMNS: &[Column] = &[
    Column { table: "persons", key: "id", name: "phone", purpose: "people.phone" },
    Column { table: "persons", key: "id", name: "id_number", purpose: "people.id_number" },
    Column { table: "people_corrections", key: "id", name: "sealed", purpose: "people.correction" },
    Column { table: "people_merged", key: "lost", name: "phone_sealed", purpose: "people.phone" },
    Column { table: "people_import_parts", key: "import, part BIGINT", name: "sealed", purpose: "people.import.file" },
    Column {
        table: "people_import_rows",
        key: "import, sheet BIGINT, place, line BIGINT",
        name: "sealed",
        purpose: "people.import.row",
    },
    Column { table: "accounts", key: "id", name: "phone_sealed", purpose: "identity.phone" },
    Column { table: "accounts", key: "id", name: "totp_sealed", purpose: "identity.totp" },
];

/// Rows in one transaction: others' writes wait at most for so many.
const BATCH: i64 = 500;

/// Seals one column again; how many values needed it.
///
/// # Errors
/// A value that no key opens, or the database's own trouble.
pub async fn reseal(core: &Core, column: &'static Column) -> Result<u64> {
    let (mut after, mut sealed) = (Vec::new(), 0);
    loop {
        let mut conn = core.db.read().await?;
        let rows = store::batch(&mut conn, column, &after, BATCH).await?;
        drop(conn);
        let Some((last, _)) = rows.last() else { return Ok(sealed) };
        after.clone_from(last);
        let mut again = Vec::new();
        for (key, old) in rows {
            if let Some(new) = core.keys.reseal(column.purpose, &old).map_err(Error::internal)? {
                again.push((key, old, new));
            }
        }
        sealed += again.len() as u64;
        core.db.write((column, again), |tx, (column, again)| Box::pin(store::replace(tx, column, again))).await?;
    }
}
