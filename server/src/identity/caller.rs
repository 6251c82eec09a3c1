//! The caller of a verb: who they are, what they hold, and where.

use super::access::{Guard, Verb};
use crate::error::Result;
use contract::ids::{AccountId, PersonId, SessionId};
use contract::{AreaId, Error, Locale, Refusal, Role};

/// A role held on an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds, and in everything inside.
    pub area: AreaId,
}

/// Who calls a verb.
#[derive(Clone, Debug, Default)]
pub struct Caller {
    /// The account, when signed in.
    pub account: Option<AccountId>,
    /// The session, when signed in.
    pub session: Option<SessionId>,
    /// The person of the registry behind the account.
    pub person: Option<PersonId>,
    /// The person's name (or nothing), for greeting.
    pub name: Option<String>,
    /// Roles on areas; residence counts as [`Role::Resident`].
    pub grants: Vec<Grant>,
    /// Has this session passed the second factor?
    pub second_factor: bool,
    /// The language to answer in.
    pub locale: Locale,
}

impl Caller {
    /// Nobody in particular.
    pub fn anonymous() -> Self {
        Self::default()
    }

    /// The name under which events are recorded.
    pub fn actor(&self) -> &str {
        match (&self.person, &self.account) {
            (Some(person), _) => person.as_str(),
            (None, Some(account)) => account.as_str(),
            (None, None) => "anonymous",
        }
    }

    /// Whose hand it is, for keys and for what one worker must not do twice: the account, which stays the same when
    /// its person is found in the registry or becomes one with another entry.
    pub fn hand(&self) -> &str {
        self.account.as_ref().map_or("anonymous", AccountId::as_str)
    }

    /// The account.
    ///
    /// # Errors
    /// [`Error::SignIn`] when nobody is signed in.
    pub fn account(&self) -> Result<&AccountId> {
        Ok(self.account.as_ref().ok_or(Error::SignIn)?)
    }

    /// The person of the registry.
    ///
    /// # Errors
    /// [`Error::SignIn`], or [`Refusal::NotBound`] for an account that the registry does not know.
    pub fn person(&self) -> Result<&PersonId> {
        self.account()?;
        Ok(self.person.as_ref().ok_or(Refusal::NotBound)?)
    }

    /// Is the caller this person of the registry?
    pub fn is_person(&self, person: &PersonId) -> bool {
        self.person.as_ref() == Some(person)
    }

    /// May the caller do this here?
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::SecondFactor`] or [`Error::Forbidden`].
    pub fn allow(&self, verb: Verb, area: &AreaId) -> Result<()> {
        self.passes(verb, |grant| grant.area.holds(area))
    }

    /// May the caller do this anywhere at all?
    ///
    /// # Errors
    /// As [`Caller::allow`].
    pub fn allow_somewhere(&self, verb: Verb) -> Result<()> {
        self.passes(verb, |_| true)
    }

    /// The areas where the caller may do this by a role, widest first and none inside another.
    pub fn areas(&self, verb: Verb) -> Vec<AreaId> {
        let Guard::Roles(roles) = verb.guard() else { return Vec::new() };
        let mut areas: Vec<AreaId> =
            self.grants.iter().filter(|g| roles.contains(&g.role)).map(|g| g.area.clone()).collect();
        areas.sort();
        areas.dedup_by(|inner, outer| outer.holds(inner));
        areas
    }

    /// Does the caller hold a role that acts for the community?
    pub fn is_staff(&self) -> bool {
        self.grants.iter().any(|grant| grant.role.is_staff())
    }

    fn passes(&self, verb: Verb, here: impl Fn(&Grant) -> bool) -> Result<()> {
        let roles = match verb.guard() {
            Guard::Anyone => return Ok(()),
            Guard::SignedIn => return self.account().map(|_| ()),
            Guard::Roles(roles) => roles,
        };
        self.account()?;
        let held: Vec<Role> =
            self.grants.iter().filter(|g| roles.contains(&g.role) && here(g)).map(|g| g.role).collect();
        if held.is_empty() {
            return Err(Error::Forbidden.into());
        }
        if !self.second_factor && held.iter().all(|role| role.is_staff()) {
            return Err(Error::SecondFactor.into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worker(area: &str, second_factor: bool) -> Caller {
        Caller {
            account: Some(AccountId::trusted("a")),
            grants: vec![Grant { role: Role::CommunityWorker, area: area.parse().unwrap() }],
            second_factor,
            ..Caller::default()
        }
    }

    fn answer(caller: &Caller, area: &str) -> Option<Error> {
        caller.allow(Verb::VotingOrganise, &area.parse().unwrap()).err().map(|e| e.public())
    }

    #[test]
    fn a_role_holds_on_its_area_and_inside_only() {
        let caller = worker("3410.03.001", true);
        assert_eq!(answer(&caller, "3410.03.001.004"), None);
        assert_eq!(answer(&caller, "3410.03"), Some(Error::Forbidden));
        assert_eq!(answer(&caller, "3410.03.0011"), Some(Error::Forbidden));
        assert_eq!(answer(&Caller::anonymous(), "3410"), Some(Error::SignIn));
    }

    #[test]
    fn staff_without_the_second_factor_are_asked_for_it() {
        assert_eq!(answer(&worker("3410", false), "3410.03"), Some(Error::SecondFactor));
    }

    #[test]
    fn areas_inside_others_are_left_out() {
        let mut caller = worker("3410.03", true);
        caller.grants.push(Grant { role: Role::Administrator, area: "3410".parse().unwrap() });
        assert_eq!(caller.areas(Verb::VotingOrganise), vec![AreaId::city()]);
    }
}
