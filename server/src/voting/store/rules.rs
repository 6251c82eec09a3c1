//! SQL of the dated rules.

use contract::voting::{NewRule, RuleName, SetRule};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

/// One rule as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    area: AreaId,
    name: String,
    effective_from: Millis,
    value: String,
    clause: String,
    set_by: String,
    set_at: Millis,
}

pub(in super::super) const OF_AREA: &str = "SELECT area, name, effective_from, value, clause, set_by, set_at \
     FROM voting_rules WHERE area = $1 ORDER BY name, effective_from DESC";

pub(in super::super) const INSIDE: &str = "SELECT area, name, effective_from, value, clause, set_by, set_at \
     FROM voting_rules WHERE area >= $1 AND area < $2 ORDER BY area, name, effective_from DESC LIMIT $3";

/// The rules set for one area itself, newest first in each name.
pub(in super::super) async fn of_area(
    conn: &mut AnyConnection,
    area: &AreaId,
    now: Millis,
) -> Result<Vec<SetRule>, Error> {
    Ok(marked(sqlx::query_as(OF_AREA).bind(area).fetch_all(conn).await?, now))
}

/// The rules set for an area and those inside it, newest first in each area and name.
pub(in super::super) async fn inside(
    conn: &mut AnyConnection,
    area: &AreaId,
    now: Millis,
    limit: i64,
) -> Result<Vec<SetRule>, Error> {
    let rows = sqlx::query_as(INSIDE).bind(area).bind(area.end()).bind(limit).fetch_all(conn).await?;
    Ok(marked(rows, now))
}

/// Rows of one area and name stand together, newest first: the first that is in force holds.
fn marked(rows: Vec<Row>, now: Millis) -> Vec<SetRule> {
    let mut held: Option<(AreaId, String)> = None;
    let mut rules = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(name) = RuleName::from_code(&row.name) else { continue };
        let key = (row.area.clone(), row.name);
        // Holidays stand beside each other; of every other name the latest one holds.
        let holds = name == RuleName::Holiday || (row.effective_from <= now && held.as_ref() != Some(&key));
        if holds {
            held = Some(key);
        }
        let rule = NewRule { area: row.area, name, value: row.value, clause: row.clause, from: row.effective_from };
        rules.push(SetRule { rule, area_name: String::new(), set_by: row.set_by, set_at: row.set_at, holds });
    }
    rules
}

/// Adds a rule; false when one of its name begins at the same moment there.
pub(in super::super) async fn insert(
    conn: &mut AnyConnection,
    rule: &NewRule,
    (by, at): (&str, Millis),
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO voting_rules (area, name, effective_from, value, clause, set_by, set_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (area, name, effective_from) DO NOTHING",
    )
    .bind(&rule.area)
    .bind(rule.name.code())
    .bind(rule.from)
    .bind(&rule.value)
    .bind(&rule.clause)
    .bind(by)
    .bind(at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
