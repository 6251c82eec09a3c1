use super::*;
use crate::crypto::{KeySource, Keyring};
use crate::testing;
use std::sync::Arc;

#[tokio::test]
async fn after_a_rotation_the_newest_key_opens_everything() {
    for core in testing::cores().await {
        let column = &COLUMNS[0];
        let old: Vec<String> = (0..1_203).map(|i| core.keys.seal(column.purpose, &format!("138{i:08}"))).collect();
        core.db
            .write(old, |tx, old| {
                Box::pin(async move {
                    for (i, sealed) in old.iter().enumerate() {
                        sqlx::query(
                            "INSERT INTO persons (id, name, born, phone, area_id, community) \
                             VALUES ($1, '程', '1980-01-01', $2, '3410', '3410')",
                        )
                        .bind(format!("p{i:05}"))
                        .bind(sealed)
                        .execute(tx.conn())
                        .await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        Keyring::rotate_in(&KeySource::of(&core.config.keys), &core.ids).unwrap();
        let keys = Arc::new(crate::crypto::Keys::load(&core.config, &core.ids).unwrap());
        let core = Core { keys, ..core.clone() };
        assert_eq!(reseal(&core, column).await.unwrap(), 1_203);
        assert_eq!(reseal(&core, column).await.unwrap(), 0);
        let mut conn = core.db.read().await.unwrap();
        let rows = store::batch(&mut conn, column, &[], 2_000).await.unwrap();
        for (i, (_, sealed)) in rows.iter().enumerate() {
            assert!(sealed.starts_with("k2."), "{sealed}");
            assert_eq!(core.keys.open(column.purpose, sealed).unwrap(), format!("138{i:08}"));
        }
        assert_eq!(rows.len(), 1_203);
    }
}

#[tokio::test]
async fn a_key_of_several_columns_is_walked_to_its_end() {
    for core in testing::cores().await {
        let column = COLUMNS.iter().find(|column| column.table == "people_import_rows").unwrap();
        let old: Vec<String> = (0..1_203).map(|i| core.keys.seal(column.purpose, &i.to_string())).collect();
        core.db
            .write(old, |tx, old| {
                Box::pin(async move {
                    for (line, sealed) in (0_i64..).zip(old) {
                        sqlx::query(
                            "INSERT INTO people_import_rows (import, sheet, place, line, sealed) \
                             VALUES ('list', $1, $2, $3, $4)",
                        )
                        .bind(line % 3)
                        .bind(format!("door {}", line % 7))
                        .bind(line)
                        .bind(sealed)
                        .execute(tx.conn())
                        .await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        Keyring::rotate_in(&KeySource::of(&core.config.keys), &core.ids).unwrap();
        let keys = Arc::new(crate::crypto::Keys::load(&core.config, &core.ids).unwrap());
        let core = Core { keys, ..core.clone() };
        assert_eq!(reseal(&core, column).await.unwrap(), 1_203);
        assert_eq!(reseal(&core, column).await.unwrap(), 0);
    }
}

/// Columns of the migrations that hold what [`crate::crypto::Keys::seal`] made: by their names, and the two of
/// `persons` that are older than the name. Votes seal under names of their own ([`crate::voting::reseal`]).
#[test]
fn every_sealed_column_of_the_migrations_is_in_the_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let (mut table, mut found) = (String::new(), Vec::new());
    for line in files
        .iter()
        .flat_map(|file| std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
    {
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
