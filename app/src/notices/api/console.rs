//! The workers' forms.

use axum::extract::Path;
use axum::response::Response;
use contract::ids::NoticeId;
use contract::notices::{CorrectionForm, NoticeForm, SendForm, WithdrawForm};
use contract::{Error, Fault};
use serde::Deserialize;
use server::notices;

use crate::notices::console::{INSERT, PICTURE};
use crate::ui::form::{Upload, UploadedFile};
use crate::ui::{Post, Posted};

/// A button's form: its content is the path.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

fn page(notice: &NoticeId) -> String {
    format!("/console/notices/{notice}")
}

/// A new draft.
pub async fn create(Upload(mut form, files, mut posted): Upload<NoticeForm>) -> Response {
    match with_picture(&mut posted, &mut form.body, files).await {
        Ok(()) if posted.sent(INSERT).is_none() => {}
        Ok(()) => return posted.show().await,
        Err(error) => return posted.answer(Err(error)).await,
    }
    let done = notices::draft(posted.caller(), posted.core(), form).await;
    posted.answer(done.map(|notice| page(&notice))).await
}

/// A draft once more.
pub async fn edit(Path(notice): Path<NoticeId>, Upload(mut form, files, mut posted): Upload<NoticeForm>) -> Response {
    match with_picture(&mut posted, &mut form.body, files).await {
        Ok(()) if posted.sent(INSERT).is_none() => {}
        Ok(()) => return posted.show().await,
        Err(error) => return posted.answer(Err(error)).await,
    }
    let done = notices::edit(posted.caller(), posted.core(), &notice, form).await;
    posted.answer(done.map(|()| page(&notice))).await
}

/// A new version of what is out.
pub async fn correct(
    Path(notice): Path<NoticeId>,
    Upload(mut form, files, mut posted): Upload<CorrectionForm>,
) -> Response {
    match with_picture(&mut posted, &mut form.body, files).await {
        Ok(()) if posted.sent(INSERT).is_none() => {}
        Ok(()) => return posted.show().await,
        Err(error) => return posted.answer(Err(error)).await,
    }
    let done = notices::correct(posted.caller(), posted.core(), &notice, form).await;
    posted.answer(done.map(|()| page(&notice))).await
}

/// Keeps the picture that came along and names it at the end of the text, so that a form shown again has it.
async fn with_picture(posted: &mut Posted, body: &mut String, files: Vec<UploadedFile>) -> server::Result<()> {
    for UploadedFile { field, content } in files {
        if field != PICTURE {
            continue;
        }
        let kept = notices::keep_picture(posted.caller(), posted.core(), content).await.map_err(beside)?;
        *body = format!("{}\n\n![]({}{kept})\n", body.trim_end(), notices::PICTURES);
        posted.replace("body", vec![body.clone()]);
    }
    Ok(())
}

/// A picture that is none is told beside its own field.
fn beside(error: server::Error) -> server::Error {
    match error {
        server::Error::Public(Error::Invalid(faults)) => {
            let faults = faults.into_iter().map(|fault| Fault { field: PICTURE.to_owned(), ..fault });
            Error::Invalid(faults.collect()).into()
        }
        other => other,
    }
}

/// Sends it, now or at a moment.
pub async fn send(Path(notice): Path<NoticeId>, Post(form, posted): Post<SendForm>) -> Response {
    let posted = posted.shown_at(&format!("{}/preview", page(&notice)));
    let done = notices::send(posted.caller(), posted.core(), &notice, form).await;
    posted.answer(done.map(|()| page(&notice))).await
}

/// Makes a draft of it again.
pub async fn unschedule(Path(notice): Path<NoticeId>, Post(Nothing {}, posted): Post<Nothing>) -> Response {
    let posted = posted.shown_at(&page(&notice));
    let done = notices::unschedule(posted.caller(), posted.core(), &notice).await;
    posted.answer(done.map(|()| page(&notice))).await
}

/// Takes it back.
pub async fn withdraw(Path(notice): Path<NoticeId>, Post(form, posted): Post<WithdrawForm>) -> Response {
    let done = notices::withdraw(posted.caller(), posted.core(), &notice, form).await;
    posted.answer(done.map(|()| page(&notice))).await
}
