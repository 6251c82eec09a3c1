//! From the draft to the withdrawal.

use super::*;
use crate::inbox;
use crate::testing;
use contract::notices::{
    BrowseFilter, CorrectionForm, NoticeFilter, NoticeState, Preferences, PreferencesChange, RecipientFilter,
    ReplyFilter, ReplyForm, ReplyState, WithdrawForm,
};
use contract::{Error as Told, PageRequest};

#[tokio::test]
async fn a_notice_is_read_answered_corrected_and_withdrawn() {
    for core in testing::cores().await {
        residents(&core, 120).await.unwrap();
        let notice = draft(&worker(), &core, form(&[Channel::Sms])).await.unwrap();
        assert_eq!(draft(&worker(), &core, form(&[Channel::Sms])).await.unwrap(), notice, "sent again");
        let before = preview(&worker(), &core, &notice).await.unwrap();
        assert_eq!((before.recipients, before.phones, before.waits_until), (120, 108, None));
        assert!(matches!(open(&resident(0), &core, &notice, true).await, Err(Error::Public(Told::NotFound))));

        send(&worker(), &core, &notice, SendForm::default()).await.unwrap();
        assert_eq!(refusal(edit(&worker(), &core, &notice, form(&[])).await), Some(Refusal::NoticeState));
        work_off(&core).await;
        let state = detail(&worker(), &core, &notice).await.unwrap();
        assert_eq!((state.notice.state, state.progress.recipients, state.progress.read), (NoticeState::Sent, 120, 0));
        assert_eq!(count(&core, &notice, Channel::Sms, Delivery::Sent).await, 108);
        assert_eq!(count(&core, &notice, Channel::Sms, Delivery::Skipped).await, 12);

        let told = inbox::list(&resident(0), &core, PageRequest::default()).await.unwrap();
        assert_eq!((told.unread, told.notes.rows[0].link.as_str()), (1, format!("/notices/{notice}").as_str()));
        let list = browse(&resident(0), &core, BrowseFilter::default()).await.unwrap();
        assert!(list.rows[0].unread && list.rows[0].excerpt.starts_with("明天 9:00"), "{:?}", list.rows);
        open(&resident(0), &core, &notice, false).await.unwrap();
        assert_eq!(progress(&worker(), &core, &notice).await.unwrap().read, 0, "fetched ahead is not read");
        let shown = open(&resident(0), &core, &notice, true).await.unwrap();
        assert!(shown.versions[0].html.contains("<strong>9:00</strong>") && shown.reply == ReplyState::Invited);
        assert_eq!(progress(&worker(), &core, &notice).await.unwrap().read, 1);
        assert_eq!(inbox::unread(&resident(0), &core).await.unwrap(), 0);

        let text = |text: &str| ReplyForm { text: text.into() };
        reply(&resident(0), &core, &notice, text("收到")).await.unwrap();
        reply(&resident(0), &core, &notice, text("收到")).await.unwrap();
        assert_eq!(refusal(reply(&resident(0), &core, &notice, text("再说")).await), Some(Refusal::AlreadyReplied));
        assert_eq!(refusal(reply(&resident(999), &core, &notice, text("我")).await), Some(Refusal::NotInvited));
        let (_, replied) = replies(&worker(), &core, &notice, &ReplyFilter::default()).await.unwrap();
        assert_eq!(replied.rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), ["收到"]);

        let fix = CorrectionForm {
            body: "改为后天停水。".into(),
            change: "日期有误".into(),
            ..correction(&core, &notice).await
        };
        correct(&worker(), &core, &notice, fix.clone()).await.unwrap();
        assert_eq!(refusal(correct(&worker(), &core, &notice, fix).await), Some(Refusal::NoticeState), "being frozen");
        work_off(&core).await;
        let state = detail(&worker(), &core, &notice).await.unwrap();
        assert_eq!((state.notice.version, state.progress.recipients, state.progress.read), (2, 120, 0));
        assert_eq!(inbox::unread(&resident(0), &core).await.unwrap(), 1);
        let shown = open(&resident(0), &core, &notice, true).await.unwrap();
        assert_eq!((shown.versions.len(), shown.versions[0].change.as_str()), (2, "日期有误"));
        assert!(shown.changes.contains(&(true, "改为后天停水。".into())));
        assert!(matches!(shown.reply, ReplyState::Replied(..)));

        withdraw(&worker(), &core, &notice, WithdrawForm { reason: "停水取消".into() }).await.unwrap();
        work_off(&core).await;
        let shown = open(&resident(1), &core, &notice, true).await.unwrap();
        assert!(shown.versions.is_empty() && shown.reason.as_deref() == Some("停水取消"));
        assert_eq!(refusal(reply(&resident(1), &core, &notice, text("?")).await), Some(Refusal::NotInvited));
        assert_eq!(refusal(correction_form(&worker(), &core, &notice).await), Some(Refusal::NoticeState));
    }
}

