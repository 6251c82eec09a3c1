//! The one table that says who may do what. Every verb asks it through [`super::Caller::allow`]; a test
//! walks every route and server function against every role and fails where one has no row.

use contract::Role;

/// Who may use a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Anybody, signed in or not.
    Anyone,
    /// Whoever is signed in; the verb itself looks at whose thing it is.
    SignedIn,
    /// Holders of one of these roles on the area or around it.
    Roles(&'static [Role]),
}

/// Declares every verb once: name, guard.
macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident => $guard:expr,)*) => {
        /// Every verb of every room.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Verb { $($(#[$doc])* $name,)* }
        impl Verb {
            /// All verbs, for the access matrix.
            pub const ALL: &[Self] = &[$(Self::$name),*];
            /// Who may use it.
            pub fn guard(self) -> Guard {
                match self { $(Self::$name => $guard),* }
            }
        }
    };
}

const WORKERS: &[Role] = &[Role::CommunityWorker, Role::Administrator];
const STAFF: &[Role] = &[Role::GridWorker, Role::CommunityWorker, Role::Scrutineer, Role::Administrator];
const FIELD: &[Role] = &[Role::GridWorker, Role::CommunityWorker, Role::Administrator];
const ADMIN: &[Role] = &[Role::Administrator];

verbs! {
    // home and settings
    /// The pages that everybody sees: home, services, sign-in, offline.
    Look => Guard::Anyone,
    /// One's own settings, sessions and second factor.
    Settings => Guard::SignedIn,
    /// Asking for a one-time code and signing in with it.
    SignIn => Guard::Anyone,
    /// The workers' console as such.
    Console => Guard::Roles(STAFF),
    // jobs
    /// The list of jobs given up.
    JobsRead => Guard::Roles(ADMIN),
    /// Taking up a job given up again.
    JobsRetry => Guard::Roles(ADMIN),
    // identity
    /// Who holds which role.
    RolesList => Guard::Roles(ADMIN),
    /// Granting a role on an area of one's own.
    RolesGrant => Guard::Roles(ADMIN),
    /// Taking one away.
    RolesRevoke => Guard::Roles(ADMIN),
    // people
    /// Searching the registry; personal data masked.
    PeopleSearch => Guard::Roles(FIELD),
    /// Showing one sealed field in clear; each look is an event.
    PeopleUnmask => Guard::Roles(WORKERS),
    /// Taking lists into the registry.
    PeopleImport => Guard::Roles(WORKERS),
    /// Deciding what residents want corrected, and tying accounts to them.
    PeopleCorrect => Guard::Roles(WORKERS),
    /// Taking in somebody who lived in another community.
    PeopleMoveIn => Guard::Roles(WORKERS),
    /// Making two entries of the registry one.
    PeopleMerge => Guard::Roles(WORKERS),
    /// Saying who one is, for an account that is tied to nobody.
    PeopleBind => Guard::SignedIn,
    /// One's own record, and who looked at it.
    PeopleOwn => Guard::SignedIn,
    // inbox
    /// One's own messages.
    Inbox => Guard::SignedIn,
    // notices
    /// Notices sent to the caller, and those that are for everybody.
    NoticesBrowse => Guard::Anyone,
    /// Replying where one was asked to.
    NoticesReply => Guard::SignedIn,
    /// On which channels one hears of what is not urgent.
    NoticesPreferences => Guard::SignedIn,
    /// The workers' list of notices, their recipients and replies.
    NoticesList => Guard::Roles(FIELD),
    /// Writing, sending, correcting, withdrawing.
    NoticesSend => Guard::Roles(WORKERS),
    /// Who has not read one, to be told at the door.
    NoticesDoorstep => Guard::Roles(FIELD),
    // points
    /// One's own points.
    PointsRead => Guard::SignedIn,
    // voting
    /// The votes that concern the caller.
    VotingBrowse => Guard::SignedIn,
    /// Casting one's own ballot; the roll decides.
    VotingCast => Guard::SignedIn,
    /// Results, receipts and bundles once they are public.
    VotingResult => Guard::Anyone,
    /// The workers' list of votes.
    VotingList => Guard::Roles(STAFF),
    /// Setting up, announcing, closing, publishing.
    VotingOrganise => Guard::Roles(WORKERS),
    /// Opening the urn with one's own code; the vote's keys decide.
    VotingCount => Guard::Roles(&[Role::Scrutineer, Role::CommunityWorker, Role::Administrator]),
    /// Holding a scrutineer's opening key, and seeing the ballots of signed votes.
    VotingScrutinise => Guard::Roles(&[Role::Scrutineer]),
    /// The published roll of a vote, names masked; naming who votes for one's own head.
    VotingRoll => Guard::SignedIn,
    /// Noting at the desk whom co-owners have named.
    VotingAppoint => Guard::Roles(WORKERS),
    /// The rules of votes by area, and their history.
    VotingRules => Guard::Roles(STAFF),
    /// Setting them.
    VotingSetRules => Guard::Roles(ADMIN),
    /// Posters of a vote.
    VotingPoster => Guard::Roles(FIELD),
    /// Who has not voted yet, to be reminded at the door.
    VotingDoorstep => Guard::Roles(FIELD),
    /// Objecting to a roll, appealing against a result; one's own objections.
    VotingObject => Guard::SignedIn,
    /// The table of objections, and deciding them.
    VotingObjections => Guard::Roles(WORKERS),
    /// Giving and holding mandates.
    VotingMandate => Guard::SignedIn,
    /// The table of mandates.
    VotingMandates => Guard::Roles(STAFF),
    /// Entering a mandate that an owner brings to the desk.
    VotingMandateDesk => Guard::Roles(WORKERS),
    /// Making, handing out and entering ballots on paper.
    VotingPaper => Guard::Roles(STAFF),
    /// Reminding who has not voted.
    VotingRemind => Guard::Roles(WORKERS),
}
