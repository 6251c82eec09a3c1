//! SQL of notices and their versions.

pub(super) mod adopt;
pub(super) mod archive;
pub(super) mod deliveries;
pub(super) mod lists;
pub(super) mod preferences;
pub(super) mod purge;
pub(super) mod queue;
pub(super) mod replies;

use contract::ids::NoticeId;
use contract::notices::{Audience, Channel, Group, NoticeDraft, NoticeState, NoticeSummary, Tag};
use contract::{AreaId, Millis};
use sqlx::{AnyConnection, Error};

/// A notice as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Notice {
    pub id: NoticeId,
    pub title: String,
    pub area: AreaId,
    pub area_name: String,
    buildings: String,
    audience: String,
    tag: Option<String>,
    channels: String,
    pub public: i64,
    pub urgent: i64,
    pub replies: i64,
    state: String,
    pub version: i64,
    pub at: Option<Millis>,
    pub recipients: Option<i64>,
    pub reason: Option<String>,
    purge: Option<String>,
}

impl Notice {
    pub(super) fn state(&self) -> NoticeState {
        // The column's CHECK knows the states; what a newer server wrote is left alone.
        NoticeState::from_code(&self.state).unwrap_or(NoticeState::Withdrawn)
    }

    /// On its way in this version?
    pub(super) fn is_sending(&self, version: i64) -> bool {
        self.state() == NoticeState::Sending && self.version == version
    }

    /// Was it kept long enough who was told? Only its counts are known then.
    pub(super) fn is_purged(&self) -> bool {
        self.purge.is_some()
    }

    pub(super) fn audience(&self) -> Audience {
        Audience {
            area: self.area.clone(),
            buildings: serde_json::from_str(&self.buildings).unwrap_or_default(),
            group: Group::from_code(&self.audience).unwrap_or(Group::Residents),
            tag: self.tag.as_deref().and_then(Tag::from_code),
        }
    }

    /// The channels besides the app.
    pub(super) fn outside(&self) -> Vec<Channel> {
        serde_json::from_str(&self.channels).unwrap_or_default()
    }

    /// All its channels, the app first.
    pub(super) fn channels(&self) -> Vec<Channel> {
        std::iter::once(Channel::App).chain(self.outside()).collect()
    }

    pub(super) fn summary(self) -> NoticeSummary {
        NoticeSummary {
            state: self.state(),
            id: self.id,
            title: self.title,
            area: self.area,
            area_name: self.area_name,
            version: self.version,
            at: self.at,
            urgent: self.urgent == 1,
            public: self.public == 1,
            replies: self.replies == 1,
        }
    }
}

/// Columns of [`Notice`], of `notices n`.
macro_rules! columns {
    () => {
        "n.id, n.title, n.area, n.area_name, n.buildings, n.audience, n.tag, n.channels, n.public, n.urgent, \
         n.replies, n.state, n.version, n.at, n.recipients, n.reason, n.purge"
    };
}
pub(super) use columns;

pub(super) const FIND: &str = concat!("SELECT ", columns!(), " FROM notices n WHERE n.id = $1");

/// The notice with this id.
pub(super) async fn find(conn: &mut AnyConnection, id: &NoticeId) -> Result<Option<Notice>, Error> {
    sqlx::query_as(FIND).bind(id).fetch_optional(conn).await
}

/// Lists of a draft as they are stored.
fn lists(draft: &NoticeDraft) -> Result<(String, String), Error> {
    let json = |list: serde_json::Result<String>| list.map_err(|error| Error::Encode(error.into()));
    Ok((json(serde_json::to_string(&draft.audience.buildings))?, json(serde_json::to_string(&draft.channels))?))
}

/// Stores a draft under its form's key; the id of the one that has it, this or an earlier one.
pub(super) async fn insert_draft(
    conn: &mut AnyConnection,
    (id, key): (&NoticeId, &str),
    draft: &NoticeDraft,
    area_name: &str,
) -> Result<NoticeId, Error> {
    let (buildings, channels) = lists(draft)?;
    let (stored,): (NoticeId,) = sqlx::query_as(
        "INSERT INTO notices (id, draft_key, title, area, area_name, buildings, audience, tag, channels, public, urgent, \
         replies, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'draft') \
         ON CONFLICT (draft_key) DO UPDATE SET draft_key = excluded.draft_key RETURNING id",
    )
    .bind(id)
    .bind(key)
    .bind(&draft.title)
    .bind(&draft.audience.area)
    .bind(area_name)
    .bind(buildings)
    .bind(draft.audience.group.code())
    .bind(draft.audience.tag.map(Tag::code))
    .bind(channels)
    .bind(i64::from(draft.public))
    .bind(i64::from(draft.urgent))
    .bind(i64::from(draft.replies))
    .fetch_one(conn)
    .await?;
    Ok(stored)
}

