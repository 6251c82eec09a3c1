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
        let rows = store::batch(&mut conn, column, "", 2_000).await.unwrap();
        for (i, (_, sealed)) in rows.iter().enumerate() {
            assert!(sealed.starts_with("k2."), "{sealed}");
            assert_eq!(core.keys.open(column.purpose, sealed).unwrap(), format!("138{i:08}"));
        }
        assert_eq!(rows.len(), 1_203);
    }
}
