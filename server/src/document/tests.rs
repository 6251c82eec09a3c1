//! What is set stays on its page, and every page says which it is.

use std::path::Path;

use super::*;

fn fonts() -> Fonts {
    Fonts::beside(Path::new("no/such/folder"))
}

/// Writes what a person should look at, where `HS_LOOK` names a folder.
fn show(name: &str, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("HS_LOOK") {
        std::fs::write(Path::new(&folder).join(name), bytes).unwrap();
    }
}

fn document(blocks: Vec<Block>) -> Document {
    Document { title: "表决记录".into(), footer: "龙北小区".into(), locale: Locale::ZhCn, blocks }
}

fn drawn(blocks: Vec<Block>) -> Vec<String> {
    flow::pages(&document(blocks), fonts().family().unwrap()).unwrap()
}

/// The bases of a page's lines of text.
fn bases(page: &str) -> Vec<f32> {
    let values = page.split("<text ").skip(1).filter_map(|rest| rest.split("y='").nth(1)?.split('\'').next());
    values.map(|value| value.parse().unwrap()).collect()
}

fn doors(count: usize) -> Block {
    let row = |n: usize| vec![format!("{n}"), "屯溪区黄口路龙北小区２幢三单元，户内另有阁楼".repeat(n % 3 + 1)];
    Block::Table(Table {
        columns: vec![Column::number("序号", 1), Column::words("门牌", 4)],
        rows: (0..count).map(row).collect(),
    })
}

#[test]
fn a_long_table_repeats_its_head_and_stays_above_the_foot() {
    let pages = drawn(vec![Block::Title("名单".into()), doors(120)]);
    assert!(pages.len() > 3);
    for (page, number) in pages.iter().zip(1..) {
        assert_eq!(page.matches(">门牌<").count(), 1, "page {number}");
        assert!(page.contains(&format!("第 {number} 页，共 {} 页", pages.len())));
        assert!(bases(page).iter().all(|base| (18.0..=284.5).contains(base)), "page {number}");
    }
    let rows: usize = (0..120).filter(|n| pages.iter().any(|page| page.contains(&format!(">{n}<")))).count();
    assert_eq!(rows, 120, "no row is lost between two pages");
}

#[test]
fn a_row_taller_than_a_page_goes_on_over_the_next() {
    let text = "议".repeat(4_000);
    let row = vec![text.clone()];
    let table = Table { columns: vec![Column::words("内容", 1)], rows: vec![row] };
    let pages = drawn(vec![Block::Table(table)]);
    assert!(pages.len() > 1 && pages.iter().all(|page| bases(page).iter().all(|base| *base <= 284.5)));
    assert_eq!(pages.concat().matches('议').count(), 4_000);
}

#[test]
fn a_heading_never_ends_a_page() {
    for lines in 30..50 {
        let text = "一行。\n".repeat(lines);
        let pages =
            drawn(vec![Block::Paragraph(text), Block::Heading("结果".into()), Block::Paragraph("通过。".into())]);
        let with = |text: &str| pages.iter().position(|page| page.contains(text));
        assert_eq!(with(">结果<"), with(">通过。<"), "{lines}");
    }
}

#[test]
fn a_long_heading_and_a_long_footer_go_on_in_the_next_line() {
    let title = "关于使用住宅专项维修资金更换小区全部电梯并委托第三方审价的表决事项".repeat(3);
    let heading = document(vec![Block::Heading(title.clone()), Block::Paragraph("一。".into())]);
    let page = flow::pages(&Document { footer: title.clone(), ..heading }, fonts().family().unwrap()).unwrap().concat();
    let texts: Vec<&str> = page.split("<text ").skip(1).filter_map(|text| text.split(['>', '<']).nth(1)).collect();
    assert!(texts.iter().all(|text| text.chars().count() <= 50), "{texts:?}");
    assert_eq!(texts.concat().matches("审价").count(), 6, "nothing of the heading or the footer is lost");
    assert!(bases(&page).iter().all(|base| *base <= 293.0));
}

#[test]
fn documents_follow_each_other_in_one_file() {
    let boxes = Block::Boxes(vec!["同意".into(), "反对".into(), "弃权".into()]);
    let sign = Block::Signatures(vec!["业主（签字）".into(), "日期".into()]);
    let code = Block::Code { url: "https://hs.example.cn/x".into(), lines: vec!["编码".into(), "7K3M".into()] };
    let facts = Block::Facts(vec![("房号".into(), "2幢101".into())]);
    let one = document(vec![Block::Title("表决票".into()), facts, boxes, sign, code, Block::Note("一票一页。".into())]);
    let list = document(vec![Block::Heading("名单".into()), doors(30)]);
    let pdf = pdf(&[one, list], &fonts()).unwrap();
    show("documents.pdf", &pdf);
    let count = |needle: &[u8]| pdf.windows(needle.len()).filter(|window| *window == needle).count();
    assert_eq!(count(b"/Type/Page/"), 3, "one page, then the list over two");
}

#[test]
fn a_link_too_long_for_a_code_is_refused() {
    let code = Block::Code { url: "x".repeat(3_000), lines: Vec::new() };
    assert!(pdf(&[document(vec![code])], &fonts()).is_err());
}
