//! SQL of the paper: items and options. They change while the vote is a draft; each statement asks for that.

use super::whole;
use contract::ids::VoteId;
use contract::voting::{DraftItem, Item, ItemKind, ItemOption, Majority, OptionDraft};
use sqlx::{AnyConnection, Error};

/// Puts the draft's items on the paper in place of those there, numbered in order from 1. Nothing changes once
/// the vote is announced.
pub(in super::super) async fn replace(
    conn: &mut AnyConnection,
    vote: &VoteId,
    items: &[DraftItem],
) -> Result<(), Error> {
    for table in ["voting_options", "voting_items"] {
        let delete = format!(
            "DELETE FROM {table} WHERE vote = $1 AND EXISTS \
             (SELECT 1 FROM voting_votes WHERE id = $1 AND state = 'draft')"
        );
        sqlx::query(sqlx::AssertSqlSafe(delete)).bind(vote).execute(&mut *conn).await?;
    }
    for (number, item) in (1i64..).zip(items) {
        if insert_item(conn, vote, number, item).await? {
            for (at, option) in (1i64..).zip(&item.options) {
                insert_option(conn, vote, (number, at), option).await?;
            }
        }
    }
    sqlx::query(
        "UPDATE voting_votes SET items = (SELECT COUNT(*) FROM voting_items WHERE vote = $1) \
         WHERE id = $1 AND state = 'draft'",
    )
    .bind(vote)
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds one item; false when the vote is announced.
pub(in super::super) async fn insert_item(
    conn: &mut AnyConnection,
    vote: &VoteId,
    number: i64,
    item: &DraftItem,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO voting_items (vote, number, kind, title, text, most, majority, clause) \
         SELECT id, $2, $3, $4, $5, $6, $7, $8 FROM voting_votes WHERE id = $1 AND state = 'draft'",
    )
    .bind(vote)
    .bind(number)
    .bind(item.kind.code())
    .bind(&item.title)
    .bind(&item.text)
    .bind(i64::from(item.most))
    .bind(item.majority.code())
    .bind(&item.clause)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds one option; false when the vote is announced.
pub(in super::super) async fn insert_option(
    conn: &mut AnyConnection,
    vote: &VoteId,
    (item, number): (i64, i64),
    option: &OptionDraft,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO voting_options (vote, item, number, name, statement, photo) \
         SELECT id, $2, $3, $4, $5, $6 FROM voting_votes WHERE id = $1 AND state = 'draft'",
    )
    .bind(vote)
    .bind(item)
    .bind(number)
    .bind(&option.name)
    .bind(&option.statement)
    .bind(&option.photo)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in super::super) const ITEMS: &str = "SELECT number, kind, title, text, most, majority, clause FROM voting_items \
     WHERE vote = $1 ORDER BY number";

pub(in super::super) const OPTIONS: &str = "SELECT item, number, name, statement, photo FROM voting_options \
     WHERE vote = $1 ORDER BY item, number";

#[derive(sqlx::FromRow)]
struct ItemRow {
    number: i64,
    kind: String,
    title: String,
    text: String,
    most: i64,
    majority: String,
    clause: String,
}

#[derive(sqlx::FromRow)]
struct OptionRow {
    item: i64,
    number: i64,
    name: String,
    statement: String,
    photo: Option<String>,
}

/// The paper by number.
pub(in super::super) async fn items(conn: &mut AnyConnection, vote: &VoteId) -> Result<Vec<Item>, Error> {
    let items: Vec<ItemRow> = sqlx::query_as(ITEMS).bind(vote).fetch_all(&mut *conn).await?;
    let options: Vec<OptionRow> = sqlx::query_as(OPTIONS).bind(vote).fetch_all(conn).await?;
    let item = |row: ItemRow| Item {
        number: whole(row.number),
        kind: ItemKind::from_code(&row.kind).unwrap_or(ItemKind::Choose),
        options: options.iter().filter(|option| option.item == row.number).map(option_of).collect(),
        title: row.title,
        text: row.text,
        most: whole(row.most),
        majority: Majority::from_code(&row.majority).unwrap_or(Majority::Ordinary),
        clause: row.clause,
    };
    Ok(items.into_iter().map(item).collect())
}

fn option_of(row: &OptionRow) -> ItemOption {
    ItemOption {
        number: whole(row.number),
        name: row.name.clone(),
        statement: row.statement.clone(),
        photo: row.photo.clone(),
    }
}
