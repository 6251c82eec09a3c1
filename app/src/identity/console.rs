//! Who holds which role: an administrator walks down the areas, grants and takes away.

use contract::Role;
use contract::identity::{GrantView, RolesQuery, RolesView};
use contract::ids::GrantId;
use contract::people::AreaName;
use leptos::prelude::*;
use server::identity::roles_list;

use super::ROLES;
use crate::ui::page::{load, query};
use crate::ui::*;

/// The page.
#[component]
pub fn Roles() -> impl IntoView {
    let (caller, core, query) = (caller(), core(), query::<RolesQuery>());
    load(async move { roles_list(&caller, &core, query).await }, |roles| view! { <Show roles=roles /> })
}

#[component]
fn Show(roles: RolesView) -> impl IntoView {
    let ui = ui();
    let RolesView { trail, inside, grants } = roles;
    let here = trail.last().map(|area| area.id.to_string()).unwrap_or_default();
    let place = trail.last().map(|area| area.name.clone()).unwrap_or_default();
    let (next, area) = (grants.next, here.clone());
    let rows = grants.rows.into_iter().map(|grant| view! { <Row grant=grant area=area.clone() /> }).collect_view();
    let heads = ["phone", "name", "role", "area", "since", "act"].map(|head| {
        let key = format!("identity.roles.{head}");
        tr!(ui, &key)
    });
    view! {
        <ConsolePage title=tr!(ui, "identity.roles.title")>
            <Areas label=tr!(ui, "identity.roles.trail") areas=trail />
            <Table caption=tr!(ui, "identity.roles.title") heads=heads.to_vec()>
                {rows}
            </Table>
            <Pager next=next query=format!("area={here}&") />
            <section aria-labelledby="grant">
                <h2 id="grant">{tr!(ui, "identity.roles.grant_title", area = place)}</h2>
                <Grant area=here />
            </section>
            <Areas label=tr!(ui, "identity.roles.inside") areas=inside />
        </ConsolePage>
    }
}

/// Links to areas around or inside.
#[component]
fn Areas(label: String, areas: Vec<AreaName>) -> impl IntoView {
    let links = areas
        .into_iter()
        .map(|area| view! { <a href=format!("{ROLES}?area={}", area.id)>{area.name}</a> })
        .collect_view();
    let name = label.clone();
    view! {
        <nav class="areas" aria-label=name>
            <span class="muted">{label}</span>
            {links}
        </nav>
    }
}

#[component]
fn Row(grant: GrantView, area: String) -> impl IntoView {
    let ui = ui();
    // Nobody takes their own roles away: the last administrator could not come back.
    let own = caller().account.as_ref() == Some(&grant.account);
    view! {
        <tr>
            <td data-label=tr!(ui, "identity.roles.phone")>{grant.phone}</td>
            <td data-label=tr!(ui, "identity.roles.name")>{grant.name.unwrap_or_else(|| "—".to_owned())}</td>
            <td data-label=tr!(ui, "identity.roles.role")>{role_text(ui, grant.role)}</td>
            <td data-label=tr!(ui, "identity.roles.area")>{grant.area.name}</td>
            <td data-label=tr!(ui, "identity.roles.since")>{time::date(grant.granted_at)}</td>
            <td data-label=tr!(ui, "identity.roles.act")>
                {(!own).then(|| view! { <Revoke grant=grant.id area=area /> })}
            </td>
        </tr>
    }
}

#[component]
fn Revoke(grant: GrantId, area: String) -> impl IntoView {
    view! {
        <form method="post" action="/console/roles/revoke">
            <input type="hidden" name="area" value=area />
            <Button look=Look::Quiet name="grant" value=grant.to_string()>
                {tr!(ui(), "identity.roles.revoke")}
            </Button>
        </form>
    }
}

#[component]
fn Grant(area: String) -> impl IntoView {
    let ui = ui();
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Resident);
    let roles = roles.map(|role| (role.code().to_owned(), role_text(ui, role))).collect::<Vec<_>>();
    view! {
        <Form action=ROLES>
            <input type="hidden" name="area" value=area />
            <Field name="phone" label=tr!(ui, "identity.phone") kind="tel" autocomplete="off" inputmode="numeric" maxlength=20 />
            <Select name="role" label=tr!(ui, "identity.roles.role") options=roles />
            <Button look=Look::Main>{tr!(ui, "identity.roles.grant")}</Button>
        </Form>
    }
}

/// A role's name.
fn role_text(ui: Ui, role: Role) -> String {
    let key = match role {
        Role::Resident => "identity.role.resident",
        Role::PartyMember => "identity.role.party_member",
        Role::GridWorker => "identity.role.grid_worker",
        Role::CommunityWorker => "identity.role.community_worker",
        Role::Scrutineer => "identity.role.scrutineer",
        Role::Administrator => "identity.role.administrator",
    };
    tr!(ui, key)
}
