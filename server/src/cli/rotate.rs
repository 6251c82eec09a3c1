//! `hs rotate-keys`: a new newest key, then every sealed column sealed with it.

use crate::config::Config;
use crate::core::Core;
use crate::crypto::{KeySource, Keyring};
use crate::error::{Error, Result};
use crate::ids::Ids;
use crate::rotation;
use crate::voting;

/// Adds a key and seals everything with it, with progress. Running servers read the ring again when they
/// meet the new key, and may seal with the old one until then: rotate once more before taking that one out.
pub(super) async fn rotate(config: Config) -> Result<()> {
    let name = Keyring::rotate_in(&KeySource::of(&config.keys), &Ids::from_system()).map_err(Error::internal)?;
    println!("new key: {name}");
    let core = Core::open(config).await?;
    for column in rotation::COLUMNS {
        let sealed = rotation::reseal(&core, column).await?;
        println!("{}.{}: {sealed} sealed again", column.table, column.name);
    }
    println!("votes: {} sealed again", voting::reseal(&core).await?);
    Ok(())
}
