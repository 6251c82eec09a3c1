//! Accounts, their second factor and their settings.

use contract::Millis;
use contract::ids::{AccountId, PersonId};
use sqlx::{AnyConnection, Error};

/// The account of a phone, made when there is none.
pub(in crate::identity) async fn of_phone(
    conn: &mut AnyConnection,
    fresh: &AccountId,
    phone_index: &str,
    phone_sealed: &str,
    now: Millis,
) -> Result<AccountId, Error> {
    sqlx::query(
        "INSERT INTO accounts (id, phone_index, phone_sealed, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (phone_index) DO NOTHING",
    )
    .bind(fresh)
    .bind(phone_index)
    .bind(phone_sealed)
    .bind(now)
    .execute(&mut *conn)
    .await?;
    let (id,): (AccountId,) =
        sqlx::query_as("SELECT id FROM accounts WHERE phone_index = $1").bind(phone_index).fetch_one(conn).await?;
    Ok(id)
}

/// The person whom the account is tied to.
pub(in crate::identity) async fn person(
    conn: &mut AnyConnection,
    account: &AccountId,
) -> Result<Option<PersonId>, Error> {
    let (person,): (Option<PersonId>,) =
        sqlx::query_as("SELECT person FROM accounts WHERE id = $1").bind(account).fetch_one(conn).await?;
    Ok(person)
}

/// Ties the account to the person whom the registry has under its phone now, and to nobody else.
pub(in crate::identity) async fn bind(
    conn: &mut AnyConnection,
    account: &AccountId,
    person: Option<&PersonId>,
) -> Result<(), Error> {
    if let Some(person) = person {
        sqlx::query("UPDATE accounts SET person = NULL WHERE person = $1 AND id <> $2")
            .bind(person)
            .bind(account)
            .execute(&mut *conn)
            .await?;
    }
    sqlx::query("UPDATE accounts SET person = $1 WHERE id = $2")
        .bind(person.map(PersonId::as_str))
        .bind(account)
        .execute(conn)
        .await?;
    Ok(())
}

/// Was the account tied to its person by more than its phone?
pub(in crate::identity) async fn is_fixed(conn: &mut AnyConnection, account: &AccountId) -> Result<bool, Error> {
    let row: Option<(i64,)> = sqlx::query_as("SELECT 1 FROM accounts WHERE id = $1 AND tied_by IS NOT NULL")
        .bind(account)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Is the person tied to another account by more than its phone?
pub(in crate::identity) async fn is_fixed_elsewhere(
    conn: &mut AnyConnection,
    person: &PersonId,
    account: &AccountId,
) -> Result<bool, Error> {
    let row: Option<(i64,)> =
        sqlx::query_as("SELECT 1 FROM accounts WHERE person = $1 AND id <> $2 AND tied_by IS NOT NULL")
            .bind(person)
            .bind(account)
            .fetch_optional(conn)
            .await?;
    Ok(row.is_some())
}

/// Ties an account to a person who has none; false when they have one, or the account somebody else.
pub(in crate::identity) async fn tie(
    conn: &mut AnyConnection,
    account: &AccountId,
    person: &PersonId,
    how: &str,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE accounts SET person = $1, tied_by = $3 WHERE id = $2 AND person IS NULL \
         AND NOT EXISTS (SELECT 1 FROM accounts other WHERE other.person = $1)",
    )
    .bind(person)
    .bind(account)
    .bind(how)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a person's account to another who has none, whatever phone the registry has for them; true when it was
/// given.
pub(in crate::identity) async fn hand_on(
    conn: &mut AnyConnection,
    from: &PersonId,
    to: &PersonId,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE accounts SET person = $2, tied_by = COALESCE(tied_by, 'desk') WHERE person = $1 AND NOT EXISTS (SELECT 1 FROM accounts other WHERE other.person = $2)",
    )
    .bind(from)
    .bind(to)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a person's account from them.
pub(in crate::identity) async fn untie(conn: &mut AnyConnection, person: &PersonId) -> Result<(), Error> {
    sqlx::query("UPDATE accounts SET person = NULL, tied_by = NULL WHERE person = $1")
        .bind(person)
        .execute(conn)
        .await?;
    Ok(())
}

/// An account's second factor as kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::identity) struct Totp {
    pub totp_sealed: Option<String>,
    pub totp_confirmed: i64,
    pub totp_step: i64,
    pub phone_sealed: String,
}

/// The account's second factor.
pub(in crate::identity) async fn totp(conn: &mut AnyConnection, account: &AccountId) -> Result<Option<Totp>, Error> {
    sqlx::query_as("SELECT totp_sealed, totp_confirmed, totp_step, phone_sealed FROM accounts WHERE id = $1")
        .bind(account)
        .fetch_optional(conn)
        .await
}

/// Keeps a secret, unless one is confirmed already; true when kept.
pub(in crate::identity) async fn put_totp(
    conn: &mut AnyConnection,
    account: &AccountId,
    sealed: &str,
    confirmed: bool,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE accounts SET totp_sealed = $1, totp_confirmed = $2, totp_step = 0 WHERE id = $3 AND totp_confirmed = 0",
    )
    .bind(sealed)
    .bind(i64::from(confirmed))
    .bind(account)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Uses up a step of this very secret: false when it, or a later one, was used before (RFC 6238 §5.2).
pub(in crate::identity) async fn use_step(
    conn: &mut AnyConnection,
    account: &AccountId,
    sealed: &str,
    step: i64,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE accounts SET totp_step = $1, totp_confirmed = 1 WHERE id = $2 AND totp_sealed = $3 AND totp_step < $1",
    )
    .bind(step)
    .bind(account)
    .bind(sealed)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Locale tag, elder flag, theme code.
pub(in crate::identity) async fn settings(
    conn: &mut AnyConnection,
    account: &AccountId,
) -> Result<Option<(String, i64, String)>, Error> {
    sqlx::query_as("SELECT locale, elder, theme FROM account_settings WHERE account = $1")
        .bind(account)
        .fetch_optional(conn)
        .await
}

/// Remembers settings.
pub(in crate::identity) async fn put_settings(
    conn: &mut AnyConnection,
    account: &AccountId,
    locale: &str,
    elder: bool,
    theme: &str,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO account_settings (account, locale, elder, theme) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (account) DO UPDATE SET locale = excluded.locale, elder = excluded.elder, theme = excluded.theme",
    )
    .bind(account)
    .bind(locale)
    .bind(i64::from(elder))
    .bind(theme)
    .execute(conn)
    .await?;
    Ok(())
}
