//! One list: how far it is, what would change, every refused row, and the decision.

use contract::ids::ImportId;
use contract::people::{ImportState, ImportView, RowFault, SheetCounts, SheetKind};
use contract::{Page, PageRequest};
use leptos::prelude::*;
use server::people;

use super::{IMPORTS, StateTag};
use crate::people::islands::FollowImport;
use crate::people::reasons::reason;
use crate::ui::form::refused;
use crate::ui::page::{load, param, query, text_of};
use crate::ui::*;

/// The page.
#[component]
pub fn ShowImport() -> impl IntoView {
    let (caller, core, id, page) = (caller(), core(), param::<ImportId>("id"), query::<PageRequest>());
    let look = async move {
        let id = id?;
        let import = people::import(&caller, &core, &id).await?;
        Ok((import, people::faults(&caller, &core, &id, page).await?))
    };
    load(look, |(import, faults)| view! { <Shown import=import faults=faults /> })
}

#[component]
fn Shown(import: ImportView, faults: Page<RowFault>) -> impl IntoView {
    let ui = ui();
    let line = import.line.clone();
    let title = tr!(ui, "people.import.of", area = line.area.name);
    let back = view! { <ButtonLink href=IMPORTS>{tr!(ui, "people.import.all")}</ButtonLink> };
    let counted = !matches!(line.state, ImportState::Checking | ImportState::Unreadable);
    let refused_rows = line.counts.total(|c| c.refused);
    let follow = line.state.moves().then(|| view! {
        <FollowImport
            progress=import.progress
            stream=format!("{IMPORTS}/{}/stream", line.id)
            unit=tr!(ui, "people.import.unit")
        />
        <noscript><p><ButtonLink href=format!("{IMPORTS}/{}", line.id)>{tr!(ui, "people.import.again")}</ButtonLink></p></noscript>
    });
    let (cut, stuck) = (import.progress.done, import.stuck);
    let told = match line.state {
        ImportState::Dropped if cut > 0 => tr!(ui, "people.import.told.cut", n = cut, all = import.progress.rows),
        state => {
            let key = format!("people.import.told.{}", state.code());
            tr!(ui, &key)
        }
    };
    let until = (line.state == ImportState::Checked).then(|| time::date(import.until));
    let fewer = line.state == ImportState::Done && !import.partial && refused_rows > 0;
    let unreadable = import.unreadable.map(|fault| {
        let place = [fault.sheet.map(|s| sheet_name(ui, s)), fault.column.map(|c| c.heading().to_owned())];
        let place = place.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let why = reason(&fault, ui.locale);
        view! { <Notice tone=Tone::Error><strong>{why}</strong><p>{place}</p></Notice> }
    });
    let listed = line.state != ImportState::Unreadable && !faults.rows.is_empty();
    view! {
        <ConsolePage title=title actions=back.into_any()>
            {refused().map(|error| view! { <Notice tone=Tone::Error><p>{text_of(ui, &error)}</p></Notice> })}
            <p class="import-state">
                <StateTag state=line.state />
                <span class="muted">
                    {time::stamp(line.at)} " " {line.by.clone().unwrap_or_default()}
                </span>
            </p>
            <p>{told}</p>
            {until.map(|day| view! { <p class="muted">{tr!(ui, "people.import.until", day = day)}</p> })}
            {fewer.then(|| view! { <Notice tone=Tone::Warning><p>{tr!(ui, "people.import.fewer", n = refused_rows)}</p></Notice> })}
            {(line.state == ImportState::Done && import.partial).then(|| view! { <p>{tr!(ui, "people.import.left_out")}</p> })}
            {unreadable}
            {follow}
            {stuck.then(|| view! { <Stuck id=line.id.clone() /> })}
            {counted.then(|| view! { <Counts counts=line.counts.0 /> })}
            {(line.state == ImportState::Checked).then(|| view! { <Decide id=line.id.clone() refused_rows=refused_rows /> })}
            {listed.then(|| view! { <Refused id=line.id.clone() total=refused_rows faults=faults /> })}
        </ConsolePage>
    }
}

