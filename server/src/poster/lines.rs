//! Setting Chinese in lines: where a line may break, and how wide a text is.
//!
//! The rules are those of GB/T 15834 and 《中文排版需求》 (W3C clreq) that a poster meets: no closing
//! mark at a line's beginning, no opening mark at its end, numbers and Latin words in one piece.

/// Marks that never begin a line.
const NOT_FIRST: &str = "、，。；：？！）》〉」』”’…—·%℃,.;:?!)";
/// Marks that never end a line.
const NOT_LAST: &str = "（《〈「『“‘(¥";

/// Width of a text in em, for a proportional sans serif; errs on the wide side.
pub(super) fn width(text: &str) -> f32 {
    text.chars().map(advance).sum()
}

fn advance(character: char) -> f32 {
    match character {
        ' ' => 0.25,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '!' | '\'' | '|' => 0.31,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.92,
        'A'..='Z' => 0.67,
        c if c.is_ascii() => 0.58,
        _ => 1.0,
    }
}

/// Breaks a text into lines of at most `limit` em, as even in length as their number allows.
pub(super) fn fill(text: &str, limit: f32) -> Vec<String> {
    let pieces = pieces(text);
    let wanted = greedy(&pieces, limit);
    let (mut narrow, mut wide) = (0.0, limit);
    // Ten halvings: the narrowest measure that needs no more lines, to a thousandth of the limit.
    for _ in 0..10 {
        let middle = f32::midpoint(narrow, wide);
        if greedy(&pieces, middle).len() <= wanted.len() { wide = middle } else { narrow = middle }
    }
    greedy(&pieces, wide)
}

fn greedy(pieces: &[String], limit: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces {
        let line = lines.last().map_or("", String::as_str);
        if !line.is_empty() && width(line.trim_end()) + width(piece.trim_end()) > limit {
            lines.push(piece.trim_start().to_owned());
        } else if let Some(line) = lines.last_mut() {
            line.push_str(piece);
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The text in pieces that must not be broken.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for character in text.chars() {
        match (before, pieces.last_mut()) {
            (Some(before), Some(piece)) if sticks(before, character) => piece.push(character),
            _ => pieces.push(character.to_string()),
        }
        before = Some(character);
    }
    pieces
}

/// Must `after` stay on the line of `before`?
fn sticks(before: char, after: char) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || "-_/@#&+'".contains(c);
    NOT_FIRST.contains(after) || after == ' ' || NOT_LAST.contains(before) || (word(before) && word(after))
        // 9 月, 2 幢, 18:00: a number keeps its unit.
        || (before.is_ascii_digit() && "年月日时分人户票幢号".contains(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_even_and_marks_stand_where_they_may() {
        assert_eq!(fill("业主代表选举", 20.0), ["业主代表选举"]);
        assert_eq!(fill("业主代表选举", 5.0), ["业主代", "表选举"]);
        assert_eq!(fill("选好后核对，再确认。", 5.0), ["选好后核", "对，再确认。"]);
        for line in fill("请在（2026年9月15日）18:00前投票；一户一人，不分套数。", 8.0) {
            assert!(!line.starts_with(|c| NOT_FIRST.contains(c)), "{line}");
            assert!(!line.ends_with(|c| NOT_LAST.contains(c)), "{line}");
        }
    }

    #[test]
    fn words_and_numbers_stay_whole() {
        assert_eq!(fill("Elect building representatives", 12.0), ["Elect building", "representatives"]);
        assert!(fill("投票到9月15日18:00截止", 6.0).iter().any(|line| line.contains("18:00")));
    }

    #[test]
    fn nothing_is_lost() {
        let text = "龙北社区龙北小区二期业主代表、候补代表联合选举（第三次）";
        assert_eq!(fill(text, 7.0).concat(), text);
        assert_eq!(fill("", 7.0), Vec::<String>::new());
    }
}
