//! What of a vote goes on beside the phone: a mandate brought to the desk, and papers of one building.

use super::cast::PARTS;
use crate::identity::Caller;
use crate::{Core, Error, Result, voting};
use bytes::Bytes;
use contract::AreaId;
use contract::ids::VoteId;
use contract::voting::MandateForm;
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// 程建国 lets 方志远 vote for him; the building has its papers. Again changes nothing.
pub(super) async fn play(core: &Core, worker: &Caller, vote: &VoteId, building: &AreaId) -> Result<()> {
    let (owner, agent) = (&PARTS[7], &PARTS[2]);
    let photo = voting::keep_attachment(worker, core, page()?).await?.to_string();
    let form = MandateForm {
        head: String::new(),
        owner_phone: owner.phone.to_owned(),
        owner_name: owner.name.to_owned(),
        phone: agent.phone.to_owned(),
        name: agent.name.to_owned(),
        photo,
        key: "demo-mandate".to_owned(),
    };
    voting::give_at_desk(worker, core, vote, form).await?;
    voting::issue_papers(worker, core, vote, Some(building)).await.map(drop)
}

/// A written page as a camera sees it: lines on white.
fn page() -> Result<Bytes> {
    const WHITE: Rgb<u8> = Rgb([250, 249, 245]);
    const INK: Rgb<u8> = Rgb([70, 78, 74]);
    let written = |x: u32, y: u32| (60..420 - y % 130).contains(&x) && (90..520).contains(&y) && y % 36 < 4;
    let page = RgbImage::from_fn(480, 640, |x, y| if written(x, y) { INK } else { WHITE });
    let mut bytes = Cursor::new(Vec::new());
    page.write_to(&mut bytes, ImageFormat::Png).map_err(Error::internal)?;
    Ok(bytes.into_inner().into())
}
