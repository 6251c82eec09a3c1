//! Files that a browser keeps instead of showing.

use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The media type of a workbook (ECMA-376).
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file under the name of its address, or the status that says why not.
pub fn file(made: server::Result<Vec<u8>>, media_type: &'static str) -> Response {
    match made {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, media_type),
                (header::CONTENT_DISPOSITION, "attachment"),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => status(&error),
    }
}

/// A stored picture (a JPEG) under the hash of its content, kept by browsers for good; 404 where there is none.
pub fn picture(found: server::Result<Option<Bytes>>) -> Response {
    match found {
        Ok(Some(bytes)) => {
            let headers =
                [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, bytes).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => status(&error),
    }
}

/// As [`file`], under a name of its own: of what answers a form, the browser would otherwise make one up.
pub fn named(made: server::Result<Vec<u8>>, media_type: &'static str, name: &'static str) -> Response {
    let mut response = file(made, media_type);
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// The status of an error, with nothing to read.
pub fn status(error: &server::Error) -> Response {
    StatusCode::from_u16(error.public().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// A picture to be looked at by this reader alone, or the status that says why not.
pub fn private_picture(found: server::Result<Bytes>) -> Response {
    match found {
        Ok(bytes) => {
            ([(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "no-store")], bytes).into_response()
        }
        Err(error) => status(&error),
    }
}
