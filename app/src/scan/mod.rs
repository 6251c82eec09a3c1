//! 扫一扫: the camera reads a poster's QR code; typing the code is the third way and needs neither
//! camera nor JavaScript. Only codes of this platform are followed, whatever a picture says.

mod camera;
mod decode;
mod islands;
mod link;
#[cfg(feature = "ssr")]
mod pages;

#[cfg(feature = "ssr")]
mod routes;

pub use islands::{Scanner, ScannerTexts};
#[cfg(feature = "ssr")]
pub use routes::ScanRoutes;
