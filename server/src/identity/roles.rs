//! Roles on areas: granted by phone, before the holder ever signed in if need be.

use super::store::accounts;
use super::store::grants::{self, GrantRow};
use super::{Caller, Verb, session, sign_in};
use crate::core::Core;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event, OPERATOR};
use crate::people;
use contract::check::mask_phone;
use contract::identity::{GrantRole, GrantView, RevokeRole, RolesQuery, RolesView};
use contract::ids::{AccountId, GrantId, PersonId};
use contract::{AreaId, Error, Issue, Page, Role};
use sqlx::AnyConnection;

struct NewGrant {
    /// Who grants, as events name them.
    actor: String,
    phone_index: String,
    phone_sealed: String,
    role: Role,
    area: AreaId,
}

/// Grants a role on an area to whoever signs in with a phone.
///
/// # Errors
/// [`Error::Forbidden`] outside of the caller's own areas; fields `phone`, `role`, `area`; `role` is
/// [`Issue::Taken`] when it is held there already.
pub async fn roles_grant(caller: &Caller, core: &Core, input: GrantRole) -> Result<GrantId> {
    caller.allow_somewhere(Verb::RolesGrant)?;
    let (phone, role, area) = input.check()?;
    caller.allow(Verb::RolesGrant, &area)?;
    grant(core, caller.actor(), (phone, role, area)).await
}

/// As [`roles_grant`], by whoever runs the program: a fresh city has nobody yet who might.
///
/// # Errors
/// Fields `phone`, `role`, `area`; `area` is [`Issue::Unknown`] when the registry does not know it.
pub async fn operator_grant(core: &Core, input: GrantRole) -> Result<GrantId> {
    let (phone, role, area) = input.check()?;
    people::area(&mut *core.db.read().await?, &area).await?.ok_or_else(|| Error::field("area", Issue::Unknown))?;
    grant(core, OPERATOR, (phone, role, area)).await
}

async fn grant(core: &Core, actor: &str, (phone, role, area): (String, Role, AreaId)) -> Result<GrantId> {
    let grant = NewGrant {
        actor: actor.to_owned(),
        phone_index: sign_in::phone_index(&core.keys, &phone),
        phone_sealed: core.keys.seal(sign_in::SEALED_PHONE, &phone),
        role,
        area,
    };
    core.db
        .write(grant, |tx, new| {
            Box::pin(async move {
                let account = account_of(tx, &new.phone_index, &new.phone_sealed).await?;
                let id = put(tx, &account, new.role, &new.area).await?;
                let id = id.ok_or_else(|| Error::field("role", Issue::Taken))?;
                record(tx, &new.actor, "grant", &id, &account, new.role, &new.area).await?;
                Ok(id)
            })
        })
        .await
}

/// Takes a role away. Sessions of its holder lose it with their next request.
///
/// # Errors
/// [`Error::NotFound`] when it is gone; [`Error::Forbidden`] outside of the caller's own areas and for
/// the caller's own roles (so that an area's last administrator does not go by mistake).
pub async fn roles_revoke(caller: &Caller, core: &Core, input: RevokeRole) -> Result<()> {
    caller.allow_somewhere(Verb::RolesRevoke)?;
    core.db
        .write((caller.clone(), input.grant), |tx, (caller, id)| {
            Box::pin(async move {
                let grant = grants::find(tx.conn(), id).await?.ok_or(Error::NotFound)?;
                caller.allow(Verb::RolesRevoke, &grant.area)?;
                if caller.account.as_ref() == Some(&grant.account) {
                    return Err(Error::Forbidden.into());
                }
                let role = Role::from_code(&grant.role).ok_or(Error::NotFound)?;
                if !grants::delete(tx.conn(), id).await? {
                    return Err(Error::NotFound.into());
                }
                tx.change(session::ended_topic(&grant.account));
                record(tx, caller.actor(), "revoke", id, &grant.account, role, &grant.area).await
            })
        })
        .await
}

