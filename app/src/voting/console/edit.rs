//! The draft: title, area, seats, dates, candidates.

use contract::ids::VoteId;
use contract::people::AreaName;
use contract::voting::DraftForm;
use leptos::prelude::*;
use serde::Deserialize;
use server::voting;

use super::candidates::CandidateRows;
use crate::ui::page::{load, param, query};
use crate::ui::*;

/// What the address of a new draft may name.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// A vote to begin from: last year's, say.
    from: Option<VoteId>,
}

/// A new draft, empty or begun from an earlier vote.
#[component]
pub fn NewVote() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<Asked>());
    let look = async move {
        let draft = match &asked.from {
            Some(from) => voting::copy_form(&caller, &core, from).await?,
            None => DraftForm::default(),
        };
        Ok((draft, voting::places(&caller, &core).await?))
    };
    load(look, |(draft, places)| {
        let title = tr!(ui(), "voting.console.new");
        view! {
            <ConsolePage title=title>
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

#[component]
fn Draft(
    draft: DraftForm,
    places: Vec<AreaName>,
    #[prop(into)] action: String,
    #[prop(into)] back: String,
) -> impl IntoView {
    let ui = ui();
    let choose = (String::new(), tr!(ui, "voting.console.choose_area"));
    let places = places.into_iter().map(|place| (place.id.to_string(), place.name));
    let places: Vec<_> = std::iter::once(choose).chain(places).collect();
    view! {
        <Form action=action.clone() files=true draft=action>
            // What Enter presses: saving, not the first button in sight, which adds rows.
            <button type="submit" class="sr" tabindex="-1" aria-hidden="true"></button>
            <Field name="title" label=tr!(ui, "voting.console.title") hint=tr!(ui, "voting.console.title_hint") value=draft.title.clone() maxlength=60 />
            <div class="fields">
                <Select name="area" label=tr!(ui, "voting.console.area") hint=tr!(ui, "voting.console.area_hint") options=places value=draft.area.clone() />
                <Field name="seats" label=tr!(ui, "voting.console.seats") hint=tr!(ui, "voting.console.seats_hint") kind="number" inputmode="numeric" value=draft.seats.clone() />
            </div>
            <div class="fields">
                <Field name="opens_at" label=tr!(ui, "voting.console.opens") kind="datetime-local" value=draft.opens_at.clone() />
                <Field name="closes_at" label=tr!(ui, "voting.console.closes") kind="datetime-local" value=draft.closes_at.clone() />
            </div>
            <CandidateRows draft=draft />
            <div class="acts">
                <Button look=Look::Main>{tr!(ui, "voting.console.save")}</Button>
                <ButtonLink href=back>{tr!(ui, "voting.console.back")}</ButtonLink>
            </div>
        </Form>
    }
}
