//! Setting Chinese in lines: where a line may break, and how wide a text is.
//!
//! The rules are those of GB/T 15834 and 《中文排版需求》 (W3C clreq) that posters and documents meet: no closing
//! mark at a line's beginning, no opening mark at its end, numbers and Latin words in one piece.

/// Marks that never begin a line.
const NOT_FIRST: &str = "、，。；：？！）》〉」』”’…—·%℃,.;:?!)";
/// Marks that never end a line.
const NOT_LAST: &str = "（《〈「『“‘(¥";

/// Width of a text in em, for a proportional sans serif; errs on the wide side.
pub(crate) fn width(text: &str) -> f32 {
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

/// Breaks a text into lines of at most `limit` em: as few as can be, preferably after a mark, and
/// otherwise even in length. A word wider than the limit stands alone and sticks out.
pub(crate) fn fill(text: &str, limit: f32) -> Vec<String> {
    let pieces = pieces(text.trim());
    // Breaking elsewhere than after a mark costs as much as lines that differ by six tenths of the limit.
    let unmarked = 2.0 * (0.3 * limit).powi(2);
    let breaking = |end: usize| if end == pieces.len() { 0.0 } else { unmarked * roughness(&pieces[end - 1]) };
    // best[end]: lines, cost and last line's start of the best setting of the pieces before `end`.
    let mut best = vec![(0usize, 0.0f32, 0usize)];
    for end in 1..=pieces.len() {
        let mut chosen = (usize::MAX, f32::MAX, 0);
        for start in (0..end).rev() {
            let wide = width(pieces[start..end].concat().trim());
            if wide > limit && start + 1 < end {
                break;
            }
            let (lines, cost, _) = best[start];
            let cost = cost + wide.powi(2) + breaking(end);
            if (lines + 1, cost) < (chosen.0, chosen.1) {
                chosen = (lines + 1, cost, start);
            }
        }
        best.push(chosen);
    }
    let starts = std::iter::successors(Some(pieces.len()), |end| (*end > 0).then(|| best[*end].2));
    let mut ends: Vec<usize> = starts.collect();
    ends.reverse();
    ends.windows(2).map(|pair| pieces[pair[0]..pair[1]].concat().trim().to_owned()).collect()
}

/// Breaks running text into lines of at most `limit` em, each as full as can be. A text without a letter is
/// one empty line; a word wider than the limit stands alone and sticks out.
pub(crate) fn run(text: &str, limit: f32) -> Vec<String> {
    let (mut rows, mut row) = (Vec::new(), String::new());
    for piece in pieces(text.trim()) {
        if !row.is_empty() && width(&row) + width(piece.trim_end()) > limit {
            rows.push(std::mem::take(&mut row).trim_end().to_owned());
        }
        row.push_str(&piece);
    }
    rows.push(row.trim_end().to_owned());
    rows
}

/// How much a break after this piece disturbs reading, from 0 (a sentence ends) to 1 (within a phrase).
fn roughness(piece: &str) -> f32 {
    match piece.trim_end().chars().last() {
        Some('。' | '！' | '？' | '!' | '?') => 0.0,
        Some('；' | '：' | ';') => 0.2,
        Some(c) if NOT_FIRST.contains(c) => 0.4,
        _ if piece.ends_with(' ') => 0.5,
        _ => 1.0,
    }
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
        // 2幢 keeps its unit, 18:00 its parts, 9月1日8:00 all of its date.
        || (before.is_ascii_digit() && "年月日时分人户票幢号".contains(after))
        || (":.,年月日".contains(before) && after.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_even_and_marks_stand_where_they_may() {
        assert_eq!(fill("业主代表选举", 20.0), ["业主代表选举"]);
        assert_eq!(fill("业主代表选举", 5.0), ["业主代", "表选举"]);
        assert_eq!(fill("选好后核对，再确认。", 6.0), ["选好后核对，", "再确认。"]);
        assert_eq!(fill("最多选 2 人；投出后不能修改。", 13.0), ["最多选 2 人；", "投出后不能修改。"]);
        for line in fill("请在（2026年9月15日）18:00前投票；一户一人，不分套数。", 8.0) {
            assert!(!line.starts_with(|c| NOT_FIRST.contains(c)), "{line}");
            assert!(!line.ends_with(|c| NOT_LAST.contains(c)), "{line}");
        }
    }

    #[test]
    fn words_and_numbers_stay_whole() {
        assert_eq!(fill("Elect building representatives", 12.0), ["Elect building", "representatives"]);
        let dates = fill("投票时间：2026年9月1日8:00至9月15日18:00", 13.7);
        assert_eq!(dates, ["投票时间：2026年9月1日8:00", "至9月15日18:00"]);
        assert_eq!(fill("representatives", 3.0), ["representatives"], "too wide, and still whole");
    }

    #[test]
    fn running_text_fills_its_lines() {
        assert_eq!(run("业主代表选举", 4.0), ["业主代表", "选举"]);
        assert_eq!(run("选好后核对，再确认。", 5.0), ["选好后核", "对，再确", "认。"]);
        assert_eq!(run("", 5.0), [""]);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "龙北社区龙北小区二期业主代表、候补代表联合选举（第三次）";
        assert_eq!(fill(text, 7.0).concat(), text);
        assert_eq!(fill("", 7.0), Vec::<String>::new());
    }
}
