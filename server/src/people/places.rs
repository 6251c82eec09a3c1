//! The area tree from a list, as whoever runs the program enters it.

use super::store::areas;
use crate::core::Core;
use crate::error::{Error, Result};
use crate::events::{self, Event, OPERATOR};
use contract::AreaId;
use contract::area::AreaKind;
use serde::Deserialize;
use std::collections::HashSet;

/// Longest name, in characters.
const NAME: usize = 40;
/// Digits of the longest official code.
const CODE: usize = 12;

/// Why a list of areas is refused, and the line that shows it (1 is the heading).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct BadLine {
    /// The line.
    pub line: usize,
    /// What is wrong with it.
    pub why: &'static str,
}

/// An area as a line gives it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Line {
    /// Its place in the tree, such as `3410.03.001.004`.
    area: String,
    name: String,
    /// The official code, where there is one.
    #[serde(default)]
    code: String,
}

/// Enters the areas of a CSV text with the columns `area`, `name` and `code`, all or none; how many there were. An
/// area that is there takes its name and code from the list.
///
/// # Errors
/// [`BadLine`] as text: not three columns, no place from the city down to a unit, no name, a code that is not
/// digits, an area around it that neither the list nor the registry has. Else the database's own.
pub async fn enter_areas(core: &Core, list: &[u8]) -> Result<usize> {
    let lines = read(list).map_err(Error::internal)?;
    core.db
        .write(lines, |tx, lines| {
            Box::pin(async move {
                for (id, name, code) in lines {
                    let around = id.parent();
                    if let Some(around) = &around
                        && areas::find(tx.conn(), around).await?.is_none()
                    {
                        return Err(Error::internal(format!("{id}: the registry does not know {around}")));
                    }
                    areas::put(tx.conn(), id, name, code.as_deref()).await?;
                }
                let payload = serde_json::json!({ "areas": lines.len() });
                let city = AreaId::city();
                let event = Event { room: "people", verb: "areas", area: &city, subject: city.as_str(), payload };
                events::record_as(tx, OPERATOR, event).await?;
                Ok(lines.len())
            })
        })
        .await
}

/// The lines, those further out first.
pub(super) fn read(list: &[u8]) -> Result<Vec<(AreaId, String, Option<String>)>, BadLine> {
    let (mut lines, mut seen) = (Vec::new(), HashSet::new());
    // A byte order mark is what Excel begins a CSV file with.
    let list = list.strip_prefix(b"\xef\xbb\xbf").unwrap_or(list);
    for (at, line) in csv::Reader::from_reader(list).into_deserialize::<Line>().enumerate() {
        let bad = |why| BadLine { line: at + 2, why };
        let Line { area, name, code } = line.map_err(|_| bad("the columns are area,name,code"))?;
        let id: AreaId = area.trim().parse().map_err(|_| bad("not a place in the tree"))?;
        let (name, code) = (name.trim().to_owned(), code.trim().to_owned());
        if !AreaId::city().holds(&id) || id.kind() > AreaKind::Unit {
            return Err(bad("a place from the city (3410) down to a unit is wanted"));
        }
        if name.is_empty() || name.chars().count() > NAME {
            return Err(bad("a name of 1 to 40 characters is wanted"));
        }
        if code.len() > CODE || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(bad("a code has at most 12 digits"));
        }
        if !seen.insert(id.clone()) {
            return Err(bad("this area stands in the list twice"));
        }
        lines.push((id, name, (!code.is_empty()).then_some(code)));
    }
    lines.sort_by_key(|(id, ..)| (id.kind(), id.clone()));
    Ok(lines)
}
