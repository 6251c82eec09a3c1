//! The table of objections to a vote, and the decision beside it.

use contract::Page;
use contract::ids::{ObjectionId, VoteId};
use contract::voting::{Ground, ObjectionFilter, ObjectionLine, ObjectionState, RollEntry, Stage, VoteSummary};
use leptos::prelude::*;
use server::voting;

use super::StateTag;
use crate::ui::field::FieldMessage;
use crate::ui::form::value;
use crate::ui::page::{load, param, query};
use crate::ui::time;
use crate::ui::*;
use crate::voting::parts::door;

/// The page.
#[component]
pub fn ObjectionTable() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<VoteId>("id"), query::<ObjectionFilter>());
    let wanted = asked.clone();
    let (show, phone) = (shown_row::<ObjectionId>(), value("phone"));
    let look = async move {
        let (vote, page) = voting::objections(&caller, &core, &id?, wanted).await?;
        let shown = shown(&page, show.as_ref()).cloned();
        let heads = match &shown {
            Some(line) if decidable(line) => {
                voting::objection_heads(&caller, &core, &line.objection.id, phone.as_deref()).await?
            }
            _ => Vec::new(),
        };
        Ok((vote, page, shown, heads))
    };
    load(look, move |(vote, page, shown, heads)| {
        view! { <Listed asked=asked vote=vote page=page shown=shown heads=heads /> }
    })
}

/// The objection in the sheet: the one asked for, else the first that waits.
fn shown<'a>(page: &'a Page<ObjectionLine>, show: Option<&ObjectionId>) -> Option<&'a ObjectionLine> {
    match show {
        Some(id) => page.rows.iter().find(|line| line.objection.id == *id),
        None => page.rows.iter().find(|line| line.objection.state == ObjectionState::Open).or(page.rows.first()),
    }
}

/// Waits for a decision that changes one head of the roll.
fn decidable(line: &ObjectionLine) -> bool {
    line.objection.state == ObjectionState::Open && line.objection.ground.names_head()
}

#[component]
fn Listed(
    asked: ObjectionFilter,
    vote: VoteSummary,
    page: Page<ObjectionLine>,
    shown: Option<ObjectionLine>,
    heads: Vec<RollEntry>,
) -> impl IntoView {
    let ui = ui();
    let address = format!("/console/voting/{}/objections", vote.id);
    let at = ListAt::new(address, &[("stage", &asked.stage), ("state", &asked.state)], asked.after.as_deref());
    let selected = shown.as_ref().map(|line| line.objection.id.clone());
    let sheet = shown.map(|line| view! { <Decide vote=vote.id.clone() line=line heads=heads /> }.into_any());
    let rows = page.rows.into_iter().map(|line| {
        let (href, here) = (at.showing(&line.objection.id), selected.as_ref() == Some(&line.objection.id));
        view! { <Line line=line href=href selected=here /> }.into_any()
    });
    let rows = rows.collect();
    let heads = ["at", "name", "address", "ground", "state"].map(|head| {
        let key = format!("voting.objection.head.{head}");
        tr!(ui, &key)
    });
    let none = view! { <Empty icon="circle-check" title=tr!(ui, "voting.objection.none") /> }.into_any();
    let workbook = at.workbook();
    view! {
        <ConsolePage title=tr!(ui, "voting.objection.of", title = vote.title.clone()) sheet=sheet>
            <ListTools at=at.clone() narrow=narrow(ui) workbook=workbook>
                <ButtonLink href=format!("/console/voting/{}", vote.id)>{tr!(ui, "ui.back")}</ButtonLink>
            </ListTools>
            <ListRows at=at caption=tr!(ui, "voting.objection.title") heads=heads.to_vec() none=none rows=rows next=page.next />
        </ConsolePage>
    }
}

fn narrow(ui: Ui) -> Vec<Narrow> {
    let stages = Stage::ALL.iter().map(|stage| {
        let key = format!("voting.objection.stage.{}", stage.code());
        (stage.code().to_owned(), tr!(ui, &key))
    });
    let states = ObjectionState::ALL.iter().map(|state| {
        let key = format!("voting.objection.state.{}", state.code());
        (state.code().to_owned(), tr!(ui, &key))
    });
    vec![
        Narrow::by("stage", tr!(ui, "voting.objection.stage"), tr!(ui, "voting.objection.stage.all"), stages),
        Narrow::by("state", tr!(ui, "voting.objection.head.state"), tr!(ui, "voting.console.all_phases"), states),
    ]
}

