//! Around every page: who is calling, from where, whether a form is our own, and what browsers may load.

use super::{Caller, session};
use crate::core::Core;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use contract::Locale;
use contract::identity::cookie;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The address that a request came from, proxies of our own seen through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientIp(pub IpAddr);

/// Puts [`Caller`] and [`ClientIp`] into the request's extensions. A session that cannot be looked up
/// (no database) answers 503 rather than showing a page to nobody in particular.
pub async fn with_caller(State(core): State<Core>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let mut caller = match jar.get(cookie::SESSION) {
        None => Caller::anonymous(),
        Some(token) => match session::caller_of(&core, token.value()).await {
            Ok(caller) => caller,
            Err(error) => {
                tracing::error!(%error, "the session could not be looked up");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        },
    };
    caller.locale = jar.get(cookie::LOCALE).map(|tag| Locale::of(tag.value())).unwrap_or_default();
    let from = client_ip(&core, &request);
    request.extensions_mut().insert(ClientIp(from));
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Behind `HS_PROXIES` proxies of ours the address is that many from the right of `X-Forwarded-For`;
/// what stands further left is the client's own claim.
fn client_ip(core: &Core, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let forwarded = || {
        let hops = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = hops.flat_map(|value| value.split(',')).map(str::trim).collect();
        hops.len().checked_sub(core.config.proxies).and_then(|at| hops.get(at)?.parse().ok())
    };
    let forwarded: Option<IpAddr> = if core.config.proxies == 0 { None } else { forwarded() };
    forwarded.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// The cookie that carries a session's token.
pub fn session_cookie(core: &Core, token: String) -> Cookie<'static> {
    Cookie::build((cookie::SESSION, token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(core.config.public_url.starts_with("https:"))
        // The database decides when a session lapses; browsers keep no cookie longer than 400 days.
        .permanent()
        .build()
}

/// Takes the session's cookie away.
pub fn session_removal() -> Cookie<'static> {
    Cookie::build((cookie::SESSION, "")).path("/").removal().build()
}

/// Refuses state-changing requests that another site's page sent (CSRF). Browsers say where a request
/// comes from in `Sec-Fetch-Site`, and older ones in `Origin`; one that says neither is refused.
pub async fn same_origin(State(core): State<Core>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || from_here(request.headers(), &core.config.public_url) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return false };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    origin == public_url || (authority.is_some() && authority == text("host"))
}

/// What browsers may load and do. A page of ours brings its own policy, whose nonce its scripts carry;
/// everything else runs no script at all.
pub async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| HeaderValue::from_static(NO_SCRIPTS));
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

const NO_SCRIPTS: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const FIXED: [(header::HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(), geolocation=(), payment=()"),
    (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers.iter().map(|(n, v)| (n.parse().unwrap(), HeaderValue::from_static(v))).collect();
        from_here(&headers, "https://hs.example")
    }

    #[test]
    fn only_our_own_pages_send_forms() {
        assert!(sent(&[("sec-fetch-site", "same-origin"), ("host", "x")]));
        assert!(sent(&[("sec-fetch-site", "none")]));
        assert!(sent(&[("origin", "https://hs.example")]));
        assert!(sent(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(!sent(&[("sec-fetch-site", "same-site")]));
        assert!(!sent(&[("sec-fetch-site", "cross-site"), ("origin", "https://hs.example")]));
        assert!(!sent(&[("origin", "https://evil.example"), ("host", "hs.example")]));
        assert!(!sent(&[("origin", "null"), ("host", "hs.example")]));
        assert!(!sent(&[("host", "hs.example")]));
    }
}
