//! Opening keys: taking one while a vote is a draft, and giving its code once the poll is closed.

use contract::ids::VoteId;
use contract::voting::{KeyHolder, KeyPart, Phase, VoteDetail};
use leptos::prelude::*;
use server::crypto::grouped;
use server::identity::Verb;
use server::voting;

use crate::ui::form::{refused, value};
use crate::ui::page::{load, param, text_of};
use crate::ui::*;

/// What the answer to taking a key shows: the code, once.
pub const CODE: &str = "code";

/// Where each takes their key.
#[component]
pub fn KeysPage() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    load(async move { voting::detail(&caller, &core, &id?).await }, |detail| view! { <Take detail=detail /> })
}

#[component]
fn Take(detail: VoteDetail) -> impl IntoView {
    let ui = ui();
    let VoteDetail { vote, keys, .. } = detail;
    let page = format!("/console/voting/{}", vote.id);
    let code = value(CODE).filter(|code| !code.is_empty() && refused().is_none());
    let own = keys.iter().find(|holder| holder.own).map(|holder| holder.part);
    let here = caller();
    let may = |part: KeyPart| {
        let verb = if part == KeyPart::Organiser { Verb::VotingOrganise } else { Verb::VotingScrutinise };
        vote.phase == Phase::Draft && own.is_none_or(|held| held == part) && here.allow(verb, &vote.area).is_ok()
    };
    let action = format!("{page}/keys");
    let buttons = KeyPart::ALL.iter().copied().filter(|part| may(*part)).map(|part| {
        let key = format!("voting.keys.take_{}", part.code());
        view! { <Button look=Look::Main name="part" value=part.code()>{tr!(ui, &key)}</Button> }
    });
    let buttons = buttons.collect_view();
    view! {
        <ConsolePage title=tr!(ui, "voting.keys.title", title = vote.title.clone())>
            <Notice><p>{tr!(ui, "voting.keys.why")}</p></Notice>
            {code.map(|code| view! { <Shown code=code /> })}
            <section><Holders keys=keys /></section>
            <Form action=action>
                <div class="acts">
                    {buttons}
                    <ButtonLink href=page>{tr!(ui, "voting.console.back")}</ButtonLink>
                </div>
            </Form>
            <p class="muted small">{tr!(ui, "voting.keys.again")}</p>
        </ConsolePage>
    }
}

/// The code, for the one time that it is shown.
#[component]
fn Shown(code: String) -> impl IntoView {
    let ui = ui();
    view! {
        <section class="card receipt opening-code">
            <p class="done"><Icon name="key-round" /> {tr!(ui, "voting.keys.yours")}</p>
            <p class="code num">{grouped(&code)}</p>
            <p>{tr!(ui, "voting.keys.keep")}</p>
        </section>
    }
}

/// Who holds a key.
#[component]
pub fn Holders(
    /// All of them.
    keys: Vec<KeyHolder>,
) -> impl IntoView {
    let ui = ui();
    let rows = KeyPart::ALL.iter().map(|part| {
        let key = format!("voting.keys.{}", part.code());
        let these: Vec<_> = keys.iter().filter(|holder| holder.part == *part).collect();
        let none = these.is_empty();
        let names = these.into_iter().map(|holder| {
            let name = if holder.name.is_empty() { tr!(ui, "voting.keys.unnamed") } else { holder.name.clone() };
            view! {
                <span class="holder">
                    {name}
                    {holder.own.then(|| format!("（{}）", tr!(ui, "voting.naming.you")))}
                    {holder.given.then(|| view! { <Tag state=State::Done>{tr!(ui, "voting.keys.given")}</Tag> })}
                </span>
            }
        });
        let names = names.collect_view();
        view! {
            <div>
                <dt>{tr!(ui, &key)}</dt>
                <dd>{names}{none.then(|| view! { <Tag state=State::Now>{tr!(ui, "voting.keys.nobody")}</Tag> })}</dd>
            </div>
        }
    });
    view! { <dl class="card data">{rows.collect_view()}</dl> }
}

/// Where each gives their code.
#[component]
pub fn OpenPage() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    load(async move { voting::detail(&caller, &core, &id?).await }, |detail| view! { <Give detail=detail /> })
}

#[component]
fn Give(detail: VoteDetail) -> impl IntoView {
    let ui = ui();
    let VoteDetail { vote, keys, .. } = detail;
    let page = format!("/console/voting/{}", vote.id);
    let holds = keys.iter().any(|holder| holder.own);
    let mine_given = keys.iter().any(|holder| holder.own && holder.given);
    let counted = matches!(vote.phase, Phase::Counted | Phase::Published);
    let says = match (holds, mine_given) {
        (false, _) => (Tone::Warning, tr!(ui, "voting.keys.not_yours")),
        (true, true) => (Tone::Success, tr!(ui, "voting.keys.waits")),
        (true, false) if counted => (Tone::Info, tr!(ui, "voting.keys.recount_why")),
        (true, false) => (Tone::Info, tr!(ui, "voting.keys.open_why")),
    };
    let refusal = refused().filter(|error| !matches!(error, contract::Error::Invalid(_)));
    view! {
        <ConsolePage title=tr!(ui, "voting.keys.open_title", title = vote.title.clone())>
            {refusal.map(|error| view! { <Notice tone=Tone::Error><p>{text_of(ui, &error)}</p></Notice> })}
            <Notice tone=says.0><p>{says.1}</p></Notice>
            <section><Holders keys=keys /></section>
            {holds.then(|| view! {
                <Form action=format!("{page}/open")>
                    <Field name="code" label=tr!(ui, "voting.keys.code") hint=tr!(ui, "voting.keys.code_hint") autocomplete="off" maxlength=40 />
                    <div class="acts">
                        <Button look=Look::Main>{tr!(ui, "voting.keys.give")}</Button>
                        <ButtonLink href=page.clone()>{tr!(ui, "voting.console.back")}</ButtonLink>
                    </div>
                </Form>
            })}
        </ConsolePage>
    }
}
