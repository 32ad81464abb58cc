//! The closed lists of words in messages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An enum whose values are words of the contract.
macro_rules! words {
    ($(#[$about:meta])* $name:ident as $schema:literal { $($(#[$doc:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[schemars(rename = $schema)]
        pub enum $name {
            $($(#[$doc])* $value,)+
        }

        impl $name {
            /// All values, each with its word.
            pub(crate) const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$value)),+];

            /// The word on the wire.
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
    /// The event of a system message.
    SystemEvent as "LogSystemEvent" {
        /// A user has come online.
        UserJoined = "user_joined",
        /// A user has gone offline.
        UserLeft = "user_left",
        /// A user has reached a level.
        UserLeveledUp = "user_leveled_up",
        /// A game against bots has started.
        RaidStarted = "raid_started",
        /// A pause is planned or over.
        ServerMaintenance = "server_maintenance",
        /// Something in the server failed.
        Error = "error",
    }
}

words! {
    /// The stage of a raid.
    RaidStatus as "LogRaidStatus" {
        /// The raid is about to start.
        Preparing = "preparing",
        /// The raid is in progress.
        InProgress = "in_progress",
        /// The boss has won.
        Wipe = "wipe",
        /// The boss is defeated.
        Victory = "victory",
    }
}

words! {
    /// The event of a party.
    PartyEvent as "LogPartyEvent" {
        /// A new member has joined.
        MemberJoined = "member_joined",
        /// A member has left.
        MemberLeft = "member_left",
        /// A member leads it now.
        MemberPromoted = "member_promoted",
        /// The party has ended.
        Disbanded = "disbanded",
        /// A member has earned a bonus.
        LevelBonus = "level_bonus",
    }
}

words! {
    /// The event of a guild.
    GuildEvent as "LogGuildEvent" {
        /// A new member has joined.
        MemberJoined = "member_joined",
        /// A member has left.
        MemberLeft = "member_left",
        /// A conquest has begun.
        ConquestStarted = "conquest_started",
        /// A conquest has succeeded.
        ConquestComplete = "conquest_complete",
        /// The guild has reached a level.
        UpgradeComplete = "upgrade_complete",
        /// A war has begun.
        WarDeclared = "war_declared",
        /// A member has deposited points in the treasury.
        TreasuryDeposit = "treasury_deposit",
    }
}
