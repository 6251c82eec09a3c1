//! Taking somebody in who lived in another community until now.

use super::tie::plain;
use crate::check::{Checks, is_id_number};
use crate::{Issue, Result};
use serde::{Deserialize, Serialize};

/// Takes somebody in who stands at the desk with their card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeIn {
    /// The full name.
    #[serde(default)]
    pub name: String,
    /// The identity number.
    #[serde(default)]
    pub id_number: String,
    /// Where they live from now on, as people write it.
    #[serde(default)]
    pub address: String,
    /// `1`: the worker has seen their identity card.
    #[serde(default)]
    pub seen: String,
}

impl TakeIn {
    /// Name, number and address as they are compared.
    ///
    /// # Errors
    /// Fields `name`, `id_number`, `address`, `seen`.
    pub fn check(&self) -> Result<(String, String, String)> {
        let mut checks = Checks::new();
        let number = plain(&self.id_number).to_ascii_uppercase();
        checks.text("name", &self.name, 1, 60);
        checks.text("id_number", &number, 1, 60);
        checks.ensure(number.is_empty() || is_id_number(&number), "id_number", Issue::CheckDigit);
        checks.text("address", &self.address, 1, 60);
        checks.ensure(self.seen == "1", "seen", Issue::Required);
        checks.done().map(|()| (self.name.trim().to_owned(), number, self.address.trim().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let nothing = TakeIn { name: " ".into(), id_number: "1".into(), address: String::new(), seen: String::new() };
        let Err(Error::Invalid(faults)) = nothing.check() else { panic!("must refuse") };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["name", "id_number", "address", "seen"]);
        let good = TakeIn {
            name: "王秀兰 ".into(),
            id_number: "110105 19491231002x".into(),
            address: "龙北小区2幢1单元301".into(),
            seen: "1".into(),
        };
        assert_eq!(good.check().unwrap().1, "11010519491231002X");
    }
}
