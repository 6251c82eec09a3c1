//! The ways that notices take out of the house, behind one trait.

mod http;

use crate::clock::Clock;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::gateway::Gateway;
use contract::Millis;
use contract::ids::{DeliveryId, PersonId};
use contract::notices::{Channel, Why};
use futures::future::BoxFuture;
use std::sync::Arc;
use zeroize::Zeroizing;

/// One message, ready to be handed over.
#[derive(Clone, Debug)]
pub struct Message {
    /// What tells a message sent again from a new one: the same on every attempt.
    pub key: DeliveryId,
    /// To whom.
    pub person: PersonId,
    /// Their phone in clear, if the registry has one.
    pub phone: Option<Zeroizing<String>>,
    /// The notice's title.
    pub title: String,
    /// The place that speaks.
    pub place: String,
    /// The page to read it on, with the site's address.
    pub link: String,
    /// When it was sent or corrected.
    pub at: Millis,
    /// Says anew what was said before.
    pub corrected: bool,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The gateway has it, from this attempt or an earlier one.
    Taken,
    /// It will never have it.
    Refused(Why),
    /// To be tried again; after so many milliseconds, where it says.
    Later(Option<Millis>),
}

/// Brings messages to people over one channel. It must take a message that comes again under the same key
/// only once.
pub trait Carrier: Send + Sync + std::fmt::Debug {
    /// Hands a message over.
    fn carry<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Outcome>;
}

/// The carriers that are set up. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Channels {
    sms: Option<Arc<dyn Carrier>>,
    wechat: Option<Arc<dyn Carrier>>,
}

impl Channels {
    /// The carriers that the configuration names; where it names none, a demo's take everything and bring nothing.
    ///
    /// # Errors
    /// An address without its secret: nobody could tell our requests from a stranger's.
    pub fn open(config: &Config, clock: &Clock) -> Result<Self> {
        let sms = gateway("HS_SMS", &config.sms_url, &config.sms_key, clock)?;
        let wechat = gateway("HS_WECHAT", &config.wechat_url, &config.wechat_key, clock)?;
        let shown = || config.demo.then(|| Arc::new(Shown) as Arc<dyn Carrier>);
        Ok(Self {
            sms: sms.map(|gateway| Arc::new(http::Sms(gateway)) as Arc<dyn Carrier>).or_else(shown),
            wechat: wechat.map(|gateway| Arc::new(http::Wechat(gateway)) as Arc<dyn Carrier>).or_else(shown),
        })
    }

    /// Both ways by one carrier, for tests.
    pub fn of(carrier: Arc<dyn Carrier>) -> Self {
        Self { sms: Some(carrier.clone()), wechat: Some(carrier) }
    }

    /// The carrier of a channel; none for the app's own and for what is not set up.
    pub fn carrier(&self, channel: Channel) -> Option<Arc<dyn Carrier>> {
        match channel {
            Channel::App => None,
            Channel::Sms => self.sms.clone(),
            Channel::Wechat => self.wechat.clone(),
        }
    }

    /// The channels besides the app that can be chosen.
    pub fn offered(&self) -> Vec<Channel> {
        Channel::ALL.into_iter().filter(|channel| self.carrier(*channel).is_some()).collect()
    }
}

fn gateway(name: &'static str, url: &Option<String>, key: &Option<String>, clock: &Clock) -> Result<Option<Gateway>> {
    match (url, key) {
        (Some(url), Some(key)) => Gateway::new(name, url, key, clock.clone()).map(Some),
        (Some(_), None) => Err(Error::internal(format!("{name}_URL needs {name}_KEY"))),
        (None, _) => Ok(None),
    }
}

/// The demo's.
#[derive(Debug)]
struct Shown;

impl Carrier for Shown {
    fn carry<'a>(&'a self, _message: &'a Message) -> BoxFuture<'a, Outcome> {
        Box::pin(async { Outcome::Taken })
    }
}
