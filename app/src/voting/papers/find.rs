//! Which paper is on the desk: its code is scanned or typed, or its door.

use contract::ids::VoteId;
use contract::voting::{PaperLine, VoteSummary};
use leptos::prelude::*;
use serde::Deserialize;
use server::voting;

use super::StateTag;
use crate::ui::page::{load, param, query};
use crate::ui::*;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// A code, a number, a door or a name.
    code: String,
    /// What came of the paper before: an [`contract::voting::Entered`]'s code.
    done: String,
    /// Its number.
    paper: Option<i64>,
}

/// The page. Who scans a code is sent to its paper at once.
#[component]
pub fn FindPaper() -> impl IntoView {
    let (caller, core, id, asked) = (caller(), core(), param::<VoteId>("id"), query::<Asked>());
    let text = asked.code.clone();
    let look = async move { voting::find_paper(&caller, &core, &id?, &text).await };
    load(look, move |(vote, found)| {
        if let [one] = found.as_slice() {
            leptos_axum::redirect(&format!("/console/voting/{}/papers/{}", vote.id, one.number));
        }
        view! { <Found asked=asked vote=vote found=found /> }
    })
}

#[component]
fn Found(asked: Asked, vote: VoteSummary, found: Vec<PaperLine>) -> impl IntoView {
    let ui = ui();
    let address = format!("/console/voting/{}/papers", vote.id);
    let before = asked.paper.filter(|_| !asked.done.is_empty()).map(|paper| {
        let key = format!("voting.paper.done.{}", asked.done);
        let tone = match asked.done.as_str() {
            "counted" => Tone::Success,
            "clash" | "differs" => Tone::Warning,
            _ => Tone::Info,
        };
        view! { <Notice tone=tone><p>{tr!(ui, &key, n = paper)}</p></Notice> }
    });
    let nothing = found.is_empty() && !asked.code.is_empty();
    let below = address.clone();
    let rows = found.into_iter().map(move |line| {
        let href = format!("{below}/{}", line.number);
        view! {
            <tr>
                <th scope="row" class="num-text"><a href=href>{line.number}</a></th>
                <td data-label=tr!(ui, "voting.paper.head.place")>{line.place}</td>
                <td data-label=tr!(ui, "voting.paper.head.names")>{line.names}</td>
                <td data-label=tr!(ui, "voting.paper.head.state")><StateTag state=line.state /></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let heads = ["number", "place", "names", "state"].map(|head| {
        let key = format!("voting.paper.head.{head}");
        tr!(ui, &key)
    });
    view! {
        <ConsolePage title=tr!(ui, "voting.paper.enter_of", title = vote.title.clone())>
            {before}
            <form class="form find" method="get" action=format!("{address}/enter") role="search">
                <div class="field">
                    <label for="code">{tr!(ui, "voting.paper.code")}</label>
                    <p class="hint" id="code-hint">{tr!(ui, "voting.paper.code_hint")}</p>
                    <input id="code" name="code" type="search" value=asked.code.clone() autofocus autocomplete="off" aria-describedby="code-hint" />
                </div>
                <div class="acts">
                    <Button look=Look::Main>{tr!(ui, "voting.paper.find")}</Button>
                    <ButtonLink href=address.clone()>{tr!(ui, "voting.console.back")}</ButtonLink>
                </div>
            </form>
            {match nothing {
                true => view! { <Empty icon="search" title=tr!(ui, "voting.paper.not_found") /> }.into_any(),
                false if asked.code.is_empty() => ().into_any(),
                false => view! { <Table caption=tr!(ui, "voting.paper.title") heads=heads.to_vec()>{rows}</Table> }.into_any(),
            }}
        </ConsolePage>
    }
}
