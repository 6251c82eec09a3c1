//! The posters of a vote: one a building, or all to be printed at once.

use contract::ids::VoteId;
use contract::voting::PosterCode;
use leptos::prelude::*;
use server::crypto::grouped;

use crate::ui::*;

/// Each building's code with its files.
#[component]
pub fn PosterList(
    /// The vote.
    vote: VoteId,
    /// One a building.
    codes: Vec<PosterCode>,
) -> impl IntoView {
    let ui = ui();
    let address = move |kind: &str| format!("/console/voting/{vote}/poster.{kind}");
    let rows = codes.into_iter().map(move |poster| {
        let files = ["pdf", "png", "svg"].map(|kind| {
            let href = format!("{}?building={}", address(kind), poster.building);
            view! {
                <a class="link" href=href download="">
                    {kind.to_uppercase()}
                    <span class="sr">{poster.name.clone()}</span>
                </a>
            }
        });
        view! {
            <tr>
                <th scope="row">{poster.name.clone()}</th>
                <td class="num-text" data-label=tr!(ui, "voting.console.code")>{grouped(&poster.code)}</td>
                <td data-label=tr!(ui, "voting.console.files")><span class="acts">{files.collect_view()}</span></td>
            </tr>
        }
    });
    let heads =
        vec![tr!(ui, "voting.console.building"), tr!(ui, "voting.console.code"), tr!(ui, "voting.console.files")];
    view! {
        <section aria-labelledby="posters">
            <h2 id="posters">{tr!(ui, "voting.console.poster_list")}</h2>
            <Table caption=tr!(ui, "voting.console.poster_list") heads=heads>{rows.collect_view()}</Table>
        </section>
    }
}
