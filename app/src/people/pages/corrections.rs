//! What residents want corrected: the workers' list, and the decision beside it.

use contract::Page;
use contract::ids::CorrectionId;
use contract::people::{CorrectedField, CorrectionFilter, CorrectionLine, CorrectionReason, CorrectionState};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server::people;

use crate::people::api::CLEAR;
use crate::ui::form::value;
use crate::ui::page::{load, query};
use crate::ui::*;

/// The list's path.
pub const CORRECTIONS: &str = "/console/people/corrections";

/// What the address asks for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    field: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// The correction in the sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    show: Option<CorrectionId>,
}

impl Asked {
    fn filter(&self) -> CorrectionFilter {
        let page = contract::PageRequest { after: self.after.clone(), size: None };
        CorrectionFilter { state: self.state.clone(), field: self.field.clone(), page }
    }

    fn query(&self) -> String {
        serde_html_form::to_string(self).unwrap_or_default()
    }

    /// State and field alone.
    fn narrowed(&self) -> String {
        Self { after: None, show: None, ..self.clone() }.query()
    }
}

/// The page with one correction in its sheet.
pub fn correction_at(id: &CorrectionId) -> String {
    format!("{CORRECTIONS}?{}", Asked { show: Some(id.clone()), ..Asked::default() }.query())
}

/// A field's name.
pub fn field_text(ui: Ui, field: CorrectedField) -> String {
    let key = format!("people.head.{}", field.code());
    tr!(ui, &key)
}

/// A state in a word.
pub fn state_text(ui: Ui, state: CorrectionState) -> String {
    let key = format!("people.correction.state.{}", state.code());
    tr!(ui, &key)
}

/// A state as a tag.
#[component]
pub fn CorrectionTag(
    /// The state.
    state: CorrectionState,
) -> impl IntoView {
    let means = match state {
        CorrectionState::Pending => State::Wait,
        CorrectionState::Approved => State::Done,
        CorrectionState::Refused => State::Now,
        CorrectionState::Withdrawn => State::Plain,
    };
    view! { <Tag state=means>{state_text(ui(), state)}</Tag> }
}

/// The page.
#[component]
pub fn CorrectionList() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<Asked>());
    let wanted = asked.clone();
    let look = async move {
        let page = people::corrections(&caller, &core, wanted.filter()).await?;
        let shown = match wanted.show {
            Some(id) => Some(people::correction(&caller, &core, &id).await?),
            None => None,
        };
        Ok((page, shown))
    };
    load(look, move |(page, shown)| view! { <Listed asked=asked page=page shown=shown /> })
}

#[component]
fn Listed(asked: Asked, page: Page<CorrectionLine>, shown: Option<CorrectionLine>) -> impl IntoView {
    let ui = ui();
    let label = move |head: &str| {
        let key = format!("people.correction.head.{head}");
        tr!(ui, &key)
    };
    let heads = ["name", "field", "now", "wanted", "asked"].map(label);
    let narrowed = asked.narrowed();
    let more = if narrowed.is_empty() { String::new() } else { format!("{narrowed}&") };
    let (around, selected) = (asked.clone(), asked.show.clone());
    let empty = page.rows.is_empty();
    let rows = page.rows.into_iter().map(move |line| {
        let href = format!("{CORRECTIONS}?{}", Asked { show: Some(line.id.clone()), ..around.clone() }.query());
        let here = selected.as_ref() == Some(&line.id);
        view! {
            <tr aria-selected=here.to_string()>
                <th scope="row"><a href=href>{line.name}</a></th>
                <td class="when" data-label=label("field")>{field_text(ui, line.field)}</td>
                <td class="num-text" data-label=label("now")>{or_none(line.now)}</td>
                <td class="num-text" data-label=label("wanted")>{line.wanted}</td>
                <td class="when" data-label=label("asked")>{time::moment(ui, line.asked_at)}</td>
            </tr>
        }
    });
    let sheet = shown.map(|line| view! { <Decide line=line /> }.into_any());
    view! {
        <ConsolePage title=tr!(ui, "people.correction.title") sheet=sheet>
            <Tools asked=asked />
            {match empty {
                true => view! { <Empty icon="circle-check" title=tr!(ui, "people.correction.none") /> }.into_any(),
                false => view! {
                    <Table caption=tr!(ui, "people.correction.title") heads=heads.to_vec()>{rows.collect_view()}</Table>
                    <Pager next=page.next query=more />
                }.into_any(),
            }}
        </ConsolePage>
    }
}

