//! What the address of the list asks for.

use contract::ids::PersonId;
use contract::people::PeopleSearch;
use contract::{AreaId, PageRequest};
use serde::{Deserialize, Serialize};

/// The page's path.
pub const PATH: &str = "/console/people";

/// Search, area, place in the list, and whom the sheet shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Name, phone, identity number or address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// The area's id; empty for the widest of the caller's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub area: String,
    /// The key of the last row of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The person in the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<PersonId>,
    /// `1` after an account was tied to that person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tied: Option<String>,
}

impl Asked {
    /// The search behind it; an area that is none counts as not given.
    pub fn search(&self) -> PeopleSearch {
        let area: Option<AreaId> = self.area.parse().ok();
        PeopleSearch { q: self.q.clone(), area, page: PageRequest { after: self.after.clone(), size: None } }
    }

    /// The same list with another person in the sheet.
    pub fn showing(&self, person: &PersonId) -> String {
        format!("{PATH}?{}", Self { show: Some(person.clone()), tied: None, ..self.clone() }.query())
    }

    /// Search and area alone, as a query.
    pub fn narrowed(&self) -> String {
        Self { after: None, show: None, tied: None, ..self.clone() }.query()
    }

    /// All of it, as a query.
    pub fn query(&self) -> String {
        serde_html_form::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_the_address() {
        let asked = Asked { q: "汪".into(), area: "3410.03".into(), after: Some("n汪~x".into()), ..Asked::default() };
        assert_eq!(serde_html_form::from_str::<Asked>(&asked.query()), Ok(asked.clone()));
        assert_eq!(asked.narrowed(), "q=%E6%B1%AA&area=3410.03");
        assert_eq!(asked.search().area.map(|area| area.to_string()).as_deref(), Some("3410.03"));
    }
}
