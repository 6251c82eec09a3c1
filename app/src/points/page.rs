//! 积分: how many there are, and where they came from.

use contract::points::{Month, Points, Statement};
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

/// The last months; where nothing came or went, words in place of an empty frame. Who has no movement at
/// all reads that from the statement below.
fn months_view(ui: Ui, months: Vec<Month>, nothing_ever: bool) -> AnyView {
    if months.iter().any(|month| month.earned > Points::ZERO || month.spent > Points::ZERO) {
        view! { <Chart months=months /> }.into_any()
    } else if nothing_ever {
        ().into_any()
    } else {
        view! { <Empty icon="coins" title=tr!(ui, "points.quiet") /> }.into_any()
    }
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
                            {months_view(ui, months, rows.is_empty())}
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

#[cfg(test)]
mod tests {
    use super::*;

    fn html(earned: i64, nothing_ever: bool) -> String {
        let month = Month { starts_at: 0, earned: Points::of_hundredths(earned), spent: Points::ZERO };
        Owner::new().with(|| months_view(Ui::default(), vec![month], nothing_ever).to_html())
    }

    #[test]
    fn months_without_a_movement_are_told_in_words() {
        assert!(html(1, false).contains("<svg viewBox"));
        assert!(html(0, false).contains("近六个月没有积分变动"));
        let nothing = html(0, true);
        assert!(!nothing.contains("<svg") && !nothing.contains("class=\"empty\""), "{nothing}");
    }
}
