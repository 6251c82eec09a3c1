//! The cookies that remember how somebody wants pages, on this device.

use axum::http::header::{HeaderName, SET_COOKIE};
use axum::response::AppendHeaders;
use axum_extra::extract::cookie::{Cookie, SameSite};
use contract::identity::cookie;

use super::request::Ui;

/// How long a device remembers, in seconds: a year.
const YEAR_S: u32 = 365 * 24 * 60 * 60;

/// The headers of an answer that remembers `ui` on the device.
pub fn remember(ui: Ui) -> AppendHeaders<[(HeaderName, String); 3]> {
    let elder = if ui.elder { "1" } else { "0" };
    let values = [(cookie::LOCALE, ui.locale.tag()), (cookie::ELDER, elder), (cookie::THEME, ui.theme.code())];
    AppendHeaders(values.map(|(name, value)| (SET_COOKIE, for_every_page(name, value))))
}

fn for_every_page(name: &'static str, value: &'static str) -> String {
    let cookie = Cookie::build((name, value)).path("/").same_site(SameSite::Lax).http_only(true);
    format!("{cookie}; Max-Age={YEAR_S}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;

    #[test]
    fn every_setting_is_remembered_for_every_page() {
        let response = remember(Ui { elder: true, ..Ui::default() }).into_response();
        let cookies: Vec<_> = response.headers().get_all(SET_COOKIE).iter().collect();
        assert_eq!(cookies.len(), 3);
        assert_eq!(cookies[1], "hs_elder=1; HttpOnly; SameSite=Lax; Path=/; Max-Age=31536000");
    }
}
