//! The rows of a resolution's or poll's items; buttons that send the form ask for more rows and for templates.

use contract::voting::{DraftForm, MAX_ITEMS, Majority, VoteKind};
use leptos::prelude::*;

use super::candidates::WANTED;
use crate::ui::field::FieldMessage;
use crate::ui::form::{issue, value, values};
use crate::ui::*;

/// Rows of a new draft, and rows that the button adds.
const ROWS: usize = 2;
/// The field of the buttons that put a common resolution into the next empty row: its template's code.
pub const TEMPLATE: &str = "template";
/// Common resolutions: code, majority, clause of 民法典 art. 278. Their texts are `voting.template.<code>`.
const TEMPLATES: [(&str, Majority, &str); 4] = [
    ("fund", Majority::Ordinary, "民法典第278条第5项"),
    ("manager", Majority::Ordinary, "民法典第278条第4项"),
    ("covenant", Majority::Ordinary, "民法典第278条第2项"),
    ("shared", Majority::Special, "民法典第278条第8项"),
];

/// One row as it stands.
#[derive(Clone, Debug, Default)]
struct Row {
    place: usize,
    title: String,
    text: String,
    majority: String,
    clause: String,
    options: String,
    most: String,
}

impl Row {
    fn is_empty(&self) -> bool {
        self.title.is_empty() && self.text.is_empty() && self.options.is_empty()
    }
}

fn rows(ui: Ui, draft: &DraftForm) -> Vec<Row> {
    let column = |field, stored: &Vec<String>| values(field).unwrap_or_else(|| stored.clone());
    let titles = column("item_title", &draft.item_title);
    let texts = column("item_text", &draft.item_text);
    let majorities = column("item_majority", &draft.item_majority);
    let clauses = column("item_clause", &draft.item_clause);
    let options = column("item_options", &draft.item_options);
    let mosts = column("item_most", &draft.item_most);
    let wanted = value(WANTED).and_then(|rows| rows.parse().ok()).unwrap_or(ROWS);
    let most = usize::try_from(MAX_ITEMS).unwrap_or(usize::MAX);
    let cell = |column: &Vec<String>, place: usize| column.get(place).cloned().unwrap_or_default();
    let filled = |place| Row {
        place,
        title: cell(&titles, place),
        text: cell(&texts, place),
        majority: cell(&majorities, place),
        clause: cell(&clauses, place),
        options: cell(&options, place),
        most: cell(&mosts, place),
    };
    let mut rows: Vec<Row> = (0..wanted.max(titles.len()).min(most)).map(filled).collect();
    let asked = value(TEMPLATE).unwrap_or_default();
    if let Some((code, majority, clause)) = TEMPLATES.iter().find(|(code, ..)| *code == asked) {
        let (title, text) = (format!("voting.template.{code}.title"), format!("voting.template.{code}.text"));
        let at = rows.iter().position(Row::is_empty).unwrap_or(rows.len());
        let row = Row {
            place: at,
            title: tr!(ui, &title),
            text: tr!(ui, &text),
            majority: majority.code().to_owned(),
            clause: (*clause).to_owned(),
            ..Row::default()
        };
        if at == rows.len() {
            rows.push(row);
        } else {
            rows[at] = row;
        }
    }
    rows
}

/// Title, text and what follows from the kind.
#[component]
pub fn ItemRows(
    /// The draft as stored; what was typed since comes first.
    draft: DraftForm,
    /// A resolution or a poll.
    kind: VoteKind,
) -> impl IntoView {
    let ui = ui();
    let rows = rows(ui, &draft);
    let more = rows.len() + ROWS;
    let templates = TEMPLATES.iter().filter(|_| kind == VoteKind::Resolution).map(|(code, ..)| {
        let key = format!("voting.template.{code}.title");
        view! { <Button name=TEMPLATE value=*code>{tr!(ui, &key)}</Button> }
    });
    let templates = templates.collect_view();
    view! {
        <fieldset class="rows">
            <legend>{tr!(ui, "voting.console.items")} <span>{tr!(ui, "voting.console.items_hint")}</span></legend>
            <FieldMessage name="items" />
            {(kind == VoteKind::Resolution).then(|| view! {
                <div class="templates">
                    <span class="muted small">{tr!(ui, "voting.console.templates")}</span>
                    {templates}
                </div>
            })}
            {rows.into_iter().map(|row| view! { <ItemRow row=row kind=kind /> }).collect_view()}
            <div>
                <Button name=WANTED value=more.to_string()>
                    <Icon name="plus" />
                    {tr!(ui, "voting.console.more_items")}
                </Button>
            </div>
        </fieldset>
    }
}

#[component]
fn ItemRow(row: Row, kind: VoteKind) -> impl IntoView {
    let ui = ui();
    let Row { place, title, text, majority, clause, options, most } = row;
    let field = |name: &str| format!("item_{name}.{place}");
    let id = |name: &str| format!("item-{name}-{place}");
    let invalid = |name: &str| issue(&format!("item_{name}.{place}")).map(|_| "true");
    let label = move |key: &str| tr!(ui, key, n = place + 1);
    let rest = match kind {
        VoteKind::Resolution => {
            let choices = Majority::ALL.iter().map(|one| {
                let key = format!("voting.majority.{}", one.code());
                view! { <option value=one.code() selected=majority == one.code()>{tr!(ui, &key)}</option> }
            });
            let choices = choices.collect_view();
            view! {
                <div class="field">
                    <label for=id("majority")>{label("voting.console.item_majority")}</label>
                    <select id=id("majority") name="item_majority">{choices}</select>
                    <FieldMessage name=field("majority") />
                </div>
                <div class="field">
                    <label for=id("clause")>{label("voting.console.item_clause")}</label>
                    <input id=id("clause") name="item_clause" value=clause maxlength="60" aria-invalid=invalid("clause") />
                    <FieldMessage name=field("clause") />
                </div>
            }
            .into_any()
        }
        _ => view! {
            <div class="field">
                <label for=id("options")>{label("voting.console.item_options")}</label>
                <textarea id=id("options") name="item_options" rows="3" aria-invalid=invalid("options")>{options}</textarea>
                <FieldMessage name=field("options") />
            </div>
            <div class="field">
                <label for=id("most")>{label("voting.console.item_most")}</label>
                <input id=id("most") name="item_most" value=if most.is_empty() { "1".to_owned() } else { most } inputmode="numeric" aria-invalid=invalid("most") />
                <FieldMessage name=field("most") />
            </div>
        }
        .into_any(),
    };
    view! {
        <div class="card row item">
            <b class="num" aria-hidden="true">{place + 1}</b>
            <div class="field">
                <label for=id("title")>{label("voting.console.item_title")}</label>
                <input id=id("title") name="item_title" value=title maxlength="60" autocomplete="off" aria-invalid=invalid("title") />
                <FieldMessage name=field("title") />
            </div>
            <div class="field">
                <label for=id("text")>{label("voting.console.item_text")}</label>
                <textarea id=id("text") name="item_text" rows="2" maxlength="2000" aria-invalid=invalid("text")>{text}</textarea>
                <FieldMessage name=field("text") />
            </div>
            {rest}
        </div>
    }
}
