//! Paging by key: a list asks for what follows the last row it has, so that page 1,000 costs what page 1 costs.

use serde::{Deserialize, Serialize};

/// What a list asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    /// The key of the last row already seen; none for the first page.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows wanted; see [`PageRequest::limit`].
    #[serde(default)]
    pub size: Option<u16>,
}

impl PageRequest {
    /// Rows to fetch: 20 unless told, 1 to 200.
    pub fn limit(&self) -> i64 {
        i64::from(self.size.unwrap_or(20).clamp(1, 200))
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, in the list's order.
    pub rows: Vec<T>,
    /// The key to ask for the next page with; none on the last page.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Makes a page from rows fetched with `limit + 1`: the row too many only says that there is more.
    pub fn from_overfetch(mut rows: Vec<T>, limit: i64, key: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(key) } else { None };
        Self { rows, next }
    }

    /// The same page with other rows.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(f).collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_too_many_becomes_the_next_key() {
        let page = Page::from_overfetch(vec![1, 2, 3], 2, ToString::to_string);
        assert_eq!((page.rows, page.next), (vec![1, 2], Some("2".to_owned())));
        let last = Page::from_overfetch(vec![1, 2], 2, ToString::to_string);
        assert_eq!(last.next, None);
    }
}
