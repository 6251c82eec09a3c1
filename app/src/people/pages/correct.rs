//! 更正: a resident says what is wrong in their record.

use contract::people::{CorrectedField, CorrectionLine, CorrectionState};
use leptos::prelude::*;
use server::people;

use super::corrections::{CorrectionTag, field_text};
use crate::ui::page::load;
use crate::ui::*;

/// The form's path.
pub const CORRECT: &str = "/me/record/correct";

/// The page.
#[component]
pub fn Correct() -> impl IntoView {
    let (caller, core) = (caller(), core());
    load(async move { people::own_record(&caller, &core).await }, |_| {
        let ui = ui();
        let none = (String::new(), tr!(ui, "people.unmask.choose"));
        let fields = CorrectedField::ALL.iter().map(|field| (field.code().to_owned(), field_text(ui, *field)));
        let fields = std::iter::once(none).chain(fields).collect::<Vec<_>>();
        view! {
            <StepPage title=tr!(ui, "people.correct.title") back="/me/record">
                <h1>{tr!(ui, "people.correct.title")}</h1>
                <p class="muted">{tr!(ui, "people.correct.how")}</p>
                <Form action=CORRECT>
                    <Select name="field" label=tr!(ui, "people.correct.field") options=fields />
                    <Field name="value" label=tr!(ui, "people.correct.value") hint=tr!(ui, "people.correct.value_hint") maxlength=60 />
                    <Button look=Look::Main>{tr!(ui, "people.correct.send")}</Button>
                </Form>
            </StepPage>
        }
    })
}

/// What the reader asked for, beside their record.
#[component]
pub fn OwnCorrections(
    /// Newest first.
    lines: Vec<CorrectionLine>,
) -> impl IntoView {
    let ui = ui();
    let rows = lines.into_iter().map(|line| view! { <Own line=line /> }).collect::<Vec<_>>();
    let none = rows.is_empty();
    view! {
        <section aria-labelledby="corrections">
            <h2 id="corrections">{tr!(ui, "people.correct.own")}</h2>
            {(!none).then(|| view! { <List>{rows.collect_view()}</List> })}
            <div class="acts"><ButtonLink href=CORRECT>{tr!(ui, "people.correct.open")}</ButtonLink></div>
        </section>
    }
}

#[component]
fn Own(line: CorrectionLine) -> impl IntoView {
    let ui = ui();
    let reason = line.reason.map(|reason| {
        let key = format!("people.correction.reason.{}", reason.code());
        view! { <span class="detail">{tr!(ui, &key)}</span> }
    });
    let withdraw = (line.state == CorrectionState::Pending).then(|| {
        view! {
            <form method="post" action=format!("/me/record/corrections/{}/withdraw", line.id)>
                <Button look=Look::Quiet>{tr!(ui, "people.correct.withdraw")}</Button>
            </form>
        }
    });
    view! {
        <li>
            <span class="item">
                <span class="body">
                    <b>{field_text(ui, line.field)} "：" {line.wanted}</b>
                    <span class="detail num">{time::moment(ui, line.asked_at)}</span>
                    {reason}
                    {withdraw}
                </span>
                <CorrectionTag state=line.state />
            </span>
        </li>
    }
}
