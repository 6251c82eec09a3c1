//! Tying an account to a person: by what only they know, or at the worker's desk.

use crate::check::{Checks, is_id_number, is_mobile};
use crate::ids::PersonId;
use crate::{Issue, Result};
use serde::{Deserialize, Serialize};

/// Says who one is: name, identity number and phone as the registry has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BindPerson {
    /// The full name.
    #[serde(default)]
    pub name: String,
    /// The identity number.
    #[serde(default)]
    pub id_number: String,
    /// The phone that the community's office has.
    #[serde(default)]
    pub phone: String,
}

impl BindPerson {
    /// Name, number and phone as they are compared.
    ///
    /// # Errors
    /// Fields `name`, `id_number`, `phone`.
    pub fn check(&self) -> Result<(String, String, String)> {
        let mut checks = Checks::new();
        let id_number = plain(&self.id_number).to_ascii_uppercase();
        checks.text("name", &self.name, 1, 60);
        checks.text("id_number", &id_number, 1, 60);
        checks.ensure(id_number.is_empty() || is_id_number(&id_number), "id_number", Issue::CheckDigit);
        let phone = checked_phone(&mut checks, &self.phone);
        checks.done().map(|()| (self.name.trim().to_owned(), id_number, phone))
    }
}

/// Ties the account of a phone to a person who stands at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TieAccount {
    /// Who.
    pub person: PersonId,
    /// The phone that they sign in with.
    #[serde(default)]
    pub phone: String,
    /// `1`: the worker has seen their identity card.
    #[serde(default)]
    pub seen: String,
}

impl TieAccount {
    /// The phone as eleven digits.
    ///
    /// # Errors
    /// Fields `phone` and `seen`.
    pub fn check(&self) -> Result<String> {
        let mut checks = Checks::new();
        let phone = checked_phone(&mut checks, &self.phone);
        checks.ensure(self.seen == "1", "seen", Issue::Required);
        checks.done().map(|()| phone)
    }
}

/// A number without the spaces and hyphens that people write in it.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

fn checked_phone(checks: &mut Checks, text: &str) -> String {
    let phone = plain(text);
    checks.text("phone", &phone, 1, 60);
    checks.ensure(phone.is_empty() || is_mobile(&phone), "phone", Issue::Format);
    phone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let nothing = BindPerson { name: String::new(), id_number: "1".into(), phone: "2".into() };
        let Err(Error::Invalid(faults)) = nothing.check() else { panic!("must refuse") };
        assert_eq!(faults.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["name", "id_number", "phone"]);
        let good = BindPerson {
            name: " 王秀兰".into(),
            id_number: "11010519491231002x".into(),
            phone: "138 5590 0001".into(),
        };
        assert_eq!(good.check(), Ok(("王秀兰".into(), "11010519491231002X".into(), "13855900001".into())));
    }
}
