//! Messages about groups, of the types `raid`, `party` and `guild`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    facts::{Facts, more},
    words::{GuildEvent, PartyEvent, RaidStatus},
};
use crate::shapes::Line;

/// `raid`: the state of a game of people against bots.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline, rename = "LogRaidMessage")]
pub struct RaidMessage {
    /// The raid's id; here the room's id.
    #[schemars(with = "Line", example = &"raid_001")]
    pub raid_id: String,
    /// The name of it.
    #[schemars(with = "Line", example = &"Dragon's Lair")]
    pub raid_name: String,
    /// The name of the boss.
    #[schemars(with = "Line", example = &"Ancient Red Dragon")]
    pub boss_name: String,
    /// The difficulty; here the level of the strongest bot.
    #[schemars(with = "Line", example = &"mythic")]
    pub difficulty: String,
    /// The participants of the raid.
    #[schemars(length(max = 64))]
    pub participants: Vec<RaidParticipant>,
    /// The stage of the raid.
    pub status: RaidStatus,
    /// The boss's health in percent.
    #[schemars(range(max = 100), example = 45)]
    pub health_percentage: u8,
    /// The seconds since the start of the raid.
    #[schemars(range(max = 9_007_199_254_740_992_u64), example = 324)]
    pub duration_seconds: u64,
}

/// A participant of a raid.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LogRaidParticipant", deny_unknown_fields)]
pub struct RaidParticipant {
    /// The user's id.
    #[schemars(with = "Line", example = &"user_12345")]
    pub user_id: String,
    /// The name of the user.
    #[schemars(with = "Line", example = &"DragonMaster")]
    pub username: String,
    /// The role; here `leader` or `member`.
    #[schemars(with = "Line", example = &"tank")]
    pub role: String,
    /// The class; here always `human`.
    #[schemars(with = "Line", example = &"warrior")]
    pub class: String,
}

impl RaidMessage {
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        facts.name(&self.raid_name);
        facts.name(&self.boss_name);
        for participant in &self.participants {
            facts.user(&participant.user_id);
            facts.name(&participant.username);
        }
        facts.word(self.status.as_str());
        facts.text(&self.difficulty);
        facts
    }
}

/// `party`: an event of a room.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline, rename = "LogPartyMessage")]
pub struct PartyMessage {
    /// The party's id; here the room's id.
    #[schemars(with = "Line", example = &"party_123")]
    pub party_id: String,
    /// The leader's id; here the host's id.
    #[schemars(with = "Line", example = &"user_12345")]
    pub leader_id: String,
    /// The name of the user.
    #[schemars(with = "Line", example = &"DragonMaster")]
    pub leader_name: String,
    /// The number of people in the party.
    #[schemars(example = 4)]
    pub member_count: u32,
    /// The event that happened.
    pub event: PartyEvent,
    /// Facts about the event, at most 8 KiB of JSON.
    #[serde(default)]
    pub event_data: PartyFacts,
}

/// The facts of a message of the type `party`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LogPartyFacts")]
pub struct PartyFacts {
    /// The id of the member concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Line>", example = &"user_99999")]
    pub member_id: Option<String>,
    /// The name of the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Line>", example = &"NewAdventurer")]
    pub member_name: Option<String>,
    /// Any other facts.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

impl PartyMessage {
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        facts.user(&self.leader_id);
        self.event_data.member_id.iter().for_each(|id| facts.user(id));
        facts.name(&self.leader_name);
        self.event_data.member_name.iter().for_each(|name| facts.name(name));
        facts.word(self.event.as_str());
        more(&self.event_data.more, &mut facts);
        facts
    }
}

/// `guild`: an event of a guild.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline, rename = "LogGuildMessage")]
pub struct GuildMessage {
    /// The guild's id.
    #[schemars(with = "Line", example = &"guild_001")]
    pub guild_id: String,
    /// The name of it.
    #[schemars(with = "Line", example = &"The Dragonslayers")]
    pub guild_name: String,
    /// The guild's level.
    #[schemars(example = 25)]
    pub guild_level: u32,
    /// The event that happened.
    pub event: GuildEvent,
    /// Facts about the event, at most 8 KiB of JSON.
    #[serde(default)]
    pub event_data: GuildFacts,
}

/// The facts of a message of the type `guild`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "LogGuildFacts")]
pub struct GuildFacts {
    /// The territory of a war or a conquest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Line>", example = &"Dragon Valley")]
    pub territory: Option<String>,
    /// The points that it earned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 9_007_199_254_740_992_u64), example = 5000)]
    pub points_earned: Option<u64>,
    /// The change of the guild's rank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Line>", example = &"Tier 2 → Tier 1")]
    pub rank_change: Option<String>,
    /// Any other facts, such as `member_id` and `member_name`.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

impl GuildMessage {
    pub(super) fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        facts.name(&self.guild_name);
        facts.word(self.event.as_str());
        self.event_data.territory.iter().for_each(|territory| facts.name(territory));
        self.event_data.rank_change.iter().for_each(|change| facts.text(change));
        more(&self.event_data.more, &mut facts);
        facts
    }
}
