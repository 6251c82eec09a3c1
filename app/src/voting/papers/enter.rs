//! One paper: handing it out, and entering what stands on it. Made for the keyboard: every answer is a tab and
//! an arrow away, Enter sends, and the next code is read on the page after.

use contract::ids::VoteId;
use contract::voting::{Item, ItemKind, Marked, PaperLine, PaperSheet, PaperState, Phase};
use leptos::prelude::*;
use server::voting;

use super::StateTag;
use crate::ui::field::FieldMessage;
use crate::ui::form::chosen;
use crate::ui::measure::square_metres;
use crate::ui::page::{load, param};
use crate::ui::time;
use crate::ui::*;

/// The value that stands for a paper that cannot be counted.
const INVALID: &str = "invalid";

/// The page.
#[component]
pub fn EnterPaper() -> impl IntoView {
    let (caller, core, id, number) = (caller(), core(), param::<VoteId>("id"), param::<i64>("number"));
    load(
        async move { voting::paper_sheet(&caller, &core, &id?, number?).await },
        |sheet| view! { <Paper sheet=sheet /> },
    )
}

#[component]
fn Paper(sheet: PaperSheet) -> impl IntoView {
    let ui = ui();
    let now = core().clock.now();
    let address = format!("/console/voting/{}/papers", sheet.vote.id);
    let page = format!("{address}/{}", sheet.line.number);
    let running = matches!(sheet.vote.phase, Phase::Announced | Phase::Open);
    let enters = sheet.vote.phase == Phase::Open || (sheet.vote.phase == Phase::Closed && now < sheet.until);
    let scans = (1..=sheet.scans).map(|of| format!("{page}/scan.jpg?of={of}")).collect();
    let deliver = (running && !sheet.line.proven).then(|| format!("{page}/deliver"));
    let handed_out = matches!(sheet.line.state, PaperState::Issued | PaperState::Delivered);
    let receive = (enters && handed_out && sheet.line.online_at.is_none()).then(|| format!("{page}/receive"));
    let beside = Beside {
        line: sheet.line.clone(),
        scans,
        deliver,
        receive,
        waive: sheet.waives.then(|| format!("{page}/waive")),
        print: format!("{address}/papers.pdf?paper={}", sheet.line.number),
        back: address.clone(),
    };
    let beside = view! { <About beside=beside /> };
    view! {
        <ConsolePage title=tr!(ui, "voting.paper.number", n = sheet.line.number) sheet=beside.into_any()>
            <Work sheet=sheet enters=enters page=page next=format!("{address}/enter") />
        </ConsolePage>
    }
}

/// What stands beside the entry.
struct Beside {
    line: PaperLine,
    scans: Vec<String>,
    deliver: Option<String>,
    receive: Option<String>,
    waive: Option<String>,
    print: String,
    back: String,
}

#[component]
fn About(beside: Beside) -> impl IntoView {
    let ui = ui();
    let Beside { line, scans, deliver, receive, waive, print, back } = beside;
    let scans = scans.into_iter().map(move |src| {
        let href = src.clone();
        view! { <a class="scan" href=href><img src=src alt=tr!(ui, "voting.paper.scan") loading="lazy" /></a> }
    });
    view! {
        <Sheet label=tr!(ui, "voting.paper.sheet")>
            <Known line=line />
            {scans.collect_view()}
            {receive.map(|action| view! { <Receive action=action /> })}
            {deliver.map(|action| view! { <Deliver action=action /> })}
            {waive.map(|action| view! { <Waive action=action /> })}
            <div class="acts">
                <ButtonLink href=print download=true>
                    <Icon name="printer" /> {tr!(ui, "voting.paper.print_one")}
                </ButtonLink>
                <ButtonLink href=back>{tr!(ui, "voting.console.back")}</ButtonLink>
            </div>
        </Sheet>
    }
}

/// What is known of it.
#[component]
fn Known(line: PaperLine) -> impl IntoView {
    let ui = ui();
    view! {
        <div>
            <p><StateTag state=line.state /></p>
            <h2>{line.place}</h2>
            <p class="muted">{line.names} " · " {square_metres(line.area_dm2)} " ㎡"</p>
            {line.delivered_at.map(|at| view! { <p>{tr!(ui, "voting.paper.delivered_at", at = time::moment(ui, at))}</p> })}
            {line.received_at.map(|at| view! { <p>{tr!(ui, "voting.paper.received_at", at = time::moment(ui, at))}</p> })}
        </div>
    }
}

/// The entry, or why there is none.
#[component]
fn Work(sheet: PaperSheet, enters: bool, page: String, next: String) -> impl IntoView {
    let ui = ui();
    let another = move || view! { <div class="acts"><ButtonLink href=next.clone() look=Look::Main>{tr!(ui, "voting.paper.next")}</ButtonLink></div> };
    let told = |tone, text: String| view! { <Notice tone=tone><p>{text}</p></Notice> };
    if let Some(at) = sheet.line.online_at {
        let text = tr!(ui, "voting.paper.clash_text", at = time::moment(ui, at));
        // Kept with its scan, and never counted.
        let keep = (enters && sheet.line.state != PaperState::Clash).then(|| view! { <Clash action=page /> });
        return view! { {told(Tone::Error, text)} {keep} {another()} }.into_any();
    }
    match (sheet.turn, enters) {
        (None, _) => view! { {told(Tone::Success, tr!(ui, "voting.paper.settled"))} {another()} }.into_any(),
        (_, false) if sheet.vote.phase == Phase::Announced => {
            told(Tone::Info, tr!(ui, "voting.paper.not_open")).into_any()
        }
        (_, false) => told(Tone::Warning, tr!(ui, "voting.paper.too_late")).into_any(),
        (Some(_), true) if sheet.own => {
            view! { {told(Tone::Info, tr!(ui, "voting.paper.own"))} {another()} }.into_any()
        }
        (Some(turn), true) => view! { <Entry sheet=sheet turn=turn page=page /> }.into_any(),
    }
}

