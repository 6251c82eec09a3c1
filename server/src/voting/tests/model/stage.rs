//! The stage for random votes: people and compounds in the registry, a vote over a roll from there.

use super::acts::Case;
use super::compound::{DEVELOPER, Flat, Head, Owners, PERSONS, born, guardian, name, person};
use crate::core::Core;
use crate::identity::{Caller, Grant};
use crate::people::{NewArea, NewDwelling, NewOwner, NewPerson, Registration, Sealer, holdings_under, register};
use crate::voting::heads::of_owners;
use crate::voting::keep_scan;
use crate::voting::testing::announced;
use contract::ids::{AccountId, DwellingId, VoteId};
use contract::voting::{DraftItem, DraftVote, HeadUnit, Majority, Rules, Secrecy, VoteKind};
use contract::{AreaId, Role};
use std::collections::BTreeMap;

pub(super) const HOUR: i64 = 3_600_000;

/// Everybody of the model stands in the registry; gives the name of a scan that papers can come with.
pub(super) async fn prepared(core: &Core) -> String {
    let written = core.db.write(core.keys.clone(), |tx, keys| {
        Box::pin(async move {
            let (sealer, seat) = (Sealer(keys), crate::voting::testing::compound());
            let one = |n: u8| -> NewPerson {
                let (id, phone) = (person(n), phone(n));
                let made = match n {
                    DEVELOPER => sealer.organisation(id, name(n), seat.clone(), None),
                    _ => sealer.person(id, name(n), born(n).to_owned(), seat.clone(), Some(&phone), None),
                };
                guardian(n).map(|guardian| made.clone().under(person(guardian))).unwrap_or(made)
            };
            let persons = (0..PERSONS).map(one).collect();
            register(tx.conn(), &Registration { persons, ..Registration::default() }).await
        })
    });
    written.await.unwrap();
    let mut picture = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(8, 8).write_to(&mut picture, image::ImageFormat::Png).unwrap();
    keep_scan(&worker(0), core, picture.into_inner().into()).await.unwrap().to_string()
}

pub(super) fn phone(n: u8) -> String {
    format!("138559{n:05}")
}

pub(super) fn signed_in(n: u8) -> Caller {
    Caller { account: Some(AccountId::trusted(format!("account-{n}"))), person: Some(person(n)), ..Caller::default() }
}

pub(super) fn worker(n: usize) -> Caller {
    Caller {
        account: Some(AccountId::trusted(format!("worker-{n}"))),
        grants: vec![Grant { role: Role::GridWorker, area: AreaId::city() }],
        second_factor: true,
        ..Caller::default()
    }
}

/// The flats as the registry keeps them, in a compound of this round.
pub(super) fn registered(flats: &[Flat], compound: &AreaId) -> Registration {
    let area = |id: &AreaId| NewArea { id: id.clone(), name: "小区".to_owned(), code: None };
    let building = compound.child("b01");
    let mut all = Registration { areas: vec![area(compound), area(&building)], ..Registration::default() };
    for (at, flat) in flats.iter().enumerate() {
        let id = dwelling(compound, at);
        let (label, place) = (format!("{at:03}"), building.child("u1").child(&format!("{at:03}")));
        let holders = flat.holders();
        let parts = i64::try_from(holders.len()).unwrap();
        let owner = |owner: &u8| NewOwner { dwelling: id.clone(), person: person(*owner), share: (1, parts) };
        all.owners.extend(holders.iter().map(owner));
        all.dwellings.push(NewDwelling {
            kind: flat.kind,
            developer: flat.built().then(|| person(DEVELOPER)),
            delivered: flat.delivered,
            ..NewDwelling::flat(id, place, label.clone(), label, flat.area_dm2)
        });
    }
    all
}

/// A vote over the compound, announced now and open for two hours from in two hours on.
pub(super) async fn frozen(core: &Core, case: &Case, compound: AreaId) -> VoteId {
    let now = core.clock.now();
    let mut conn = core.db.read().await.unwrap();
    let heads = of_owners(&holdings_under(&mut conn, &compound).await.unwrap(), case.parking, now);
    drop(conn);
    let rules = Rules {
        unreturned: case.unreturned,
        mandates_per_agent: case.limit,
        parking: case.parking,
        paper_hours: 24,
        ..Rules::default()
    };
    let item = |majority| DraftItem::decide("使用维修资金", "", majority, "");
    let draft = DraftVote {
        kind: VoteKind::Resolution,
        secrecy: Secrecy::Private,
        unit: HeadUnit::Owners,
        title: "业主大会表决".to_owned(),
        area: compound,
        opens_at: now + 2 * HOUR,
        closes_at: now + 4 * HOUR,
        items: vec![item(Majority::Ordinary), item(Majority::Special)],
    };
    announced(core, draft, &heads, &rules).await.unwrap()
}

/// Which head of the roll, and which paper, is which of the model's: by a flat that it counts.
pub(super) async fn named(
    core: &Core,
    vote: &VoteId,
    heads: &BTreeMap<Owners, Head>,
    compound: &AreaId,
) -> Vec<(String, i64)> {
    let mut conn = core.db.read().await.unwrap();
    let listed: Vec<(DwellingId, String, i64)> = sqlx::query_as(
        "SELECT d.dwelling, p.head, p.number FROM voting_dwellings d JOIN voting_papers p \
         ON p.vote = d.vote AND p.head = d.head WHERE d.vote = $1",
    )
    .bind(vote)
    .fetch_all(&mut *conn)
    .await
    .unwrap();
    let of: BTreeMap<_, _> = listed.into_iter().map(|(flat, head, number)| (flat, (head, number))).collect();
    heads.values().map(|head| of[&dwelling(compound, head.flat)].clone()).collect()
}

fn dwelling(compound: &AreaId, flat: usize) -> DwellingId {
    DwellingId::trusted(format!("{compound}/{flat}"))
}
