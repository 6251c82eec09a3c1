//! 积分: how many there are, and where they came from.

use contract::points::Statement;
use contract::{Page, PageRequest};
use leptos::prelude::*;
use server::points;

use super::chart::Chart;
use super::parts::{Lines, Rules};
use crate::ui::page::{load, query};
use crate::ui::*;

/// The page.
#[component]
pub fn PointsPage() -> impl IntoView {
    let (caller, core, page) = (caller(), core(), query::<PageRequest>());
    // Further pages of the statement show the lines alone: whoever turns the page has seen the rest.
    let first = page.after.is_none();
    let statement = async move { points::statement(&caller, &core, page).await };
    load(statement, move |statement| view! { <Account statement=statement first=first /> })
}

#[component]
fn Account(statement: Statement, first: bool) -> impl IntoView {
    let ui = ui();
    let Statement { balance, months, rules, lines: Page { rows, next } } = statement;
    view! {
        <TabPage title=tr!(ui, "points.title") tab=Tab::Points>
            {first
                .then(|| {
                    view! {
                        <section class="card balance">
                            <Facts>
                                <Fact label=tr!(ui, "points.balance") value=balance.to_string() />
                            </Facts>
                            <Chart months=months />
                        </section>
                    }
                })}
            <section aria-labelledby="lines">
                <h2 id="lines">{tr!(ui, "points.lines")}</h2>
                <Lines lines=rows />
                <Pager next=next />
            </section>
            {first
                .then(|| {
                    view! {
                        <section aria-labelledby="how">
                            <h2 id="how">{tr!(ui, "points.how")}</h2>
                            <Rules rules=rules />
                            <p class="muted small">{tr!(ui, "points.fair")}</p>
                        </section>
                    }
                })}
        </TabPage>
    }
}
