//! The phone's camera: opening it, its torch, and what it sees.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamConstraints,
    MediaStreamTrack, window,
};

use super::decode::{Frame, read_qr};

/// Longer edge of the frames that are searched without the browser's help, in pixels: a poster at
/// arm's length is readable, and a cheap phone still searches several a second.
const EDGE: u32 = 640;

#[wasm_bindgen]
extern "C" {
    /// The browser's own reader (Shape Detection API); missing in many browsers.
    pub type BarcodeDetector;
    #[wasm_bindgen(constructor, catch)]
    fn new(options: &JsValue) -> Result<BarcodeDetector, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn detect(this: &BarcodeDetector, source: &HtmlVideoElement) -> Result<JsValue, JsValue>;
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The reader said no, or the browser did for them.
    Denied,
    /// There is none, or another program holds it.
    NoCamera,
}

/// An open camera that shows its picture in a `<video>`.
#[derive(Clone)]
pub struct Camera {
    video: HtmlVideoElement,
    stream: MediaStream,
}

impl Camera {
    /// Asks for the camera at the phone's back and plays it in `video`.
    pub async fn open(video: HtmlVideoElement) -> Result<Self, Trouble> {
        // Pages that are not served over https have no media devices at all.
        let devices = window().and_then(|window| window.navigator().media_devices().ok()).ok_or(Trouble::NoCamera)?;
        let wish = MediaStreamConstraints::new();
        wish.set_video(&record(&[("facingMode", "environment".into())]));
        let asked = devices.get_user_media_with_constraints(&wish).map_err(|error| trouble(&error))?;
        let stream: MediaStream = JsFuture::from(asked).await.map_err(|error| trouble(&error))?.unchecked_into();
        video.set_src_object(Some(&stream));
        if let Ok(playing) = video.play() {
            // A refused autoplay is no trouble: the picture is there as soon as it is tapped.
            let _ = JsFuture::from(playing).await;
        }
        Ok(Self { video, stream })
    }

    /// Whether there is a torch to switch.
    pub fn has_torch(&self) -> bool {
        let Some(track) = self.track() else { return false };
        let capabilities = Reflect::get(&track, &"getCapabilities".into())
            .and_then(|ask| ask.dyn_into::<js_sys::Function>())
            .and_then(|ask| ask.call0(&track));
        capabilities.and_then(|found| Reflect::get(&found, &"torch".into())).is_ok_and(|torch| torch.is_truthy())
    }

    /// Switches the torch; a camera that refuses stays as it is.
    pub fn set_torch(&self, on: bool) {
        let Some(track) = self.track() else { return };
        let wish = record(&[("advanced", Array::of1(&record(&[("torch", on.into())])).into())]);
        if let Ok(done) = track.apply_constraints_with_constraints(&wish.unchecked_into()) {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = JsFuture::from(done).await;
            });
        }
    }

    /// Lets go of the camera; its light goes out.
    pub fn close(&self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }

    fn track(&self) -> Option<MediaStreamTrack> {
        self.stream.get_video_tracks().get(0).dyn_into().ok()
    }

    /// The picture of now, small enough to be searched; none before the first one arrived.
    fn frame(&self, canvas: &HtmlCanvasElement) -> Option<Frame> {
        let (width, height) = (self.video.video_width(), self.video.video_height());
        let longer = width.max(height);
        if longer == 0 {
            return None;
        }
        let fit = |edge: u32| if longer > EDGE { edge * EDGE / longer } else { edge };
        let (width, height) = (fit(width), fit(height));
        canvas.set_width(width);
        canvas.set_height(height);
        let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let (w, h) = (f64::from(width), f64::from(height));
        pen.draw_image_with_html_video_element_and_dw_and_dh(&self.video, 0.0, 0.0, w, h).ok()?;
        let pixels = pen.get_image_data(0.0, 0.0, w, h).ok()?;
        Some(Frame::from_rgba(width as usize, height as usize, &pixels.data()))
    }
}

/// What looks for codes in the picture.
pub enum Reader {
    /// The browser's own.
    Browser(BarcodeDetector),
    /// Ours, on frames drawn on a canvas.
    Ours(HtmlCanvasElement),
}

impl Reader {
    /// The browser's own where it has one; none where not even a canvas can be made.
    pub fn new() -> Option<Self> {
        let options = record(&[("formats", Array::of1(&"qr_code".into()).into())]);
        if let Ok(detector) = BarcodeDetector::new(&options) {
            return Some(Self::Browser(detector));
        }
        Self::ours()
    }

    fn ours() -> Option<Self> {
        let canvas = window()?.document()?.create_element("canvas").ok()?;
        canvas.dyn_into().ok().map(Self::Ours)
    }

    /// The text of a code in the picture of now. A browser's reader that fails (some are there
    /// without the service behind them) is replaced by ours.
    pub async fn look(&mut self, camera: &Camera) -> Option<String> {
        match self {
            Self::Ours(canvas) => read_qr(camera.frame(canvas)?).await,
            Self::Browser(detector) => match detector.detect(&camera.video).await {
                Ok(codes) => {
                    let first = Array::from(&codes).get(0);
                    Reflect::get(&first, &"rawValue".into()).ok()?.as_string()
                }
                // Before the first picture every reader fails.
                Err(_) if camera.video.video_width() == 0 => None,
                Err(_) => {
                    *self = Self::ours()?;
                    None
                }
            },
        }
    }
}

/// A JavaScript object of these fields.
fn record(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// `NotAllowedError` is a no; everything else means that there is no usable camera.
fn trouble(error: &JsValue) -> Trouble {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
    if name == "NotAllowedError" || name == "SecurityError" { Trouble::Denied } else { Trouble::NoCamera }
}
