//! Before a vote is announced: what will be fixed by it.

use contract::ids::VoteId;
use contract::voting::VoteDetail;
use leptos::prelude::*;
use server::voting;

use super::keys::Holders;
use super::show::{Data, Paper};
use crate::ui::page::{load, param};
use crate::ui::*;

/// The page.
#[component]
pub fn Announce() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<VoteId>("id"));
    load(async move { voting::detail(&caller, &core, &id?).await }, |detail| view! { <Confirm detail=detail /> })
}

#[component]
fn Confirm(detail: VoteDetail) -> impl IntoView {
    let ui = ui();
    let VoteDetail { vote, items, keys, .. } = detail;
    let page = format!("/console/voting/{}", vote.id);
    let frozen = ["frozen_roll", "frozen_paper", "frozen_dates", "frozen_rules"].map(|point| {
        let key = format!("voting.console.{point}");
        let text = tr!(ui, &key, area = vote.area_name.clone());
        view! { <li>{text}</li> }
    });
    view! {
        <ConsolePage title=tr!(ui, "voting.console.announce_title", title = vote.title.clone())>
            <Notice tone=Tone::Warning>
                <strong>{tr!(ui, "voting.console.frozen")}</strong>
                <ul class="points">{frozen.collect_view()}</ul>
            </Notice>
            <section><Data vote=vote.clone() roll_sha256=None /></section>
            <Holders keys=keys />
            <Paper items=items />
            <section>
                <Form action=format!("{page}/announce")>
                    <div class="acts">
                        <Button look=Look::Main>{tr!(ui, "voting.console.announce_now")}</Button>
                        <ButtonLink href=page>{tr!(ui, "voting.console.back")}</ButtonLink>
                    </div>
                </Form>
            </section>
        </ConsolePage>
    }
}
