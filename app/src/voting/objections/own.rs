//! One's own objections to a vote, and the form for another.

use contract::ids::VoteId;
use contract::voting::{Ground, OTHER_HEAD, Objection, ObjectionState, OwnObjections, RollEntry, Stage};
use leptos::prelude::*;
use server::voting;

use super::StateTag;
use crate::ui::field::FieldMessage;
use crate::ui::page::{load, param};
use crate::ui::screen::ActionBar;
use crate::ui::time;
use crate::ui::*;
use crate::voting::parts::{door, page_of};

/// The page.
#[component]
pub fn ObjectionsPage() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    load(async move { voting::own_objections(&caller, &core, &id?).await }, |own| {
        let title = tr!(ui(), "voting.objection.title");
        view! { <StepPage title=title back=page_of(&own.vote, "")><Own own=own /></StepPage> }
    })
}

#[component]
fn Own(own: OwnObjections) -> impl IntoView {
    let ui = ui();
    let OwnObjections { vote, stage, until, heads, rows } = own;
    let action = page_of(&vote, "objections");
    let withdraw = format!("{action}/withdraw");
    let none = rows.is_empty();
    let rows = rows.into_iter().map(|row| view! { <Said row=row page=action.clone() withdraw=withdraw.clone() /> });
    let rows = rows.collect_view();
    let until = until.map(|at| time::moment(ui, at)).unwrap_or_default();
    view! {
        <div class="ballot-head">
            <h1>{vote.title.clone()}</h1>
            <p class="muted small">{vote.area_name.clone()}</p>
        </div>
        {match stage {
            Some(stage) => view! { <Say stage=stage until=until action=action heads=heads /> }.into_any(),
            None => view! { <Notice><p>{tr!(ui, "voting.objection.closed")}</p></Notice> }.into_any(),
        }}
        {(!none).then(|| view! {
            <section aria-labelledby="mine">
                <h2 id="mine">{tr!(ui, "voting.objection.mine")}</h2>
                <ul class="card said">{rows}</ul>
            </section>
        })}
    }
}

/// The form.
#[component]
fn Say(stage: Stage, until: String, action: String, heads: Vec<RollEntry>) -> impl IntoView {
    let ui = ui();
    let (intro, legend) = match stage {
        Stage::Roll => ("voting.objection.intro_roll", "voting.objection.what_roll"),
        Stage::Result => ("voting.objection.intro_result", "voting.objection.what_result"),
    };
    let grounds = Ground::ALL.iter().copied().filter(move |ground| ground.stage() == stage).map(move |ground| {
        let (title, detail) =
            (format!("voting.ground.{}", ground.code()), format!("voting.ground_text.{}", ground.code()));
        view! { <Choice name="ground" value=ground.code() title=tr!(ui, &title) detail=tr!(ui, &detail) /> }
    });
    let choose = stage == Stage::Roll && heads.len() > 1;
    let mut options = vec![(String::new(), tr!(ui, "voting.objection.which_none"))];
    options.extend(heads.into_iter().map(|entry| (entry.head, door(&entry.building_name, &entry.place))));
    options.push((OTHER_HEAD.to_owned(), tr!(ui, "voting.objection.which_other")));
    view! {
        <p>{tr!(ui, intro, at = until)}</p>
        <Form action=action files=true>
            <fieldset class="paper">
                <legend>{tr!(ui, legend)}</legend>
                <FieldMessage name="ground" />
                {grounds.collect_view()}
            </fieldset>
            {choose.then(|| view! {
                <Select name="head" label=tr!(ui, "voting.objection.which") hint=tr!(ui, "voting.objection.which_hint") options=options />
            })}
            <TextArea name="text" label=tr!(ui, "voting.objection.text") hint=tr!(ui, "voting.objection.text_hint") maxlength=500 />
            <Field name="photo" label=tr!(ui, "voting.objection.photo") hint=tr!(ui, "voting.objection.photo_hint") kind="file" accept="image/jpeg,image/png,image/webp" optional=true />
            <ActionBar>
                <Button look=Look::Main>{tr!(ui, "voting.objection.send")}</Button>
            </ActionBar>
        </Form>
    }
}

/// One that was made, and what came of it.
#[component]
fn Said(row: Objection, page: String, withdraw: String) -> impl IntoView {
    let ui = ui();
    let ground = format!("voting.ground.{}", row.ground.code());
    let photo = row.photo.is_some().then(|| format!("{page}/{}/photo.jpg", row.id));
    let open = row.state == ObjectionState::Open;
    view! {
        <li>
            <p><StateTag state=row.state /> " " <b>{tr!(ui, &ground)}</b> " " <span class="muted small num">{time::stamp(row.at)}</span></p>
            {row.place.map(|place| view! { <p class="muted small">{place}</p> })}
            <p class="words">{row.text}</p>
            {photo.map(|href| view! { <p><a class="link" href=href>{tr!(ui, "voting.objection.attachment")}</a></p> })}
            {row.reason.map(|reason| view! { <p class="words">{tr!(ui, "voting.objection.reason")} "：" {reason}</p> })}
            {open.then(|| view! {
                <form method="post" action=withdraw>
                    <Button look=Look::Quiet name="objection" value=row.id.to_string()>{tr!(ui, "voting.objection.withdraw")}</Button>
                </form>
            })}
        </li>
    }
}
