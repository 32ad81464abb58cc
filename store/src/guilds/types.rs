//! Guilds, clubs of accounts, as they are stored.

use vocabulary::Timestamp;

/// A club of accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guild {
    /// The guild's id; never used again.
    pub id: String,
    /// The guild's name, unique in any case among guilds that are not dissolved.
    pub name: String,
    /// The account that leads the guild, or the last one that did if it is dissolved.
    pub leader: String,
    /// All points that were ever earned for the guild.
    pub points: i64,
    /// The points that members have deposited.
    pub treasury: i64,
    /// The time of the founding.
    pub created_at: Timestamp,
    /// Whether the last member has left; then the guild no longer changes.
    pub dissolved: bool,
}

/// An account's membership of its guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildMember {
    /// The account's id; an account is in at most one guild.
    pub account: String,
    /// The guild's id.
    pub guild: String,
    /// Points that the account earned there and has not deposited.
    pub points: i64,
    /// The time at which the account joined.
    pub joined_at: Timestamp,
}

/// A war between two guilds. A guild is in at most one war that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildWar {
    /// The id of the war.
    pub id: String,
    /// The id of the guild that declared the war.
    pub attacker: String,
    /// The id of the guild that the war was declared on.
    pub defender: String,
    /// The name of the territory; `None` if none was named.
    pub territory: Option<String>,
    /// Wins that count for the attacker.
    pub attacker_wins: i64,
    /// Wins that count for the defender.
    pub defender_wins: i64,
    /// The time of the declaration.
    pub started_at: Timestamp,
    /// The time at which the war ends or ended.
    pub ends_at: Timestamp,
    /// Whether the war has been concluded.
    pub over: bool,
}

/// An event in a guild that is to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildEvent {
    /// The time of the event.
    pub at: Timestamp,
    /// The guild's id.
    pub guild: String,
    /// The guild's name.
    pub guild_name: String,
    /// The guild's level at that moment.
    pub guild_level: i64,
    /// The kind of event.
    pub event: String,
    /// The event's other facts, as JSON text.
    pub data: String,
}

/// An event in a guild that is not published yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildNews {
    /// The event's number; later events have higher numbers.
    pub id: i64,
    /// The time of the event.
    pub at: Timestamp,
    /// The guild's id.
    pub guild: String,
    /// The guild's name at that moment.
    pub guild_name: String,
    /// The guild's level at that moment.
    pub guild_level: i64,
    /// The kind of event.
    pub event: String,
    /// The event's other facts, as JSON text.
    pub data: String,
}

/// The guilds, members and wars that are loaded for a change.
#[derive(Clone, Debug, Default)]
pub struct GuildScope<'a> {
    /// An account, with its guild and all members of that guild.
    pub account: Option<&'a str>,
    /// Ids of guilds, each loaded with all its members unless it is dissolved.
    pub guilds: Vec<&'a str>,
    /// The name of a guild, in any case, which is loaded unless it is dissolved.
    pub name: Option<&'a str>,
    /// At most 100 wars that end by this moment, those that end first.
    pub wars_due: Option<Timestamp>,
}

/// The guilds that a rule may change. Each guild comes with its war that is not over, and each war with both guilds,
/// which may lack their members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guilds {
    /// Guilds that are not dissolved.
    pub guilds: Vec<Guild>,
    /// Members, those of one guild in the order in which they joined. A member that the rule removes has left.
    pub members: Vec<GuildMember>,
    /// Wars that are not over.
    pub wars: Vec<GuildWar>,
    /// Events to be published; empty at first.
    pub news: Vec<GuildEvent>,
}

/// A guild in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildSummary {
    /// The guild itself.
    pub guild: Guild,
    /// The number of its members.
    pub members: u64,
}

/// A member with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildProfile {
    /// The membership itself.
    pub member: GuildMember,
    /// The account's username, with which it logs in.
    pub username: String,
    /// The name that other players see.
    pub display_name: String,
}

/// A guild with its members and its war.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildPage {
    /// The guild, dissolved or not.
    pub guild: Guild,
    /// Its members, in the order in which they joined.
    pub members: Vec<GuildProfile>,
    /// Its war that is not over, with the name of the other guild.
    pub war: Option<(GuildWar, String)>,
}

/// The key by which names of guilds are unique: case does not count.
pub(crate) fn key(name: &str) -> String {
    name.to_lowercase()
}
