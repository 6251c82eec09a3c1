//! From uploaded bytes to a picture of our own making.

use std::io::Cursor;

use contract::{Error, Issue};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

/// Largest upload in bytes (10 MiB).
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Most pixels that are decoded: a 48-megapixel phone camera passes, a bomb does not.
pub const MAX_PIXELS: u64 = 50_000_000;
/// Longest edge decoded, in pixels.
const MAX_EDGE: u32 = 16_384;
/// Memory a decoder may take at once, in bytes: [`MAX_PIXELS`] with four bytes each.
const MAX_ALLOCATION: u64 = MAX_PIXELS * 4;
/// Longer edge of the kept picture, in pixels.
const PICTURE_EDGE: u32 = 1600;
/// Longer edge of the thumbnail, in pixels.
const THUMBNAIL_EDGE: u32 = 240;
/// JPEG quality in percent: the point above which photos grow without looking better.
const QUALITY: u8 = 82;

/// A picture drawn anew, as JPEG.
pub(super) struct Drawn {
    pub(super) picture: Vec<u8>,
    pub(super) thumbnail: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// Decodes within limits, turns as the camera says, scales down, and encodes without metadata.
pub(super) fn redraw(upload: &[u8]) -> Result<Drawn, Error> {
    if upload.len() > MAX_BYTES {
        return Err(Error::TooLarge { max_bytes: MAX_BYTES as u64 });
    }
    let full = decode(upload).ok_or_else(|| Error::field("photo", Issue::FileKind))?;
    let picture = opaque(shrink(full, PICTURE_EDGE));
    let (width, height) = picture.dimensions();
    let picture = DynamicImage::from(picture);
    let thumbnail = shrink(picture.clone(), THUMBNAIL_EDGE).into_rgb8();
    let encode = |image: &RgbImage| jpeg(image).ok_or(Error::Internal);
    Ok(Drawn { thumbnail: encode(&thumbnail)?, picture: encode(&picture.into_rgb8())?, width, height })
}

/// The picture, upright. The kind is judged by the first bytes alone, never by a name or a header.
fn decode(upload: &[u8]) -> Option<DynamicImage> {
    let format = image::guess_format(upload).ok()?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return None;
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_EDGE);
    limits.max_image_height = Some(MAX_EDGE);
    limits.max_alloc = Some(MAX_ALLOCATION);
    let mut reader = ImageReader::with_format(Cursor::new(upload), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_ALLOCATION {
        return None;
    }
    // Damaged EXIF is no reason to refuse a picture that is otherwise whole.
    let orientation = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    Some(image)
}

/// Scales down to the edge; smaller pictures stay as they are.
fn shrink(image: DynamicImage, edge: u32) -> DynamicImage {
    if image.width().max(image.height()) <= edge { image } else { image.thumbnail(edge, edge) }
}

/// Lays what is see-through on white: JPEG knows no transparency.
fn opaque(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let source = image.into_rgba8();
    RgbImage::from_fn(source.width(), source.height(), |x, y| {
        let [red, green, blue, alpha] = source.get_pixel(x, y).0.map(u16::from);
        Rgb([red, green, blue].map(|part| ((part * alpha + 255 * (255 - alpha)) / 255) as u8))
    })
}

fn jpeg(image: &RgbImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(image).ok()?;
    Some(bytes)
}
