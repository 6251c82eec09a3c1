//! Which scanned or pasted texts lead anywhere.

/// The path below which short links stand.
const DOOR: &str = "/v/";
/// More characters than any code has; longer texts are not looked at.
const LONGEST: usize = 64;

/// The code in a short link of one of our `sites` (origins without a slash at the end); none for
/// anything else, so that a foreign code on the wall leads nowhere.
pub fn code(text: &str, sites: &[&str]) -> Option<String> {
    let rest = sites.iter().find_map(|site| text.trim().strip_prefix(site)?.strip_prefix(DOOR))?;
    let code = rest.split(['?', '#']).next().unwrap_or_default();
    let plain = (1..=LONGEST).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| code.to_owned())
}

/// The page on this site that a code leads to.
pub fn page(code: &str) -> String {
    format!("{DOOR}{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITES: [&str; 2] = ["https://hs.example.cn", "http://127.0.0.1:3000"];

    #[test]
    fn our_own_links_are_followed() {
        assert_eq!(code(" https://hs.example.cn/v/7K3M9QXZ\n", &SITES).as_deref(), Some("7K3M9QXZ"));
        assert_eq!(code("http://127.0.0.1:3000/v/AB12?from=poster", &SITES).as_deref(), Some("AB12"));
        assert_eq!(page("AB12"), "/v/AB12");
    }

    #[test]
    fn nothing_else_is() {
        let long = format!("https://hs.example.cn/v/{}", "A".repeat(65));
        for foreign in [
            "",
            "7K3M9QXZ",
            "https://evil.example/v/7K3M9QXZ",
            "https://hs.example.cn.evil.example/v/7K3M9QXZ",
            "https://hs.example.cn/sign-in?next=//evil.example",
            "https://hs.example.cn/v/",
            "https://hs.example.cn/v/../me",
            "javascript:alert(1)",
            &long,
        ] {
            assert_eq!(code(foreign, &SITES), None, "{foreign}");
        }
    }
}
