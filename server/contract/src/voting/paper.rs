//! The paper: kinds of votes, their items and options.

use serde::{Deserialize, Serialize};

/// Declares an enum whose variants have codes: in columns, forms, exports and as keys of texts.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// Every one, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in columns, forms and exports, and the key of its text.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}
pub(super) use coded;

coded! {
    /// What is decided by a vote.
    VoteKind {
        /// 业主代表选举：one item; the seats go to the candidates with most votes.
        Election = "election",
        /// 业主共同决定事项：items for or against, by the double majorities of 民法典 art. 278.
        Resolution = "resolution",
        /// 居民意见征询：what people think, by persons or households; it decides nothing by law.
        Poll = "poll",
    }
}

coded! {
    /// Who may learn what a ballot says.
    Secrecy {
        /// 不记名：nobody but the voter.
        Private = "private",
        /// 记名：the owner and the scrutineers.
        Signed = "signed",
    }
}

coded! {
    /// What counts as one head on the roll.
    HeadUnit {
        /// Owners: one head for each set of owners, whatever the number of their dwellings.
        Owners = "owners",
        /// Each resident of full age.
        Persons = "persons",
        /// Each household.
        Households = "households",
    }
}

coded! {
    /// What an item asks.
    ItemKind {
        /// At most so many of the options.
        Choose = "choose",
        /// For, against or abstain.
        Decide = "decide",
    }
}

coded! {
    /// How much agreement an item needs (民法典 art. 278, of the heads and of the area that take part).
    Majority {
        /// More than half.
        Ordinary = "ordinary",
        /// Three quarters or more: items 6 to 8 of art. 278.
        Special = "special",
    }
}

/// The options of a [`ItemKind::Decide`] item, by number.
pub mod decision {
    /// 赞成
    pub const FOR: u32 = 1;
    /// 反对
    pub const AGAINST: u32 = 2;
    /// 弃权
    pub const ABSTAIN: u32 = 3;
    /// How they stand on the paper and in exports, in the order of their numbers.
    pub const NAMES: [&str; 3] = ["赞成", "反对", "弃权"];
}

/// One question of a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The number on the paper, from 1.
    pub number: u32,
    /// What it asks.
    pub kind: ItemKind,
    /// What it is about.
    pub title: String,
    /// The proposal in full, plain text with line breaks.
    pub text: String,
    /// How many options one ballot may name at most.
    pub most: u32,
    /// How much agreement it needs; of meaning for [`ItemKind::Decide`] alone.
    pub majority: Majority,
    /// The clause it rests on, such as `民法典第278条第5项`.
    pub clause: String,
    /// What can be chosen, by number.
    pub options: Vec<ItemOption>,
}

/// One candidate or answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemOption {
    /// The number on the paper, from 1.
    pub number: u32,
    /// A candidate's name, or the answer.
    pub name: String,
    /// What a candidate says of themselves, plain text with line breaks.
    pub statement: String,
    /// The stored picture's file name, if any.
    pub photo: Option<String>,
}

impl Item {
    /// The field of forms that carries this item's marks.
    pub fn field(&self) -> String {
        format!("item.{}", self.number)
    }
}
