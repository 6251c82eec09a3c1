//! The draft: what is said, to whom, over which channels.

use contract::area::AreaKind;
use contract::ids::NoticeId;
use contract::notices::{Channel, Group, NoticeForm, Tag as Having};
use contract::people::AreaName;
use leptos::prelude::*;
use server::notices;

use super::text::TextFields;
use crate::ui::field::FieldMessage;
use crate::ui::form::values;
use crate::ui::page::{load, param};
use crate::ui::*;

/// A new draft.
#[component]
pub fn NewNotice() -> impl IntoView {
    let (caller, core) = (caller(), core());
    let look = async move {
        let offered = core.channels.offered();
        Ok((notices::places(&caller, &core).await?, offered))
    };
    load(look, |(places, offered)| {
        let group = Group::Residents.code().to_owned();
        let draft = NoticeForm { group, ..NoticeForm::default() };
        view! {
            <ConsolePage title=tr!(ui(), "notices.console.new")>
                <Draft draft=draft places=places offered=offered action="/console/notices/new" back="/console/notices" />
            </ConsolePage>
        }
    })
}

/// A draft once more.
#[component]
pub fn EditNotice() -> impl IntoView {
    let (caller, core, id) = (caller(), core(), param::<NoticeId>("id"));
    let look = async move {
        let id = id?;
        let draft = notices::draft_form(&caller, &core, &id).await?;
        let offered = core.channels.offered();
        Ok((id, draft, notices::places(&caller, &core).await?, offered))
    };
    load(look, |(id, draft, places, offered)| {
        let page = format!("/console/notices/{id}");
        view! {
            <ConsolePage title=tr!(ui(), "notices.console.edit")>
                <Draft draft=draft places=places offered=offered action=format!("{page}/edit") back=page />
            </ConsolePage>
        }
    })
}

#[component]
fn Draft(
    draft: NoticeForm,
    places: Vec<AreaName>,
    offered: Vec<Channel>,
    #[prop(into)] action: String,
    #[prop(into)] back: String,
) -> impl IntoView {
    let ui = ui();
    let named = |above: &str, code: &'static str| {
        let key = format!("notices.{above}.{code}");
        (code.to_owned(), tr!(ui, &key))
    };
    let choose = (String::new(), tr!(ui, "notices.console.choose_area"));
    let areas = places.iter().map(|place| (place.id.to_string(), place.name.clone()));
    let areas: Vec<_> = std::iter::once(choose).chain(areas).collect();
    let groups = Group::ALL.map(|group| named("group", group.code())).to_vec();
    let everybody = (String::new(), tr!(ui, "notices.console.no_tag"));
    let tags = Having::ALL.map(|tag| named("tag", tag.code()));
    let tags: Vec<_> = std::iter::once(everybody).chain(tags).collect();
    let buildings = places.into_iter().filter(|place| place.kind() == AreaKind::Building);
    let buildings: Vec<_> = buildings.map(|place| (place.id.to_string(), place.name)).collect();
    let offered = offered.into_iter().map(|channel| named("channel", channel.code())).collect();
    let flag = move |name: &'static str, on: &str| {
        let (title, detail) = (format!("notices.console.flag.{name}"), format!("notices.console.flag.{name}_text"));
        view! { <Choice name=name value="1" title=tr!(ui, &title) detail=tr!(ui, &detail) many=true checked=on == "1" /> }
    };
    view! {
        <Form action=action.clone() files=true draft=action>
            <TextFields title=draft.title.clone() body=draft.body.clone() />
            <div class="fields">
                <Select name="area" label=tr!(ui, "notices.console.area") hint=tr!(ui, "notices.console.area_hint") options=areas value=draft.area.clone() />
                <Select name="group" label=tr!(ui, "notices.console.group") hint=tr!(ui, "notices.console.group_hint") options=groups value=draft.group.clone() />
                <Select name="tag" label=tr!(ui, "notices.console.tag") hint=tr!(ui, "notices.console.tag_hint") options=tags value=draft.tag.clone() />
            </div>
            {(!buildings.is_empty()).then(|| view! {
                <details class="fold" open=!draft.buildings.is_empty() || values("buildings").is_some_and(|chosen| !chosen.is_empty())>
                    <summary>{tr!(ui, "notices.console.buildings")}</summary>
                    <Several name="buildings" legend=tr!(ui, "notices.console.buildings_hint") options=buildings chosen=draft.buildings.clone() />
                </details>
            })}
            <Several name="channels" legend=tr!(ui, "notices.console.channels_hint") options=offered chosen=draft.channels.clone() />
            <fieldset class="flags">
                <legend>{tr!(ui, "notices.console.more")}</legend>
                {flag("urgent", &draft.urgent)}
                {flag("replies", &draft.replies)}
                {flag("public", &draft.public)}
            </fieldset>
            <div class="acts">
                <Button look=Look::Main>{tr!(ui, "notices.console.save")}</Button>
                <ButtonLink href=back>{tr!(ui, "notices.console.back")}</ButtonLink>
            </div>
        </Form>
    }
}

/// Several of a list, as small checkboxes side by side.
#[component]
fn Several(name: &'static str, legend: String, options: Vec<(String, String)>, chosen: Vec<String>) -> impl IntoView {
    let chosen = values(name).unwrap_or(chosen);
    let boxes = options.into_iter().map(|(value, text)| {
        let checked = chosen.contains(&value);
        view! { <label><input type="checkbox" name=name value=value checked=checked /> {text}</label> }
    });
    view! {
        <fieldset class="several">
            <legend>{legend}</legend>
            <FieldMessage name=name />
            <div>{boxes.collect_view()}</div>
        </fieldset>
    }
}