async fn correction(core: &Core, notice: &NoticeId) -> CorrectionForm {
    correction_form(&worker(), core, notice).await.unwrap()
}

#[tokio::test]
async fn of_two_who_correct_the_same_version_the_second_is_told() {
    for core in testing::cores().await {
        residents(&core, 3).await.unwrap();
        let notice = sent(&core, form(&[])).await;
        let fix = CorrectionForm { change: "时间有误".into(), ..correction(&core, &notice).await };
        correct(&worker(), &core, &notice, fix.clone()).await.unwrap();
        work_off(&core).await;
        let other = CorrectionForm { change: "地点有误".into(), ..fix.clone() };
        assert_eq!(refusal(correct(&worker(), &core, &notice, other).await), Some(Refusal::Stale));
        // The same form again, as a phone without an answer sends it, is told that it is done.
        correct(&worker(), &core, &notice, fix).await.unwrap();
        send(&worker(), &core, &notice, SendForm::default()).await.unwrap();
        assert_eq!(detail(&worker(), &core, &notice).await.unwrap().versions.len(), 2);
    }
}

#[tokio::test]
async fn what_is_scheduled_goes_out_at_its_moment_and_not_when_taken_back() {
    for core in testing::cores().await {
        residents(&core, 3).await.unwrap();
        let notice = draft(&worker(), &core, form(&[])).await.unwrap();
        let at = contract::local::format(core.clock.now() + 10 * MINUTE);
        send(&worker(), &core, &notice, SendForm { at: at.clone() }).await.unwrap();
        unschedule(&worker(), &core, &notice).await.unwrap();
        assert_eq!(refusal(unschedule(&worker(), &core, &notice).await), Some(Refusal::NoticeState));
        core.clock.advance(11 * MINUTE);
        work_off(&core).await;
        let state = detail(&worker(), &core, &notice).await.unwrap().notice.state;
        assert_eq!(state, NoticeState::Draft);
        let at = contract::local::format(core.clock.now() + 10 * MINUTE);
        send(&worker(), &core, &notice, SendForm { at }).await.unwrap();
        work_off(&core).await;
        assert_eq!(detail(&worker(), &core, &notice).await.unwrap().progress.recipients, 0);
        core.clock.advance(11 * MINUTE);
        work_off(&core).await;
        assert_eq!(detail(&worker(), &core, &notice).await.unwrap().progress.recipients, 3);
    }
}

#[tokio::test]
async fn the_audience_is_who_it_says_and_stays_so() {
    for core in testing::cores().await {
        residents(&core, 250).await.unwrap();
        let to = |change: fn(&mut NoticeForm)| {
            let mut form = form(&[]);
            change(&mut form);
            form
        };
        // Born 1940 to 2019 in turn: 60 and older is born in 1966 or before.
        let elders = (0..250).filter(|n| 1940 + n % 80 <= 1966).count();
        for (key, expected, change) in [
            (
                "buildings",
                150,
                (|form| form.buildings = [0, 249].map(|n| building(n).to_string()).into()) as fn(&mut NoticeForm),
            ),
            ("owners", 250, |form| form.group = "owners".into()),
            ("households", 250, |form| form.group = "households".into()),
            ("elders", elders, |form| form.tag = "elders".into()),
            ("building", 100, |form| form.area = building(100).to_string()),
        ] {
            let form = NoticeForm { key: key.into(), ..to(change) };
            let notice = draft(&worker(), &core, form).await.unwrap();
            let expected = i64::try_from(expected).unwrap();
            assert_eq!(preview(&worker(), &core, &notice).await.unwrap().recipients, expected, "{key}");
            send(&worker(), &core, &notice, SendForm::default()).await.unwrap();
            work_off(&core).await;
            assert_eq!(detail(&worker(), &core, &notice).await.unwrap().progress.recipients, expected, "{key}");
        }
        let members = NoticeForm { group: "party_members".into(), key: "nobody".into(), ..form(&[]) };
        let nobody = draft(&worker(), &core, members).await.unwrap();
        let sending = send(&worker(), &core, &nobody, SendForm::default()).await;
        assert_eq!(refusal(sending), Some(Refusal::EmptyAudience));
    }
}