#[component]
fn Line(line: ObjectionLine, href: String, selected: bool) -> impl IntoView {
    let ui = ui();
    let label = move |head: &str| {
        let key = format!("voting.objection.head.{head}");
        tr!(ui, &key)
    };
    let ground = format!("voting.ground.{}", line.objection.ground.code());
    view! {
        <tr aria-selected=selected.to_string()>
            <td class="num-text" data-label=label("at")>{time::stamp(line.objection.at)}</td>
            <th scope="row"><a href=href>{line.name}</a></th>
            <td data-label=label("address")>{line.address}</td>
            <td data-label=label("ground")>{tr!(ui, &ground)}</td>
            <td data-label=label("state")><StateTag state=line.objection.state /></td>
        </tr>
    }
}

/// What was said, and the decision.
#[component]
fn Decide(vote: VoteId, line: ObjectionLine, heads: Vec<RollEntry>) -> impl IntoView {
    let ui = ui();
    let ObjectionLine { objection, name, address } = line;
    let ground = format!("voting.ground.{}", objection.ground.code());
    let photo = objection.photo.is_some().then(|| format!("/voting/{vote}/objections/{}/photo.jpg", objection.id));
    let open = objection.state == ObjectionState::Open;
    let action = format!("/console/voting/{vote}/objections");
    view! {
        <Sheet label=tr!(ui, "voting.objection.title")>
            <div>
                <p><StateTag state=objection.state /> " " <span class="muted num">{time::stamp(objection.at)}</span></p>
                <h2>{tr!(ui, &ground)}</h2>
                <p class="muted">{name} " · " {address}</p>
            </div>
            {objection.place.map(|place| view! { <p>{tr!(ui, "voting.objection.about", place = place)}</p> })}
            <p class="words">{objection.text}</p>
            {photo.map(|href| view! { <p><a class="link" href=href>{tr!(ui, "voting.objection.attachment")}</a></p> })}
            {objection.reason.map(|reason| view! {
                <p class="words"><b>{tr!(ui, "voting.objection.reason")}</b> "：" {reason}</p>
            })}
            {open.then(|| view! { <DecisionFields action=action id=objection.id ground=objection.ground meant=objection.head heads=heads /> })}
        </Sheet>
    }
}

#[component]
fn DecisionFields(
    action: String,
    id: ObjectionId,
    ground: Ground,
    /// The head that the author means.
    meant: String,
    /// The heads that can be changed.
    heads: Vec<RollEntry>,
) -> impl IntoView {
    let ui = ui();
    let choose = heads.len() > 1;
    let mut options = vec![(String::new(), tr!(ui, "voting.objection.which_none"))];
    options.extend(heads.into_iter().map(|entry| (entry.head, door(&entry.building_name, &entry.place))));
    let with_area = matches!(ground, Ground::Missing | Ground::WrongArea);
    let with_phone = ground.stage() == Stage::Roll;
    view! {
        <Form action=action>
            <input type="hidden" name="objection" value=id.to_string() />
            <fieldset class="either">
                <legend>{tr!(ui, "voting.objection.decision")}</legend>
                <FieldMessage name="decision" />
                <Choice name="decision" value="granted" title=tr!(ui, "voting.objection.grant") />
                <Choice name="decision" value="refused" title=tr!(ui, "voting.objection.refuse") />
            </fieldset>
            <TextArea name="reason" label=tr!(ui, "voting.objection.reason") hint=tr!(ui, "voting.objection.reason_hint") rows=3 maxlength=500 />
            {choose.then(|| view! {
                <Select name="head" label=tr!(ui, "voting.objection.which_change") options=options value=meant />
            })}
            {with_area.then(|| view! {
                <Field name="area" label=tr!(ui, "voting.objection.area") hint=tr!(ui, "voting.objection.area_hint") inputmode="decimal" optional=true />
            })}
            {with_phone.then(|| view! {
                <Field name="phone" label=tr!(ui, "voting.objection.phone") hint=tr!(ui, "voting.objection.phone_hint") kind="tel" optional=true />
            })}
            <Button look=Look::Main>{tr!(ui, "voting.objection.decide")}</Button>
        </Form>
    }
}
