//! The document around every page.

use contract::identity::Theme;
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};

use super::headers;
use super::style::styles;
use crate::app::Pages;
use crate::ui::ui;

/// Fetches a page's HTML when its link is touched or hovered over. Never what acts or weighs:
/// streams, files, the way out, the counting of an audience; nor a notice, which counts as read once it is shown.
const PREFETCH: &str = r#"{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":"/*.*"}},{"not":{"href_matches":"/sign-*"}},{"not":{"href_matches":"/v/*"}},{"not":{"href_matches":"/notices/*"}},{"not":{"href_matches":"/*/preview"}},{"not":{"selector_matches":"[download]"}}]},"eagerness":"moderate"}]}"#;

/// Offers the offline page when the network is gone.
const SERVICE_WORKER: &str = r#"navigator.serviceWorker?.register("/sw.js").catch(() => {})"#;

/// The document of the request in context.
pub fn shell(options: LeptosOptions) -> AnyView {
    provide_meta_context();
    headers::set();
    let ui = ui();
    let brand = tr!(ui, "ui.brand");
    let theme = (ui.theme != Theme::Auto).then(|| ui.theme.code());
    view! {
        <!DOCTYPE html>
        <html lang=ui.locale.tag() data-elder=ui.elder.then_some("") data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                {styles()}
                <HydrationScripts options=options islands=true />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="icon" href="/icon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icon-192.png" />
                <meta name="theme-color" content="#2a312d" />
                <meta name="description" content=tr!(ui, "ui.description") />
                <script type="speculationrules" nonce=use_nonce()>
                    {PREFETCH}
                </script>
                <script nonce=use_nonce()>{SERVICE_WORKER}</script>
                <MetaTags />
            </head>
            <body>
                <Title formatter=move |page: String| if page.is_empty() { brand.clone() } else { format!("{page} · {brand}") } />
                <a class="skip" href="#main">
                    {tr!(ui, "ui.skip")}
                </a>
                <p class="connection" role="status" hidden=true>
                    {tr!(ui, "ui.offline")}
                </p>
                <Pages />
            </body>
        </html>
    }
    .into_any()
}
