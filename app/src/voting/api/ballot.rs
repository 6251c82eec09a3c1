//! From the paper to the urn.

use axum::extract::Path;
use axum::response::Response;
use contract::ids::VoteId;
use contract::voting::CastBallot;
use contract::{Error, Issue};
use serde::Deserialize;
use server::voting;

use crate::ui::{Post, Posted};
use crate::voting::parts::BLANK;

/// The marks as boxes send them.
#[derive(Debug, Deserialize)]
pub struct Marks {
    /// Candidates' numbers, or [`BLANK`] alone.
    #[serde(default)]
    choices: Vec<String>,
    /// See [`CastBallot::key`].
    #[serde(default)]
    key: String,
}

impl Marks {
    /// The ballot that is meant. Nobody casts a blank ballot by oversight: 弃权 is marked like a name.
    fn ballot(&self, vote: VoteId) -> Result<CastBallot, Error> {
        let blank = self.choices.iter().any(|mark| mark == BLANK);
        match self.choices.len() {
            0 => return Err(Error::field("choices", Issue::Required)),
            1 => {}
            _ if blank => return Err(Error::field("choices", Issue::Contradiction)),
            _ => {}
        }
        let numbers = self.choices.iter().filter(|mark| *mark != BLANK).map(|mark| mark.parse());
        let choices = numbers.collect::<Result<_, _>>().map_err(|_| Error::field("choices", Issue::Unknown))?;
        let ballot = CastBallot { vote, choices, key: self.key.clone() };
        ballot.check().map(|()| ballot)
    }
}

fn paper(vote: &VoteId) -> String {
    format!("/voting/{vote}")
}

/// Back from the review: the paper with its marks.
pub async fn reopen(Post(_, posted): Post<Marks>) -> Response {
    posted.show().await
}

/// The choice once more before it counts; what does not fit is told on the paper.
pub async fn review(Path(vote): Path<VoteId>, Post(marks, posted): Post<Marks>) -> Response {
    match fits(&posted, &vote, &marks).await {
        Ok(()) => posted.show().await,
        Err(error) => posted.shown_at(&paper(&vote)).answer(Err(error)).await,
    }
}

async fn fits(posted: &Posted, vote: &VoteId, marks: &Marks) -> server::Result<()> {
    let ballot = marks.ballot(vote.clone())?;
    let paper = voting::ballot_paper(posted.caller(), posted.core(), vote).await?;
    Ok(paper.fits(&ballot)?)
}

/// Into the urn.
pub async fn cast(Path(vote): Path<VoteId>, Post(marks, posted): Post<Marks>) -> Response {
    let posted = posted.shown_at(&paper(&vote));
    let done = match marks.ballot(vote) {
        Ok(ballot) => voting::cast(posted.caller(), posted.core(), ballot).await,
        Err(error) => Err(error.into()),
    };
    posted.answer(done.map(|receipt| format!("/voting/{}/receipt?code={}&fresh=1", receipt.vote, receipt.code))).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballot(choices: &[&str]) -> Result<Vec<u32>, Error> {
        let choices = choices.iter().map(ToString::to_string).collect();
        let marks = Marks { choices, key: "0123456789abcdef0123456789abcdef".into() };
        marks.ballot(VoteId::trusted("v")).map(|ballot| ballot.choices)
    }

    #[test]
    fn names_or_blank_but_neither_nothing_nor_both() {
        assert_eq!(ballot(&["2", "1"]), Ok(vec![2, 1]));
        assert_eq!(ballot(&["blank"]), Ok(vec![]));
        assert_eq!(ballot(&[]), Err(Error::field("choices", Issue::Required)));
        assert_eq!(ballot(&["1", "blank"]), Err(Error::field("choices", Issue::Contradiction)));
        assert_eq!(ballot(&["1", "1"]), Err(Error::field("choices", Issue::Unknown)));
        assert_eq!(ballot(&["one"]), Err(Error::field("choices", Issue::Unknown)));
    }
}
