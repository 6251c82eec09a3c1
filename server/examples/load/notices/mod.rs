//! Notices under fire: 100,000 people are told over three channels while the server is killed.
//!
//! The server is a process of its own with the job workers; the gateway is in this one. It times out, fails,
//! answers late, and takes messages without saying so. Afterwards everybody has the notice exactly once on
//! every channel: once in the inbox, and once at the gateway, counted by the keys that it took.

mod gateway;

use crate::Failure;
use crate::run::{Place, Stage};
use contract::Role;
use contract::ids::{AccountId, NoticeId};
use contract::notices::{Channel, Delivery, NoticeForm, NoticeState, SendForm};
use futures::{StreamExt, TryStreamExt};
use gateway::Taken;
use server::config::Config;
use server::identity::{Caller, Grant};
use server::jobs::{self, Group, Handlers};
use server::notices::{self, testing};
use server::{Core, inbox};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Workers of one server, as `hs serve` has them.
const WORKERS: usize = 4;
/// The secret shared with the gateway.
const KEY: &str = "load";
/// How often it is looked how far the server is.
const LOOK: Duration = Duration::from_millis(500);
/// Inboxes looked at together.
const AT_ONCE: usize = 32;

/// Longest time of one stage: far above what it needs, so that a hang is told as a failure.
pub const PATIENCE: Duration = Duration::from_secs(1_200);

/// How much is done in each stage.
pub struct Plan {
    pub people: usize,
    pub kills: usize,
}

/// The server that gets killed: its background work alone. Says on stdout that it has begun.
pub async fn serve() -> Result<(), Failure> {
    let core = Core::open(Config::from_env()?).await?;
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let workers =
        (0..WORKERS).map(|_| tokio::spawn(jobs::run(core.clone(), Handlers::all(), Group::All, stopped.clone())));
    let workers: Vec<_> = workers.collect();
    println!("begun");
    for worker in workers {
        worker.await?;
    }
    Ok(())
}

/// Runs a stage from an empty registry to the last message.
pub async fn stage(plan: &Plan, stage: &Stage) -> Result<(), Failure> {
    let place = Place::new(stage).await?;
    let (taken, address) = gateway::start().await?;
    let settings = [
        ("HS_SMS_URL", format!("http://{address}/sms")),
        ("HS_SMS_KEY", KEY.to_owned()),
        ("HS_WECHAT_URL", format!("http://{address}/wechat")),
        ("HS_WECHAT_KEY", KEY.to_owned()),
    ];
    let core = Core::open(place.config()?).await?;
    let began = Instant::now();
    testing::residents(&core, plan.people).await?;
    println!("{} people registered in {:.1} s", plan.people, began.elapsed().as_secs_f64());
    let notice = notices::draft(&worker(), &core, form()).await?;
    let mut server = start(&place, &settings).await?;

    let began = Instant::now();
    notices::send(&worker(), &core, &notice, SendForm::default()).await?;
    while notices::progress(&worker(), &core, &notice).await?.recipients == 0 {
        tokio::time::sleep(LOOK).await;
    }
    println!("{} recipients queued on three channels in {:.1} s", plan.people, began.elapsed().as_secs_f64());
    for at in moments(plan)? {
        while taken.count() < at {
            tokio::time::sleep(LOOK).await;
        }
        server.kill().await?;
        print!("killed at {} messages taken; ", taken.count());
        server = start(&place, &settings).await?;
    }
    println!();
    while notices::detail(&worker(), &core, &notice).await?.notice.state != NoticeState::Sent {
        tokio::time::sleep(LOOK).await;
    }
    println!("all sent in {:.1} s with the kills", began.elapsed().as_secs_f64());
    server.kill().await?;
    check(&core, &notice, plan.people, &taken).await?;
    core.db.close().await;
    std::fs::remove_dir_all(&place.folder)?;
    Ok(())
}

fn worker() -> Caller {
    Caller {
        account: Some(AccountId::trusted("worker")),
        grants: vec![Grant { role: Role::CommunityWorker, area: testing::community() }],
        second_factor: true,
        ..Caller::default()
    }
}

/// Urgent: the load runs at night too.
fn form() -> NoticeForm {
    NoticeForm {
        title: "停水通知".to_owned(),
        body: "明天 9:00 至 17:00 停水，请提前储水。".to_owned(),
        area: testing::community().to_string(),
        group: "residents".to_owned(),
        channels: vec!["sms".to_owned(), "wechat".to_owned()],
        urgent: "1".to_owned(),
        key: "load".to_owned(),
        ..NoticeForm::default()
    }
}

async fn start(place: &Place, settings: &[(&str, String)]) -> Result<Child, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--notices-child").envs(place.settings()).envs(settings.iter().cloned());
    let mut child = command.stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no stdout")?).read_line(&mut line).await?;
    if line.trim() == "begun" { Ok(child) } else { Err(format!("the server did not start: {line:?}").into()) }
}

/// Random numbers of messages taken, ascending, below nine tenths of all.
fn moments(plan: &Plan) -> Result<Vec<usize>, Failure> {
    let chance = server::ids::Ids::from_system();
    let range = u64::try_from(plan.people * 17 / 10)?.max(1);
    let mut moments = Vec::new();
    for _ in 0..plan.kills {
        moments.push(usize::try_from(u64::from_be_bytes(chance.bytes::<8>()) % range)?);
    }
    moments.sort_unstable();
    Ok(moments)
}

/// Everybody has it once on every channel; every tenth has no phone.
async fn check(core: &Core, notice: &NoticeId, people: usize, taken: &Taken) -> Result<(), Failure> {
    let with_phone = people - people / 10;
    let progress = notices::progress(&worker(), core, notice).await?;
    let expected = [
        (Channel::App, Delivery::Delivered, people),
        (Channel::Sms, Delivery::Sent, with_phone),
        (Channel::Sms, Delivery::Skipped, people / 10),
        (Channel::Wechat, Delivery::Sent, people),
    ];
    for (channel, status, count) in expected {
        let counts = progress.channels.iter().find(|counts| counts.channel == channel);
        let found = counts.map_or(0, |counts| counts.of(status));
        ensure(usize::try_from(found)? == count, &format!("{channel:?} {status:?}: {found} instead of {count}"))?;
    }
    taken.each_once("/sms", with_phone)?;
    taken.each_once("/wechat", people)?;
    let inboxes = (0..people).map(|n| {
        let reader = Caller {
            account: Some(AccountId::trusted("reader")),
            person: Some(testing::person(n)),
            ..Caller::default()
        };
        async move {
            let unread = inbox::unread(&reader, core).await?;
            ensure(unread == 1, &format!("person {n} has {unread} messages"))
        }
    });
    futures::stream::iter(inboxes).buffer_unordered(AT_ONCE).try_for_each(|()| async { Ok(()) }).await?;
    println!("everybody was told once on every channel; the gateway was asked {} times in all", taken.asked());
    Ok(())
}

fn ensure(holds: bool, what: &str) -> Result<(), Failure> {
    if holds { Ok(()) } else { Err(what.to_owned().into()) }
}
