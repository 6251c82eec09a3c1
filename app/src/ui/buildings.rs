//! A bar chart that looks like the buildings it speaks of: how full each is, and a line to reach.

use leptos::prelude::*;

/// One building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Building {
    /// Its name: `2 幢`.
    pub name: String,
    /// How far it is, in tenths of a percent (0 to 1000).
    pub permille: u32,
}

/// Width of one building with its gap, in the picture's units.
const STEP: u32 = 60;
/// Width of the walls.
const WALL: u32 = 44;
/// Height of the walls.
const HEIGHT: u32 = 120;
/// The ground, from the picture's top.
const GROUND: u32 = 134;
/// Buildings in one row.
const ROW: usize = 6;

/// The chart. The figures stand as text below each building.
#[component]
pub fn Buildings(
    /// In the order shown.
    buildings: Vec<Building>,
    /// The line to reach, in tenths of a percent.
    #[prop(optional)]
    needed: Option<u32>,
    /// What the chart shows; stands below it.
    #[prop(into)]
    caption: String,
) -> impl IntoView {
    let rows = buildings.chunks(ROW).map(|row| view! { <Row row=row.to_vec() needed=needed label=caption.clone() /> });
    view! {
        <figure class="buildings">
            {rows.collect_view()} <figcaption>{caption.clone()}</figcaption>
        </figure>
    }
}

#[component]
fn Row(row: Vec<Building>, needed: Option<u32>, label: String) -> impl IntoView {
    let line = needed.map(|needed| {
        let y = GROUND - height(needed);
        view! { <path class="mark" d=format!("M0 {y}H360")></path> }
    });
    let said: Vec<String> = row.iter().map(|building| format!("{} {}", building.name, percent(building))).collect();
    let houses = row.iter().zip(0..).map(|(building, i)| house(building, 8 + i * STEP)).collect_view();
    view! {
        <svg viewBox="0 0 360 178" role="img" aria-label=format!("{label}：{}", said.join("，"))>
            {houses} <path class="ground" d=format!("M0 {GROUND}H360")></path> {line}
        </svg>
    }
}

fn house(building: &Building, x: u32) -> impl IntoView + use<> {
    let (top, full, centre) = (GROUND - HEIGHT, height(building.permille), x + WALL / 2);
    let roof = format!("M{} {top}h{}l-4-6H{}z", x - 4, WALL + 8, x);
    view! {
        <rect class="wall" x=x y=top width=WALL height=HEIGHT></rect>
        <rect class="done" x=x y=GROUND - full width=WALL height=full></rect>
        <path class="roof" d=roof></path>
        <text x=centre y=GROUND + 18>{building.name.clone()}</text>
        <text class="figure" x=centre y=GROUND + 37>{percent(building)}</text>
    }
}

fn height(permille: u32) -> u32 {
    HEIGHT * permille.min(1000) / 1000
}

fn percent(building: &Building) -> String {
    format!("{}%", building.permille / 10)
}
