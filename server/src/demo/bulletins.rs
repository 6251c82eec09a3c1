//! Notices of 龙北社区 in every state, written by the rooms' own verbs, and behind them the city's earlier
//! ones with their texts alone.

use super::dice::Dice;
use super::folk::SEED;
use super::logins::place;
use super::plan::communities;
use super::scenes::{DAY, HOUR, background};
use super::votes::unless_done;
use crate::identity::{Caller, Grant};
use crate::ids::Ids;
use crate::notices::{self, Past};
use crate::people::{self, Listed, Mark, Set};
use crate::{Core, Result};
use contract::ids::{AccountId, Fresh, NoticeId};
use contract::notices::{CorrectionForm, NoticeForm, ReplyForm, SendForm, WithdrawForm};
use contract::{AreaId, Millis, Role, local};
use futures::{StreamExt, TryStreamExt};

/// Notices of the pilot's years, as its report counts them.
const IN_ALL: u64 = 5_637;
/// The days that they are spread over: three years.
const DAYS: i64 = 1_095;
/// Readers under way at a time.
const AT_ONCE: usize = 16;
/// People looked up for readers, at most.
const READERS: i64 = 2_000;

/// A notice to be written.
struct Bulletin {
    key: &'static str,
    title: &'static str,
    body: &'static str,
    /// The place, by the codes below 龙北社区.
    at: &'static [&'static str],
    group: &'static str,
    channels: &'static [&'static str],
    /// Of a hundred recipients so many read it.
    read: u64,
    urgent: bool,
    replies: bool,
    public: bool,
}