fn or_none(text: String) -> String {
    if text.is_empty() { "—".to_owned() } else { text }
}

#[component]
fn Tools(asked: Asked) -> impl IntoView {
    let ui = ui();
    let export = format!("{CORRECTIONS}.xlsx?{}", asked.narrowed());
    let states = CorrectionState::ALL.iter().map(|state| {
        view! { <option value=state.code() selected=asked.state == state.code()>{state_text(ui, *state)}</option> }
    });
    let fields = CorrectedField::ALL.iter().map(|field| {
        view! { <option value=field.code() selected=asked.field == field.code()>{field_text(ui, *field)}</option> }
    });
    view! {
        <form class="tools" method="get" action=CORRECTIONS>
            <select name="state" aria-label=tr!(ui, "people.correction.head.state")>{states.collect_view()}</select>
            <select name="field" aria-label=tr!(ui, "people.correction.head.field")>
                <option value="">{tr!(ui, "people.correction.any")}</option>
                {fields.collect_view()}
            </select>
            <button class="btn" type="submit">{tr!(ui, "people.find")}</button>
            <ButtonLink href=export download=true>{tr!(ui, "people.export")}</ButtonLink>
        </form>
    }
}

#[component]
fn Decide(line: CorrectionLine) -> impl IntoView {
    let ui = ui();
    let waiting = line.state == CorrectionState::Pending;
    let sealed = matches!(line.field, CorrectedField::Phone | CorrectedField::IdNumber);
    let clear = value(CLEAR).filter(|clear| !clear.is_empty());
    let hidden = waiting && sealed && clear.is_none();
    let reason = line.reason.map(|reason| {
        let key = format!("people.correction.reason.{}", reason.code());
        view! { <p>{tr!(ui, &key)}</p> }
    });
    let none = (String::new(), tr!(ui, "people.unmask.choose"));
    let reasons = CorrectionReason::ALL.iter().map(|reason| {
        let key = format!("people.correction.reason.{}", reason.code());
        (reason.code().to_owned(), tr!(ui, &key))
    });
    let reasons = std::iter::once(none).chain(reasons).collect::<Vec<_>>();
    let action = format!("{CORRECTIONS}/{}", line.id);
    view! {
        <Sheet label=line.name.clone()>
            <div>
                <h2><a href=format!("/console/people?show={}", line.person)>{line.name.clone()}</a></h2>
                <p class="muted">{time::stamp(line.asked_at)}</p>
                <p><CorrectionTag state=line.state /></p>
                {reason}
            </div>
            <dl class="record">
                <dt>{tr!(ui, "people.correction.head.field")}</dt>
                <dd>{field_text(ui, line.field)}</dd>
                <dt>{tr!(ui, "people.correction.head.now")}</dt>
                <dd class="num">{or_none(line.now)}</dd>
                <dt>{tr!(ui, "people.correction.head.wanted")}</dt>
                <dd class="num">{clear.unwrap_or(line.wanted)}</dd>
            </dl>
            {hidden.then(|| view! {
                <form method="post" action=format!("{action}/show")>
                    <Button>{tr!(ui, "people.correction.show")}</Button>
                    <p class="hint">{tr!(ui, "people.unmask.told")}</p>
                </form>
            })}
            {waiting.then(|| view! {
                <Form action=action>
                    <Select name="reason" label=tr!(ui, "people.correction.why") hint=tr!(ui, "people.correction.why_hint") options=reasons />
                    <div class="acts">
                        <Button look=Look::Main name="decision" value="approve">{tr!(ui, "people.correction.approve")}</Button>
                        <Button name="decision" value="refuse">{tr!(ui, "people.correction.refuse")}</Button>
                    </div>
                </Form>
            })}
        </Sheet>
    }
}
