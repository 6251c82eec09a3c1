//! The rules of votes by area: what holds, what did, and a form to set them.

use contract::people::AreaName;
use contract::voting::{RuleName, SetRule};
use leptos::prelude::*;
use serde::Deserialize;
use server::identity::Verb;
use server::voting;

use crate::ui::form::value;
use crate::ui::page::{load, query};
use crate::ui::time;
use crate::ui::*;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The rule that the form sets.
    name: String,
}

/// The page.
#[component]
pub fn RulesPage() -> impl IntoView {
    let (caller, core) = (caller(), core());
    let name = value("name").unwrap_or(query::<Asked>().name);
    let name = RuleName::from_code(&name).unwrap_or(RuleName::AnnounceDays);
    let look = async move {
        let places = match caller.allow_somewhere(Verb::VotingSetRules) {
            Ok(()) => voting::places(&caller, &core).await?,
            Err(_) => Vec::new(),
        };
        Ok((voting::rules_of(&caller, &core).await?, places))
    };
    load(look, move |(rules, places)| view! { <Shown rules=rules places=places name=name /> })
}

fn name_of(ui: Ui, name: RuleName) -> String {
    let key = format!("voting.rule.{}", name.code());
    tr!(ui, &key)
}

fn value_of(ui: Ui, name: RuleName, value: &str) -> String {
    match name {
        RuleName::PaperHours => return tr!(ui, "voting.rules.hours", n = value),
        RuleName::MandatesPerAgent | RuleName::Reminders => return tr!(ui, "voting.rules.times", n = value),
        RuleName::Holiday if value.is_empty() => return tr!(ui, "voting.rules.holidays"),
        RuleName::Holiday => return tr!(ui, "voting.rules.to", day = value),
        _ if name.is_days() => return tr!(ui, "voting.rules.days", n = value),
        _ => {}
    }
    let key = format!("voting.rule_value.{value}");
    tr!(ui, &key)
}

#[component]
fn Shown(rules: Vec<SetRule>, places: Vec<AreaName>, name: RuleName) -> impl IntoView {
    let ui = ui();
    let usual = RuleName::ALL.iter().map(|name| {
        view! { <div><dt>{name_of(ui, *name)}</dt><dd>{value_of(ui, *name, name.usual())}</dd></div> }
    });
    let usual = usual.collect_view();
    let heads = ["area", "name", "value", "clause", "from", "state"].map(|head| {
        let key = format!("voting.rules.{head}");
        tr!(ui, &key)
    });
    let labels = heads.clone();
    let none = rules.is_empty();
    let rows = rules.into_iter().map(move |set| view! { <Line set=set labels=labels.clone() /> });
    let rows = rows.collect_view();
    view! {
        <ConsolePage title=tr!(ui, "voting.rules.title")>
            <p class="muted">{tr!(ui, "voting.rules.why")}</p>
            <section>
                <h2>{tr!(ui, "voting.rules.usual")}</h2>
                <dl class="card data">{usual}</dl>
            </section>
            <section>
                <h2>{tr!(ui, "voting.rules.set")}</h2>
                {match none {
                    true => view! { <p class="muted">{tr!(ui, "voting.rules.none")}</p> }.into_any(),
                    false => view! { <Table caption=tr!(ui, "voting.rules.set") heads=heads.to_vec()>{rows}</Table> }.into_any(),
                }}
            </section>
            {(!places.is_empty()).then(|| view! { <Setting places=places name=name /> })}
        </ConsolePage>
    }
}

#[component]
fn Line(set: SetRule, labels: [String; 6]) -> impl IntoView {
    let ui = ui();
    let [area, name, value, clause, from, state] = labels;
    let rule = set.rule;
    let (tone, says) = match set.holds {
        true => (State::Done, tr!(ui, "voting.rules.holds")),
        false => (State::Plain, tr!(ui, "voting.rules.rests")),
    };
    view! {
        <tr>
            <th scope="row" data-label=area>{set.area_name}</th>
            <td data-label=name>{name_of(ui, rule.name)}</td>
            <td data-label=value>{value_of(ui, rule.name, &rule.value)}</td>
            <td data-label=clause>{rule.clause}</td>
            <td class="when" data-label=from>{time::moment(ui, rule.from)}</td>
            <td data-label=state><Tag state=tone>{says}</Tag></td>
        </tr>
    }
}

#[component]
fn Setting(places: Vec<AreaName>, name: RuleName) -> impl IntoView {
    let ui = ui();
    let places: Vec<_> = places.into_iter().map(|place| (place.id.to_string(), place.name)).collect();
    let links = RuleName::ALL.iter().map(|one| {
        let current = (*one == name).then_some("page");
        view! { <a href=format!("/console/voting/rules?name={}#new", one.code()) aria-current=current>{name_of(ui, *one)}</a> }
    });
    let links = links.collect_view();
    let choices: Vec<_> = name.choices().into_iter().map(|code| (code.to_owned(), value_of(ui, name, code))).collect();
    let counted = match name {
        RuleName::PaperHours | RuleName::MandatesPerAgent | RuleName::Reminders => tr!(ui, "voting.rules.in_number"),
        _ => tr!(ui, "voting.rules.in_days"),
    };
    let value = match choices.is_empty() {
        true if name == RuleName::Holiday => {
            view! { <Field name="value" label=tr!(ui, "voting.rules.last_day") kind="date" /> }.into_any()
        }
        true => view! { <Field name="value" label=counted kind="number" inputmode="numeric" value=name.usual() /> }
            .into_any(),
        false => {
            view! { <Select name="value" label=tr!(ui, "voting.rules.value") options=choices value=name.usual() /> }
                .into_any()
        }
    };
    view! {
        <section id="new">
            <h2>{tr!(ui, "voting.rules.new")}</h2>
            <nav class="kinds" aria-label=tr!(ui, "voting.rules.name")>{links}</nav>
            <Form action="/console/voting/rules">
                <input type="hidden" name="name" value=name.code() />
                <div class="fields">
                    <Select name="area" label=tr!(ui, "voting.rules.area") options=places />
                    {value}
                    <Field name="from" label=tr!(ui, "voting.rules.from") kind="date" />
                </div>
                <Field name="clause" label=tr!(ui, "voting.rules.clause") hint=tr!(ui, "voting.rules.clause_hint") maxlength=100 optional=true />
                {(name == RuleName::Unreturned)
                    .then(|| view! { <Notice tone=Tone::Warning><p>{tr!(ui, "voting.rules.warn")}</p></Notice> })}
                <div class="acts"><Button look=Look::Main>{tr!(ui, "voting.rules.save")}</Button></div>
            </Form>
        </section>
    }
}
