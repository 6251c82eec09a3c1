//! Signing in with a phone and a one-time code.
//!
//! What is limited, over all servers: tries per code, codes per phone and per address. A code that was
//! used takes its count back, so that only fruitless asking uses up a share. The numbers: a code is
//! guessed with 5 tries × 5 codes an hour / 10⁶ = 25 in a million per hour and phone.

use super::limit::{Limit, seconds, subnet};
use super::session::{self, Token};
use super::sms::Delivery;
use super::store::{accounts, codes, limits};
use super::{Caller, Verb};
use crate::core::Core;
use crate::crypto::Keys;
use crate::db::Tx;
use crate::error::Result;
use crate::events::{self, Event};
use crate::people;
use contract::check::mask_phone;
use contract::identity::{CodeRequest, CodeSent, Settings, SignIn};
use contract::ids::{AccountId, PersonId, SessionId};
use contract::{AreaId, Error, Issue, Millis};
use std::net::IpAddr;
use subtle::ConstantTimeEq;

/// A code works so long, in milliseconds.
const LIFE: Millis = 5 * 60_000;
/// Between two codes to one phone while the first is unused, in milliseconds.
const RESEND: Millis = 60_000;
/// Tries per code.
pub(super) const TRIES: i64 = 5;
const PER_PHONE: Limit = Limit { most: 5, window: 3_600_000 };
/// A community centre's people share one address.
const PER_ADDRESS: Limit = Limit { most: 60, window: 3_600_000 };

/// What a sign-in gives.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// For the cookie; the database keeps its hash only.
    pub token: String,
    /// The settings remembered with the account, if any.
    pub settings: Option<Settings>,
    /// The account acts for the community: the second factor comes next.
    pub staff: bool,
}

/// The blind index under which an account is kept for a phone.
pub(super) fn phone_index(keys: &Keys, phone: &str) -> String {
    keys.blind("identity.phone", phone)
}

/// Where the phone's own number is sealed.
pub(super) const SEALED_PHONE: &str = "identity.phone";

/// Keyed, so that a stolen database does not give a million possibilities to try.
fn code_hash(keys: &Keys, phone_index: &str, code: &str) -> String {
    keys.blind("identity.code", &format!("{phone_index}/{code}"))
}

/// Sends a one-time code to a phone. Whether the phone is known makes no difference.
///
/// # Errors
/// Field `phone`; [`Error::TooMany`] within the resend interval, or when phone or address asked too often.
pub async fn request_code(caller: &Caller, core: &Core, input: CodeRequest, from: IpAddr) -> Result<CodeSent> {
    caller.allow(Verb::SignIn, &AreaId::city())?;
    let phone = input.check()?;
    let code = random_code(core);
    let phone_index = phone_index(&core.keys, &phone);
    let new = codes::NewCode {
        code_hash: code_hash(&core.keys, &phone_index, &code),
        asked_from: format!("code-from:{}", core.keys.blind("identity.address", &subnet(from).to_string())),
        expires_at: core.clock.now() + LIFE,
        phone_index,
    };
    let wait = core.db.write(new.clone(), |tx, new| Box::pin(keep_code(tx, new))).await?;
    if let Some(retry_after_s) = wait {
        return Err(Error::TooMany { retry_after_s }.into());
    }
    let expires_at = new.expires_at;
    match core.sms.send(&phone, &code).await {
        Ok(delivery) => Ok(CodeSent {
            phone: mask_phone(&phone),
            expires_at,
            resend_at: expires_at - LIFE + RESEND,
            shown: (delivery == Delivery::Shown).then_some(code),
        }),
        Err(error) => {
            // Not sent: another may be asked for at once. The counts stay.
            core.db
                .write(new, |tx, new| {
                    Box::pin(async move { Ok(codes::take_back(tx.conn(), &new.phone_index, &new.code_hash).await?) })
                })
                .await?;
            tracing::error!(%error, "a code could not be sent");
            Err(Error::Busy.into())
        }
    }
}

/// Six digits, each equally likely.
fn random_code(core: &Core) -> String {
    // 2⁶⁴ is so much larger than 10⁶ that the remainder's bias (10⁻¹³) cannot be seen.
    format!("{:06}", u64::from_be_bytes(core.ids.bytes()) % 1_000_000)
}

