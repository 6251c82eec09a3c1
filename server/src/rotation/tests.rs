use super::*;
use crate::testing::{self, rotated};
use std::collections::BTreeSet;

/// More than two batches.
const ROWS: i64 = 1_203;

/// A column filled by `insert` (`$1` a number, `$2` the sealed value) is sealed anew after a rotation: each value
/// once, and it says what it said.
async fn sealed_anew(column: &'static Column, insert: &'static str) {
    for core in testing::cores().await {
        let old: Vec<String> = (0..ROWS).map(|number| core.keys.seal(column.purpose, &number.to_string())).collect();
        let filled = core.db.write(old, move |tx, old| {
            Box::pin(async move {
                for (number, sealed) in (0_i64..).zip(old) {
                    sqlx::query(insert).bind(number).bind(sealed.clone()).execute(tx.conn()).await?;
                }
                Ok(())
            })
        });
        filled.await.unwrap();
        let core = rotated(&core);
        assert_eq!(reseal(&core, column).await.unwrap(), u64::try_from(ROWS).unwrap());
        assert_eq!(reseal(&core, column).await.unwrap(), 0);
        let rows = store::batch(&mut core.db.read().await.unwrap(), column, &[], ROWS + 1).await.unwrap();
        assert!(rows.iter().all(|(_, sealed)| sealed.starts_with("k2.")));
        let said = rows.iter().map(|(_, sealed)| core.keys.open(column.purpose, sealed).unwrap());
        assert_eq!(said.collect::<BTreeSet<_>>(), (0..ROWS).map(|number| number.to_string()).collect());
    }
}

#[tokio::test]
async fn after_a_rotation_the_newest_key_opens_everything() {
    let insert = "INSERT INTO persons (id, name, born, phone, area_id, community) \
         VALUES ('p' || CAST(CAST($1 AS BIGINT) AS TEXT), '程', '1980-01-01', $2, '3410', '3410')";
    sealed_anew(&COLUMNS[0], insert).await;
}

#[tokio::test]
async fn a_key_of_several_columns_is_walked_to_its_end() {
    let insert = "INSERT INTO people_import_rows (import, sheet, place, line, sealed) VALUES ('list', \
         CAST($1 AS BIGINT) % 3, 'door ' || CAST(CAST($1 AS BIGINT) % 7 AS TEXT), CAST($1 AS BIGINT), $2)";
    sealed_anew(COLUMNS.iter().find(|column| column.table == "people_import_rows").unwrap(), insert).await;
}

/// Columns of the migrations that hold what [`crate::crypto::Keys::seal`] made: by their names, and the two of
/// `persons` that are older than the name. Votes seal under names of their own ([`crate::voting::reseal`]).
#[test]
fn every_sealed_column_of_the_migrations_is_in_the_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let (mut table, mut found) = (String::new(), Vec::new());
    for line in files.collect::<Vec<_>>().iter().flat_map(|text| text.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (of, column) = match words.as_slice() {
            ["CREATE", "TABLE", name, ..] => {
                table = (*name).to_owned();
                continue;
            }
            ["ALTER", "TABLE", name, "ADD", "COLUMN", column, "TEXT" | "TEXT;", ..] => ((*name).to_owned(), *column),
            [column, "TEXT" | "TEXT,", ..] => (table.clone(), *column),
            _ => continue,
        };
        let old = of == "persons" && ["phone", "id_number"].contains(&column);
        if column == "sealed" || column.ends_with("_sealed") || old {
            found.push((of, column.to_owned()));
        }
    }
    assert!(found.len() >= 8, "{found:?}");
    for (table, name) in found {
        let known = COLUMNS.iter().any(|column| column.table == table && column.name == name);
        assert!(known, "{table}.{name} is sealed and not in the list");
    }
}
