//! The rules that votes of an area follow, as dated settings.

use super::Unreturned;
use super::paper::coded;
use crate::check::Checks;
use crate::{AreaId, Issue, Millis, Result, local};
use serde::{Deserialize, Serialize};

coded! {
    /// One setting.
    RuleName {
        /// Days from announcement to opening (物业管理条例 art. 14: 15 days).
        AnnounceDays = "announce_days",
        /// Days after the announcement in which the roll can be objected to.
        ObjectionDays = "objection_days",
        /// Fewest days that a poll stays open.
        PollDays = "poll_days",
        /// Days after the publication in which the result can be appealed against and counted again.
        RecountDays = "recount_days",
        /// What a ballot that was delivered and did not come back counts as: an [`Unreturned`]'s code.
        Unreturned = "unreturned",
        /// Must two thirds take part for anybody to be elected (民法典 art. 278)? `yes` or `no`: for representatives of
        /// a building the rules of procedure may ask for something else.
        ElectionQuorum = "election_quorum",
        /// Do parking places and storerooms count? `yes` or `no`.
        Parking = "parking",
        /// Mandates that one agent may hold in a vote.
        MandatesPerAgent = "mandates_per_agent",
        /// Hours after the poll in which papers handed in before can be entered.
        PaperHours = "paper_hours",
        /// Most reminders of one vote.
        Reminders = "reminders",
        /// A holiday that moves the end of a period, from the day the rule holds to the day that is its value
        /// (`2026-10-07`); the clause names the notice it stands in.
        Holiday = "holiday",
    }
}

impl RuleName {
    /// What holds where an area has set nothing.
    pub fn usual(self) -> &'static str {
        match self {
            Self::AnnounceDays => "15",
            Self::ObjectionDays | Self::RecountDays => "7",
            Self::PollDays => "0",
            Self::Unreturned => "not_participating",
            Self::ElectionQuorum => "yes",
            Self::Parking => "no",
            Self::MandatesPerAgent => "1",
            Self::PaperHours => "24",
            Self::Reminders => "3",
            Self::Holiday => "",
        }
    }

    /// Is the value a number (of days, unless the name says otherwise)?
    pub fn is_days(self) -> bool {
        !matches!(self, Self::Unreturned | Self::ElectionQuorum | Self::Parking | Self::Holiday)
    }

    /// The values to choose from; none for days.
    pub fn choices(self) -> Vec<&'static str> {
        match self {
            Self::Unreturned => Unreturned::ALL.iter().map(|choice| choice.code()).collect(),
            Self::Parking | Self::ElectionQuorum => vec!["no", "yes"],
            _ => Vec::new(),
        }
    }
}

/// A rule as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleForm {
    /// The area it holds in.
    pub area: String,
    /// A [`RuleName`]'s code.
    pub name: String,
    /// The value.
    pub value: String,
    /// The clause it rests on.
    pub clause: String,
    /// From this day on: `2026-09-01`, Huangshan time.
    pub from: String,
}

/// A rule that can be stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRule {
    /// The area it holds in.
    pub area: AreaId,
    /// Which setting.
    pub name: RuleName,
    /// The value.
    pub value: String,
    /// The clause it rests on.
    pub clause: String,
    /// It holds from this moment on.
    pub from: Millis,
}

impl RuleForm {
    /// The rule that was typed.
    ///
    /// # Errors
    /// By field; `clause`: `Required` for a holiday, and for anything but the law's own reading of ballots that did
    /// not come back.
    pub fn parse(&self) -> Result<NewRule> {
        /// A year is longer than any of these periods.
        const MOST_DAYS: i64 = 365;
        let mut checks = Checks::new();
        let area = self.area.trim().parse::<AreaId>().ok();
        checks.ensure(area.is_some(), "area", Issue::Required);
        let name = RuleName::from_code(&self.name);
        checks.ensure(name.is_some(), "name", Issue::Unknown);
        let value = self.value.trim();
        if let Some(name) = name {
            let known = match name {
                RuleName::Holiday => local::day(value).is_some_and(|last| local::day(self.from.trim()) <= Some(last)),
                _ if name.is_days() => value.parse::<i64>().is_ok_and(|days| (0..=MOST_DAYS).contains(&days)),
                _ => name.choices().contains(&value),
            };
            checks.ensure(known, "value", if value.is_empty() { Issue::Required } else { Issue::Unknown });
            let needs_clause = name == RuleName::Holiday || (name == RuleName::Unreturned && value != name.usual());
            checks.text("clause", &self.clause, u32::from(needs_clause), 100);
        }
        let from = local::day(self.from.trim());
        checks.ensure(from.is_some(), "from", if self.from.is_empty() { Issue::Required } else { Issue::Format });
        checks.done()?;
        match (area, name, from) {
            (Some(area), Some(name), Some(from)) => {
                let clause = self.clause.trim().to_owned();
                Ok(NewRule { area, name, value: value.to_owned(), clause, from })
            }
            _ => Err(crate::Error::Internal),
        }
    }
}

