//! `hs keys`, `hs areas`, `hs grant`: the first steps of a deployment, before anybody can sign in.

use crate::config::Config;
use crate::core::Core;
use crate::crypto::{KeySource, Keyring};
use crate::error::{Error, Result};
use crate::ids::Ids;
use crate::{identity, people};
use contract::Role;
use contract::identity::GrantRole;
use std::path::Path;

/// Makes the keyring, unless it is there.
pub(super) fn keys(config: &Config) -> Result<()> {
    Keyring::load_or_create(&KeySource::of(&config.keys), &Ids::from_system()).map_err(Error::internal)?;
    println!("the keyring is at {}: keep a copy away from the database's backups", config.keys.display());
    Ok(())
}

/// Enters the area tree from a file.
pub(super) async fn areas(core: &Core, file: &Path) -> Result<()> {
    let list = std::fs::read(file).map_err(|error| Error::internal(format!("{}: {error}", file.display())))?;
    println!("{} areas entered", people::enter_areas(core, &list).await?);
    Ok(())
}

/// Grants a role by phone.
pub(super) async fn grant(core: &Core, phone: String, role: String, area: String) -> Result<()> {
    let told = format!("{role} on {area}");
    match identity::operator_grant(core, GrantRole { phone, role, area }).await {
        Ok(_) => println!("granted: {told}; whoever signs in with this phone has it"),
        Err(error) => return Err(explained(error)),
    }
    Ok(())
}

/// Says which argument is wrong.
fn explained(error: Error) -> Error {
    let contract::Error::Invalid(fields) = error.public() else { return error };
    let names: Vec<String> = fields.iter().map(|field| format!("{} ({:?})", field.field, field.issue)).collect();
    let roles: Vec<&str> =
        Role::ALL.into_iter().filter(|role| *role != Role::Resident).map(|role| role.code()).collect();
    Error::internal(format!("not right: {}; the roles are {}", names.join(", "), roles.join(", ")))
}