#[tokio::test]
async fn who_does_not_want_sms_gets_none_unless_it_is_urgent() {
    for core in testing::cores().await {
        residents(&core, 4).await.unwrap();
        assert_eq!(preferences(&resident(1), &core).await.unwrap(), Preferences::default());
        set_preferences(&resident(1), &core, PreferencesChange { sms: Some(false), wechat: None }).await.unwrap();
        let plain = sent(&core, form(&[Channel::Sms, Channel::Wechat])).await;
        assert_eq!(count(&core, &plain, Channel::Sms, Delivery::Sent).await, 3);
        assert_eq!(count(&core, &plain, Channel::Wechat, Delivery::Sent).await, 4);
        let urgent = NoticeForm { urgent: "1".into(), key: "urgent".into(), ..form(&[Channel::Sms]) };
        let urgent = sent(&core, urgent).await;
        assert_eq!(count(&core, &urgent, Channel::Sms, Delivery::Sent).await, 4);
    }
}

#[tokio::test]
async fn the_doorstep_list_is_who_has_not_read_it() {
    for core in testing::cores().await {
        residents(&core, 102).await.unwrap();
        let notice = sent(&core, form(&[])).await;
        let list = doorstep(&worker(), &core, &notice, Some(&building(100))).await.unwrap();
        assert_eq!(list.buildings.iter().map(|known| known.waiting).collect::<Vec<_>>(), [100, 2]);
        assert_eq!(
            list.rows.iter().map(|row| row.address.as_str()).collect::<Vec<_>>(),
            ["龙北小区2幢1单元000", "龙北小区2幢1单元001"]
        );
        open(&resident(100), &core, &notice, true).await.unwrap();
        let list = doorstep(&worker(), &core, &notice, Some(&building(100))).await.unwrap();
        assert_eq!(list.rows.iter().map(|row| row.person.clone()).collect::<Vec<_>>(), [person(101)]);
        let texts = DoorstepTexts { sheet: "未读".into(), heads: Default::default() };
        assert!(export_doorstep(&worker(), &core, &notice, texts).await.unwrap().starts_with(b"PK"));
        let elsewhere = doorstep(&resident(3), &core, &notice, None).await;
        assert!(matches!(elsewhere, Err(Error::Public(Told::Forbidden))));
    }
}

#[tokio::test]
async fn lists_page_search_and_keep_to_their_readers() {
    for core in testing::cores().await {
        residents(&core, 30).await.unwrap();
        for n in 0..22 {
            let public = if n == 3 { "1" } else { "" };
            let title = format!("第 {n:02} 号通知");
            sent(&core, NoticeForm { title, key: n.to_string(), public: public.into(), ..form(&[]) }).await;
            core.clock.advance(MINUTE);
        }
        let first = browse(&resident(0), &core, BrowseFilter::default()).await.unwrap();
        assert_eq!((first.rows.len(), first.rows[0].notice.title.as_str()), (20, "第 21 号通知"));
        let rest =
            browse(&resident(0), &core, BrowseFilter { after: first.next, ..BrowseFilter::default() }).await.unwrap();
        assert_eq!((rest.rows.len(), rest.next), (2, None));
        let found = BrowseFilter { search: "07".into(), unread: "1".into(), ..BrowseFilter::default() };
        let found = browse(&resident(0), &core, found).await.unwrap();
        assert_eq!(found.rows.len(), 1);
        open(&resident(0), &core, &found.rows[0].notice.id, true).await.unwrap();
        let unread = BrowseFilter { search: "07".into(), unread: "1".into(), ..BrowseFilter::default() };
        assert!(browse(&resident(0), &core, unread).await.unwrap().rows.is_empty());

        let public = BrowseFilter { tab: "public".into(), ..BrowseFilter::default() };
        let public = browse(&Caller::anonymous(), &core, public).await.unwrap();
        assert_eq!(public.rows.iter().map(|row| row.notice.title.as_str()).collect::<Vec<_>>(), ["第 03 号通知"]);
        open(&Caller::anonymous(), &core, &public.rows[0].notice.id, true).await.unwrap();
        let closed = open(&Caller::anonymous(), &core, &found.rows[0].notice.id, true).await;
        assert!(matches!(closed, Err(Error::Public(Told::SignIn))));
        assert!(browse(&resident(500), &core, BrowseFilter::default()).await.unwrap().rows.is_empty());

        let searched = NoticeFilter { search: "1%".into(), ..NoticeFilter::default() };
        assert!(console_list(&worker(), &core, searched).await.unwrap().rows.is_empty());
        let listed = console_list(&worker(), &core, NoticeFilter::default()).await.unwrap();
        assert!(listed.rows.len() == 20 && listed.next.is_some() && listed.rows[0].recipients == 30);
        let filter = RecipientFilter { status: "read".into(), ..RecipientFilter::default() };
        let (_, read) = recipients(&worker(), &core, &found.rows[0].notice.id, &filter).await.unwrap();
        assert_eq!(read.rows.iter().map(|row| row.person.clone()).collect::<Vec<_>>(), [person(0)]);
    }
}

