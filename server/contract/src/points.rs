//! Points: amounts, a resident's statement, the rules that points are awarded by.

use crate::ids::{EventId, TransferId};
use crate::{Millis, Page};
use serde::{Deserialize, Serialize};

/// An amount in integer hundredths of a point, so that no sum is ever rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "db", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct Points(i64);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// So many hundredths of a point.
    pub fn of_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// The amount in hundredths of a point.
    pub fn hundredths(self) -> i64 {
        self.0
    }
}

/// `5.00`, `-0.50`.
impl std::fmt::Display for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let amount = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", amount / 100, amount % 100)
    }
}

/// A rule as of one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The room whose verb earns, e.g. `voting`.
    pub room: String,
    /// The verb that earns, e.g. `cast`.
    pub verb: String,
    /// Counts up with each change of the rule.
    pub version: i64,
    /// What one act earns.
    pub amount: Points,
    /// The most that acts of this kind earn on one day (UTC+8); none: no limit.
    pub daily_cap: Option<Points>,
    /// From when on acts are judged by this version.
    pub effective_from: Millis,
}

impl Rule {
    /// The last part of the keys of the rule's texts: `voting_cast`.
    pub fn code(&self) -> String {
        format!("{}_{}", self.room, self.verb)
    }
}

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The movement.
    pub transfer: TransferId,
    /// When it was earned, spent or reversed.
    pub at: Millis,
    /// What came (positive) or went (negative).
    pub amount: Points,
    /// Why, as the last part of its text's key (`points.reason.<reason>`).
    pub reason: String,
    /// The version of the rule that an award was made by.
    pub rule_version: Option<i64>,
    /// The event of the log that an award stands on.
    pub event: Option<EventId>,
    /// It was taken back by a later line.
    pub reversed: bool,
}

/// One calendar month (UTC+8) of the chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// Its first moment.
    pub starts_at: Millis,
    /// What came in it.
    pub earned: Points,
    /// What went in it, as a positive amount.
    pub spent: Points,
}

/// A resident's points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What there is to spend now.
    pub balance: Points,
    /// The last months, the current one at the end.
    pub months: Vec<Month>,
    /// The rules in force now.
    pub rules: Vec<Rule>,
    /// Movements, newest first.
    pub lines: Page<Line>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_shown_to_the_last_digit() {
        let shown = |n| Points::of_hundredths(n).to_string();
        assert_eq!([shown(500), shown(5), shown(-50), shown(0)], ["5.00", "0.05", "-0.50", "0.00"]);
        assert_eq!(shown(i64::MIN), "-92233720368547758.08");
    }
}
