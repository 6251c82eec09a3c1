//! One error for all pages and verbs. Texts are found by the app under `refusal.<code>` and
//! `issue.<code>` in the reader's language; nothing here is a sentence.

use serde::{Deserialize, Serialize};

/// What a verb answers when it does not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Error {
    /// Nobody is signed in (401; a page sends to the sign-in and back).
    #[error("sign in first")]
    SignIn,
    /// The role needs the second factor in this session (403; a page asks for the code).
    #[error("second factor needed")]
    SecondFactor,
    /// The caller's roles do not allow this here (403).
    #[error("forbidden")]
    Forbidden,
    /// There is no such thing, or the caller may not know of it (404).
    #[error("not found")]
    NotFound,
    /// The input does not hold, field by field (422).
    #[error("invalid input: {0:?}")]
    Invalid(Vec<Fault>),
    /// The input holds, but a rule of the room stands against it now (409).
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// Too many attempts (429).
    #[error("too many attempts, again in {retry_after_s} s")]
    TooMany {
        /// Seconds until another attempt makes sense.
        retry_after_s: u32,
    },
    /// The body is larger than allowed (413).
    #[error("too large, at most {max_bytes} bytes")]
    TooLarge {
        /// The limit in bytes.
        max_bytes: u64,
    },
    /// The service cannot do this just now; trying again later makes sense (503).
    #[error("busy")]
    Busy,
    /// A defect or an outage of ours (500). The details are in the log under the request's id.
    #[error("internal error")]
    Internal,
}

/// Shorthand for verbs and checks.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The HTTP status that goes with the error.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignIn => 401,
            Self::SecondFactor | Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Refused(_) => 409,
            Self::TooLarge { .. } => 413,
            Self::Invalid(_) => 422,
            Self::TooMany { .. } => 429,
            Self::Internal => 500,
            Self::Busy => 503,
        }
    }

    /// A single fault as an error.
    pub fn field(field: impl Into<String>, issue: Issue) -> Self {
        Self::Invalid(vec![Fault { field: field.into(), issue }])
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// One field that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The form field's name.
    pub field: String,
    /// What is wrong with it.
    pub issue: Issue,
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Issue {
    /// Nothing was given.
    Required,
    /// Fewer characters than needed.
    TooShort(u32),
    /// More characters than allowed.
    TooLong(u32),
    /// Below the least number allowed.
    TooSmall(i64),
    /// Above the greatest number allowed.
    TooLarge(i64),
    /// More choices than allowed.
    TooManyChosen(u32),
    /// Chosen together with what it excludes.
    Contradiction,
    /// Not of the form needed (an example is shown by the field's hint).
    Format,
    /// A check digit or a date that does not exist.
    CheckDigit,
    /// Not one of the choices offered.
    Unknown,
    /// Somebody or something else has it already.
    Taken,
    /// Must lie in the future.
    NotFuture,
    /// Must lie after the field before it.
    Order,
    /// The code does not match (any more).
    WrongCode,
    /// The file is of a kind that is not accepted.
    FileKind,
    /// Parts that must add up to the whole do not.
    Sum,
    /// Says something else than the registry does of the same.
    Mismatch,
}

impl Issue {
    /// The key of the text, and the number in it, if any.
    pub fn code(&self) -> (&'static str, Option<i64>) {
        match self {
            Self::Required => ("required", None),
            Self::TooShort(n) => ("too_short", Some(i64::from(*n))),
            Self::TooLong(n) => ("too_long", Some(i64::from(*n))),
            Self::TooSmall(n) => ("too_small", Some(*n)),
            Self::TooLarge(n) => ("too_large", Some(*n)),
            Self::TooManyChosen(n) => ("too_many_chosen", Some(i64::from(*n))),
            Self::Contradiction => ("contradiction", None),
            Self::Format => ("format", None),
            Self::CheckDigit => ("check_digit", None),
            Self::Unknown => ("unknown", None),
            Self::Taken => ("taken", None),
            Self::NotFuture => ("not_future", None),
            Self::Order => ("order", None),
            Self::WrongCode => ("wrong_code", None),
            Self::FileKind => ("file_kind", None),
            Self::Sum => ("sum", None),
            Self::Mismatch => ("mismatch", None),
        }
    }
}

impl Issue {
    /// The issue of a code and its number, if it is one.
    pub fn from_code(code: &str, number: Option<i64>) -> Option<Self> {
        let n = number.unwrap_or(0);
        let small = u32::try_from(n).unwrap_or(0);
        let all = [
            Self::Required,
            Self::TooShort(small),
            Self::TooLong(small),
            Self::TooSmall(n),
            Self::TooLarge(n),
            Self::TooManyChosen(small),
            Self::Contradiction,
            Self::Format,
            Self::CheckDigit,
            Self::Unknown,
            Self::Taken,
            Self::NotFuture,
            Self::Order,
            Self::WrongCode,
            Self::FileKind,
            Self::Sum,
            Self::Mismatch,
        ];
        all.into_iter().find(|issue| issue.code().0 == code)
    }
}

/// Declares every refusal once: variant, code, meaning.
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// The rules that can stand against a valid request, over all rooms.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Refusal { $($(#[$doc])* $name,)* }
        impl Refusal {
            /// Every refusal, for the test that each has its text.
            pub const ALL: &[Self] = &[$(Self::$name),*];
            /// The text's key below `refusal`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }
        }
    };
}

