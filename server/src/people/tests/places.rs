//! The area tree from a list.

use crate::people::places::{BadLine, read};
use crate::people::{area, enter_areas};
use crate::testing;
use contract::AreaId;

const LIST: &str = "area,name,code\n\
    3410.03,黄山区,341003\n\
    3410,黄山市,3410\n\
    3410.03.001,甘棠镇,\n";

#[tokio::test]
async fn a_list_is_entered_whole_and_again() {
    for core in testing::cores().await {
        assert_eq!(enter_areas(&core, LIST.as_bytes()).await.unwrap(), 3);
        let renamed = LIST.replace("甘棠镇", "甘棠街道");
        assert_eq!(enter_areas(&core, renamed.as_bytes()).await.unwrap(), 3);
        let street: AreaId = "3410.03.001".parse().unwrap();
        let known = area(&mut core.db.read().await.unwrap(), &street).await.unwrap();
        assert_eq!(known.unwrap().name, "甘棠街道");
    }
}

#[tokio::test]
async fn an_area_whose_surroundings_are_unknown_enters_nothing() {
    for core in testing::cores().await {
        let list = "area,name,code\n3410,黄山市,\n3410.04.001,某镇,\n";
        assert!(enter_areas(&core, list.as_bytes()).await.is_err());
        assert!(area(&mut core.db.read().await.unwrap(), &AreaId::city()).await.unwrap().is_none());
    }
}

#[test]
fn a_bad_line_is_named() {
    let line = |text: &str| read(format!("area,name,code\n3410,黄山市,\n{text}\n").as_bytes()).map(|lines| lines.len());
    assert_eq!(line("3410.03,黄山区,341003"), Ok(2));
    for (text, why) in [
        ("3410.03", "the columns are area,name,code"),
        ("..,某地,", "not a place in the tree"),
        ("3411.01,外市,", "a place from the city (3410) down to a unit is wanted"),
        ("3410.03,,", "a name of 1 to 40 characters is wanted"),
        ("3410.03,黄山区,34x", "a code has at most 12 digits"),
        ("3410,黄山市,", "this area stands in the list twice"),
    ] {
        assert_eq!(line(text), Err(BadLine { line: 3, why }), "{text}");
    }
}
