//! Posters: a short signed link for each building of a vote, and the sheets that carry it.

use super::store::{self, Vote, roll};
use crate::core::Core;
use crate::crypto::grouped;
use crate::error::{Error, Result};
use crate::identity::{Caller, Verb};
use crate::people;
use crate::poster::{self, Poster};
use contract::area::AreaKind;
use contract::ids::VoteId;
use contract::voting::{HeadUnit, PosterCode, PosterTarget};
use contract::{AreaId, Error as Told, Locale, Refusal, local};

/// What the code is signed for: a code of another use never opens a vote.
const PURPOSE: &str = "voting.poster";
/// Bytes of the vote's short number in a code.
const SHORT: usize = 5;

/// The kinds of file a poster comes as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PosterFormat {
    /// A4, an own page for each building; ready to print.
    Pdf,
    /// One building's picture, 150 dpi.
    Png,
    /// One building's drawing.
    Svg,
}

impl PosterFormat {
    /// The format of a file name's ending.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension {
            "pdf" => Some(Self::Pdf),
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }

    /// The media type to send it with.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// The codes of all buildings on a vote's roll.
///
/// # Errors
/// `NotFound`, `Forbidden`; [`Refusal::WrongState`] for a draft, whose roll is not frozen yet.
pub async fn poster_codes(caller: &Caller, core: &Core, vote: &VoteId) -> Result<Vec<PosterCode>> {
    Ok(codes(caller, core, vote).await?.1)
}

async fn codes(caller: &Caller, core: &Core, vote: &VoteId) -> Result<(Vote, Vec<PosterCode>)> {
    caller.allow_somewhere(Verb::VotingPoster)?;
    let mut conn = core.db.read().await?;
    let stored = store::find(&mut conn, vote).await?.ok_or(Told::NotFound)?;
    caller.allow(Verb::VotingPoster, &stored.area)?;
    if stored.state == "draft" {
        return Err(Refusal::WrongState.into());
    }
    let buildings = roll::buildings(&mut conn, vote).await?;
    let code = |(number, building, name): (i64, AreaId, String)| -> Result<PosterCode> {
        let code = core.keys.sign_code(PURPOSE, &payload(stored.short, number)?);
        let url = format!("{}/v/{code}", core.config.public_url);
        Ok(PosterCode { building, name, code, url })
    };
    let codes = buildings.into_iter().map(code).collect::<Result<_>>()?;
    Ok((stored, codes))
}

/// Five bytes of the vote's short number, two of the building's: 21 characters with the signature.
fn payload(short: i64, building: i64) -> Result<Vec<u8>> {
    let building = u16::try_from(building).map_err(Error::internal)?;
    Ok([&short.to_be_bytes()[8 - SHORT..], &building.to_be_bytes()].concat())
}

/// Where a scanned or typed code leads. Who may vote there is for [`super::ballot_paper`] to say.
///
/// # Errors
/// [`Refusal::UnknownCode`].
pub async fn resolve_code(core: &Core, typed: &str) -> Result<PosterTarget> {
    let payload = core.keys.verify_code(PURPOSE, typed).ok_or(Refusal::UnknownCode)?;
    let (short, building) = payload.split_at_checked(SHORT).ok_or(Refusal::UnknownCode)?;
    let short = short.iter().fold(0, |number, byte| number << 8 | i64::from(*byte));
    let number = building.iter().fold(0, |number, byte| number << 8 | i64::from(*byte));
    let mut conn = core.db.read().await?;
    let vote = store::by_short(&mut conn, short).await?.ok_or(Refusal::UnknownCode)?;
    let buildings = roll::buildings(&mut conn, &vote).await?;
    let found = buildings.into_iter().find(|(at, ..)| *at == number).ok_or(Refusal::UnknownCode)?;
    Ok(PosterTarget { vote, building: found.1 })
}

/// The poster of one building, or of all of them as one PDF.
///
/// # Errors
/// As [`poster_codes`]; `NotFound` for a building that is not on the roll, and for all buildings in a
/// format that holds one page.
pub async fn poster(
    caller: &Caller,
    core: &Core,
    vote: &VoteId,
    building: Option<&AreaId>,
    format: PosterFormat,
) -> Result<Vec<u8>> {
    let (stored, mut codes) = codes(caller, core, vote).await?;
    if let Some(building) = building {
        codes.retain(|code| code.building == *building);
    }
    let mut conn = core.db.read().await?;
    let mut posters = Vec::with_capacity(codes.len());
    for code in codes {
        let compound = match code.building.up_to(AreaKind::Compound) {
            Some(compound) => people::area(&mut conn, &compound).await?.map(|area| area.name),
            None => None,
        };
        posters.push(sheet(&stored, code, compound.unwrap_or_else(|| stored.area_name.clone()), caller.locale));
    }
    drop(conn);
    if posters.is_empty() || (format != PosterFormat::Pdf && posters.len() > 1) {
        return Err(Told::NotFound.into());
    }
    let fonts = core.fonts.clone();
    // Drawing takes tenths of a second: not on a thread that answers others.
    let drawn = tokio::task::spawn_blocking(move || match format {
        PosterFormat::Pdf => poster::pdf(&posters, &fonts),
        PosterFormat::Png => poster::png(&posters[0], &fonts),
        PosterFormat::Svg => poster::svg(&posters[0], &fonts).map(String::into_bytes),
    });
    drawn.await.map_err(Error::internal)?
}

fn zh(unit: HeadUnit) -> &'static str {
    match unit {
        HeadUnit::Owners => "每户业主一票，共有的房屋推选一人投票",
        HeadUnit::Persons => "每位成年居民一票",
        HeadUnit::Households => "每户一票",
    }
}

fn en(unit: HeadUnit) -> &'static str {
    match unit {
        HeadUnit::Owners => "one ballot an owner, co-owners name one voter",
        HeadUnit::Persons => "one ballot a resident of full age",
        HeadUnit::Households => "one ballot a household",
    }
}

fn sheet(vote: &Vote, code: PosterCode, compound: String, locale: Locale) -> Poster {
    let (opens, closes) = (local::minute(vote.opens_at), local::minute(vote.closes_at));
    let lines = match locale {
        Locale::ZhCn => {
            vec![format!("投票时间：{opens} 至 {closes}"), format!("表决 {} 项；{}", vote.items, zh(vote.unit()))]
        }
        Locale::En => {
            vec![format!("Open from {opens} to {closes}"), format!("{} item(s); {}", vote.items, en(vote.unit()))]
        }
    };
    Poster {
        heading: vote.title.clone(),
        compound,
        building: code.name,
        lines,
        url: code.url,
        code: grouped(&code.code),
        locale,
    }
}
