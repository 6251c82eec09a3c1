//! What signing in asks the registry of people: who has this phone, what are they called, where do they
//! live or own.

use crate::crypto::Keys;
use crate::error::Result;
use contract::AreaId;
use contract::ids::PersonId;
use sqlx::AnyConnection;

/// The index under which the registry keeps a phone.
pub(super) fn phone_index(keys: &Keys, phone: &str) -> String {
    keys.blind("people.phone", phone)
}

/// The person with this phone.
pub(super) async fn person_of(_conn: &mut AnyConnection, _index: &str) -> Result<Option<PersonId>> {
    Ok(None)
}

/// The person's name.
pub(super) async fn name_of(_conn: &mut AnyConnection, _person: &PersonId) -> Result<Option<String>> {
    Ok(None)
}

/// Where the person lives or owns.
pub(super) async fn homes_of(_conn: &mut AnyConnection, _person: &PersonId) -> Result<Vec<AreaId>> {
    Ok(Vec::new())
}
