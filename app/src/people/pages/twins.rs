//! Entries that may be one person: the pairs of a community, two side by side, the decision.

use contract::people::{MergePersons, PersonDetail, PersonRow, SideBySide, Twins, TwinsFound};
use contract::{AreaId, Error, PageRequest};
use leptos::prelude::*;
use serde::Deserialize;
use server::people;

use super::sheet::{Living, Owned};
use crate::ui::form::refused;
use crate::ui::page::{load, query, text_of};
use crate::ui::*;

/// The list's path.
pub const TWINS: &str = "/console/people/twins";
/// The decision's path.
pub const MERGE: &str = "/console/people/merge";

/// What the list's address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    area: String,
    after: Option<String>,
}

/// The page of the pairs.
#[component]
pub fn TwinList() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<Asked>());
    let look = async move {
        let area: Option<AreaId> = asked.area.parse().ok();
        people::twins(&caller, &core, area, PageRequest { after: asked.after, size: None }).await
    };
    load(look, |found| view! { <Found found=found /> })
}

#[component]
fn Found(found: TwinsFound) -> impl IntoView {
    let ui = ui();
    let TwinsFound { trail, inside, pairs } = found;
    let area = trail.last().map(|area| format!("area={}&", area.id)).unwrap_or_default();
    let place = trail.into_iter().map(|area| area.name).collect::<Vec<_>>().join(" › ");
    let label = move |head: &str| {
        let key = format!("people.twins.head.{head}");
        tr!(ui, &key)
    };
    let heads = ["name", "first", "second", "why"].map(label);
    let empty = pairs.rows.is_empty() && pairs.next.is_none() && inside.is_empty();
    let narrow = (!inside.is_empty()).then(|| {
        let links =
            inside.into_iter().map(|area| view! { <a href=format!("{TWINS}?area={}", area.id)>{area.name}</a> });
        view! {
            <nav class="areas" aria-label=tr!(ui, "people.import.narrow")>
                <span class="muted">{tr!(ui, "people.import.narrow")}</span>
                {links.collect_view()}
            </nav>
        }
    });
    let (listed, more) = (!pairs.rows.is_empty(), pairs.next.is_some());
    let rows = pairs.rows.into_iter().map(move |Twins { first, second, same_day }| {
        let href = format!("{MERGE}?keep={}&lose={}", first.id, second.id);
        let why = if same_day { "people.twins.same_day" } else { "people.twins.same_phone" };
        view! {
            <tr>
                <th scope="row"><a href=href>{first.name.clone()}</a></th>
                <td data-label=label("first")>{told(&first)}</td>
                <td data-label=label("second")>{told(&second)}</td>
                <td data-label=label("why")>{tr!(ui, why)}</td>
            </tr>
        }
    });
    view! {
        <ConsolePage title=tr!(ui, "people.twins.title")>
            <p class="muted">{place}</p>
            {narrow}
            {empty.then(|| view! { <Empty icon="circle-check" title=tr!(ui, "people.twins.none") /> })}
            {listed.then(|| view! {
                <Table caption=tr!(ui, "people.twins.title") heads=heads.to_vec()>{rows.collect_view()}</Table>
            })}
            {more.then(|| view! { <Pager next=pairs.next query=area /> })}
        </ConsolePage>
    }
}

/// What tells two entries apart, in a line.
fn told(person: &PersonRow) -> String {
    let parts = [Some(person.born.clone()), person.phone.clone(), Some(person.address.clone())];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The page of the decision.
#[component]
pub fn Merge() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<Pair>());
    let look = async move {
        let (Some(keep), Some(lose)) = (asked.keep.parse().ok(), asked.lose.parse().ok()) else {
            return Err(Error::NotFound.into());
        };
        people::side_by_side(&caller, &core, MergePersons { keep, lose }).await
    };
    load(look, |pair| view! { <Beside pair=pair /> })
}

/// What the decision's address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Pair {
    keep: String,
    lose: String,
}

#[component]
fn Beside(pair: SideBySide) -> impl IntoView {
    let ui = ui();
    let SideBySide { keep, lose, before } = pair;
    let (kept, lost) = (keep.person.id.to_string(), lose.person.id.to_string());
    let swap = format!("{MERGE}?keep={lost}&lose={kept}");
    let before = before.into_iter().map(|at| {
        let day = time::date(at);
        view! { <li>{tr!(ui, "people.merge.before", day = day)}</li> }
    });
    let before = before.collect::<Vec<_>>();
    view! {
        <ConsolePage title=tr!(ui, "people.merge.title")>
            {refused().map(|error| view! { <Notice tone=Tone::Error><p>{text_of(ui, &error)}</p></Notice> })}
            <div class="beside">
                <Entry title=tr!(ui, "people.merge.keep") detail=keep />
                <Entry title=tr!(ui, "people.merge.lose") detail=lose />
            </div>
            {(!before.is_empty()).then(|| view! { <ul class="muted">{before.collect_view()}</ul> })}
            <p>{tr!(ui, "people.merge.what")}</p>
            <form method="post" action=MERGE class="acts">
                <input type="hidden" name="keep" value=kept />
                <input type="hidden" name="lose" value=lost />
                <Button look=Look::Main>{tr!(ui, "people.merge.do")}</Button>
                <ButtonLink href=swap>{tr!(ui, "people.merge.swap")}</ButtonLink>
                <ButtonLink href=TWINS look=Look::Quiet>{tr!(ui, "people.merge.not")}</ButtonLink>
            </form>
        </ConsolePage>
    }
}

#[component]
fn Entry(title: String, detail: PersonDetail) -> impl IntoView {
    let ui = ui();
    let PersonDetail { person, household, homes, .. } = detail;
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "—".to_owned());
    let name = title.clone();
    view! {
        <section class="card" aria-label=name>
            <p class="muted">{title}</p>
            <h2>{person.name}</h2>
            <dl class="record">
                <dt>{tr!(ui, "people.head.born")}</dt>
                <dd class="num">{person.born}</dd>
                <dt>{tr!(ui, "people.head.phone")}</dt>
                <dd class="num">{or_none(person.phone)}</dd>
                <dt>{tr!(ui, "people.head.id_number")}</dt>
                <dd class="num">{or_none(person.id_number)}</dd>
                <dt>{tr!(ui, "people.head.address")}</dt>
                <dd>{person.address}</dd>
            </dl>
            <Owned homes=homes />
            <Living household=household />
        </section>
    }
}