refusals! {
    /// The same key was used for something else.
    KeyReused = "key_reused",
    /// What was shown is no longer what is stored; look again.
    Stale = "stale",
    /// A list has rows that cannot be entered; leave them out or mend them.
    RowsRefused = "rows_refused",
    /// A list is being entered into the registry of the area.
    ListUnderWay = "list_under_way",
    /// One's own record is another worker's to decide.
    OwnRecord = "own_record",
    /// A correction of the same field waits already.
    AlreadyPending = "already_pending",
    /// Decided or taken back meanwhile.
    AlreadyDecided = "already_decided",
    /// Name, identity number and phone do not belong to one person of the registry.
    NoSuchPerson = "no_such_person",
    /// The person has an account already.
    PersonTaken = "person_taken",
    /// The account is tied to somebody else.
    AccountTaken = "account_taken",
    /// The account has its person already.
    AlreadyBound = "already_bound",
    /// Two entries with identity numbers of their own are two people.
    DifferentPeople = "different_people",
    /// The account is tied to nobody in the registry yet.
    NotBound = "not_bound",
    /// The vote has not opened yet.
    VoteNotOpen = "vote_not_open",
    /// The vote is closed.
    VoteClosed = "vote_closed",
    /// The person is not on the roll.
    NotOnRoll = "not_on_roll",
    /// The person's ballot is already cast.
    AlreadyVoted = "already_voted",
    /// The vote's state does not allow this.
    WrongState = "wrong_state",
    /// An election needs at least as many candidates as seats.
    TooFewCandidates = "too_few_candidates",
    /// Nobody owns anything in the vote's area.
    EmptyRoll = "empty_roll",
    /// The notice's state does not allow this.
    NoticeState = "notice_state",
    /// Nobody belongs to the notice's audience.
    EmptyAudience = "empty_audience",
    /// Nobody was asked to reply, or not this reader.
    NotInvited = "not_invited",
    /// The reader has replied already.
    AlreadyReplied = "already_replied",
    /// Organiser and scrutineer must each hold an opening key before a vote is announced.
    NoOpeningKeys = "no_opening_keys",
    /// Who holds one of an urn's keys cannot hold the other as well.
    OneKeyEach = "one_key_each",
    /// The co-owners have not named who votes for them.
    VoterNotNamed = "voter_not_named",
    /// Somebody else casts the ballot of this head.
    NotTheVoter = "not_the_voter",
    /// The announcement must stand longer before the poll opens.
    AnnouncedTooShort = "announced_too_short",
    /// Nothing can be objected to at this time.
    WindowClosed = "window_closed",
    /// An objection with this ground is still open.
    AlreadyObjected = "already_objected",
    /// The poll is open: its roll changes no more.
    RollClosed = "roll_closed",
    /// The person is on the roll already.
    AlreadyOnRoll = "already_on_roll",
    /// By the registry the person has no part in any head of the roll.
    NothingRegistered = "nothing_registered",
    /// The head has an agent already.
    MandateGiven = "mandate_given",
    /// The agent has as many mandates as the rules allow.
    MandateLimit = "mandate_limit",
    /// The mandate has ended.
    NoMandate = "no_mandate",
    /// Whoever entered a paper does not enter it again.
    SameWorker = "same_worker",
    /// Papers were handed in and are not settled: the urn stays closed until they are, or are given back.
    PapersOpen = "papers_open",
    /// The head's ballot was handed in on paper: what comes first counts.
    PaperReceived = "paper_received",
    /// The rules allow no more reminders now.
    RemindedEnough = "reminded_enough",
    /// The building belongs to another vote's area.
    OtherBuilding = "other_building",
    /// Not enough points.
    NotEnoughPoints = "not_enough_points",
    /// The code in the picture or the text is not one of ours.
    UnknownCode = "unknown_code",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_survive_their_codes() {
        for issue in [Issue::Required, Issue::TooSmall(-3), Issue::TooLong(60), Issue::Sum, Issue::Mismatch] {
            let (code, number) = issue.code();
            assert_eq!(Issue::from_code(code, number), Some(issue));
        }
        assert_eq!(Issue::from_code("nothing", None), None);
    }
}
