//! Markdown to HTML that is safe to show: no scripts, no pictures but our own.

use crate::files::FileName;
use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Where the pictures of notices are.
pub const PICTURES: &str = "/notices/pictures/";
/// What is understood beyond CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);
/// Characters of an excerpt: two lines of a phone.
const EXCERPT: usize = 60;

static SAFE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::new();
    builder
        .tags(HashSet::from([
            "p",
            "br",
            "hr",
            "h2",
            "h3",
            "h4",
            "ul",
            "ol",
            "li",
            "blockquote",
            "strong",
            "em",
            "del",
            "a",
            "img",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "pre",
            "code",
        ]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "tel", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// The HTML of a text. Raw HTML in it stands as text; a picture that is none of ours is left out, its
/// description stays.
pub(super) fn html(markdown: &str) -> String {
    let mut headings = Headings::default();
    let mut foreign = 0;
    let events = Parser::new_ext(markdown, OPTIONS).filter_map(move |event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { ref dest_url, .. }) if !is_ours(dest_url) => {
            foreign += 1;
            None
        }
        Event::End(TagEnd::Image) if foreign > 0 => {
            foreign -= 1;
            None
        }
        Event::Start(Tag::Heading { level, .. }) => {
            let level = headings.below(level);
            Some(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Heading(headings.last))),
        other => Some(other),
    });
    let mut text = String::new();
    html::push_html(&mut text, events);
    SAFE.clean(&text).to_string()
}

/// A text without its marks, one line a paragraph, item or row.
pub(super) fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, OPTIONS) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => text.push(' '),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead,
            ) => text.push('\n'),
            _ => {}
        }
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
}

/// The first words of a text, without its marks.
pub(super) fn excerpt(markdown: &str) -> String {
    let words = plain(markdown).trim().replace('\n', " ");
    let cut: String = words.chars().take(EXCERPT).collect();
    if cut.len() < words.len() { cut + "…" } else { cut }
}

fn is_ours(url: &str) -> bool {
    url.strip_prefix(PICTURES).is_some_and(|name| name.parse::<FileName>().is_ok())
}

/// The page has the first heading; those of the text come below it and skip no level.
struct Headings {
    last: HeadingLevel,
    first: bool,
}

impl Default for Headings {
    fn default() -> Self {
        Self { last: HeadingLevel::H2, first: true }
    }
}

impl Headings {
    fn below(&mut self, wanted: HeadingLevel) -> HeadingLevel {
        let most = match (self.first, self.last) {
            (true, _) => HeadingLevel::H2,
            (false, HeadingLevel::H2) => HeadingLevel::H3,
            (false, _) => HeadingLevel::H4,
        };
        let shifted = match wanted {
            HeadingLevel::H1 => HeadingLevel::H2,
            HeadingLevel::H2 => HeadingLevel::H3,
            _ => HeadingLevel::H4,
        };
        self.first = false;
        self.last = shifted.min(most);
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_elements() {
        let text =
            "## 停水\n\n明天 **9:00** 起，见[公告](https://hs.example/a)。\n\n| 幢 | 时间 |\n|-|-|\n| 2 | 9:00 |\n";
        let made = html(text);
        assert!(made.contains("<h2>停水</h2>") && made.contains("<strong>9:00</strong>"), "{made}");
        assert!(made.contains(r#"href="https://hs.example/a" rel="noopener noreferrer nofollow""#), "{made}");
        assert!(made.contains("<td>9:00</td>"), "{made}");
    }

    #[test]
    fn headings_skip_no_level() {
        let made = html("### a\n\n###### b\n\n# c\n");
        assert!(made.contains("<h2>a</h2>") && made.contains("<h3>b</h3>") && made.contains("<h2>c</h2>"), "{made}");
    }

    #[test]
    fn nothing_runs_and_nothing_is_loaded_from_elsewhere() {
        for text in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[a](javascript:alert(1))",
            "![a](https://evil.example/x.png)",
            "![a](/notices/pictures/../../etc.jpg)",
            "[a](data:text/html,x)",
            "<a href=\"javascript:alert(1)\" onclick=\"x()\">a</a>",
            "<style>p { display: none }</style>",
        ] {
            let made = html(text);
            // What stands as text has its `<` written as `&lt;`.
            for tag in made.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
                assert!(matches!(tag, "p" | "/p" | "/a") || tag.starts_with("a rel="), "{text}: {made}");
            }
        }
    }

    #[test]
    fn pictures_of_ours_are_shown() {
        let name = format!("{}.jpg", "a".repeat(64));
        let made = html(&format!("![水阀]({PICTURES}{name})"));
        assert!(made.contains(&format!(r#"src="{PICTURES}{name}""#)) && made.contains(r#"alt="水阀""#), "{made}");
    }

    #[test]
    fn plain_text_has_a_line_for_each_row() {
        let text = plain("因 **管网** 改造：\n\n| 幢 | 时间 |\n|-|-|\n| 1 | 9:00 |\n\n- 储水\n- 关阀\n");
        assert_eq!(text, "因 管网 改造：\n幢 时间\n1 9:00\n储水\n关阀\n");
    }

    #[test]
    fn an_excerpt_has_no_marks() {
        assert_eq!(excerpt("## 停水\n\n明天 **9:00** 起"), "停水 明天 9:00 起");
        assert_eq!(excerpt(&"水".repeat(61)).chars().count(), 61);
    }
}