/// Seconds to wait, or none when the code is kept and may be sent.
async fn keep_code(tx: &mut Tx, new: &codes::NewCode) -> Result<Option<u32>> {
    let now = tx.now();
    if !codes::put(tx.conn(), new, now, now - RESEND).await? {
        let sent = codes::sent_at(tx.conn(), &new.phone_index).await?;
        return Ok(Some(seconds(sent + RESEND - now)));
    }
    let by_phone = PER_PHONE.hit(tx.conn(), &phone_bucket(&new.phone_index), now).await?;
    let by_address = PER_ADDRESS.hit(tx.conn(), &new.asked_from, now).await?;
    let wait = by_phone.max(by_address);
    if wait.is_some() {
        codes::take_back(tx.conn(), &new.phone_index, &new.code_hash).await?;
    }
    Ok(wait)
}

fn phone_bucket(phone_index: &str) -> String {
    format!("code-to:{phone_index}")
}

struct Attempt {
    phone_index: String,
    phone_sealed: String,
    registry_index: String,
    code_hash: String,
    token: Token,
}

/// Signs in. The account is made on the first time and tied to the person whom the registry has under
/// this phone. Where a family shares a phone nobody is guessed: an account that is tied to one of them
/// stays so, and a new one is tied to nobody until the community's office enters a phone for each.
///
/// # Errors
/// Fields `phone` and `code`; [`Issue::WrongCode`] for a code that is wrong, used, expired or tried too often.
pub async fn sign_in(caller: &Caller, core: &Core, input: SignIn) -> Result<SignedIn> {
    caller.allow(Verb::SignIn, &AreaId::city())?;
    let (phone, code) = input.check()?;
    let phone_index = phone_index(&core.keys, &phone);
    let attempt = Attempt {
        code_hash: code_hash(&core.keys, &phone_index, &code),
        phone_sealed: core.keys.seal(SEALED_PHONE, &phone),
        registry_index: people::phone_index(&core.keys, &phone),
        token: Token::fresh(&core.ids),
        phone_index,
    };
    let token = attempt.token.secret.clone();
    // A wrong code is an answer, not an error: its try must be committed.
    let account = core.db.write(attempt, |tx, attempt| Box::pin(try_code(tx, attempt))).await?;
    let account = account.ok_or_else(|| Error::field("code", Issue::WrongCode))?;
    let settings = super::settings::of_account(core, &account).await?;
    let staff = session::caller_of(core, &token).await?.is_staff();
    Ok(SignedIn { token, settings, staff })
}

async fn try_code(tx: &mut Tx, attempt: &Attempt) -> Result<Option<AccountId>> {
    let now = tx.now();
    let Some(kept) = codes::try_one(tx.conn(), &attempt.phone_index, now, TRIES).await? else { return Ok(None) };
    if !bool::from(kept.as_bytes().ct_eq(attempt.code_hash.as_bytes())) {
        return Ok(None);
    }
    let Some(asked_from) = codes::use_up(tx.conn(), &attempt.phone_index, &kept, now).await? else { return Ok(None) };
    limits::give_back(tx.conn(), &phone_bucket(&attempt.phone_index)).await?;
    limits::give_back(tx.conn(), &asked_from).await?;

    let fresh: AccountId = tx.id();
    let account = accounts::of_phone(tx.conn(), &fresh, &attempt.phone_index, &attempt.phone_sealed, now).await?;
    let person = if accounts::is_fixed(tx.conn(), &account).await? {
        accounts::person(tx.conn(), &account).await?
    } else {
        let person = whose(tx, &account, &attempt.registry_index).await?;
        accounts::bind(tx.conn(), &account, person.as_ref()).await?;
        person
    };
    let session: SessionId = tx.id();
    session::open(tx, &session, &attempt.token, &account).await?;
    let event = Event {
        room: "identity",
        verb: "sign_in",
        area: &AreaId::city(),
        subject: account.as_str(),
        payload: serde_json::json!({ "session": session }),
    };
    let actor = person.as_ref().map_or(account.as_str(), |person| person.as_str());
    events::record_as(tx, actor, event).await?;
    Ok(Some(account))
}

/// The person to tie the account to.
async fn whose(tx: &mut Tx, account: &AccountId, registry_index: &str) -> Result<Option<PersonId>> {
    let mut known = people::by_phone_index(tx.conn(), registry_index).await?;
    if known.len() > 1 {
        let tied = accounts::person(tx.conn(), account).await?;
        known.retain(|known| tied.as_ref() == Some(&known.id));
    }
    let Some(known) = known.pop() else { return Ok(None) };
    // Who was tied by real name, or at the desk, keeps that account whoever has the phone now.
    let elsewhere = accounts::is_fixed_elsewhere(tx.conn(), &known.id, account).await?;
    Ok((!elsewhere).then_some(known.id))
}
