//! What lies on the community worker's desk: a list that was taken in but for its refused rows, and
//! corrections that residents wait for, somebody who was entered twice.

use super::logins::{caller, place};
use super::scenes::background;
use super::votes::unless_done;
use crate::identity::Caller;
use crate::people::{self, Registration, Sealer};
use crate::{Core, Error, Result};
use contract::Refusal;
use contract::ids::PersonId;
use contract::people::{AskCorrection, SendImport, StartImport};

/// Flats of the cast as they stand in the registry, two rows that cannot be.
const LIST: &str = "小区,幢,单元,房号,面积（㎡）,用途\n\
    龙北小区,2,1,301,128.46,住宅\n\
    龙北小区,1,2,201,98.50,住宅\n\
    龙北小区,3,1,502,116.24,住宅\n\
    龙北小区,4,1,101,96.30,住宅\n\
    龙北小区,7,2,603,九十四,住宅\n";

/// Somebody who was entered twice, with the same name and day of birth and no identity number.
async fn twin(core: &Core) -> Result<()> {
    let id = PersonId::trusted("019b8000-0000-7000-8000-000000000001");
    if people::find(&mut *core.db.read().await?, &id).await?.is_some() {
        return Ok(());
    }
    let home = place(&["g01", "c01", "b02", "u1", "h0502"]);
    let (name, born, phone) = ("程建国".to_owned(), "1956-02-14".to_owned(), Some("13855900108"));
    let again = Sealer(&core.keys).person(id, name, born, home, phone, None);
    let all = Registration { persons: vec![again], ..Registration::default() };
    core.db.write(all, |tx, all| Box::pin(async move { people::register(tx.conn(), all).await })).await
}

/// Lays it there. Each step may be repeated.
pub(super) async fn lay(core: &Core, worker: &Caller) -> Result<()> {
    twin(core).await?;
    let input = SendImport { area: place(&["g01", "c01"]), key: "demo-import".to_owned() };
    let import = people::send_import(worker, core, input, LIST.as_bytes().into()).await?;
    background(core).await?;
    unless_done(people::start_import(worker, core, &import, StartImport { partial: "1".to_owned() }).await)?;
    background(core).await?;
    for (login, field, value) in [
        ("resident", "phone", "13955900101"),
        ("scrutineer", "address", "龙北小区2幢1单元301"),
        ("party_member", "name", "方志源"),
    ] {
        let asker = caller(core, login).await?;
        let input = AskCorrection { field: field.to_owned(), value: value.to_owned() };
        match people::ask_correction(&asker, core, input).await {
            Err(Error::Public(contract::Error::Refused(Refusal::AlreadyPending))) => {}
            asked => drop(asked?),
        }
    }
    Ok(())
}
