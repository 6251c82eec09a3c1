//! What list pages share: the list's address, the tools above it, and its table or what is said in its place.
//!
//! A page reads its filter from the address, keeps it as a [`ListAt`], and puts [`ListTools`] and [`ListRows`] where it
//! wants them; the row in the sheet beside it is [`shown_row`].

use std::fmt::Display;
use std::str::FromStr;

use leptos::prelude::*;
use serde::Deserialize;

use super::button::ButtonLink;
use super::page::query;
use super::pager::Pager;
use super::request::ui;
use super::table::Table;

/// The address of a list: how it is narrowed, and where it goes on.
#[derive(Clone, Debug)]
pub struct ListAt {
    path: String,
    narrowed: Vec<(&'static str, String)>,
    after: Option<String>,
}

impl ListAt {
    /// `narrowed` are the fields of the list's filter as the address has them; `after` is where the page begins.
    pub fn new(path: impl Into<String>, narrowed: &[(&'static str, &str)], after: Option<&str>) -> Self {
        let given = narrowed.iter().filter(|(_, value)| !value.is_empty());
        Self {
            path: path.into(),
            narrowed: given.map(|(name, value)| (*name, (*value).to_owned())).collect(),
            after: after.map(str::to_owned),
        }
    }

    /// What a field of the filter says; empty where it narrows nothing.
    pub fn value(&self, name: &str) -> String {
        let found = self.narrowed.iter().find(|(field, _)| *field == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// The same page of the list with another row in the sheet.
    pub fn showing(&self, row: &impl Display) -> String {
        let mut fields = self.narrowed.clone();
        fields.extend(self.after.clone().map(|after| ("after", after)));
        fields.push(("show", row.to_string()));
        format!("{}?{}#sheet", self.path, encode(&fields))
    }

    /// How the list is narrowed, as a query.
    pub fn narrowed(&self) -> String {
        encode(&self.narrowed)
    }

    /// All pages of the list as a workbook.
    pub fn workbook(&self) -> String {
        format!("{}/list.xlsx?{}", self.path, self.narrowed())
    }

    /// The beginning of the next page's query.
    pub fn more(&self) -> String {
        let narrowed = self.narrowed();
        if narrowed.is_empty() { narrowed } else { format!("{narrowed}&") }
    }
}

fn encode(fields: &[(&'static str, String)]) -> String {
    serde_html_form::to_string(fields).unwrap_or_default()
}

/// The row that the address wants in the sheet, as [`ListAt::showing`] wrote it.
pub fn shown_row<T: FromStr>() -> Option<T> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Asked {
        show: Option<String>,
    }
    query::<Asked>().show.and_then(|row| row.parse().ok())
}

/// One way to narrow a list.
#[derive(Clone, Debug)]
pub struct Narrow {
    /// The filter's field.
    pub name: &'static str,
    /// What it is about, for screen readers.
    pub label: String,
    /// Values and their names, in order; that of all with an empty value first, where one can be chosen.
    pub options: Vec<(String, String)>,
}

impl Narrow {
    /// By one of several values, or by none of them under the name `all`.
    pub fn by(
        name: &'static str,
        label: String,
        all: String,
        options: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let options = std::iter::once((String::new(), all)).chain(options).collect();
        Self { name, label, options }
    }
}

/// The tools above a list: search, narrow, the workbook, and what else the page puts there.
#[component]
pub fn ListTools(
    /// The list.
    at: ListAt,
    /// What can be searched for, where anything can; the field's name is `search`.
    #[prop(optional, into)]
    search: String,
    /// What the button says; 筛选 unless told.
    #[prop(optional, into)]
    button: Option<String>,
    /// The ways to narrow it.
    #[prop(optional)]
    narrow: Vec<Narrow>,
    /// Where the workbook is; none where there is none, [`ListAt::workbook`] as a rule.
    #[prop(optional_no_strip, into)]
    workbook: Option<String>,
    /// Links behind it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let ui = ui();
    let sought = at.value("search");
    let role = (!search.is_empty()).then_some("search");
    let field = (!search.is_empty()).then(|| {
        view! { <input type="search" name="search" value=sought placeholder=search.clone() aria-label=search.clone() /> }
    });
    let action = at.path.clone();
    let selects = narrow.into_iter().map(move |Narrow { name, label, options }| {
        let chosen = at.value(name);
        let options = options.into_iter().map(move |(value, text)| {
            view! { <option value=value.clone() selected=chosen == value>{text}</option> }
        });
        view! { <select name=name aria-label=label>{options.collect_view()}</select> }
    });
    let selects = selects.collect_view();
    view! {
        <form class="tools" method="get" action=action role=role>
            {field}
            {selects}
            <button class="btn" type="submit">{button.unwrap_or_else(|| tr!(ui, "ui.list.narrow"))}</button>
            {workbook.map(|href| view! { <ButtonLink href=href download=true>{tr!(ui, "ui.list.export")}</ButtonLink> })}
            {children.map(|children| children())}
        </form>
    }
}

/// A list's rows with the way to its next page, or what is said where there are none.
#[component]
pub fn ListRows(
    /// The list.
    at: ListAt,
    /// What it lists, for screen readers.
    #[prop(into)]
    caption: String,
    /// The heads of the columns, in order.
    heads: Vec<String>,
    /// Which of the columns are numbers to be compared; see [`Table`].
    #[prop(optional)]
    numbers: &'static [usize],
    /// What is said instead: an [`Empty`](super::Empty).
    #[prop(into)]
    none: AnyView,
    /// The rows.
    rows: Vec<AnyView>,
    /// [`contract::Page::next`].
    next: Option<String>,
) -> impl IntoView {
    if rows.is_empty() {
        return none;
    }
    view! {
        <Table caption=caption heads=heads numbers=numbers>{rows}</Table>
        <Pager next=next query=at.more() />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_narrows_the_list() {
        let at = ListAt::new("/console/voting", &[("search", "换届"), ("phase", ""), ("area", "3410.03")], Some("k"));
        assert_eq!(at.showing(&7), "/console/voting?search=%E6%8D%A2%E5%B1%8A&area=3410.03&after=k&show=7#sheet");
        assert_eq!(at.workbook(), "/console/voting/list.xlsx?search=%E6%8D%A2%E5%B1%8A&area=3410.03");
        assert_eq!(at.more(), "search=%E6%8D%A2%E5%B1%8A&area=3410.03&");
        assert_eq!((at.value("area").as_str(), at.value("phase").as_str()), ("3410.03", ""));
        let all = ListAt::new("/console/voting", &[("search", "")], None);
        assert_eq!((all.more().as_str(), all.workbook().as_str()), ("", "/console/voting/list.xlsx?"));
    }
}