#[tokio::test]
async fn those_with_a_role_are_found_by_where_they_hold_it_and_live() {
    for core in testing::cores().await {
        residents(&core, 250).await.unwrap();
        let grid = community().child("g01");
        holds(&core, 0, Role::PartyMember, &community()).await;
        holds(&core, 240, Role::PartyMember, &community()).await;
        holds(&core, 1, Role::GridWorker, &grid).await;
        holds(&core, 2, Role::GridWorker, &community().child("g02")).await;
        for (group, area, expected) in [
            ("party_members", community(), vec![person(0), person(240)]),
            ("party_members", building(240), vec![person(240)]),
            ("staff", community(), vec![person(1), person(2)]),
            ("staff", building(240), vec![person(1)]),
        ] {
            let key = format!("{group} {area}");
            let form = NoticeForm { group: group.into(), area: area.to_string(), key: key.clone(), ..form(&[]) };
            let notice = sent(&core, form).await;
            let (_, page) = recipients(&worker(), &core, &notice, &RecipientFilter::default()).await.unwrap();
            assert_eq!(page.rows.into_iter().map(|row| row.person).collect::<Vec<_>>(), expected, "{key}");
        }
    }
}

/// Gives a role to somebody who has signed in before.
async fn holds(core: &Core, n: usize, role: Role, area: &contract::AreaId) {
    core.db
        .write((n, role, area.clone()), |tx, (n, role, area)| {
            Box::pin(async move {
                let account = format!("account-{n}");
                sqlx::query(
                    "INSERT INTO accounts (id, phone_index, phone_sealed, person, created_at) VALUES ($1, $1, '', $2, 0)",
                )
                .bind(&account)
                .bind(person(*n))
                .execute(tx.conn())
                .await?;
                sqlx::query("INSERT INTO grants (id, account, role, area, granted_at) VALUES ($1, $1, $2, $3, 0)")
                    .bind(&account)
                    .bind(role.code())
                    .bind(area)
                    .execute(tx.conn())
                    .await?;
                Ok(())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn what_was_sent_to_an_entry_that_became_part_of_another_is_that_ones() {
    for core in testing::cores().await {
        residents(&core, 4).await.unwrap();
        let notice = sent(&core, form(&[Channel::Sms])).await;
        open(&resident(1), &core, &notice, true).await.unwrap();
        // Person 0 becomes one with somebody who was not told, person 1 (who has read it) with person 2.
        let outside = resident(9);
        core.db
            .write((), |tx, ()| {
                Box::pin(async move {
                    adopt(tx, &person(0), &person(9)).await?;
                    adopt(tx, &person(1), &person(2)).await
                })
            })
            .await
            .unwrap();
        assert!(open(&outside, &core, &notice, false).await.is_ok());
        assert!(open(&resident(0), &core, &notice, false).await.is_err());
        let list = doorstep(&worker(), &core, &notice, None).await.unwrap();
        let waiting: Vec<_> = list.rows.into_iter().map(|row| row.person).collect();
        assert_eq!(waiting.len(), 2, "{waiting:?}");
        assert!(waiting.contains(&person(3)) && waiting.contains(&person(9)), "{waiting:?}");
        assert_eq!(count(&core, &notice, Channel::App, Delivery::Read).await, 1);
        let line = &console_list(&worker(), &core, Default::default()).await.unwrap().rows[0];
        assert_eq!((line.recipients, line.read), (3, 1));
    }
}
