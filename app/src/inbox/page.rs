//! 消息: what happened that concerns me, newest first.

use contract::Page;
use contract::inbox::{Inbox, InboxFilter, Note};
use leptos::prelude::*;
use server::inbox;

use crate::ui::page::{load, query};
use crate::ui::time;
use crate::ui::*;

/// The page.
#[component]
pub fn InboxPage() -> impl IntoView {
    let (caller, core, asked) = (caller(), core(), query::<InboxFilter>());
    let wanted = asked.clone();
    let look = async move { inbox::search(&caller, &core, wanted).await };
    load(look, |inbox| view! { <Messages inbox=inbox asked=asked /> })
}

/// The rooms that send messages, by the names that their keys begin with.
const ROOMS: [&str; 4] = ["notices", "voting", "points", "people"];

/// The fields of the query that make up the list.
fn narrowed(asked: &InboxFilter) -> String {
    let pairs = [("room", &asked.room), ("unread", &asked.unread), ("search", &asked.search)];
    let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    serde_html_form::to_string(pairs).unwrap_or_default()
}

#[component]
fn Tools(asked: InboxFilter) -> impl IntoView {
    let ui = ui();
    let rooms = ROOMS.map(|room| {
        let key = format!("inbox.room.{room}");
        view! { <option value=room selected=asked.room == room>{tr!(ui, &key)}</option> }
    });
    view! {
        <form class="tools" method="get" action="/inbox" role="search">
            <input
                type="search"
                name="search"
                value=asked.search.clone()
                placeholder=tr!(ui, "inbox.search")
                aria-label=tr!(ui, "inbox.search")
            />
            <select name="room" aria-label=tr!(ui, "inbox.kind")>
                <option value="">{tr!(ui, "inbox.all_kinds")}</option>
                {rooms.collect_view()}
            </select>
            <select name="unread" aria-label=tr!(ui, "inbox.which")>
                <option value="">{tr!(ui, "inbox.all")}</option>
                <option value="1" selected=asked.unread == "1">{tr!(ui, "inbox.only_unread")}</option>
            </select>
            <button class="btn" type="submit">{tr!(ui, "inbox.find")}</button>
        </form>
    }
}

#[component]
fn Messages(inbox: Inbox, asked: InboxFilter) -> impl IntoView {
    let ui = ui();
    let Inbox { unread, notes: Page { rows, next } } = inbox;
    let (empty, kept) = (rows.is_empty(), narrowed(&asked));
    let all = kept.is_empty();
    let more = if all { String::new() } else { format!("{kept}&") };
    view! {
        <StepPage title=tr!(ui, "inbox.title") back="/">
            <header class="inbox-head">
                <h1>{if unread == 0 { tr!(ui, "inbox.none_unread") } else { tr!(ui, "inbox.unread", n = unread) }}</h1>
                {(unread > 0).then(|| view! { <ReadAll /> })}
            </header>
            {(!empty || !all).then(|| view! { <Tools asked=asked /> })}
            {if empty && !all {
                view! { <Empty title=tr!(ui, "inbox.none_found") /> }.into_any()
            } else if empty {
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
            <Pager next=next query=more />
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