/// A sheet's name in the reader's language.
fn sheet_name(ui: Ui, sheet: SheetKind) -> String {
    let key = format!("people.import.sheet.{}", sheet.code());
    tr!(ui, &key)
}

#[component]
fn Counts(counts: [SheetCounts; 3]) -> impl IntoView {
    let ui = ui();
    let label = move |head: &str| {
        let key = format!("people.import.count.{head}");
        tr!(ui, &key)
    };
    let heads = ["sheet", "new", "changed", "unchanged", "refused", "ended"].map(label);
    let rows = SheetKind::ALL.into_iter().zip(counts).filter(|(_, c)| c.rows() > 0).map(move |(sheet, c)| {
        let ended = if sheet == SheetKind::Owners { c.ended.to_string() } else { "—".to_owned() };
        view! {
            <tr>
                <th scope="row">{sheet_name(ui, sheet)}</th>
                <td class="num" data-label=label("new")>{c.new}</td>
                <td class="num" data-label=label("changed")>{c.changed}</td>
                <td class="num" data-label=label("unchanged")>{c.unchanged}</td>
                <td class="num" data-label=label("refused")>{c.refused}</td>
                <td class="num" data-label=label("ended")>{ended}</td>
            </tr>
        }
    });
    view! { <Table caption=tr!(ui, "people.import.found") heads=heads.to_vec() numbers=&[1, 2, 3, 4, 5]>{rows.collect_view()}</Table> }
}

#[component]
fn Decide(id: ImportId, refused_rows: i64) -> impl IntoView {
    let ui = ui();
    let partial = (refused_rows > 0).then(|| {
        let title = tr!(ui, "people.import.partial", n = refused_rows);
        view! { <Choice name="partial" value="1" title=title detail=tr!(ui, "people.import.partial_hint") many=true /> }
    });
    view! {
        <section class="import-decide" aria-labelledby="decide">
            <h2 id="decide">{tr!(ui, "people.import.decide")}</h2>
            <Form action=format!("{IMPORTS}/{id}/start")>
                {partial}
                <Button look=Look::Main>{tr!(ui, "people.import.start")}</Button>
            </Form>
            <Form action=format!("{IMPORTS}/{id}/drop")>
                <Button look=Look::Quiet>{tr!(ui, "people.import.drop")}</Button>
            </Form>
        </section>
    }
}

/// The work was given up: the list can be ended.
#[component]
fn Stuck(id: ImportId) -> impl IntoView {
    let ui = ui();
    view! {
        <Notice tone=Tone::Error><p>{tr!(ui, "people.import.stuck")}</p></Notice>
        <form method="post" action=format!("{IMPORTS}/{id}/drop")>
            <Button>{tr!(ui, "people.import.end")}</Button>
        </form>
    }
}

#[component]
fn Refused(id: ImportId, total: i64, faults: Page<RowFault>) -> impl IntoView {
    let ui = ui();
    let label = move |head: &str| {
        let key = format!("people.import.head.{head}");
        tr!(ui, &key)
    };
    let heads = ["sheet", "row", "column", "reason"].map(label);
    let rows = faults.rows.into_iter().map(move |fault| {
        let sheet = fault.sheet.map_or_else(|| "—".to_owned(), |sheet| sheet_name(ui, sheet));
        let column = fault.column.map_or("—", |column| column.heading());
        view! {
            <tr>
                <td data-label=label("sheet")>{sheet}</td>
                <td class="num" data-label=label("row")>{fault.row}</td>
                <td data-label=label("column")>{column}</td>
                <td data-label=label("reason")>{reason(&fault, ui.locale)}</td>
            </tr>
        }
    });
    view! {
        <section aria-labelledby="refused">
            <div class="head">
                <h2 id="refused">{tr!(ui, "people.import.refused_rows", n = total)}</h2>
                <ButtonLink href=format!("{IMPORTS}/{id}/faults.xlsx") download=true>{tr!(ui, "people.export")}</ButtonLink>
            </div>
            <Table caption=tr!(ui, "people.import.refused") heads=heads.to_vec() numbers=&[1]>{rows.collect_view()}</Table>
            <Pager next=faults.next />
        </section>
    }
}