/// A paper that came after an online ballot.
#[component]
fn Clash(action: String) -> impl IntoView {
    let ui = ui();
    view! {
        <Form action=action files=true>
            <Scan optional=true />
            <Button>{tr!(ui, "voting.paper.keep_clash")}</Button>
        </Form>
    }
}

#[component]
fn Entry(sheet: PaperSheet, turn: i64, page: String) -> impl IntoView {
    let ui = ui();
    let title = format!("voting.paper.turn.{turn}");
    let differ = sheet.entries.clone();
    let items = sheet.items.clone();
    let rows = sheet.items.into_iter().map(|item| view! { <ItemMarks item=item /> });
    let invalid = chosen(INVALID, "1").unwrap_or(false);
    view! {
        <h2>{tr!(ui, &title)}</h2>
        {(!differ.is_empty()).then(|| view! { <Difference entries=differ items=items /> })}
        <Form action=page files=true>
            <FieldMessage name="choices" />
            {rows.collect_view()}
            <label class="check">
                <input type="checkbox" name=INVALID value="1" checked=invalid />
                {tr!(ui, "voting.paper.invalid")}
            </label>
            <Scan optional=sheet.scanned />
            <div class="acts"><Button look=Look::Main>{tr!(ui, "voting.paper.save")}</Button></div>
        </Form>
    }
}

/// The choices of one item, side by side.
#[component]
fn ItemMarks(item: Item) -> impl IntoView {
    let ui = ui();
    let field = item.field();
    let many = item.kind == ItemKind::Choose && item.most > 1;
    let hint = (item.kind == ItemKind::Choose).then(|| tr!(ui, "voting.most", n = item.most));
    let name = field.clone();
    let options = item.options.into_iter().map(move |option| {
        let value = option.number.to_string();
        let checked = chosen(&name, &value).unwrap_or(false);
        view! {
            <label class="check">
                <input type=if many { "checkbox" } else { "radio" } name=name.clone() value=value checked=checked />
                {option.number} " " {option.name}
            </label>
        }
    });
    view! {
        <fieldset class="marked">
            <legend>{item.number} ". " {item.title} {hint.map(|hint| view! { <span>{hint}</span> })}</legend>
            <div class="options">{options.collect_view()}</div>
            <FieldMessage name=field />
        </fieldset>
    }
}

/// What the two before entered, for who settles it.
#[component]
fn Difference(entries: Vec<Marked>, items: Vec<Item>) -> impl IntoView {
    let ui = ui();
    let said = move |marked: &Marked| {
        if marked.invalid {
            return tr!(ui, "voting.paper.invalid_short");
        }
        let of_item = |(item, marks): (&Item, &Vec<u32>)| {
            let named: Vec<_> =
                item.options.iter().filter(|o| marks.contains(&o.number)).map(|o| o.name.as_str()).collect();
            let named = if named.is_empty() { tr!(ui, "voting.blank") } else { named.join("、") };
            format!("{}. {named}", item.number)
        };
        items.iter().zip(&marked.choices).map(of_item).collect::<Vec<_>>().join("；")
    };
    let rows = entries.into_iter().enumerate().map(|(at, marked)| {
        let text = said(&marked);
        view! { <li><b>{tr!(ui, "voting.paper.entry", n = at + 1)}</b> " " {text}</li> }
    });
    let rows = rows.collect_view();
    view! { <Notice tone=Tone::Warning><ul class="points">{rows}</ul></Notice> }
}

#[component]
fn Scan(optional: bool) -> impl IntoView {
    let ui = ui();
    view! { <Field name="scan" label=tr!(ui, "voting.paper.scan") hint=tr!(ui, "voting.paper.scan_hint") kind="file" accept="image/jpeg,image/png,image/webp" optional=optional /> }
}

/// Handing it out.
#[component]
fn Deliver(action: String) -> impl IntoView {
    let ui = ui();
    view! {
        <Form action=action files=true>
            <Field name="photo" label=tr!(ui, "voting.paper.proof") hint=tr!(ui, "voting.paper.proof_hint") kind="file" accept="image/jpeg,image/png,image/webp" optional=true />
            <Field name="receipt" label=tr!(ui, "voting.paper.receipt") hint=tr!(ui, "voting.paper.receipt_hint") maxlength=100 optional=true />
            <Button>{tr!(ui, "voting.paper.deliver")}</Button>
        </Form>
    }
}

/// Taking it in.
#[component]
fn Receive(action: String) -> impl IntoView {
    let ui = ui();
    view! {
        <Form action=action>
            <p class="muted small">{tr!(ui, "voting.paper.receive_hint")}</p>
            <Button>{tr!(ui, "voting.paper.receive")}</Button>
        </Form>
    }
}

/// Taking back that it was handed in.
#[component]
fn Waive(action: String) -> impl IntoView {
    let ui = ui();
    view! {
        <Form action=action>
            <Field name="reason" label=tr!(ui, "voting.paper.waive_reason") hint=tr!(ui, "voting.paper.waive_hint") maxlength=200 />
            <Button>{tr!(ui, "voting.paper.waive")}</Button>
        </Form>
    }
}
