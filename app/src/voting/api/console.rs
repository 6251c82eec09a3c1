//! The workers' forms.

use axum::extract::Path;
use axum::response::Response;
use contract::ids::VoteId;
use contract::voting::{DraftForm, KeyPart, OpeningState, RuleForm};
use serde::Deserialize;
use server::voting;

use crate::ui::form::{Upload, UploadedFile};
use crate::ui::{Post, Posted};
use crate::voting::attachments::beside;
use crate::voting::console::{CODE, REMOVED, TEMPLATE, WANTED};

/// A button's form: its content is the path.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

fn page(vote: &VoteId) -> String {
    format!("/console/voting/{vote}")
}

/// A new draft.
pub async fn create(Upload(form, files, mut posted): Upload<DraftForm>) -> Response {
    let form = match with_photos(&mut posted, form, files).await {
        Ok(form) if !only_rows(&posted) => form,
        Ok(_) => return posted.show().await,
        Err(error) => return posted.answer(Err(error)).await,
    };
    let done = voting::draft(posted.caller(), posted.core(), form).await;
    posted.answer(done.map(|vote| page(&vote))).await
}

/// A draft once more.
pub async fn edit(Path(vote): Path<VoteId>, Upload(form, files, mut posted): Upload<DraftForm>) -> Response {
    let form = match with_photos(&mut posted, form, files).await {
        Ok(form) if !only_rows(&posted) => form,
        Ok(_) => return posted.show().await,
        Err(error) => return posted.answer(Err(error)).await,
    };
    let done = voting::edit(posted.caller(), posted.core(), &vote, form).await;
    posted.answer(done.map(|()| page(&vote))).await
}

/// A button asked for other rows: the form is shown again and nothing is stored.
fn only_rows(posted: &Posted) -> bool {
    [WANTED, REMOVED, TEMPLATE].iter().any(|button| posted.sent(button).is_some())
}

/// Takes away the photo that is not wanted any more, keeps those that came along and names them in the
/// form, so that a form shown again has them.
async fn with_photos(posted: &mut Posted, mut form: DraftForm, files: Vec<UploadedFile>) -> server::Result<DraftForm> {
    form.candidate_photo.resize(form.candidate_name.len(), String::new());
    let removed = posted.sent(REMOVED).and_then(|row| row.parse::<usize>().ok());
    if let Some(place) = removed.and_then(|row| form.candidate_photo.get_mut(row)) {
        place.clear();
        posted.replace("candidate_photo", form.candidate_photo.clone());
    }
    for UploadedFile { field, content } in files {
        let row = field.strip_prefix("photo.").and_then(|row| row.parse::<usize>().ok());
        let Some(place) = row.and_then(|row| form.candidate_photo.get_mut(row)) else { continue };
        let kept = voting::keep_photo(posted.caller(), posted.core(), content).await;
        *place = kept.map_err(|error| beside(error, &field))?.to_string();
        posted.replace("candidate_photo", form.candidate_photo.clone());
    }
    Ok(form)
}

/// Freezes the roll.
pub async fn announce(Path(vote): Path<VoteId>, Post(Nothing {}, posted): Post<Nothing>) -> Response {
    let done = voting::announce(posted.caller(), posted.core(), &vote).await;
    posted.answer(done.map(|()| page(&vote))).await
}

/// Which key somebody takes.
#[derive(Debug, Deserialize)]
pub struct Part {
    part: KeyPart,
}

/// Takes an opening key; the page that answers is the only one that ever shows the code.
pub async fn take_key(Path(vote): Path<VoteId>, Post(Part { part }, mut posted): Post<Part>) -> Response {
    match voting::take_key(posted.caller(), posted.core(), &vote, part).await {
        Ok(code) => {
            posted.replace(CODE, vec![code]);
            posted.show().await
        }
        Err(error) => posted.answer(Err(error)).await,
    }
}

/// A typed opening code.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
}

/// Gives an opening code; with both, the ballots are counted.
pub async fn open(Path(vote): Path<VoteId>, Post(Typed { code }, posted): Post<Typed>) -> Response {
    let done = voting::open(posted.caller(), posted.core(), &vote, &code).await;
    let next = |state| match state {
        OpeningState::Waiting => format!("{}/open", page(&vote)),
        OpeningState::Counted => page(&vote),
    };
    posted.answer(done.map(next)).await
}

/// Sets a rule of an area.
pub async fn set_rule(Post(form, posted): Post<RuleForm>) -> Response {
    let done = voting::set_rule(posted.caller(), posted.core(), form).await;
    posted.answer(done.map(|_| "/console/voting/rules".to_owned())).await
}

/// Shows the result to everybody.
pub async fn publish(Path(vote): Path<VoteId>, Post(Nothing {}, posted): Post<Nothing>) -> Response {
    let posted = posted.shown_at(&page(&vote));
    let done = voting::publish(posted.caller(), posted.core(), &vote).await;
    posted.answer(done.map(|()| page(&vote))).await
}
