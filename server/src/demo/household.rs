//! Who lives together: ages and kinship of made-up households.

use super::dice::Dice;
use super::names::{Sex, given, surname};

/// The year that ages are counted from.
const YEAR: i64 = 2026;

/// Somebody still without identity number and phone.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// The full name.
    pub name: String,
    /// The sex.
    pub sex: Sex,
    /// Year, month, day of birth.
    pub born: (i64, i64, i64),
}

/// A household: its head first, the head's spouse (if any) second.
pub struct Household {
    /// Its people.
    pub people: Vec<Somebody>,
    /// The head is married to the second.
    pub couple: bool,
}

/// A household of one to five, as they are common: couples with a child most of all.
pub fn household(dice: &mut Dice) -> Household {
    let year = YEAR - dice.between(24, 82);
    let name = surname(dice);
    let sex = if dice.chance(70) { Sex::Male } else { Sex::Female };
    let mut people = vec![somebody(dice, name, sex, year)];
    let couple = dice.chance(80);
    if couple {
        let other = if sex == Sex::Male { Sex::Female } else { Sex::Male };
        let spouse_name = surname(dice);
        let spouse_year = year + dice.between(-4, 4);
        people.push(somebody(dice, spouse_name, other, spouse_year));
        let father = if sex == Sex::Male { name } else { spouse_name };
        children(dice, father, year, &mut people);
    }
    if dice.chance(14) && year > YEAR - 66 {
        let (sex, parent) = (dice.pick(&[Sex::Male, Sex::Female]), year - dice.between(22, 30));
        people.push(somebody(dice, name, sex, parent));
    }
    Household { people, couple }
}

fn children(dice: &mut Dice, surname: char, parent: i64, people: &mut Vec<Somebody>) {
    for percent in [68, 25] {
        let born = parent + dice.between(22, 34);
        if born > YEAR - 1 || !dice.chance(percent) {
            return;
        }
        // The grown-up have mostly moved out.
        if born > YEAR - 26 || dice.chance(20) {
            let sex = dice.pick(&[Sex::Male, Sex::Female]);
            people.push(somebody(dice, surname, sex, born));
        }
    }
}

fn somebody(dice: &mut Dice, surname: char, sex: Sex, year: i64) -> Somebody {
    let name = format!("{surname}{}", given(dice, sex, year));
    Somebody { name, sex, born: (year, dice.between(1, 12), dice.between(1, 28)) }
}
