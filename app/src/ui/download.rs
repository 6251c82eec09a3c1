//! Files that a browser keeps instead of showing.

use axum::http::{StatusCode, header};
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

/// The status of an error, with nothing to read.
pub fn status(error: &server::Error) -> Response {
    StatusCode::from_u16(error.public().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// A picture to be looked at by this reader alone, or the status that says why not.
pub fn picture(found: server::Result<axum::body::Bytes>) -> Response {
    match found {
        Ok(bytes) => {
            ([(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "no-store")], bytes).into_response()
        }
        Err(error) => status(&error),
    }
}