/// A rule as it was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetRule {
    /// The rule.
    #[serde(flatten)]
    pub rule: NewRule,
    /// The area's name.
    pub area_name: String,
    /// Who set it.
    pub set_by: String,
    /// When.
    pub set_at: Millis,
    /// Is it what holds in its area now?
    pub holds: bool,
}

/// The rules in force for one vote, frozen by its announcement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// See [`RuleName::AnnounceDays`].
    pub announce_days: i64,
    /// See [`RuleName::ObjectionDays`].
    pub objection_days: i64,
    /// See [`RuleName::PollDays`].
    pub poll_days: i64,
    /// See [`RuleName::RecountDays`].
    pub recount_days: i64,
    /// See [`RuleName::Unreturned`].
    pub unreturned: Unreturned,
    /// The clause that `unreturned` rests on.
    pub unreturned_clause: String,
    /// See [`RuleName::ElectionQuorum`]; votes announced before there was that rule follow the usual one.
    #[serde(default = "usual_quorum")]
    pub election_quorum: bool,
    /// See [`RuleName::Parking`].
    pub parking: bool,
    /// See [`RuleName::MandatesPerAgent`].
    pub mandates_per_agent: i64,
    /// See [`RuleName::PaperHours`].
    pub paper_hours: i64,
    /// See [`RuleName::Reminders`].
    pub reminders: i64,
}

fn usual_quorum() -> bool {
    RuleName::ElectionQuorum.usual() == "yes"
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            announce_days: 15,
            objection_days: 7,
            poll_days: 0,
            recount_days: 7,
            unreturned: Unreturned::NotParticipating,
            unreturned_clause: String::new(),
            election_quorum: usual_quorum(),
            parking: false,
            mandates_per_agent: 1,
            paper_hours: 24,
            reminders: 3,
        }
    }
}

impl Rules {
    /// Puts one setting in place.
    pub fn set(&mut self, name: RuleName, value: &str, clause: &str) {
        let days = || value.parse().unwrap_or_default();
        match name {
            RuleName::AnnounceDays => self.announce_days = days(),
            RuleName::ObjectionDays => self.objection_days = days(),
            RuleName::PollDays => self.poll_days = days(),
            RuleName::RecountDays => self.recount_days = days(),
            RuleName::Unreturned => {
                self.unreturned = Unreturned::from_code(value).unwrap_or(Unreturned::NotParticipating);
                clause.clone_into(&mut self.unreturned_clause);
            }
            RuleName::ElectionQuorum => self.election_quorum = value == "yes",
            RuleName::Parking => self.parking = value == "yes",
            RuleName::MandatesPerAgent => self.mandates_per_agent = days(),
            RuleName::PaperHours => self.paper_hours = days(),
            RuleName::Reminders => self.reminders = days(),
            // Holidays are days, not a setting of the vote.
            RuleName::Holiday => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_unset_is_what_the_names_say() {
        let mut rules = Rules { announce_days: 0, parking: true, ..Rules::default() };
        RuleName::ALL.iter().for_each(|name| rules.set(*name, name.usual(), ""));
        assert_eq!(rules, Rules::default());
    }

    #[test]
    fn counting_what_did_not_come_back_needs_a_clause() {
        let form = RuleForm {
            area: "3410.03".into(),
            name: "unreturned".into(),
            value: "follow_majority".into(),
            from: "2026-09-01".into(),
            ..RuleForm::default()
        };
        assert_eq!(form.parse(), Err(crate::Error::field("clause", Issue::Required)));
        assert!(RuleForm { clause: "议事规则第12条".into(), ..form.clone() }.parse().is_ok());
        assert!(RuleForm { value: "not_participating".into(), ..form.clone() }.parse().is_ok());
        let wrong = RuleForm { name: "poll_days".into(), value: "-1".into(), ..form };
        assert_eq!(wrong.parse(), Err(crate::Error::field("value", Issue::Unknown)));
    }
}
