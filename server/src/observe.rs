//! What operators see: the log with request ids, and Prometheus' metrics.
//!
//! Neither names people: a request is logged by method and path (never its query or body), and
//! measured by its route's template, so that the number of series does not grow with the city.

use std::sync::{LazyLock, OnceLock};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing::Instrument;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::config::Config;
use crate::ids::Ids;

/// The header that carries a request's id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Upper bounds of the latency histogram, in seconds.
const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
/// Upper bounds of the histogram of callers per group commit.
const GROUP: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
/// How often histograms are emptied into their buckets; bounds the memory between two scrapes.
const UPKEEP: Duration = Duration::from_secs(5);

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();
static REQUEST_IDS: LazyLock<Ids> = LazyLock::new(Ids::from_system);

/// The template of the route that answered, carried out of the inner router with the response.
#[derive(Clone)]
struct Route(MatchedPath);

/// Starts logging (to standard error, as text or JSON) and measuring. Called once, by the program.
///
/// # Panics
/// Outside a tokio runtime.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_span_events(FmtSpan::NONE).with_writer(std::io::stderr);
    // An earlier subscriber (an embedding program's) stays.
    let _ = if config.log_format == "json" { log.json().flatten_event(true).try_init() } else { log.try_init() };

    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)
        .and_then(|builder| builder.set_buckets_for_metric(Matcher::Full("db_group_size".to_owned()), GROUP))
        .and_then(PrometheusBuilder::install_recorder);
    match recorder {
        Ok(handle) => {
            let upkeep = METRICS.get_or_init(|| handle).clone();
            tokio::spawn(async move {
                loop {
                    tokio::time::sleep(UPKEEP).await;
                    upkeep.run_upkeep();
                }
            });
        }
        Err(error) => tracing::warn!(%error, "no metrics"),
    }
}

/// `GET /metrics`: Prometheus' text format. To be kept from the public by the proxy in front.
pub async fn metrics() -> (StatusCode, String) {
    match METRICS.get() {
        Some(handle) => (StatusCode::OK, handle.render()),
        None => (StatusCode::SERVICE_UNAVAILABLE, String::new()),
    }
}

/// Outermost layer: gives the request its id (or takes the proxy's), logs under it, measures.
pub async fn request(mut request: Request, next: Next) -> Response {
    let id = request.headers().get(&REQUEST_ID).and_then(given).unwrap_or_else(fresh);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let header = HeaderValue::from_str(&id).ok();
    if let Some(header) = header.clone() {
        request.headers_mut().insert(REQUEST_ID, header);
    }
    let began = Instant::now();
    let span = tracing::info_span!("request", %id, %method, path);
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = began.elapsed();

    let status = response.status();
    let route = response.extensions().get::<Route>().map_or("other", |route| route.0.as_str()).to_owned();
    let took_ms = took.as_secs_f64() * 1_000.0;
    span.in_scope(|| match status.as_u16() {
        500.. => tracing::error!(status = status.as_u16(), route, took_ms, "failed"),
        _ => tracing::debug!(status = status.as_u16(), route, took_ms, "answered"),
    });
    let status = status.as_u16().to_string();
    metrics::counter!("http_requests_total", "method" => known(&method), "route" => route.clone(), "status" => status)
        .increment(1);
    metrics::histogram!("http_request_seconds", "route" => route).record(took);
    if let Some(header) = header {
        response.headers_mut().insert(REQUEST_ID, header);
    }
    response
}

/// Layer of the inner router, where the route is known: hands its template out to [`request`].
pub async fn route(path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(path) = path {
        response.extensions_mut().insert(Route(path));
    }
    response
}

/// Counts a job's attempt by kind and outcome (`done`, `failed`, `dead`, `lost`).
pub fn job_done(kind: &str, outcome: &'static str) {
    metrics::counter!("jobs_total", "kind" => kind.to_owned(), "outcome" => outcome).increment(1);
}

/// The id that a proxy gave, if it is short and plain enough for a log.
fn given(header: &HeaderValue) -> Option<String> {
    let text = header.to_str().ok()?;
    let plain = (8..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain.then(|| text.to_owned())
}

fn fresh() -> String {
    hex::encode(REQUEST_IDS.bytes::<8>())
}

/// Method names anybody may invent would make series without end.
fn known(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "HEAD" => "HEAD",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    async fn ask(path: &str, id: Option<&str>) -> Response {
        let inner = Router::new().route("/voting/{id}", get(|| async { "ok" })).layer(from_fn(route));
        let app = Router::new().fallback_service(inner).layer(from_fn(super::request));
        let mut request = Request::builder().uri(path);
        if let Some(id) = id {
            request = request.header(REQUEST_ID, id);
        }
        app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn every_answer_carries_an_id_and_a_proxys_is_kept() {
        let id = |response: &Response| response.headers()[REQUEST_ID].to_str().unwrap().to_owned();
        let fresh = ask("/voting/1", None).await;
        assert_eq!(id(&fresh).len(), 16);
        assert_eq!(id(&ask("/voting/1", Some("proxy-1234567")).await), "proxy-1234567");
        let hostile = ask("/voting/1", Some("a b\" onload=")).await;
        assert_eq!(id(&hostile).len(), 16);
    }

    #[tokio::test]
    async fn requests_are_measured_by_template_and_status() {
        start(&Config::read(|_| None).unwrap());
        ask("/voting/1", None).await;
        ask("/voting/2", None).await;
        ask("/nowhere", None).await;
        job_done("inbox.remind", "done");
        let (status, text) = super::metrics().await;
        assert_eq!(status, StatusCode::OK);
        let line = |part: &str| text.lines().any(|line| line.contains(part));
        assert!(line(r#"http_requests_total{method="GET",route="/voting/{id}",status="200"}"#), "{text}");
        assert!(line(r#"http_requests_total{method="GET",route="other",status="404"}"#), "{text}");
        assert!(line(r#"http_request_seconds_bucket{route="/voting/{id}",le="0.001"}"#), "{text}");
        assert!(line(r#"jobs_total{kind="inbox.remind",outcome="done"} 1"#), "{text}");
        assert!(!text.contains("/voting/1"));
    }
}
