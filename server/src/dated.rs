//! Settings that change on a day: `22:00-08:00;2027-01-01=21:00-08:00` holds one value, and another from 2027 on.

use crate::error::Error;
use contract::{Millis, local};

/// Values with the day from which each holds, the earliest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T>(Vec<(Millis, T)>);

impl<T> Dated<T> {
    /// The value that holds at a moment; none before the first.
    pub fn at(&self, moment: Millis) -> Option<&T> {
        self.0.iter().rev().find(|(from, _)| *from <= moment).map(|(_, value)| value)
    }

    /// Reads a setting, each of its values by `value`; one without a day holds from the beginning.
    ///
    /// # Errors
    /// A value or a day that is none, told with the setting's `name` and an `example` of its form.
    pub fn read(text: &str, (name, example): (&str, &str), value: impl Fn(&str) -> Option<T>) -> Result<Self, Error> {
        let one = |part: &str| match part.trim().split_once('=') {
            Some((day, rest)) => Some((local::day(day)?, value(rest)?)),
            None => Some((Millis::MIN, value(part.trim())?)),
        };
        let values: Option<Vec<(Millis, T)>> = text.split(';').map(one).collect();
        let mut values =
            values.ok_or_else(|| Error::internal(format!("{name} is not of the form {example}: {text}")))?;
        values.sort_by_key(|(from, _)| *from);
        Ok(Self(values))
    }
}
