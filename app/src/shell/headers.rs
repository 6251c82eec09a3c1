//! What browsers are told about a page beside its content.

use axum::http::{HeaderValue, header};
use leptos::nonce::use_nonce;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Sets the headers. A page is made for one reader and asked for anew each time; the back-forward
/// cache may keep it. The content security policy: our own files only, inline scripts and styles by this
/// answer's nonce, no frames, no plugins. Islands need `wasm-unsafe-eval`, which allows Wasm and nothing else.
pub fn set() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
         media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
