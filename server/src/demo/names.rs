//! Names as they are common in Huizhou.

use super::dice::Dice;

/// Surnames, the frequent ones several times.
const SURNAMES: &str =
    "汪汪汪汪程程程程吴吴吴胡胡胡方方方王王江江黄黄洪洪张张李陈陈谢叶余徐朱许曹金孙郑潘鲍项戴章凌查罗刘周杨";
const MEN: &str = "国建志明伟强军平华文永德海林峰俊杰浩宇鹏辉勇斌磊松涛凯东龙生";
const WOMEN: &str = "秀英丽娟兰芳玉珍桂香红梅燕霞慧敏静雅婷欣怡雪琴月凤萍云洁莉倩";
const CHILDREN: &str = "子轩梓涵一诺宇辰思远若溪雨桐嘉懿沐言奕安清知";

/// Male or female, as the identity number's 17th digit tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Odd digit.
    Male,
    /// Even digit.
    Female,
}

/// A surname.
pub fn surname(dice: &mut Dice) -> char {
    one(dice, SURNAMES)
}

/// A given name of one or two characters, as was usual when somebody was born in `year`.
pub fn given(dice: &mut Dice, sex: Sex, year: i64) -> String {
    let pool = match sex {
        _ if year >= 2008 => CHILDREN,
        Sex::Male => MEN,
        Sex::Female => WOMEN,
    };
    let length = if dice.chance(80) { 2 } else { 1 };
    (0..length).map(|_| one(dice, pool)).collect()
}

fn one(dice: &mut Dice, pool: &str) -> char {
    let at = usize::try_from(dice.below(pool.chars().count() as u64)).unwrap_or(0);
    pool.chars().nth(at).unwrap_or('汪')
}
