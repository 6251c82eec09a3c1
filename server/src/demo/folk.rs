//! From somebody to a person of the registry: id, identity number, phone.

use super::household::Somebody;
use super::names::Sex;
use super::plan::Community;
use crate::ids::Ids;
use contract::Millis;
use contract::ids::{DwellingId, Fresh, HouseholdId, PersonId};
use std::collections::HashSet;

/// Ids are made as if on 2026-01-01; each community has a second of its own.
const SINCE: Millis = 1_767_225_600_000;
/// One seed for the whole city, so that every run fills the same one.
pub const SEED: u64 = 341_000;
/// People under this age have no phone of their own in the registry.
const PHONE_FROM_YEAR: i64 = 2014;
/// What made-up phones begin with; the cast's begin with 138.
const PREFIXES: [&str; 4] = ["139", "150", "151", "187"];

/// Hands out what must not come twice.
pub struct Registrar<'a> {
    community: &'a Community,
    ids: Ids,
    at: Millis,
    numbers: HashSet<String>,
    people: u64,
}

impl<'a> Registrar<'a> {
    /// The registrar of one community.
    pub fn new(community: &'a Community) -> Self {
        let order = i64::try_from(community.first).unwrap_or(0);
        Self {
            community,
            ids: Ids::seeded(SEED + community.first),
            at: SINCE + order,
            numbers: HashSet::new(),
            people: 0,
        }
    }

    /// People registered so far.
    pub fn count(&self) -> u64 {
        self.people
    }

    /// A fresh person's id; counts them.
    pub fn person(&mut self) -> PersonId {
        self.people += 1;
        PersonId::fresh(self.next())
    }

    /// A fresh dwelling's id.
    pub fn dwelling(&mut self) -> DwellingId {
        DwellingId::fresh(self.next())
    }

    /// A fresh household's id.
    pub fn household(&mut self) -> HouseholdId {
        HouseholdId::fresh(self.next())
    }

    fn next(&mut self) -> String {
        self.ids.next(self.at)
    }

    /// An identity number that nobody else has: region, birthday, a sequence of the community's own,
    /// check digit. Where all sequences of a day are taken, the birthday moves on (and is given back).
    pub fn id_number(&mut self, somebody: &mut Somebody) -> String {
        loop {
            let (year, month, day) = somebody.born;
            let odd = u64::from(somebody.sex == Sex::Male);
            for turn in 0..2 {
                let sequence = self.community.slot * 4 + turn * 2 + odd;
                let body = format!("{}{year:04}{month:02}{day:02}{sequence:03}", self.community.region);
                if self.numbers.insert(body.clone()) {
                    let check = contract::check::id_check_digit(&body);
                    return format!("{body}{check}");
                }
            }
            somebody.born.2 = day % 28 + 1;
        }
    }

    /// A phone that nobody else has, for who is old enough. Multiplying by a number without factors
    /// 2 and 5 shuffles the eight digits without meeting twice.
    pub fn phone(&self, somebody: &Somebody) -> Option<String> {
        let n = self.community.first + self.people;
        let digits = n * 48_271_093 % 100_000_000;
        let prefix = PREFIXES[usize::try_from(n % 4).unwrap_or(0)];
        (somebody.born.0 < PHONE_FROM_YEAR).then(|| format!("{prefix}{digits:08}"))
    }
}
