//! One person beside the list: sealed fields, household, what they own.

use contract::people::{Home, Member, PersonDetail, PersonRow, SealedField, UnmaskReason};
use leptos::prelude::*;
use server::identity::Verb;

use crate::people::api::CLEAR;
use crate::ui::field::FieldMessage;
use crate::ui::form::{issue, value};
use crate::ui::measure::square_metres;
use crate::ui::*;

/// The sheet.
#[component]
pub fn PersonSheet(
    /// The person.
    detail: PersonDetail,
    /// The list's query, so that a form leads back to it.
    list: String,
) -> impl IntoView {
    let ui = ui();
    let PersonDetail { person, trail, household, homes } = detail;
    let place = trail.into_iter().map(|area| area.name).collect::<Vec<_>>().join(" › ");
    let may_unmask = caller().allow_somewhere(Verb::PeopleUnmask).is_ok();
    let may_tie = caller().allow_somewhere(Verb::PeopleCorrect).is_ok();
    let tie = may_tie.then(|| view! { <TieForm person=person.clone() list=list.clone() /> });
    let form = may_unmask.then(|| view! { <UnmaskForm person=person.clone() list=list /> });
    view! {
        <Sheet label=person.name.clone()>
            <div>
                <h2>{person.name.clone()}</h2>
                <p class="muted">{person.address.clone()}</p>
                <p class="muted">{place}</p>
            </div>
            <dl class="record">
                <dt>{tr!(ui, "people.head.born")}</dt>
                <dd class="num">{person.born.clone()}</dd>
                <dt>{tr!(ui, "people.head.phone")}</dt>
                <dd class="num">{shown(SealedField::Phone, person.phone.clone())}</dd>
                <dt>{tr!(ui, "people.head.id_number")}</dt>
                <dd class="num">{shown(SealedField::IdNumber, person.id_number.clone())}</dd>
            </dl>
            {form}
            {tie}
            <Owned homes=homes />
            <Living household=household linked=true />
        </Sheet>
    }
}

/// A sealed field: in clear right after it was asked for, masked otherwise.
fn shown(field: SealedField, masked: Option<String>) -> String {
    let asked = value("field").as_deref() == Some(field.code());
    let clear = asked.then(|| value(CLEAR)).flatten().filter(|clear| !clear.is_empty());
    clear.or(masked).unwrap_or_else(|| "—".to_owned())
}

/// Why, and which field; the person concerned is told.
#[component]
fn UnmaskForm(person: PersonRow, list: String) -> impl IntoView {
    let ui = ui();
    let none = (String::new(), tr!(ui, "people.unmask.choose"));
    let reasons = UnmaskReason::ALL.map(|reason| {
        let key = format!("people.reason.{}", reason.code());
        (reason.code().to_owned(), tr!(ui, &key))
    });
    let options = std::iter::once(none).chain(reasons).collect::<Vec<_>>();
    let known = [(SealedField::Phone, person.phone.is_some()), (SealedField::IdNumber, person.id_number.is_some())];
    let buttons = known.into_iter().filter(|(_, known)| *known).map(move |(field, _)| {
        let key = format!("people.unmask.{}", field.code());
        view! { <Button name="field" value=field.code()>{tr!(ui, &key)}</Button> }
    });
    view! {
        <Form action="/console/people/unmask">
            <input type="hidden" name="person" value=person.id.to_string() />
            <input type="hidden" name="list" value=list />
            <Select
                name="reason"
                label=tr!(ui, "people.unmask.reason")
                hint=tr!(ui, "people.unmask.told")
                options=options
            />
            <div class="acts">{buttons.collect_view()}</div>
        </Form>
    }
}

/// Ties the account of a phone to the person, who stands at the desk with their card.
#[component]
fn TieForm(person: PersonRow, list: String) -> impl IntoView {
    let ui = ui();
    let wrong = ["phone", "seen"].iter().any(|field| issue(field).is_some());
    view! {
        <details class="more" open=wrong>
            <summary>{tr!(ui, "people.tie.title")}</summary>
            <Form action="/console/people/tie">
                <input type="hidden" name="person" value=person.id.to_string() />
                <input type="hidden" name="list" value=list />
                <Field
                    name="phone"
                    label=tr!(ui, "people.tie.phone")
                    hint=tr!(ui, "people.tie.hint")
                    kind="tel"
                    autocomplete="off"
                    inputmode="numeric"
                    maxlength=20
                />
                <Choice name="seen" value="1" title=tr!(ui, "people.tie.seen") many=true />
                <FieldMessage name="seen" />
                <Button>{tr!(ui, "people.tie.send")}</Button>
            </Form>
        </details>
    }
}

/// What somebody owns.
#[component]
pub fn Owned(
    /// In order of place.
    homes: Vec<Home>,
) -> impl IntoView {
    let ui = ui();
    let rows = homes.into_iter().map(|home| {
        let area = square_metres(home.area_dm2);
        let whole = home.share.num == home.share.den;
        let (num, den) = (home.share.num, home.share.den);
        let detail = if whole {
            tr!(ui, "people.home", area = area)
        } else {
            tr!(ui, "people.home_share", area = area, num = num, den = den)
        };
        view! { <li><span class="item"><span class="body"><b>{home.address}</b><span class="detail">{detail}</span></span></span></li> }
    });
    let rows = rows.collect::<Vec<_>>();
    let none = rows.is_empty();
    view! {
        <section>
            <h3>{tr!(ui, "people.homes")}</h3>
            {if none {
                view! { <p class="muted">{tr!(ui, "people.no_homes")}</p> }.into_any()
            } else {
                view! { <List>{rows.collect_view()}</List> }.into_any()
            }}
        </section>
    }
}

/// Who lives with somebody.
#[component]
pub fn Living(
    /// Everybody else of the household.
    household: Vec<Member>,
    /// Does each lead to their own page of the registry?
    #[prop(optional)]
    linked: bool,
) -> impl IntoView {
    let ui = ui();
    if household.is_empty() {
        return view! { <p class="muted">{tr!(ui, "people.alone")}</p> }.into_any();
    }
    let rows = household.into_iter().map(move |Member { id, name, born }| {
        if linked {
            return view! { <ListLink href=format!("/console/people?show={id}") title=name detail=born /> }.into_any();
        }
        view! { <li><span class="item"><span class="body"><b>{name}</b><span class="detail">{born}</span></span></span></li> }
            .into_any()
    });
    view! {
        <section>
            <h3>{tr!(ui, "people.household")}</h3>
            <List>{rows.collect_view()}</List>
        </section>
    }
    .into_any()
}
