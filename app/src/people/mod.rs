//! The registry for workers: the list of people with search and paging, one person beside it.

mod api;
mod asked;
mod pages;

pub use api::forms;
pub use pages::PeopleRoutes;

#[cfg(test)]
mod tests {
    use contract::people::{SealedField, UnmaskReason};

    use crate::ui::*;

    #[test]
    fn every_message_of_the_room_has_its_text() {
        let looks = SealedField::ALL.into_iter().flat_map(|field| {
            UnmaskReason::ALL.map(|reason| format!("people.note.unmask.{}.{}", field.code(), reason.code()))
        });
        for key in looks.chain(["people.note.welcome".to_owned()]) {
            let text = tr!(Ui::default(), &key);
            assert!(!text.ends_with(&key), "no text for {key}");
        }
    }
}
