//! Title and text of a notice, with a picture to be put in.

use leptos::prelude::*;

use crate::ui::*;

/// The field of the picture.
pub const PICTURE: &str = "picture";
/// The field of the button that puts the picture into the text and stores nothing yet.
pub const INSERT: &str = "insert";

/// The fields.
#[component]
pub fn TextFields(
    /// The title as it stands.
    title: String,
    /// The text as it stands, Markdown.
    body: String,
) -> impl IntoView {
    let ui = ui();
    view! {
        // What Enter presses: saving, not the button that puts a picture in.
        <button type="submit" class="sr" tabindex="-1" aria-hidden="true"></button>
        <Field name="title" label=tr!(ui, "notices.console.title") hint=tr!(ui, "notices.console.title_hint") value=title maxlength=60 />
        <TextArea name="body" label=tr!(ui, "notices.console.text") hint=tr!(ui, "notices.console.text_hint") value=body rows=12 maxlength=20_000 />
        <div class="put-in">
            <Field name=PICTURE label=tr!(ui, "notices.console.picture") hint=tr!(ui, "notices.console.picture_hint") kind="file" accept="image/jpeg,image/png,image/webp" optional=true />
            <Button name=INSERT value="1"><Icon name="plus" /> {tr!(ui, "notices.console.insert")}</Button>
        </div>
    }
}
