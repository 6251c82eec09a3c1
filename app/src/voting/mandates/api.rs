//! Forms, pictures and the workbook of mandates.

use axum::Router;
use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use contract::ids::{MandateId, VoteId};
use contract::voting::{CastBallot, Item, MandateFilter, MandateForm, MandateState, Standing};
use contract::{Error, Issue, Refusal};
use serde::Deserialize;
use server::Core;
use server::identity::Caller;
use server::voting::{self, MandateTexts};

use super::console::HEADS;
use crate::ui::download::{XLSX, file, private_picture};
use crate::ui::form::Upload;
use crate::ui::*;
use crate::voting::attachments::{keep, with_picture};

/// The value that stands for 弃权 among an item's marks.
pub const BLANK: &str = "blank";

/// Posts and downloads.
pub fn forms() -> Router<Site> {
    let with_picture = with_picture();
    Router::new()
        .route("/voting/{id}/mandates", post(give).layer(with_picture))
        .route("/voting/{id}/mandates/revoke", post(revoke))
        .route("/voting/{id}/mandates/{mandate}", post(reopen))
        .route("/voting/{id}/mandates/{mandate}/review", post(review))
        .route("/voting/{id}/mandates/{mandate}/cast", post(cast))
        .route("/voting/{id}/mandates/{mandate}/photo.jpg", get(photo))
        .route("/console/voting/{id}/mandates/new", post(desk).layer(with_picture))
        .route("/console/voting/{id}/mandates/revoke", post(revoke_at_desk))
        .route("/console/voting/{id}/mandates/list.xlsx", get(list))
}

async fn give(Path(vote): Path<VoteId>, Upload(mut form, files, posted): Upload<MandateForm>) -> Response {
    match keep(&posted, files).await {
        Ok(photo) => form.photo = photo.unwrap_or_default(),
        Err(error) => return posted.answer(Err(error)).await,
    }
    let done = voting::give_mandate(posted.caller(), posted.core(), &vote, form).await;
    posted.answer(done.map(|_| format!("/voting/{vote}/mandates"))).await
}

async fn desk(Path(vote): Path<VoteId>, Upload(mut form, files, posted): Upload<MandateForm>) -> Response {
    match keep(&posted, files).await {
        Ok(photo) => form.photo = photo.unwrap_or_default(),
        Err(error) => return posted.answer(Err(error)).await,
    }
    let done = voting::give_at_desk(posted.caller(), posted.core(), &vote, form).await;
    posted.answer(done.map(|_| format!("/console/voting/{vote}/mandates"))).await
}

#[derive(Debug, Deserialize)]
struct Taken {
    mandate: MandateId,
}

async fn revoke(Path(vote): Path<VoteId>, Post(Taken { mandate }, posted): Post<Taken>) -> Response {
    take_back(posted, mandate, format!("/voting/{vote}/mandates")).await
}

async fn revoke_at_desk(Path(vote): Path<VoteId>, Post(Taken { mandate }, posted): Post<Taken>) -> Response {
    take_back(posted, mandate, format!("/console/voting/{vote}/mandates")).await
}

async fn take_back(posted: Posted, mandate: MandateId, page: String) -> Response {
    let posted = posted.shown_at(&page);
    let done = voting::revoke_mandate(posted.caller(), posted.core(), &mandate).await;
    posted.answer(done.map(|_| page)).await
}

fn paper(vote: &VoteId, mandate: &MandateId) -> String {
    format!("/voting/{vote}/mandates/{mandate}")
}

/// The key and whatever marks there are; which fields count, the paper says.
#[derive(Debug, Deserialize)]
struct Keyed {
    /// See [`CastBallot::key`].
    #[serde(default)]
    key: String,
}

/// Back from the review: the paper with its marks.
async fn reopen(Post(_, posted): Post<Keyed>) -> Response {
    posted.show().await
}

/// The choice once more before it counts.
async fn review(Path((vote, mandate)): Path<(VoteId, MandateId)>, Post(keyed, posted): Post<Keyed>) -> Response {
    match ballot(&posted, &mandate, keyed).await {
        Ok(_) => posted.show().await,
        Err(error) => posted.shown_at(&paper(&vote, &mandate)).answer(Err(error)).await,
    }
}

/// The ballot that is meant, if it fits the owner's paper. Nobody leaves an item blank by oversight: 弃权 is
/// marked like an answer.
async fn ballot(posted: &Posted, mandate: &MandateId, keyed: Keyed) -> server::Result<CastBallot> {
    let (paper, shown) = voting::mandate_paper(posted.caller(), posted.core(), mandate).await?;
    let Standing::OnRoll(entries) = &paper.standing else { return Err(Refusal::NoMandate.into()) };
    let entry = entries.first().cloned().ok_or(Refusal::NoMandate)?;
    let mut choices = Vec::with_capacity(paper.items.len());
    for item in &paper.items {
        choices.push(marks(posted, item)?);
    }
    let ballot = CastBallot { vote: shown.vote, head: entry.head, area_dm2: entry.area_dm2, choices, key: keyed.key };
    ballot.check()?;
    paper.fits(&ballot)?;
    Ok(ballot)
}

fn marks(posted: &Posted, item: &Item) -> Result<Vec<u32>, Error> {
    let field = item.field();
    let sent: Vec<&str> = posted.all(&field).collect();
    match sent.as_slice() {
        [] => Err(Error::field(field, Issue::Required)),
        [BLANK] => Ok(Vec::new()),
        sent if sent.contains(&BLANK) => Err(Error::field(field, Issue::Contradiction)),
        sent => {
            let numbers = sent.iter().map(|mark| mark.parse()).collect::<Result<_, _>>();
            numbers.map_err(|_| Error::field(field, Issue::Unknown))
        }
    }
}

/// Into the urn, for the owner.
async fn cast(Path((vote, mandate)): Path<(VoteId, MandateId)>, Post(keyed, posted): Post<Keyed>) -> Response {
    let done = match ballot(&posted, &mandate, keyed).await {
        Ok(ballot) => voting::cast_by_mandate(posted.caller(), posted.core(), &mandate, ballot).await,
        Err(error) => Err(error),
    };
    let posted = posted.shown_at(&paper(&vote, &mandate));
    posted.answer(done.map(|receipt| format!("/voting/{}/receipt?code={}&fresh=1", receipt.vote, receipt.code))).await
}

async fn photo(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path((_, mandate)): Path<(VoteId, MandateId)>,
) -> Response {
    private_picture(voting::mandate_photo(&caller, &core, &mandate).await)
}

async fn list(
    State(core): State<Core>,
    Extension(caller): Extension<Caller>,
    Path(vote): Path<VoteId>,
    Query(filter): Query<MandateFilter>,
) -> Response {
    let ui = Ui { locale: caller.locale, ..Ui::default() };
    let heads = HEADS.map(|head| {
        let key = format!("voting.mandate.head_of.{head}");
        tr!(ui, &key)
    });
    let states = MandateState::ALL.iter().map(|state| {
        let key = format!("voting.mandate.state.{}", state.code());
        tr!(ui, &key)
    });
    let texts = MandateTexts { sheet: tr!(ui, "voting.mandate.title"), heads, states: states.collect() };
    file(voting::export_mandates(&caller, &core, &vote, filter, texts).await, XLSX)
}
