//! What goes in as a picture comes out as one of ours, and nothing else goes in.

use std::collections::HashMap;
use std::sync::Mutex;

use axum::Router;
use axum::http::{StatusCode, Uri};
use contract::Issue;
use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("hs-files-{}-{name}", std::process::id())))
    }
    fn files(&self) -> Files {
        Files::open(self.0.to_str().unwrap()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn encoded(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG whose EXIF says "turn right by 90 degrees" and names a camera.
fn turned_photo() -> Vec<u8> {
    let mut image = RgbImage::from_pixel(400, 200, Rgb([20, 20, 20]));
    for (x, y) in (0..400).flat_map(|x| (0..20).map(move |y| (x, y))) {
        image.put_pixel(x, y, Rgb([250, 250, 250]));
    }
    let plain = encoded(&image, ImageFormat::Jpeg);
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend(b"\x0f\x01\x02\0\x0a\0\0\0\x26\0\0\0"); // Make: ten characters at offset 38
    tiff.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"); // Orientation: 6
    tiff.extend(b"\0\0\0\0SecretCam\0");
    let mut exif = b"Exif\0\0".to_vec();
    exif.extend(tiff);
    let mut photo = plain[..2].to_vec();
    photo.extend([0xff, 0xe1]);
    photo.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    photo.extend(exif);
    photo.extend(&plain[2..]);
    photo
}

fn refused(result: Result<StoredImage>) -> bool {
    matches!(result, Err(Error::Public(contract::Error::Invalid(faults))) if faults[0].issue == Issue::FileKind)
}

#[tokio::test]
async fn a_photo_is_turned_upright_and_loses_its_exif() {
    let folder = Folder::new("exif");
    let files = folder.files();
    let photo = turned_photo();
    assert!(photo.windows(9).any(|w| w == b"SecretCam"));
    let kept = files.put_image(photo.into()).await.unwrap();
    assert_eq!((kept.width, kept.height), (200, 400));
    let bytes = files.get(&kept.name).await.unwrap().unwrap();
    assert!(!bytes.windows(4).any(|w| w == b"Exif") && !bytes.windows(9).any(|w| w == b"SecretCam"));
    let upright = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert!(upright.get_pixel(195, 200).0[0] > 200, "the bright edge is on the right now");
    assert!(upright.get_pixel(5, 200).0[0] < 60);
}

#[tokio::test]
async fn big_pictures_shrink_and_equal_ones_are_one_file() {
    let folder = Folder::new("shrink");
    let files = folder.files();
    let png = encoded(&RgbImage::from_pixel(3200, 800, Rgb([176, 53, 42])), ImageFormat::Png);
    let first = files.put_image(png.clone().into()).await.unwrap();
    assert_eq!((first.width, first.height), (1600, 400));
    assert_eq!(files.put_image(png.into()).await.unwrap(), first);
    let thumbnail = files.get(&first.thumbnail).await.unwrap().unwrap();
    let thumbnail = image::load_from_memory_with_format(&thumbnail, ImageFormat::Jpeg).unwrap();
    assert_eq!((thumbnail.width(), thumbnail.height()), (240, 60));
}

#[tokio::test]
async fn what_is_see_through_becomes_white() {
    let folder = Folder::new("alpha");
    let files = folder.files();
    let mut png = std::io::Cursor::new(Vec::new());
    RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0])).write_to(&mut png, ImageFormat::Png).unwrap();
    let kept = files.put_image(png.into_inner().into()).await.unwrap();
    let bytes = files.get(&kept.name).await.unwrap().unwrap();
    assert_eq!(image::load_from_memory(&bytes).unwrap().into_rgb8().get_pixel(4, 4).0, [255, 255, 255]);
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_what_hangs_on_one_is_dropped() {
    let folder = Folder::new("garbage");
    let files = folder.files();
    let photo = turned_photo();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;".to_vec();
    let script_behind_magic = [&[0xff, 0xd8, 0xff, 0xe0][..], b"<script>alert(1)</script>"].concat();
    for garbage in [Vec::new(), b"hello".to_vec(), svg, gif, script_behind_magic, photo[..60].to_vec()] {
        assert!(refused(files.put_image(garbage.into()).await));
    }
    let polyglot = [photo, b"PK\x03\x04<script>alert(1)</script>".to_vec()].concat();
    let kept = files.put_image(polyglot.into()).await.unwrap();
    let bytes = files.get(&kept.name).await.unwrap().unwrap();
    assert!(!bytes.windows(7).any(|w| w == b"<script"));
}

#[tokio::test]
async fn a_small_file_with_a_huge_picture_is_refused_before_it_is_unpacked() {
    let folder = Folder::new("bomb");
    let files = folder.files();
    // 100 million equal pixels are some hundred kilobytes of PNG.
    let bomb = {
        let image = image::GrayImage::new(10_000, 10_000);
        let mut bytes = std::io::Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    assert!(bomb.len() < MAX_BYTES);
    assert!(refused(files.put_image(bomb.into()).await));
    // A header that promises 65,535 x 65,535 and nothing behind it.
    let mut header = encoded(&RgbImage::new(1, 1), ImageFormat::Jpeg);
    let frame = header.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    header[frame + 5..frame + 9].fill(0xff);
    assert!(refused(files.put_image(header.into()).await));
    let too_large = files.put_image(vec![0; MAX_BYTES + 1].into()).await;
    assert!(matches!(too_large, Err(Error::Public(contract::Error::TooLarge { .. }))));
}

/// A bucket on 127.0.0.1 that keeps what is PUT and gives it back; and what it was asked.
async fn bucket() -> (String, Arc<Mutex<HashMap<String, Bytes>>>) {
    let kept: Arc<Mutex<HashMap<String, Bytes>>> = Arc::default();
    let (on_put, on_get) = (kept.clone(), kept.clone());
    let put = move |uri: Uri, body: Bytes| async move {
        on_put.lock().unwrap().insert(uri.path().to_owned(), body);
        [("etag", "\"1\"")]
    };
    let get = move |uri: Uri| async move {
        let headers = [("etag", "\"1\""), ("last-modified", "Sat, 29 Aug 2026 01:00:00 GMT")];
        let found = on_get.lock().unwrap().get(uri.path()).cloned();
        found.map(|body| (headers, body)).ok_or(StatusCode::NOT_FOUND)
    };
    let app = Router::new().fallback(axum::routing::put(put).get(get));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    (endpoint, kept)
}

#[tokio::test]
async fn a_bucket_serves_as_well_as_a_folder() {
    let (endpoint, kept) = bucket().await;
    let builder = AmazonS3Builder::new()
        .with_endpoint(endpoint)
        .with_allow_http(true)
        .with_region("cn-east-1")
        .with_access_key_id("id")
        .with_secret_access_key("secret");
    let files = Files::on(Arc::new(s3(builder, "city/photos").unwrap()));
    let stored = files.put_image(turned_photo().into()).await.unwrap();
    let bytes = files.get(&stored.name).await.unwrap().unwrap();
    assert!(image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg).is_ok());
    let expected = format!("/city/photos/{}/{}", &stored.name.as_str()[..2], stored.name);
    assert!(kept.lock().unwrap().contains_key(&expected), "{:?}", kept.lock().unwrap().keys());
    let unknown = format!("{}.jpg", "a".repeat(64)).parse().unwrap();
    assert_eq!(files.get(&unknown).await.unwrap(), None);
}

#[tokio::test]
async fn only_hashes_are_names() {
    let folder = Folder::new("names");
    let hash = "a".repeat(64);
    for wrong in ["", "..", "../../etc/passwd", "a.jpg", &hash, &format!("{hash}.png"), &format!("../{hash}.jpg")] {
        assert!(wrong.parse::<FileName>().is_err(), "{wrong}");
    }
    let unknown: FileName = format!("{hash}.jpg").parse().unwrap();
    assert_eq!(folder.files().get(&unknown).await.unwrap(), None);
}
