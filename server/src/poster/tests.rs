//! What a phone reads off the picture is the link; what a printer gets is one page a building.

use std::path::Path;

use super::*;

fn fonts() -> Fonts {
    Fonts::beside(Path::new("no/such/folder"))
}

fn poster(building: &str) -> Poster {
    Poster {
        heading: "业主代表选举".to_owned(),
        compound: "龙北小区".to_owned(),
        building: building.to_owned(),
        lines: vec![
            "投票时间：2026年9月1日8:00至9月15日18:00".to_owned(),
            "谁可以投：本幢业主，一人一票，不论有几套房。".to_owned(),
            "最多选 2 人；投出后不能修改。".to_owned(),
        ],
        url: format!("https://hs.huangshan.example/v/7K3M9QXZ12AB34CD56EF78{}", building.len()),
        code: "7K3M9QXZ12AB34CD56EF78GHJK".to_owned(),
        locale: Locale::ZhCn,
    }
}

/// Writes what a person should look at, where `HS_LOOK` names a folder.
fn show(name: &str, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("HS_LOOK") {
        std::fs::write(Path::new(&folder).join(name), bytes).unwrap();
    }
}

fn scanned(png: &[u8]) -> String {
    let picture = image::load_from_memory(png).unwrap().into_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut picture =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.as_raw()[y * width + x]);
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

#[test]
fn the_code_in_the_picture_is_the_link() {
    let poster = poster("2 幢");
    let png = png(&poster, &fonts()).unwrap();
    show("poster.png", &png);
    let picture = image::load_from_memory(&png).unwrap();
    assert_eq!((picture.width(), picture.height()), (1240, 1754));
    assert_eq!(scanned(&png), poster.url);
}

#[test]
fn a_printed_page_per_building_with_its_letters_embedded() {
    let mut posters = vec![poster("2 幢"), poster("12 幢"), poster("商业综合楼（南区）3 幢")];
    posters[2].heading = "龙北小区二期业主委员会委员、候补委员联合选举（第三次）".to_owned();
    posters[1].locale = Locale::En;
    posters[1].heading = "Election of owners' representatives".to_owned();
    posters[1].lines = vec!["Open from 1 September 2026, 8:00, to 15 September, 18:00".to_owned()];
    let pdf = pdf(&posters, &fonts()).unwrap();
    show("posters.pdf", &pdf);
    assert!(pdf.starts_with(b"%PDF-"));
    let count = |needle: &[u8]| pdf.windows(needle.len()).filter(|window| *window == needle).count();
    assert_eq!(count(b"/Type/Page/"), 3);
    assert!(count(b"/FontFile3") + count(b"/FontFile2") > 0);
    assert!(pdf.len() < 600_000, "{} bytes: fonts are subset", pdf.len());
}

#[test]
fn the_svg_needs_no_font_and_takes_any_text() {
    let mut poster = poster("<b>&'\"\u{1}2 幢");
    let svg = svg(&poster, &fonts()).unwrap();
    show("poster.svg", svg.as_bytes());
    assert!(!svg.contains("<text") && svg.contains("<path"));
    poster.url = "x".repeat(3_000);
    assert!(super::svg(&poster, &fonts()).is_err(), "too long for a code");
}
