//! The closed lists of words that messages use.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vocabulary::LogKind;

/// An enum whose values are words of the contract.
macro_rules! words {
    ($(#[$about:meta])* $name:ident as $schema:ident { $($(#[$doc:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema, ToSchema)]
        #[schema(as = $schema)]
        // Word by word, utoipa would not see it: the word comes from a macro.
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$doc])* $value,)+
        }

        impl $name {
            /// All of them, each with its word.
            pub(crate) const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$value)),+];

            /// The word for it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }

            /// The value of a word.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
            }
        }
    };
}

words! {
    /// A type of message.
    MessageType as LogMessageType {
        /// What people say.
        User = "user",
        /// What the server says.
        System = "system",
        /// What one says to another alone.
        Dm = "dm",
        /// Practice against bots.
        Raid = "raid",
        /// Rooms and who is in them.
        Party = "party",
        /// Clubs.
        Guild = "guild",
    }
}

words! {
    /// What the server says.
    SystemEvent as LogSystemEvent {
        /// Somebody has come.
        UserJoined = "user_joined",
        /// Somebody has gone.
        UserLeft = "user_left",
        /// Somebody has reached a level.
        UserLeveledUp = "user_leveled_up",
        /// A game against bots has started.
        RaidStarted = "raid_started",
        /// A pause is planned, or over.
        ServerMaintenance = "server_maintenance",
        /// Something failed.
        Error = "error",
    }
}

words! {
    /// How much a system message matters.
    Severity as LogSeverity {
        /// Good to know.
        Info = "info",
        /// Something will change.
        Warning = "warning",
        /// Something does not work.
        Error = "error",
    }
}

words! {
    /// Where a raid stands.
    RaidStatus as LogRaidStatus {
        /// It forms.
        Preparing = "preparing",
        /// It is on.
        InProgress = "in_progress",
        /// The boss has won.
        Wipe = "wipe",
        /// The boss is defeated.
        Victory = "victory",
    }
}

words! {
    /// What happened in a party.
    PartyEvent as LogPartyEvent {
        /// Somebody is new.
        MemberJoined = "member_joined",
        /// Somebody is gone.
        MemberLeft = "member_left",
        /// Somebody leads it now.
        MemberPromoted = "member_promoted",
        /// It has ended.
        Disbanded = "disbanded",
        /// A bonus was won.
        LevelBonus = "level_bonus",
    }
}

words! {
    /// What happened in a guild.
    GuildEvent as LogGuildEvent {
        /// Somebody is new.
        MemberJoined = "member_joined",
        /// Somebody is gone.
        MemberLeft = "member_left",
        /// A conquest has begun.
        ConquestStarted = "conquest_started",
        /// A conquest has succeeded.
        ConquestComplete = "conquest_complete",
        /// The guild has reached a level.
        UpgradeComplete = "upgrade_complete",
        /// A war has begun.
        WarDeclared = "war_declared",
        /// Something was put into the treasury.
        TreasuryDeposit = "treasury_deposit",
    }
}

impl From<LogKind> for MessageType {
    fn from(kind: LogKind) -> Self {
        match kind {
            LogKind::User => Self::User,
            LogKind::System => Self::System,
            LogKind::Dm => Self::Dm,
            LogKind::Raid => Self::Raid,
            LogKind::Party => Self::Party,
            LogKind::Guild => Self::Guild,
        }
    }
}

impl From<vocabulary::Severity> for Severity {
    fn from(severity: vocabulary::Severity) -> Self {
        match severity {
            vocabulary::Severity::Info => Self::Info,
            vocabulary::Severity::Warning => Self::Warning,
            vocabulary::Severity::Error => Self::Error,
        }
    }
}
