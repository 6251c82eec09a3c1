//! Whom one can sign in as, and what they may do.

use super::cast::{LOGINS, Login, Reach};
use super::places::FEATURED;
use crate::identity::{Caller, DemoAccount, Grant, demo_grant};
use crate::people::{self, Known};
use crate::{Core, Error, Result};
use contract::ids::AccountId;
use contract::{AreaId, Role};

/// The demo logins, one a line, and the opening codes of its votes. The sign-in page shows the code, so that no telephone is needed.
pub fn logins_text() -> String {
    let lines = LOGINS.iter().map(|login| format!("  {}  {}（{}）", login.phone, title(login), login.name));
    let head = "演示账号 demo logins:".to_owned();
    let codes = std::iter::once(super::votes::codes_text());
    std::iter::once(head).chain(lines).chain(codes).collect::<Vec<_>>().join("\n")
}

fn title(login: &Login) -> &'static str {
    match login.role {
        None | Some(Role::Resident) if login.code == "two_flats" => "两套房业主 owner of two flats",
        None | Some(Role::Resident) => "居民 resident",
        Some(Role::PartyMember) => "党员 party member",
        Some(Role::GridWorker) => "网格员 grid worker",
        Some(Role::CommunityWorker) => "社区工作者 community worker",
        Some(Role::Scrutineer) => "监票人 scrutineer",
        Some(Role::Administrator) => "管理员 administrator",
    }
}

/// 龙北社区.
pub(super) fn community() -> AreaId {
    FEATURED[0].path.iter().fold(AreaId::city(), |area, code| area.child(code))
}

/// A place in 龙北社区, by the codes below it.
pub(super) fn place(codes: &[&str]) -> AreaId {
    codes.iter().fold(community(), |area, code| area.child(code))
}

fn area(login: &Login) -> AreaId {
    match login.reach {
        Reach::Grid => place(&["g01"]),
        Reach::Community => community(),
        Reach::City => AreaId::city(),
    }
}

/// Gives the demo logins their roles; again changes nothing.
pub(super) async fn grant(core: &Core) -> Result<()> {
    for login in &LOGINS {
        let Some(role) = login.role else { continue };
        core.db
            .write((DemoAccount::of(core, login.phone), role, area(login)), |tx, (account, role, area)| {
                Box::pin(async move { demo_grant(tx, account, *role, area).await })
            })
            .await?;
    }
    Ok(())
}

/// Who has a phone of the cast.
pub(super) async fn holder(core: &Core, phone: &str) -> Result<Known> {
    let index = people::phone_index(&core.keys, phone);
    let people = people::by_phone_index(&mut *core.db.read().await?, &index).await?;
    people.into_iter().next().ok_or_else(|| Error::internal("the demo's cast is not in the registry"))
}

/// One of the demo logins as if signed in with the second factor.
pub(super) async fn caller(core: &Core, code: &str) -> Result<Caller> {
    let login = LOGINS.iter().find(|login| login.code == code).ok_or_else(|| Error::internal("no such demo login"))?;
    let person = holder(core, login.phone).await?;
    let grants = login.role.map(|role| Grant { role, area: area(login) });
    Ok(Caller {
        account: Some(AccountId::trusted(person.id.as_str())),
        person: Some(person.id),
        name: Some(person.name),
        grants: grants.into_iter().collect(),
        second_factor: true,
        ..Caller::default()
    })
}
