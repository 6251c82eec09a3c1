//! Every text exists in both languages, every key used has its text, every text is used.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use contract::{Issue, Refusal};
use serde_yaml::{Mapping, Value};

/// Keys with their texts by language.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

#[test]
fn every_text_is_there_in_both_languages() {
    for (key, texts) in all() {
        assert_eq!(texts.keys().collect::<Vec<_>>(), LANGUAGES, "{key}");
        assert!(texts.values().all(|text| !text.trim().is_empty()), "{key} is empty");
        let holes: BTreeSet<Vec<&str>> = texts.values().map(|text| holes(text)).collect();
        assert_eq!(holes.len(), 1, "{key}: the languages have different %{{…}}");
    }
}

#[test]
fn every_key_used_has_its_text() {
    let (texts, rooms) = (all(), rooms());
    for literal in literals("src") {
        let room = literal.split('.').next().unwrap_or_default();
        let is_key =
            literal.contains('.') && literal.chars().all(|c| c.is_ascii_lowercase() || "._0123456789".contains(c));
        if is_key && rooms.contains(room) && !literal.ends_with('.') {
            assert!(texts.contains_key(&literal), "no text for {literal}");
        }
    }
}

#[test]
fn every_text_is_used() {
    // Messages are named by the rooms that send them.
    let (mut literals, codes) = (literals("src"), codes());
    literals.extend(self::literals("../server/src"));
    let stems: Vec<&str> = literals.iter().filter_map(|text| text.split_once('{')).map(|(stem, _)| stem).collect();
    for key in all().into_keys() {
        let made = stems.iter().any(|stem| stem.contains('.') && key.starts_with(stem));
        assert!(literals.contains(&key) || codes.contains(&key) || made, "nobody shows {key}");
    }
}

#[test]
fn every_refusal_and_issue_has_its_text() {
    let texts = all();
    for code in codes() {
        assert!(texts.contains_key(&code), "no text for {code}");
    }
}

/// The keys that the contract's errors lead to.
fn codes() -> BTreeSet<String> {
    let refusals = Refusal::ALL.iter().map(|refusal| format!("refusal.{}", refusal.code()));
    let issues = issues().into_iter().map(|issue| format!("issue.{}", issue.code().0));
    refusals.chain(issues).collect()
}

/// One of each issue. The match makes the compiler ask for what is new.
fn issues() -> Vec<Issue> {
    let mut all = vec![Issue::Required];
    while let Some(next) = all.last().and_then(|last| match last {
        Issue::Required => Some(Issue::TooShort(1)),
        Issue::TooShort(_) => Some(Issue::TooLong(1)),
        Issue::TooLong(_) => Some(Issue::TooSmall(1)),
        Issue::TooSmall(_) => Some(Issue::TooLarge(1)),
        Issue::TooLarge(_) => Some(Issue::TooManyChosen(1)),
        Issue::TooManyChosen(_) => Some(Issue::Contradiction),
        Issue::Contradiction => Some(Issue::Format),
        Issue::Format => Some(Issue::CheckDigit),
        Issue::CheckDigit => Some(Issue::Unknown),
        Issue::Unknown => Some(Issue::Taken),
        Issue::Taken => Some(Issue::NotFuture),
        Issue::NotFuture => Some(Issue::Order),
        Issue::Order => Some(Issue::WrongCode),
        Issue::WrongCode => Some(Issue::FileKind),
        Issue::FileKind => Some(Issue::Sum),
        Issue::Sum => Some(Issue::Mismatch),
        Issue::Mismatch => None,
    }) {
        all.push(next);
    }
    all
}

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The first parts of all keys.
fn rooms() -> BTreeSet<String> {
    all().keys().filter_map(|key| key.split('.').next()).map(str::to_owned).collect()
}

fn all() -> Texts {
    let mut texts = Texts::new();
    for file in files(&home().join("locales"), "yml") {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let tree: Mapping = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        flatten("", &tree, &mut texts);
    }
    assert!(!texts.is_empty());
    texts
}

fn flatten(above: &str, tree: &Mapping, texts: &mut Texts) {
    for (name, value) in tree {
        let name = name.as_str().unwrap_or_default();
        match value {
            Value::Mapping(below) if above.is_empty() => flatten(name, below, texts),
            Value::Mapping(below) => flatten(&format!("{above}.{name}"), below, texts),
            Value::String(text) => {
                texts.entry(above.to_owned()).or_default().insert(name.to_owned(), text.clone());
            }
            _ => assert_eq!(name, "_version", "{above}: a comma wants quotes around the text"),
        }
    }
}

/// The names in a text's `%{…}`, sorted.
fn holes(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text.split("%{").skip(1).filter_map(|rest| rest.split('}').next()).collect();
    names.sort_unstable();
    names
}

/// Every string literal of the sources below a folder.
pub fn literals(folder: &str) -> BTreeSet<String> {
    let lines = |source: String| source.lines().map(str::to_owned).collect::<Vec<_>>();
    let lines = sources(folder).into_iter().flat_map(lines);
    lines.flat_map(|line| line.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// The sources below a folder of the app, these tests and the icons' apart.
pub fn sources(folder: &str) -> Vec<String> {
    let mut sources = Vec::new();
    for file in files(&home().join(folder), "rs") {
        if !file.ends_with("text/tests.rs") && !file.ends_with("ui/icon.rs") {
            sources.extend(fs::read_to_string(&file));
        }
    }
    sources
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found
}
