//! The draft: kind, title, area, dates, and the paper.

use contract::ids::VoteId;
use contract::people::AreaName;
use contract::voting::{DraftForm, HeadUnit, Secrecy, VoteKind};
use leptos::prelude::*;
use serde::Deserialize;
use server::voting;

use super::candidates::CandidateRows;
use super::items::ItemRows;
use crate::ui::form::value;
use crate::ui::page::{load, param, query};
use crate::ui::*;

/// What the address of a new draft may name.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// A vote to begin from: last year's, say.
    from: Option<VoteId>,
    /// A kind's code.
    kind: Option<String>,
}

/// A new draft, empty or begun from an earlier vote.
#[component]
pub fn NewVote() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<Asked>());
    let look = async move {
        let draft = match &asked.from {
            Some(from) => voting::copy_form(&caller, &core, from).await?,
            None => DraftForm { kind: asked.kind.unwrap_or_default(), ..DraftForm::default() },
        };
        Ok((draft, voting::places(&caller, &core).await?))
    };
    load(look, |(draft, places)| {
        let title = tr!(ui(), "voting.console.new");
        view! {
            <ConsolePage title=title>
                <Kinds kind=kind_of(&draft) />
                <Draft draft=draft places=places action="/console/voting/new" back="/console/voting" />
            </ConsolePage>
        }
    })
}

/// A draft once more.
#[component]
pub fn EditVote() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    let look = async move {
        let id = id?;
        let draft = voting::draft_form(&caller, &core, &id).await?;
        Ok((id, draft, voting::places(&caller, &core).await?))
    };
    load(look, |(id, draft, places)| {
        let page = format!("/console/voting/{id}");
        view! {
            <ConsolePage title=tr!(ui(), "voting.console.edit")>
                <Draft draft=draft places=places action=format!("{page}/edit") back=page />
            </ConsolePage>
        }
    })
}

/// What was sent comes first: the form is shown again as the kind that it was.
fn kind_of(draft: &DraftForm) -> VoteKind {
    let sent = value("kind").and_then(|code| VoteKind::from_code(&code));
    sent.unwrap_or_else(|| draft.kind())
}

/// The three kinds; each has a form of its own.
#[component]
fn Kinds(kind: VoteKind) -> impl IntoView {
    let ui = ui();
    let links = VoteKind::ALL.iter().map(|one| {
        let key = format!("voting.kind.{}", one.code());
        let current = (*one == kind).then_some("page");
        view! { <a href=format!("/console/voting/new?kind={}", one.code()) aria-current=current>{tr!(ui, &key)}</a> }
    });
    view! { <nav class="kinds" aria-label=tr!(ui, "voting.console.kind")>{links.collect_view()}</nav> }
}

#[component]
fn Draft(
    draft: DraftForm,
    places: Vec<AreaName>,
    #[prop(into)] action: String,
    #[prop(into)] back: String,
) -> impl IntoView {
    let ui = ui();
    let kind = kind_of(&draft);
    let choose = (String::new(), tr!(ui, "voting.console.choose_area"));
    let places = places.into_iter().map(|place| (place.id.to_string(), place.name));
    let places: Vec<_> = std::iter::once(choose).chain(places).collect();
    let kept = format!("{action}#{}", kind.code());
    let beside = match kind {
        VoteKind::Election => view! { <Field name="seats" label=tr!(ui, "voting.console.seats") hint=tr!(ui, "voting.console.seats_hint") kind="number" inputmode="numeric" value=draft.seats.clone() /> }
        .into_any(),
        VoteKind::Resolution => ().into_any(),
        VoteKind::Poll => {
            let units = [HeadUnit::Persons, HeadUnit::Households].map(|unit| option(ui, "unit", unit.code())).to_vec();
            view! { <Select name="unit" label=tr!(ui, "voting.console.unit") options=units value=draft.unit.clone() /> }.into_any()
        }
    };
    let secrecy = Secrecy::ALL.iter().map(|one| option(ui, "secrecy", one.code())).collect();
    let paper = match kind {
        VoteKind::Election => view! { <CandidateRows draft=draft.clone() /> }.into_any(),
        kind => view! { <ItemRows draft=draft.clone() kind=kind /> }.into_any(),
    };
    view! {
        <Form action=action files=true draft=kept>
            // What Enter presses: saving, not the first button in sight, which adds rows.
            <button type="submit" class="sr" tabindex="-1" aria-hidden="true"></button>
            <input type="hidden" name="kind" value=kind.code() />
            <Field name="title" label=tr!(ui, "voting.console.title") hint=tr!(ui, "voting.console.title_hint") value=draft.title.clone() maxlength=60 />
            <div class="fields">
                <Select name="area" label=tr!(ui, "voting.console.area") hint=tr!(ui, "voting.console.area_hint") options=places value=draft.area.clone() />
                {beside}
                <Select name="secrecy" label=tr!(ui, "voting.console.secrecy") options=secrecy value=draft.secrecy.clone() />
            </div>
            <div class="fields">
                <Field name="opens_at" label=tr!(ui, "voting.console.opens") kind="datetime-local" value=draft.opens_at.clone() />
                <Field name="closes_at" label=tr!(ui, "voting.console.closes") kind="datetime-local" value=draft.closes_at.clone() />
            </div>
            {paper}
            <div class="acts">
                <Button look=Look::Main>{tr!(ui, "voting.console.save")}</Button>
                <ButtonLink href=back>{tr!(ui, "voting.console.back")}</ButtonLink>
            </div>
        </Form>
    }
}

/// A code with its text.
fn option(ui: Ui, of: &str, code: &str) -> (String, String) {
    let text = match of {
        "unit" => {
            let key = format!("voting.unit.{code}");
            tr!(ui, &key)
        }
        _ => {
            let key = format!("voting.secret.{code}");
            tr!(ui, &key)
        }
    };
    (code.to_owned(), text)
}
