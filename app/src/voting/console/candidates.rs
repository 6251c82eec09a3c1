//! The rows of a draft's candidates. Buttons that send the form ask for more rows and take photos away;
//! rows left empty are left out.

use contract::voting::{DraftForm, MAX_OPTIONS};
use leptos::prelude::*;
use server::files::FileName;

use crate::ui::field::FieldMessage;
use crate::ui::form::{issue, value, values};
use crate::ui::*;

/// Rows of a new draft, and rows that the button adds.
const ROWS: usize = 4;
/// The field of the button that adds rows: how many are wanted.
pub const WANTED: &str = "rows";
/// The field of the buttons that take a photo away: whose, by the place in the lists.
pub const REMOVED: &str = "remove_photo";

/// One row as it stands.
#[derive(Clone, Debug)]
struct Row {
    place: usize,
    name: String,
    statement: String,
    photo: String,
}

fn rows(draft: &DraftForm) -> Vec<Row> {
    let column = |field, stored: &Vec<String>| values(field).unwrap_or_else(|| stored.clone());
    let names = column("candidate_name", &draft.candidate_name);
    let statements = column("candidate_statement", &draft.candidate_statement);
    let photos = column("candidate_photo", &draft.candidate_photo);
    let wanted = value(WANTED).and_then(|rows| rows.parse().ok()).unwrap_or(ROWS);
    let most = usize::try_from(MAX_OPTIONS).unwrap_or(usize::MAX);
    let cell = |column: &Vec<String>, place: usize| column.get(place).cloned().unwrap_or_default();
    let filled = |place| Row {
        place,
        name: cell(&names, place),
        statement: cell(&statements, place),
        photo: cell(&photos, place),
    };
    (0..wanted.max(names.len()).min(most)).map(filled).collect()
}

/// Name, statement and photo of each.
#[component]
pub fn CandidateRows(
    /// The draft as stored; what was typed since comes first.
    draft: DraftForm,
) -> impl IntoView {
    let ui = ui();
    let rows = rows(&draft);
    let more = rows.len() + ROWS;
    view! {
        <fieldset class="rows">
            <legend>{tr!(ui, "voting.candidates")} <span>{tr!(ui, "voting.console.rows_hint")}</span></legend>
            <FieldMessage name="candidates" />
            {rows.into_iter().map(|row| view! { <CandidateRow row=row /> }).collect_view()}
            <div>
                <Button name=WANTED value=more.to_string()>
                    <Icon name="plus" />
                    {tr!(ui, "voting.console.more_rows")}
                </Button>
            </div>
        </fieldset>
    }
}

#[component]
fn CandidateRow(row: Row) -> impl IntoView {
    let ui = ui();
    let Row { place, name, statement, photo } = row;
    let (name_field, statement_field) = (format!("candidate_name.{place}"), format!("candidate_statement.{place}"));
    let photo_field = format!("photo.{place}");
    let invalid = |field: &str| issue(field).map(|_| "true");
    let thumbnail = photo.parse::<FileName>().ok().map(|name| format!("/voting/photos/{}", name.thumbnail()));
    let label = move |key: &str| tr!(ui, key, n = place + 1);
    view! {
        <div class="card row">
            <b class="num" aria-hidden="true">{place + 1}</b>
            <div class="field">
                <label for=format!("name-{place}")>{label("voting.console.name")}</label>
                <input id=format!("name-{place}") name="candidate_name" value=name maxlength="30" autocomplete="off" aria-invalid=invalid(&name_field) />
                <FieldMessage name=name_field />
            </div>
            <div class="field">
                <label for=format!("statement-{place}")>{label("voting.console.statement")}</label>
                <textarea id=format!("statement-{place}") name="candidate_statement" rows="2" maxlength="2000" aria-invalid=invalid(&statement_field)>{statement}</textarea>
                <FieldMessage name=statement_field />
            </div>
            <div class="field photo">
                <label for=format!("photo-{place}")>{label("voting.console.photo")}</label>
                {thumbnail
                    .map(|src| {
                        view! {
                            <div class="kept">
                                <img class="face" src=src alt="" width="56" height="56" />
                                <Button look=Look::Quiet name=REMOVED value=place.to_string()>
                                    {label("voting.console.remove_photo")}
                                </Button>
                            </div>
                        }
                    })}
                <input id=format!("photo-{place}") type="file" name=photo_field.clone() accept="image/jpeg,image/png,image/webp" aria-invalid=invalid(&photo_field) />
                <input type="hidden" name="candidate_photo" value=photo />
                <FieldMessage name=photo_field />
            </div>
        </div>
    }
}