/// Changes a draft; false when it is none any more.
pub(super) async fn update_draft(
    conn: &mut AnyConnection,
    id: &NoticeId,
    draft: &NoticeDraft,
    area_name: &str,
) -> Result<bool, Error> {
    let (buildings, channels) = lists(draft)?;
    let done = sqlx::query(
        "UPDATE notices SET title = $2, area = $3, area_name = $4, buildings = $5, audience = $6, tag = $7, \
         channels = $8, public = $9, urgent = $10, replies = $11 WHERE id = $1 AND state = 'draft'",
    )
    .bind(id)
    .bind(&draft.title)
    .bind(&draft.audience.area)
    .bind(area_name)
    .bind(buildings)
    .bind(draft.audience.group.code())
    .bind(draft.audience.tag.map(Tag::code))
    .bind(channels)
    .bind(i64::from(draft.public))
    .bind(i64::from(draft.urgent))
    .bind(i64::from(draft.replies))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// One version's text.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct VersionRow {
    pub version: i64,
    pub title: String,
    pub body: String,
    pub change: String,
    pub at: Millis,
}

/// Writes a version; a draft's is written over.
pub(super) async fn put_version(conn: &mut AnyConnection, id: &NoticeId, row: &VersionRow) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO notices_versions (notice, version, title, body, change, at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (notice, version) DO UPDATE SET title = excluded.title, body = excluded.body, at = excluded.at",
    )
    .bind(id)
    .bind(row.version)
    .bind(&row.title)
    .bind(&row.body)
    .bind(&row.change)
    .bind(row.at)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) const VERSIONS: &str =
    "SELECT version, title, body, change, at FROM notices_versions WHERE notice = $1 ORDER BY version DESC";

/// Every version, newest first.
pub(super) async fn versions(conn: &mut AnyConnection, id: &NoticeId) -> Result<Vec<VersionRow>, Error> {
    sqlx::query_as(VERSIONS).bind(id).fetch_all(conn).await
}

/// Moves a notice from one state to another at a moment; false when it is in another state by now.
pub(super) async fn set_state(
    conn: &mut AnyConnection,
    id: &NoticeId,
    (from, to): (NoticeState, NoticeState),
    at: Option<Millis>,
) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE notices SET state = $3, at = $4 WHERE id = $1 AND state = $2")
        .bind(id)
        .bind(from.code())
        .bind(to.code())
        .bind(at)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Begins to send what is due at this moment; false when it was put off or taken back meanwhile.
pub(super) async fn begin(conn: &mut AnyConnection, id: &NoticeId, at: Millis) -> Result<bool, Error> {
    let done = sqlx::query("UPDATE notices SET state = 'sending' WHERE id = $1 AND state = 'scheduled' AND at = $2")
        .bind(id)
        .bind(at)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that the audience of a version is whole; false when that was noted, or the notice has moved on.
pub(super) async fn set_frozen(
    conn: &mut AnyConnection,
    id: &NoticeId,
    version: i64,
    recipients: i64,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE notices SET recipients = $3 WHERE id = $1 AND version = $2 AND state = 'sending' AND recipients IS NULL",
    )
    .bind(id)
    .bind(version)
    .bind(recipients)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) const FINISH: &str = "\
     UPDATE notices SET state = 'sent' WHERE id = $1 AND version = $2 AND state = 'sending' \
     AND recipients IS NOT NULL AND NOT EXISTS (SELECT 1 FROM notices_deliveries \
     WHERE notice = $1 AND version = $2 AND channel IN ('app', 'sms', 'wechat') AND status = 'queued')";

/// Notes that nothing waits any more; false while something does.
pub(super) async fn finish(conn: &mut AnyConnection, id: &NoticeId, version: i64) -> Result<bool, Error> {
    Ok(sqlx::query(FINISH).bind(id).bind(version).execute(conn).await?.rows_affected() == 1)
}

/// Puts a new version in place of `version`, whose audience is whole; false when it is another by now.
pub(super) async fn correct(
    conn: &mut AnyConnection,
    id: &NoticeId,
    version: i64,
    title: &str,
    at: Millis,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE notices SET version = version + 1, title = $3, at = $4, state = 'sending', recipients = NULL \
         WHERE id = $1 AND version = $2 AND state IN ('sending', 'sent') AND recipients IS NOT NULL AND purge IS NULL",
    )
    .bind(id)
    .bind(version)
    .bind(title)
    .bind(at)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Withdraws what is out; false when it is not, or is withdrawn already.
pub(super) async fn withdraw(conn: &mut AnyConnection, id: &NoticeId, reason: &str) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE notices SET state = 'withdrawn', reason = $2 WHERE id = $1 AND state IN ('sending', 'sent')",
    )
    .bind(id)
    .bind(reason)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