/// A plain notice to residents.
const fn to(key: &'static str, at: &'static [&'static str], title: &'static str, body: &'static str) -> Bulletin {
    Bulletin {
        key,
        title,
        body,
        at,
        group: "residents",
        channels: &[],
        read: 0,
        urgent: false,
        replies: false,
        public: false,
    }
}

const EARLIER: [Bulletin; 5] = [
    Bulletin {
        public: true,
        ..to(
            "demo-market",
            &["g01", "c01"],
            "周六“邻里集市”在小区中心广场",
            "本周六 **9:00–12:00**，小区中心广场：\n\n- 义剪、磨刀、小家电维修\n- 旧书换绿植\n- 爱心商户现场兑换积分\n\n下雨顺延一周。",
        )
    },
    to(
        "demo-b01",
        &["g01", "c01", "b01"],
        "1 幢电梯年检",
        "1 幢 1、2 单元电梯周三 **14:00–16:00** 年检，期间请走楼梯。老人、孩子出门请结伴。",
    ),
    to(
        "demo-b05",
        &["g01", "c01", "b05"],
        "5 幢楼道灯更换",
        "5 幢全部楼道灯换成声控 LED 灯，周四上午施工，噪声较大，请谅解。",
    ),
    to(
        "demo-b06",
        &["g01", "c01", "b06"],
        "6 幢化粪池清掏",
        "周五 8:00 起清掏 6 幢化粪池，请关好门窗，车辆不要停在楼前。",
    ),
    Bulletin {
        group: "households",
        ..to(
            "demo-b03",
            &["g01", "c01", "b03"],
            "3 幢门禁卡换发",
            "3 幢换新门禁，每户派一人带房产证或身份证到服务台领卡，每户 **3 张**。旧卡月底停用。",
        )
    },
];

const WATER: Bulletin = Bulletin {
    read: 12,
    ..to(
        "demo-water",
        &["g01", "c01"],
        "龙北小区停水通知",
        "因管网改造，龙北小区将停水：\n\n| 楼幢 | 停水时间 |\n|---|---|\n| 1、2、3 幢 | 明天 9:00–17:00 |\n| 5、6、7 幢 | 明天 13:00–20:00 |\n\n请提前储水，恢复供水后先放一会儿再用。咨询电话：[0559-8532000](tel:05598532000)",
    )
};
const WATER_AGAIN: &str = "因管网改造，龙北小区将停水：\n\n| 楼幢 | 停水时间 |\n|---|---|\n| 1、2、3 幢 | 后天 9:00–17:00 |\n| 5、6、7 幢 | 后天 13:00–20:00 |\n\n请提前储水，恢复供水后先放一会儿再用。咨询电话：[0559-8532000](tel:05598532000)";
const PARKING: Bulletin = Bulletin {
    channels: &["sms"],
    replies: true,
    read: 38,
    ..to(
        "demo-parking",
        &["g01", "c01", "b02"],
        "2 幢充电桩选址征求意见",
        "拟在 2 幢东侧空地建 **6 个** 电动自行车充电位，离楼 8 米，加装雨棚和灭火设备。\n\n## 请您回复\n\n1. 是否同意这个位置\n2. 您家有几辆电动自行车\n\n意见收集到周日，汇总后公示。",
    )
};
const WRONG: Bulletin =
    to("demo-wrong", &["g01", "c01", "b07"], "7 幢外墙维修", "7 幢外墙维修，周一开工，工期约 20 天。");
const DRAFT: Bulletin = Bulletin {
    group: "owners",
    ..to("demo-draft", &["g01", "c01"], "业主大会筹备组成员公示", "筹备组由 9 人组成，名单如下（待核对）：")
};
const HEALTH: Bulletin = Bulletin {
    public: true,
    ..to(
        "demo-health",
        &[],
        "65 岁以上老人免费体检",
        "龙北社区卫生服务站为 65 周岁以上老人免费体检：\n\n- 血压、血糖、血脂\n- 心电图、B 超\n\n**请空腹、带身份证。** 行动不便的老人可以预约上门。",
    )
};

/// What went out a while ago.
pub(super) async fn earlier(core: &Core, worker: &Caller) -> Result<()> {
    for bulletin in &EARLIER {
        sent(core, worker, bulletin).await?;
    }
    Ok(())
}

/// What is on people's minds now: one corrected, one with replies, one withdrawn, one scheduled, one draft.
pub(super) async fn latest(core: &Core, worker: &Caller, today: Millis) -> Result<()> {
    let water = sent(core, worker, &WATER).await?;
    let form = notices::correction_form(worker, core, &water).await?;
    if form.version == "1" {
        let change = "停水改到后天，时间段不变".to_owned();
        notices::correct(worker, core, &water, CorrectionForm { body: WATER_AGAIN.to_owned(), change, ..form }).await?;
        background(core).await?;
    }
    read(core, &water, &WATER).await?;
    let parking = sent(core, worker, &PARKING).await?;
    let readers = read(core, &parking, &PARKING).await?;
    for (reader, text) in
        readers.iter().zip(["同意。我家两辆。", "位置可以，希望晚上 11 点后断电。", "建议离楼再远一些，我家一辆。"])
    {
        let reply = notices::reply(reader, core, &parking, ReplyForm { text: text.to_owned() });
        reply.await?;
    }
    let wrong = sent(core, worker, &WRONG).await?;
    let reason = "开工日期还没有确定，另行通知".to_owned();
    unless_done(notices::withdraw(worker, core, &wrong, WithdrawForm { reason }).await)?;
    background(core).await?;
    notices::draft(worker, core, form_of(&DRAFT)).await?;
    let health = notices::draft(worker, core, form_of(&HEALTH)).await?;
    let at = local::format(today + 2 * DAY + 9 * HOUR);
    unless_done(notices::send(worker, core, &health, SendForm { at }).await)
}

fn form_of(bulletin: &Bulletin) -> NoticeForm {
    let flag = |on: bool| if on { "1".to_owned() } else { String::new() };
    NoticeForm {
        title: bulletin.title.to_owned(),
        body: bulletin.body.to_owned(),
        area: place(bulletin.at).to_string(),
        group: bulletin.group.to_owned(),
        channels: bulletin.channels.iter().map(ToString::to_string).collect(),
        public: flag(bulletin.public),
        urgent: flag(bulletin.urgent),
        replies: flag(bulletin.replies),
        key: bulletin.key.to_owned(),
        ..NoticeForm::default()
    }
}

/// Writes a notice and sends it, unless an earlier, interrupted filling has.
async fn sent(core: &Core, worker: &Caller, bulletin: &Bulletin) -> Result<NoticeId> {
    let notice = notices::draft(worker, core, form_of(bulletin)).await?;
    let sending = notices::send(worker, core, &notice, SendForm::default()).await;
    match sending {
        // Nobody of the group is here in a city of few people.
        Err(crate::Error::Public(contract::Error::Refused(contract::Refusal::EmptyAudience))) => {}
        other => unless_done(other)?,
    }
    background(core).await?;
    Ok(notice)
}

/// Some of the recipients read it; who they are.
async fn read(core: &Core, notice: &NoticeId, bulletin: &Bulletin) -> Result<Vec<Caller>> {
    let mut conn = core.db.read().await?;
    let place = place(bulletin.at);
    let people = people::listed(&mut conn, Set::Residents, &place, "9999-12-31", &Mark::default(), READERS).await?;
    drop(conn);
    let mut dice = Dice::new(SEED ^ bulletin.read);
    let readers: Vec<Caller> =
        people.into_iter().filter(|_| dice.chance(bulletin.read)).map(|person| reader(&person)).collect();
    let reading = readers.iter().map(|reader| async move { notices::open(reader, core, notice, true).await });
    futures::stream::iter(reading).buffer_unordered(AT_ONCE).try_for_each(|_| async { Ok(()) }).await?;
    Ok(readers)
}

fn reader(person: &Listed) -> Caller {
    Caller {
        account: Some(AccountId::trusted(person.person.as_str())),
        person: Some(person.person.clone()),
        grants: vec![Grant { role: Role::Resident, area: person.area.clone() }],
        ..Caller::default()
    }
}

/// What earlier notices were about.
const SUBJECTS: [(&str, &str); 8] = [
    ("停电检修", "线路检修，{time} 停电，请提前安排好用电。"),
    ("志愿者招募", "周末清洁家园，欢迎 18 至 65 岁的居民报名，到社区服务台登记。"),
    ("垃圾分类宣传日", "{time} 在广场现场讲解，答对问题有小礼品。"),
    ("医保缴费提醒", "城乡居民医保缴费将截止，请尽快办理，避免影响报销。"),
    ("消防演练", "{time} 举行消防疏散演练，听到警报请不要惊慌，跟随引导员下楼。"),
    ("便民服务进社区", "{time} 有义诊、法律咨询和小家电维修，请到社区广场。"),
    ("防汛提醒", "近期有强降雨，请不要在河边停留，低洼处车辆请移走。"),
    ("反诈提醒", "不轻信、不转账，陌生链接不要点，有疑问拨打 96110。"),
];

/// The city's notices of three years before, community by community in turn.
pub(super) async fn archive(core: &Core, today: Millis) -> Result<()> {
    let places: Vec<(AreaId, String)> =
        communities(super::PEOPLE).into_iter().map(|community| (community.area, community.name)).collect();
    let (ids, mut dice) = (Ids::seeded(SEED), Dice::new(SEED));
    let last = today - 40 * DAY;
    let rows = (0..IN_ALL).map(|n| {
        let day = DAYS - i64::try_from(n).unwrap_or(0) * DAYS / i64::try_from(IN_ALL).unwrap_or(1);
        let at = last - day * DAY + dice.between(8, 19) * HOUR;
        let (area, area_name) = places[usize::try_from(n).unwrap_or(0) % places.len()].clone();
        let (subject, text) = dice.pick(&SUBJECTS);
        let time = format!("{} 月 {} 日 9:00–11:00", dice.between(1, 12), dice.between(1, 28));
        let title = format!("{area_name}{subject}");
        Past { id: NoticeId::fresh(ids.next(at)), title, body: text.replace("{time}", &time), area, area_name, at }
    });
    let rows: Vec<Past> = rows.collect();
    core.db.write(rows, |tx, rows| Box::pin(notices::take_over(tx, rows))).await
}
