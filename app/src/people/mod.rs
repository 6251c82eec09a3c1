//! The registry: for workers the list of people with search and paging, one person beside it, and lists taken
//! in whole; for residents their own record.

pub mod islands;

#[cfg(feature = "ssr")]
mod api;
#[cfg(feature = "ssr")]
mod asked;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod reasons;

#[cfg(feature = "ssr")]
pub use api::forms;
#[cfg(feature = "ssr")]
pub use pages::{CORRECTIONS, MERGE, PeopleRoutes, TWINS, correction_at, field_text};

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use contract::people::{CorrectedField, SealedField, UnmaskReason};

    use crate::ui::*;

    #[test]
    fn every_message_of_the_room_has_its_text() {
        let looks = SealedField::ALL.into_iter().flat_map(|field| {
            UnmaskReason::ALL.map(|reason| format!("people.note.unmask.{}.{}", field.code(), reason.code()))
        });
        let decided = CorrectedField::ALL.iter().flat_map(|field| {
            ["approved", "refused"].map(|state| format!("people.note.correction.{state}.{}", field.code()))
        });
        for key in looks.chain(decided).chain(["people.note.welcome", "people.note.moved_in"].map(String::from)) {
            let text = tr!(Ui::default(), &key);
            assert!(!text.ends_with(&key), "no text for {key}");
        }
    }
}
