//! Where printed letters come from.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use usvg::Options;
use usvg::fontdb::Database;

use crate::{Error, Result};

/// Families with simplified Chinese, best first; the built site brings the first one.
const FAMILIES: [&str; 4] = ["Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei"];

/// A family with Chinese, and the files that hold it.
type Found = (&'static str, Arc<Database>);

/// The fonts of this server: found when the first page is drawn, then kept (as file maps).
#[derive(Clone, Debug)]
pub struct Fonts {
    folder: PathBuf,
    found: Arc<OnceLock<Option<Found>>>,
}

impl Fonts {
    /// Looks in `folder` first (the site's `fonts`) and among the system's fonts otherwise.
    pub fn beside(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), found: Arc::default() }
    }

    /// The family that pages are set in.
    pub(crate) fn family(&self) -> Result<&'static str> {
        Ok(self.found()?.0)
    }

    /// Options to read a page's SVG with.
    pub(crate) fn options(&self) -> Result<Options<'static>> {
        let (family, database) = self.found()?;
        Ok(Options { font_family: (*family).to_owned(), fontdb: database.clone(), ..Options::default() })
    }

    fn found(&self) -> Result<&Found> {
        let found = self.found.get_or_init(|| {
            let mut own = Database::new();
            own.load_fonts_dir(&self.folder);
            chinese(own).or_else(|| {
                let mut system = Database::new();
                system.load_system_fonts();
                chinese(system)
            })
        });
        found.as_ref().ok_or_else(|| Error::internal("no Chinese font: install fonts-noto-cjk or build the site"))
    }
}

fn chinese(database: Database) -> Option<Found> {
    let has = |family: &str| database.faces().any(|face| face.families.iter().any(|(name, _)| name == family));
    let family = FAMILIES.into_iter().find(|family| has(family))?;
    Some((family, Arc::new(database)))
}