/// Rows of a page.
const ROWS: i64 = 50;

/// Who holds which role in an area and inside it.
///
/// # Errors
/// [`Error::Forbidden`] outside of the caller's own areas.
pub async fn roles_list(caller: &Caller, core: &Core, query: RolesQuery) -> Result<RolesView> {
    caller.allow_somewhere(Verb::RolesList)?;
    let area = query.area.or_else(|| caller.areas(Verb::RolesList).into_iter().next()).ok_or(Error::Forbidden)?;
    caller.allow(Verb::RolesList, &area)?;
    let mut conn = core.db.read().await?;
    let rows = grants::inside(&mut conn, &area, query.after.as_deref().unwrap_or_default(), ROWS + 1).await?;
    let page = Page::from_overfetch(rows, ROWS, |row| row.id.to_string());
    let views = views(&mut conn, core, page.rows).await?;
    let mut trail = people::trail_names(&mut conn, &area).await?;
    trail.retain(|around| caller.allow(Verb::RolesList, &around.id).is_ok());
    let inside = people::children(&mut conn, &area).await?;
    Ok(RolesView { trail, inside, grants: Page { rows: views, next: page.next } })
}

/// Grants as shown, without those whose role is of a later version of the program.
async fn views(conn: &mut AnyConnection, core: &Core, rows: Vec<GrantRow>) -> Result<Vec<GrantView>> {
    let people: Vec<&str> = rows.iter().filter_map(|row| row.person.as_ref()).map(PersonId::as_str).collect();
    let names = people::names(conn, &people).await?;
    let areas = people::named(conn, &rows.iter().map(|row| row.area.clone()).collect()).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(role), Some(area)) = (Role::from_code(&row.role), areas.get(&row.area).cloned()) else { continue };
        let name = row.person.as_ref().and_then(|person| names.get(person.as_str())).cloned();
        let phone = mask_phone(&core.keys.open(sign_in::SEALED_PHONE, &row.phone_sealed)?);
        views.push(GrantView { id: row.id, account: row.account, phone, name, role, area, granted_at: row.granted_at });
    }
    Ok(views)
}

/// People who hold a role on an area, inside it or around it. Who has never signed in is not known yet.
///
/// # Errors
/// The database's own.
pub async fn holders(conn: &mut AnyConnection, role: Role, area: &AreaId) -> Result<Vec<PersonId>> {
    let mut people = grants::holders(conn, role.code(), area.as_str(), &area.end()).await?;
    for around in area.trail().into_iter().filter(|around| around != area) {
        // Past the area and before all inside it stands its id with a dot.
        people.extend(grants::holders(conn, role.code(), around.as_str(), &format!("{around}.")).await?);
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// The account of a phone, made when there is none.
pub(super) async fn account_of(tx: &mut Tx, phone_index: &str, phone_sealed: &str) -> Result<AccountId> {
    let (fresh, now) = (tx.id::<AccountId>(), tx.now());
    Ok(accounts::of_phone(tx.conn(), &fresh, phone_index, phone_sealed, now).await?)
}

/// Grants; none when the account held the role there already.
pub(super) async fn put(tx: &mut Tx, account: &AccountId, role: Role, area: &AreaId) -> Result<Option<GrantId>> {
    let (id, now) = (tx.id::<GrantId>(), tx.now());
    Ok(grants::insert(tx.conn(), &id, account, role.code(), area, now).await?.then_some(id))
}

async fn record(
    tx: &mut Tx,
    actor: &str,
    verb: &'static str,
    grant: &GrantId,
    account: &AccountId,
    role: Role,
    area: &AreaId,
) -> Result<()> {
    let payload = serde_json::json!({ "grant": grant, "role": role });
    let event = Event { room: "identity", verb, area, subject: account.as_str(), payload };
    events::record_as(tx, actor, event).await.map(|_| ())
}
