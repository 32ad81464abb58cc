//! Guilds, clubs of accounts: what goes into the store and what comes out. Times are milliseconds since 1970.

use vocabulary::Timestamp;

/// A guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guild {
    /// Its id; never used again.
    pub id: String,
    /// Its name; no other guild that is not dissolved has it, in any case.
    pub name: String,
    /// The account that leads it; of a dissolved guild the last one that did.
    pub leader: String,
    /// All points that were ever earned for it.
    pub points: i64,
    /// The points that members have deposited.
    pub treasury: i64,
    /// When it was founded, in milliseconds.
    pub created_at: Timestamp,
    /// Whether the last member has left; then it changes no more.
    pub dissolved: bool,
}

/// An account in its guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildMember {
    /// The account's id. It is in one guild at most.
    pub account: String,
    /// The guild's id.
    pub guild: String,
    /// The points that it earned there and did not deposit.
    pub points: i64,
    /// When it joined, in milliseconds.
    pub joined_at: Timestamp,
}

/// A war between two guilds. A guild is in one at most that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildWar {
    /// Its id.
    pub id: String,
    /// The id of the guild that declared it.
    pub attacker: String,
    /// The id of the other guild.
    pub defender: String,
    /// What it is about, as far as somebody said.
    pub territory: Option<String>,
    /// Wins that count for the attacker.
    pub attacker_wins: i64,
    /// Wins that count for the defender.
    pub defender_wins: i64,
    /// When it was declared, in milliseconds.
    pub started_at: Timestamp,
    /// When it ends or ended, in milliseconds.
    pub ends_at: Timestamp,
    /// Whether it has been ended.
    pub over: bool,
}

/// Something that happened in a guild, to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildEvent {
    /// When, in milliseconds.
    pub at: Timestamp,
    /// The guild's id.
    pub guild: String,
    /// The guild's name.
    pub guild_name: String,
    /// The guild's level at that moment.
    pub guild_level: i64,
    /// What kind of happening it is.
    pub event: String,
    /// The rest, as JSON text.
    pub data: String,
}

/// What happened in a guild and was not told yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildNews {
    /// Its number; later news have higher ones.
    pub id: i64,
    /// When, in milliseconds.
    pub at: Timestamp,
    /// The guild's id.
    pub guild: String,
    /// The guild's name at that moment.
    pub guild_name: String,
    /// The guild's level at that moment.
    pub guild_level: i64,
    /// What kind of happening it is.
    pub event: String,
    /// The rest, as JSON text.
    pub data: String,
}

/// What a change of guilds concerns, and so what is loaded for its rule.
#[derive(Clone, Debug, Default)]
pub struct GuildScope<'a> {
    /// This account, with its guild and all members of it.
    pub account: Option<&'a str>,
    /// The guilds with these ids and all their members, unless they are dissolved.
    pub guilds: Vec<&'a str>,
    /// The guild with this name, in any case, unless it is dissolved.
    pub name: Option<&'a str>,
    /// Wars that end by this moment, in milliseconds; some of them when they are very many.
    pub wars_due: Option<Timestamp>,
}

/// What a rule gets, and changes. With every guild comes its war that is not over, and with every war both guilds, these
/// perhaps without their members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guilds {
    /// Guilds that are not dissolved.
    pub guilds: Vec<Guild>,
    /// Members; those of one guild in the order in which they joined. What is missing afterwards has left.
    pub members: Vec<GuildMember>,
    /// Wars that are not over.
    pub wars: Vec<GuildWar>,
    /// What happened; empty at first.
    pub news: Vec<GuildEvent>,
}

/// A guild in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildSummary {
    /// The guild.
    pub guild: Guild,
    /// How many members it has.
    pub members: u64,
}

/// A member as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildProfile {
    /// The member.
    pub member: GuildMember,
    /// The account's name to log in with.
    pub username: String,
    /// The name that others see.
    pub display_name: String,
}

/// A guild with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildPage {
    /// The guild, perhaps a dissolved one.
    pub guild: Guild,
    /// Its members, in the order in which they joined.
    pub members: Vec<GuildProfile>,
    /// Its war that is not over, and the name of the other guild.
    pub war: Option<(GuildWar, String)>,
}

/// By what a guild's name is known to be taken: case does not count.
pub(crate) fn key(name: &str) -> String {
    name.to_lowercase()
}
