//! From the paper to the urn.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::Response;
use contract::ids::VoteId;
use contract::voting::{CastBallot, MAX_ITEMS};
use contract::{Error, Issue};
use serde::Deserialize;
use server::voting;

use crate::ui::{Post, Posted};
use crate::voting::parts::{AREA, BLANK, HEAD, ITEMS};

/// The form as boxes send it: marks as `item.1=2`, options' numbers or [`BLANK`] alone; whose ballot it is, and
/// how many items the paper has.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct Marks(BTreeMap<String, Vec<String>>);

impl Marks {
    fn one(&self, field: &str) -> &str {
        self.0.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// The ballot that is meant. Nobody casts a blank item by oversight: 弃权 is marked like a name.
    fn ballot(&self, vote: VoteId) -> Result<CastBallot, Error> {
        let items = self.one(ITEMS).parse::<u32>().ok().filter(|items| (1..=MAX_ITEMS).contains(items));
        let items = items.ok_or(Error::field("choices", Issue::Unknown))?;
        let mut faults = Vec::new();
        let mut choices = Vec::new();
        for number in 1..=items {
            match self.item(&format!("item.{number}")) {
                Ok(marks) => choices.push(marks),
                Err(Error::Invalid(mut wrong)) => faults.append(&mut wrong),
                Err(other) => return Err(other),
            }
        }
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let area_dm2 = self.one(AREA).parse().map_err(|_| Error::field(AREA, Issue::Format))?;
        let (head, key) = (self.one(HEAD).to_owned(), self.one("key").to_owned());
        let ballot = CastBallot { vote, head, area_dm2, choices, key };
        ballot.check().map(|()| ballot)
    }

    fn item(&self, field: &str) -> Result<Vec<u32>, Error> {
        let marks = self.0.get(field).map(Vec::as_slice).unwrap_or_default();
        let blank = marks.iter().any(|mark| mark == BLANK);
        match marks.len() {
            0 => return Err(Error::field(field, Issue::Required)),
            1 => {}
            _ if blank => return Err(Error::field(field, Issue::Contradiction)),
            _ => {}
        }
        let numbers = marks.iter().filter(|mark| *mark != BLANK).map(|mark| mark.parse());
        numbers.collect::<Result<_, _>>().map_err(|_| Error::field(field, Issue::Unknown))
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

    fn ballot(items: u32, marks: &[(&str, &str)]) -> Result<Vec<Vec<u32>>, Error> {
        let fixed = [("items", items.to_string()), ("area", "8912".into()), ("key", "0123456789abcdef".repeat(2))];
        let mut fields = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in fixed.iter().map(|(name, value)| (*name, value.as_str())).chain(marks.iter().copied()) {
            fields.entry(name.to_owned()).or_default().push(value.to_owned());
        }
        Marks(fields).ballot(VoteId::trusted("v")).map(|ballot| ballot.choices)
    }

    #[test]
    fn each_item_has_names_or_blank_but_neither_nothing_nor_both() {
        assert_eq!(ballot(1, &[("item.1", "2"), ("item.1", "1")]), Ok(vec![vec![2, 1]]));
        assert_eq!(ballot(2, &[("item.1", "blank"), ("item.2", "3")]), Ok(vec![vec![], vec![3]]));
        assert_eq!(ballot(2, &[("item.2", "3")]), Err(Error::field("item.1", Issue::Required)));
        assert_eq!(
            ballot(1, &[("item.1", "1"), ("item.1", "blank")]),
            Err(Error::field("item.1", Issue::Contradiction))
        );
        assert_eq!(ballot(1, &[("item.1", "1"), ("item.1", "1")]), Err(Error::field("choices", Issue::Unknown)));
        assert_eq!(ballot(1, &[("item.1", "one")]), Err(Error::field("item.1", Issue::Unknown)));
        assert_eq!(ballot(99, &[]), Err(Error::field("choices", Issue::Unknown)));
    }
}
