//! What the file has named so far: a few bytes a row.

use contract::AreaId;
use contract::ids::PersonId;
use std::collections::HashMap;

/// Doors, people and the rows that named them first.
#[derive(Debug, Default)]
pub(super) struct Seen {
    dwellings: HashMap<AreaId, i64>,
    people: HashMap<String, (i64, String)>,
    stored: HashMap<PersonId, i64>,
}

impl Seen {
    /// Notes a row of 房屋; the row that named the door before, if one did.
    pub fn dwelling(&mut self, area: &AreaId, line: i64) -> Option<i64> {
        match self.dwellings.get(area) {
            Some(other) => Some(*other),
            None => {
                self.dwellings.insert(area.clone(), line);
                None
            }
        }
    }

    /// A row of 房屋 that does not hold after all.
    pub fn forget_dwelling(&mut self, area: &AreaId) {
        self.dwellings.remove(area);
    }

    /// Does 房屋 name this door?
    pub fn has_dwelling(&self, area: &AreaId) -> bool {
        self.dwellings.contains_key(area)
    }

    /// Notes a row of 居民 under what tells its person apart; the row before, if there was one.
    pub fn person(&mut self, key: String, line: i64, name: &str) -> Option<i64> {
        match self.people.get(&key) {
            Some((other, _)) => Some(*other),
            None => {
                self.people.insert(key, (line, name.to_owned()));
                None
            }
        }
    }

    /// A row of 居民 that does not hold after all.
    pub fn forget_person(&mut self, key: &str) {
        self.people.remove(key);
    }

    /// Notes that a row of 居民 is about this person of the registry; the row before, if there was one. What tells
    /// people of the file apart may differ in two rows about one.
    pub fn stored(&mut self, person: &PersonId, line: i64) -> Option<i64> {
        match self.stored.get(person) {
            Some(other) => Some(*other),
            None => {
                self.stored.insert(person.clone(), line);
                None
            }
        }
    }

    /// The name that 居民 gives under this key.
    pub fn name(&self, key: &str) -> Option<&str> {
        self.people.get(key).map(|(_, name)| name.as_str())
    }
}
