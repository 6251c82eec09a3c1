//! Looking for people within the caller's areas.

use super::rules::{Cursor, Order, Sought};
use super::store::persons::{self, Stored};
use super::store::{search as store, tenure};
use super::{ID_NUMBER, PHONE, areas};
use crate::crypto::Keys;
use crate::identity::{Caller, Verb};
use crate::{Core, Result};
use contract::check::{mask_id_number, mask_phone};
use contract::people::{PeopleFound, PeopleSearch, PersonRow};
use contract::{AreaId, Error, Page};
use sqlx::AnyConnection;
use std::collections::HashSet;

/// People by name, phone, identity number or address, sealed fields masked.
///
/// # Errors
/// [`Error::Forbidden`] outside the caller's areas, [`Error::Invalid`] for too long a text.
pub async fn search(caller: &Caller, core: &Core, input: PeopleSearch) -> Result<PeopleFound> {
    caller.allow_somewhere(Verb::PeopleSearch)?;
    input.check()?;
    let own = caller.areas(Verb::PeopleSearch);
    let area = input.area.clone().or_else(|| own.first().cloned()).ok_or(Error::Forbidden)?;
    caller.allow(Verb::PeopleSearch, &area)?;
    let mut conn = core.db.read().await?;
    let page = list(&mut conn, &core.keys, &area, &input).await?;
    let mut choices = areas::children(&mut conn, &area).await?;
    for id in own.iter().filter(|id| own.len() > 1 && **id != area) {
        choices.extend(areas::area(&mut conn, id).await?);
    }
    let trail = areas::trail_names(&mut conn, &area).await?;
    let open = |at: &AreaId| own.iter().any(|own| own.holds(at));
    let trail = trail.into_iter().filter(|at| open(&at.id)).collect();
    let page = page.try_map(|row| masked(&core.keys, row))?;
    Ok(PeopleFound { trail, areas: choices, page })
}

/// A page of stored rows.
struct Rows {
    rows: Vec<Stored>,
    next: Option<String>,
}

impl Rows {
    fn try_map<T>(self, f: impl FnMut(Stored) -> Result<T>) -> Result<Page<T>> {
        Ok(Page { rows: self.rows.into_iter().map(f).collect::<Result<_>>()?, next: self.next })
    }

    fn ordered(rows: Vec<Stored>, limit: i64, order: Order) -> Self {
        let key = |row: &Stored| match order {
            Order::Name => Cursor::text(order, &row.name, row.id.as_str()),
            Order::Area | Order::Address => Cursor::text(order, row.area_id.as_str(), row.id.as_str()),
        };
        let page = Page::from_overfetch(rows, limit, key);
        Self { rows: page.rows, next: page.next }
    }
}

async fn list(conn: &mut AnyConnection, keys: &Keys, area: &AreaId, input: &PeopleSearch) -> Result<Rows> {
    let limit = input.page.limit();
    let cursor = input.page.after.as_deref().and_then(Cursor::read);
    let from = |order| cursor.clone().filter(|c| c.order == order).unwrap_or_else(|| Cursor::start(order)).after;
    match Sought::read(&input.q) {
        Sought::All => {
            let rows = store::by_area(conn, area, &from(Order::Area), limit + 1).await?;
            Ok(Rows::ordered(rows, limit, Order::Area))
        }
        Sought::Phone(phone) => {
            let found = persons::by_phone_index(conn, &keys.blind(PHONE, &phone)).await?;
            exactly(conn, area, found).await
        }
        Sought::IdNumber(number) => {
            let found = persons::by_id_index(conn, &keys.blind(ID_NUMBER, &number)).await?;
            exactly(conn, area, found.into_iter().collect()).await
        }
        Sought::Address(prefix) => at_address(conn, area, &prefix, &from(Order::Address), limit).await,
        Sought::Name(prefix) => {
            let rows = store::by_name(conn, area, &prefix, &from(Order::Name), limit + 1).await?;
            if rows.is_empty() {
                return at_address(conn, area, &prefix, &from(Order::Address), limit).await;
            }
            Ok(Rows::ordered(rows, limit, Order::Name))
        }
    }
}

/// Who was found by an exact index, as far as they live or own in the area.
async fn exactly(conn: &mut AnyConnection, area: &AreaId, found: Vec<Stored>) -> Result<Rows> {
    let elsewhere: Vec<&str> =
        found.iter().filter(|person| !area.holds(&person.area_id)).map(|person| person.id.as_str()).collect();
    let owned = tenure::places(conn, &elsewhere).await?;
    let here = |person: &Stored| {
        area.holds(&person.area_id) || owned.iter().any(|(owner, place)| *owner == person.id && area.holds(place))
    };
    Ok(Rows { rows: found.into_iter().filter(here).collect(), next: None })
}

/// Residents and owners at addresses that begin so; `limit` counts dwellings.
async fn at_address(
    conn: &mut AnyConnection,
    area: &AreaId,
    prefix: &str,
    after: &store::After,
    limit: i64,
) -> Result<Rows> {
    let dwellings = store::dwellings(conn, area, prefix, after, limit + 1).await?;
    let dwellings =
        Page::from_overfetch(dwellings, limit, |(id, address)| Cursor::text(Order::Address, address, id.as_str()));
    let ids: Vec<_> = dwellings.rows.into_iter().map(|(id, _)| id).collect();
    let there = store::of_dwellings(conn, &ids).await?;
    let people = persons::many(conn, &there.iter().map(|(_, person)| person.as_str()).collect::<Vec<_>>()).await?;
    // Dwelling by dwelling, the eldest first; nobody twice.
    let order = |dwelling| ids.iter().position(|id| id == dwelling);
    let mut rows: Vec<_> = there.iter().filter_map(|(at, person)| Some((order(at), people.get(person)?))).collect();
    rows.sort_by(|(a, x), (b, y)| (a, &x.born, &x.id).cmp(&(b, &y.born, &y.id)));
    let mut seen = HashSet::new();
    rows.retain(|(_, person)| seen.insert(&person.id));
    Ok(Rows { rows: rows.into_iter().map(|(_, person)| person.clone()).collect(), next: dwellings.next })
}

/// A stored person as lists show them.
pub(super) fn masked(keys: &Keys, row: Stored) -> Result<PersonRow> {
    let phone = row.phone.map(|sealed| keys.open(PHONE, &sealed)).transpose()?;
    let id_number = row.id_number.map(|sealed| keys.open(ID_NUMBER, &sealed)).transpose()?;
    Ok(PersonRow {
        id: row.id,
        name: row.name,
        phone: phone.map(|phone| mask_phone(&phone)),
        id_number: id_number.map(|number| mask_id_number(&number)),
        born: row.born,
        area: row.area_id,
        address: row.address.unwrap_or_default(),
    })
}
