//! Reads QR codes where the browser cannot: a chunk of its own, fetched only there.

use leptos::prelude::*;

/// One frame of the camera, as grey values.
pub struct Frame {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row by row, 0 is black.
    pub grey: Vec<u8>,
}

impl Frame {
    /// From red, green, blue and opacity as a canvas gives them.
    pub fn from_rgba(width: usize, height: usize, rgba: &[u8]) -> Self {
        let grey = rgba.chunks_exact(4).map(|pixel| luma(pixel[0], pixel[1], pixel[2])).collect();
        Self { width, height, grey }
    }
}

/// Brightness as eyes see it (ITU-R BT.601), in 256ths.
fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
    u8::try_from(sum >> 8).unwrap_or(u8::MAX)
}

/// The first readable QR code of a frame.
#[lazy]
pub fn read_qr(frame: Frame) -> Option<String> {
    first_code(&frame)
}

fn first_code(frame: &Frame) -> Option<String> {
    if frame.grey.len() != frame.width * frame.height {
        return None;
    }
    let grey = |x, y| frame.grey[y * frame.width + x];
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(frame.width, frame.height, grey);
    picture.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture_of(text: &str, scale: usize) -> Frame {
        let code = qrcode::QrCode::new(text).unwrap();
        let (cells, edge) = (code.width(), (code.width() + 8) * scale);
        let cell = |at: usize| (at / scale).checked_sub(4).filter(|cell| *cell < cells);
        let dark = |x: usize, y: usize| {
            let at = cell(x).zip(cell(y));
            at.is_some_and(|at| code[at] == qrcode::Color::Dark)
        };
        let grey = (0..edge * edge).map(|i| if dark(i % edge, i / edge) { 30 } else { 220 }).collect();
        Frame { width: edge, height: edge, grey }
    }

    #[test]
    fn a_code_in_the_picture_is_read() {
        let link = "https://hs.example.cn/v/7K3M9QXZ";
        assert_eq!(first_code(&picture_of(link, 6)).as_deref(), Some(link));
    }

    #[test]
    fn a_picture_without_a_code_is_nothing() {
        let blank = Frame { width: 64, height: 64, grey: vec![200; 64 * 64] };
        assert_eq!(first_code(&blank), None);
        assert_eq!(first_code(&Frame { width: 2, height: 2, grey: vec![0] }), None);
    }

    #[test]
    fn colours_become_brightness() {
        let frame = Frame::from_rgba(3, 1, &[255, 255, 255, 255, 0, 0, 0, 255, 255, 0, 0, 255]);
        assert_eq!(frame.grey, [255, 0, 76]);
    }
}
