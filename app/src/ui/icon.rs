//! Icons of one sprite (`style/icons.txt` lists them; drawn by Lucide, ISC licence).

use leptos::prelude::*;

use super::request::asset;

/// One icon, as large as `--icon` says and in the text's colour. It says nothing to a screen
/// reader: the text beside it does.
#[component]
pub fn Icon(
    /// The name in `style/icons.txt`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=asset(&format!("icons.svg#{name}"))></use>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::ui::text::tests::literals;

    /// The sprite's list, as the build reads it.
    fn list() -> BTreeSet<String> {
        let list = include_str!("../../../style/icons.txt").lines();
        let names = list.map(|line| line.split('#').next().unwrap_or_default().trim());
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn every_icon_of_the_sprite_is_shown_somewhere() {
        let literals = literals("src");
        let unused: Vec<String> = list().into_iter().filter(|name| !literals.contains(name)).collect();
        assert!(unused.is_empty(), "nobody shows {unused:?}");
    }

    #[test]
    fn every_icon_shown_is_in_the_sprite() {
        let list = list();
        for place in ["<Icon name=", "icon=", "icon: "] {
            for source in crate::ui::text::tests::sources("src") {
                for used in source.split(&format!("{place}\"")).skip(1).filter_map(|rest| rest.split('"').next()) {
                    assert!(used.contains('{') || list.contains(used), "no icon `{used}` in style/icons.txt");
                }
            }
        }
    }
}
