//! SQL of notices taken over.

use super::super::archive::Past;
use crate::db::rows::{self, Bound, Row};
use contract::notices::{Group, NoticeState};
use sqlx::{AnyConnection, Error};

struct Sent<'a>(&'a Past);
struct Said<'a>(&'a Past);

impl Row for Sent<'_> {
    const INTO: &'static str = "notices (id, draft_key, title, area, area_name, buildings, audience, channels, public, \
         urgent, replies, state, at, recipients)";

    fn bind(&self, bound: Bound) -> Bound {
        let Past { id, title, area, area_name, at, .. } = self.0;
        let bound = bound.bind(id.clone()).bind(format!("archive/{id}")).bind(title.clone()).bind(area.clone());
        let bound = bound.bind(area_name.clone()).bind("[]").bind(Group::Residents.code()).bind("[]");
        let bound = bound.bind(1_i64).bind(0_i64).bind(0_i64);
        bound.bind(NoticeState::Sent.code()).bind(*at).bind(0_i64)
    }
}

impl Row for Said<'_> {
    const INTO: &'static str = "notices_versions (notice, version, title, body, change, at)";

    fn bind(&self, bound: Bound) -> Bound {
        let Past { id, title, body, at, .. } = self.0;
        let bound = bound.bind(id.clone()).bind(1_i64).bind(title.clone());
        bound.bind(body.clone()).bind(String::new()).bind(*at)
    }
}

/// Keeps notices with their texts.
pub(in super::super) async fn insert(conn: &mut AnyConnection, past: &[Past]) -> Result<(), Error> {
    rows::insert_new(conn, &past.iter().map(Sent).collect::<Vec<_>>()).await?;
    rows::insert_new(conn, &past.iter().map(Said).collect::<Vec<_>>()).await.map(drop)
}
