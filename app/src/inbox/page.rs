//! 消息: what happened that concerns me, newest first.

use contract::inbox::{Inbox, Note};
use contract::{Page, PageRequest};
use leptos::prelude::*;
use server::inbox;

use crate::ui::page::{load, query};
use crate::ui::time;
use crate::ui::*;

/// The page.
#[component]
pub fn InboxPage() -> impl IntoView {
    let (caller, core, page) = (caller(), core(), query::<PageRequest>());
    load(async move { inbox::list(&caller, &core, page).await }, |inbox| view! { <Messages inbox=inbox /> })
}

#[component]
fn Messages(inbox: Inbox) -> impl IntoView {
    let ui = ui();
    let Inbox { unread, notes: Page { rows, next } } = inbox;
    let empty = rows.is_empty();
    view! {
        <StepPage title=tr!(ui, "inbox.title") back="/">
            <header class="inbox-head">
                <h1>{if unread == 0 { tr!(ui, "inbox.none_unread") } else { tr!(ui, "inbox.unread", n = unread) }}</h1>
                {(unread > 0).then(|| view! { <ReadAll /> })}
            </header>
            {if empty {
                view! {
                    <Empty title=tr!(ui, "inbox.empty")>
                        <p>{tr!(ui, "inbox.empty_text")}</p>
                    </Empty>
                }
                    .into_any()
            } else {
                let rows = rows.into_iter().map(|note| view! { <Message note=note /> }).collect_view();
                view! { <List>{rows}</List> }.into_any()
            }}
            <Pager next=next />
        </StepPage>
    }
}

#[component]
fn ReadAll() -> impl IntoView {
    view! {
        <form method="post" action="/inbox/read">
            <Button look=Look::Quiet>
                <Icon name="list-checks" />
                {tr!(ui(), "inbox.read_all")}
            </Button>
        </form>
    }
}

/// A message as a row that is one button: it marks the message read and leads to what it is about, so it posts.
/// Opening twice does no harm, so the form needs no key.
#[component]
pub fn Message(
    /// The message.
    note: Note,
) -> impl IntoView {
    let ui = ui();
    let title = title(ui, &note);
    view! {
        <li>
            <form method="post" action="/inbox/open">
                <button type="submit" name="note" value=note.id.to_string() class="item message">
                    {note
                        .unread
                        .then(|| {
                            view! {
                                <span class="unread">
                                    <span class="sr">{tr!(ui, "inbox.is_unread")}</span>
                                </span>
                            }
                        })}
                    <span class="body">
                        <b>{title}</b>
                        <time class="detail num" datetime=time::machine(note.at)>
                            {time::moment(ui, note.at)}
                        </time>
                    </span>
                    <Icon name="chevron-right" />
                </button>
            </form>
        </li>
    }
}

/// The text of a message in the reader's language, from the locale file of the room that sent it.
fn title(ui: Ui, note: &Note) -> String {
    let (names, values): (Vec<&str>, Vec<String>) =
        note.params.iter().map(|(name, value)| (name.as_str(), value.clone())).unzip();
    rust_i18n::replace_patterns(&tr!(ui, &note.kind), &names, &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::Locale;
    use contract::ids::NoteId;

    #[test]
    fn a_message_speaks_its_readers_language() {
        let note = Note {
            id: NoteId::trusted("n"),
            at: 0,
            kind: "points.note.voting_cast".to_owned(),
            params: [("amount".to_owned(), "5.00".to_owned())].into(),
            link: "/points".to_owned(),
            unread: true,
        };
        assert_eq!(title(Ui::default(), &note), "参加投票，获得 5.00 积分");
        let english = Ui { locale: Locale::En, ..Ui::default() };
        assert_eq!(title(english, &note), "You took part in a vote: 5.00 points");
    }
}
