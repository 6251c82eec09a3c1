//! What stands around every page: static files, health, metrics, limits, compression, identity.

use crate::core::Core;
use crate::{identity, notices, observe};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware;
use axum::routing::get;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

/// The largest body a request may bring: a photo and a form around it.
const BODY: usize = 12 * 1024 * 1024;
/// A page or a form is answered within this time or not at all.
const PATIENCE: Duration = Duration::from_secs(30);

/// Puts the foundations around the app's pages and forms.
///
/// `pages` answers everything that is neither a static file nor one of the server's own addresses,
/// unknown addresses included.
pub fn around(core: &Core, pages: Router) -> Router {
    let people = pages
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn(observe::route))
                .layer(middleware::from_fn(identity::http::security_headers))
                .layer(middleware::from_fn_with_state(core.clone(), identity::http::same_origin))
                .layer(middleware::from_fn_with_state(core.clone(), identity::http::with_caller)),
        )
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, PATIENCE))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::SSE)))
        .layer(DefaultBodyLimit::max(BODY));
    Router::new()
        .nest_service("/assets", assets(core))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(observe::metrics))
        .merge(notices::http::routes())
        .with_state(core.clone())
        .fallback_service(public(core).fallback(people))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(observe::request))
}

/// Files in a folder named by the build's hash: they never change, so they are kept for good.
fn assets(core: &Core) -> Router {
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    Router::new()
        .fallback_service(ServeDir::new(core.config.site.join("assets")).precompressed_br().precompressed_gzip())
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, forever))
}

/// Files at fixed addresses (icons, manifest, service worker).
fn public(core: &Core) -> ServeDir {
    ServeDir::new(core.config.site.join("public"))
        .append_index_html_on_directories(false)
        .call_fallback_on_method_not_allowed(true)
        .precompressed_br()
        .precompressed_gzip()
}

/// Ready while the database answers and, beside other servers, tells what they change.
async fn ready(State(core): State<Core>) -> (StatusCode, &'static str) {
    match core.db.read().await {
        Ok(_) if core.db.hears_changes() => (StatusCode::OK, "ready"),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "changes of other servers are not heard"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "no database"),
    }
}
