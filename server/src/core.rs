//! What every verb works with.

use crate::clock::Clock;
use crate::config::Config;
use crate::crypto::Keys;
use crate::db::Db;
use crate::document::Fonts;
use crate::error::Result;
use crate::files::Files;
use crate::identity::sms::{self, SmsGateway};
use crate::ids::Ids;
use crate::memo::Memo;
use crate::notices::{Channels, QuietHours, Retention};
use crate::voting::Watched;
use std::sync::Arc;
use tokio::sync::watch;

/// The server's foundations in one handle. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Core {
    /// The database behind its two doors.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Ids and chance.
    pub ids: Ids,
    /// The effective configuration.
    pub config: Arc<Config>,
    /// Keys for sealed fields, blind indexes and signed codes.
    pub keys: Arc<Keys>,
    /// Uploaded files.
    pub files: Files,
    /// The way one-time codes take to phones.
    pub sms: Arc<dyn SmsGateway>,
    /// The ways that notices take out of the house.
    pub channels: Channels,
    /// When those ways are silent.
    pub quiet: Arc<QuietHours>,
    /// How long it is kept who was told what.
    pub retention: Arc<Retention>,
    /// Fonts for posters.
    pub fonts: Fonts,
    /// What need not be asked again.
    pub memo: Memo,
    /// The votes whose turnout somebody watches.
    pub watched: Arc<Watched>,
    /// True once the server is to stop: what has no end of its own ends then.
    pub stopping: watch::Sender<bool>,
    /// This server's name among several: leases are held under it.
    pub node: String,
}

impl Core {
    /// Opens everything that the configuration names.
    ///
    /// # Errors
    /// The database, the keys or the file store cannot be opened.
    pub async fn open(config: Config) -> Result<Self> {
        let ids = Ids::from_system();
        let clock = config.clock();
        Self::with(config, clock, ids).await
    }

    /// As [`Core::open`], with a clock and ids of one's own.
    ///
    /// # Errors
    /// As [`Core::open`].
    pub async fn with(config: Config, clock: Clock, ids: Ids) -> Result<Self> {
        let keys = Arc::new(Keys::load(&config, &ids)?);
        let files = Files::open(&config.files)?;
        let sms = sms::open(&config, &clock)?;
        let channels = Channels::open(&config, &clock)?;
        let quiet = Arc::new(config.quiet_hours.parse()?);
        let retention = Arc::new(config.notices_kept.parse()?);
        let db = Db::open(&config.database_url, clock.clone(), ids.clone()).await?;
        let fonts = Fonts::beside(&config.site.join("fonts"));
        let node = hex::encode(ids.bytes::<8>());
        let config = Arc::new(config);
        let memo = Memo::default();
        Ok(Self {
            db,
            clock,
            ids,
            config,
            keys,
            files,
            sms,
            channels,
            quiet,
            retention,
            fonts,
            memo,
            watched: Arc::default(),
            stopping: watch::Sender::new(false),
            node,
        })
    }
}
