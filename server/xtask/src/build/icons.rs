//! One sprite of the icons in use, drawn from Lucide (npm `lucide-static`, ISC licence).
//!
//! A page shows one with `<svg class="icon"><use href="/assets/<hash>/icons.svg#house"/></svg>`.
//! Stroke width stays open, so that styles decide it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The sprite of the icons named in `list`, one a line; `#` begins a comment.
///
/// # Errors
/// When the list cannot be read, or names an icon that is not in `lucide`.
pub fn sprite(list: &Path, lucide: &Path) -> Result<String> {
    let list = fs::read_to_string(list).with_context(|| list.display().to_string())?;
    let mut sprite = String::from(r#"<svg xmlns="http://www.w3.org/2000/svg">"#);
    for name in names(&list) {
        let file = lucide.join(format!("{name}.svg"));
        let drawing = fs::read_to_string(&file).with_context(|| format!("no icon `{name}`"))?;
        let drawing = symbol(name, &drawing).with_context(|| file.display().to_string())?;
        sprite.push_str(&drawing);
    }
    sprite.push_str("</svg>");
    Ok(sprite)
}

fn names(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|name| !name.is_empty())
}

/// What stands between `<svg …>` and `</svg>`, as a symbol.
fn symbol(name: &str, drawing: &str) -> Option<String> {
    let (_, from_tag) = drawing.split_once("<svg")?;
    let (_, inside) = from_tag.split_once('>')?;
    let (inside, _) = inside.rsplit_once("</svg>")?;
    let lines: String = inside.lines().map(str::trim).collect();
    let drawn_with =
        r#"viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round""#;
    Some(format!(r#"<symbol id="{name}" {drawn_with}>{lines}</symbol>"#))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_may_have_comments_and_gaps() {
        let list = "house # 首页\n\n# tab bar\nscan\n";
        assert_eq!(names(list).collect::<Vec<_>>(), ["house", "scan"]);
    }

    #[test]
    fn a_symbol_keeps_the_lines_and_drops_the_frame() {
        let file = "<!-- l -->\n<svg\n  width=\"24\"\n>\n  <path d=\"M1 1\" />\n</svg>\n";
        let symbol = symbol("dot", file).unwrap_or_default();
        assert!(symbol.starts_with(r#"<symbol id="dot" viewBox"#), "{symbol}");
        assert!(symbol.ends_with(r#"><path d="M1 1" /></symbol>"#), "{symbol}");
    }
}
