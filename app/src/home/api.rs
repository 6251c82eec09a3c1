//! The form of the settings.

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use contract::Locale;
use contract::identity::{Theme, local_path};
use serde::Deserialize;
use server::identity::settings_save;

use crate::ui::remember::remember;
use crate::ui::{Post, Site, Ui};

/// How the reader wants pages; a field that is absent stays as it is.
#[derive(Debug, Deserialize)]
struct Change {
    elder: Option<String>,
    locale: Option<String>,
    theme: Option<String>,
    /// The page to go back to.
    #[serde(default)]
    next: String,
}

impl Change {
    fn of(self, ui: Ui) -> Ui {
        Ui {
            elder: self.elder.map_or(ui.elder, |elder| elder == "1"),
            locale: self.locale.map_or(ui.locale, |tag| Locale::of(&tag)),
            theme: self.theme.map_or(ui.theme, |code| Theme::of(&code)),
        }
    }
}

/// Posts to `/me/settings`.
pub fn forms() -> Router<Site> {
    Router::new().route("/me/settings", post(settings))
}

/// Remembers on the device, and with the account of who is signed in.
async fn settings(Post(change, posted): Post<Change>) -> Response {
    let page = match local_path(&change.next) {
        "/" if change.next.is_empty() => "/me".to_owned(),
        page => page.to_owned(),
    };
    let ui = change.of(posted.ui());
    let posted = posted.shown_at(&page);
    let saved = match posted.caller().account {
        Some(_) => settings_save(posted.caller(), posted.core(), ui).await,
        None => Ok(()),
    };
    let remembered = saved.is_ok().then(|| remember(ui));
    (remembered, posted.answer(saved.map(|()| page)).await).into_response()
}
