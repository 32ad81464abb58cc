//! What groups do: messages of the types `raid`, `party` and `guild`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    facts::{Facts, LINE, more},
    words::{GuildEvent, PartyEvent, RaidStatus},
};

/// `raid`: how people fare against a boss.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogRaidMessage)]
pub struct RaidMessage {
    /// Which raid; here the room's id.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "raid_001")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub raid_id: String,
    /// What it is called.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "Dragon's Lair"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub raid_name: String,
    /// Against whom.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "Ancient Red Dragon"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub boss_name: String,
    /// How hard it is; here the level of the strongest bot.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "mythic")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub difficulty: String,
    /// Who takes part.
    #[schema(max_items = 64)]
    #[schemars(length(max = 64))]
    pub participants: Vec<RaidParticipant>,
    /// Where it stands.
    pub status: RaidStatus,
    /// How much of the boss is left.
    #[schema(maximum = 100, example = 45)]
    #[schemars(range(max = 100))]
    pub health_percentage: u8,
    /// How long it takes already.
    #[schema(maximum = 9_007_199_254_740_992_u64, example = 324)]
    #[schemars(range(max = 9_007_199_254_740_992_u64))]
    pub duration_seconds: u64,
}

/// Somebody in a raid.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogRaidParticipant)]
pub struct RaidParticipant {
    /// Who.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "user_12345")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub user_id: String,
    /// Their name.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "DragonMaster"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub username: String,
    /// What they do; here `leader` or `member`.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "tank")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub role: String,
    /// What they are; here `human`.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "warrior")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
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

/// `party`: what happens in a small group.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogPartyMessage)]
pub struct PartyMessage {
    /// Which party; here the room's id.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "party_123")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub party_id: String,
    /// Who leads it; here the host.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "user_12345")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub leader_id: String,
    /// Their name.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "DragonMaster"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub leader_name: String,
    /// How many people are in it.
    #[schema(example = 4)]
    pub member_count: u32,
    /// What happened.
    pub event: PartyEvent,
    /// To whom, and more about it; at most 8 KiB.
    #[serde(default)]
    pub event_data: PartyFacts,
}

/// What goes with a message of the type `party`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogPartyFacts)]
pub struct PartyFacts {
    /// Whom it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "user_99999")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub member_id: Option<String>,
    /// Their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "NewAdventurer"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub member_name: Option<String>,
    /// Anything else.
    #[serde(flatten)]
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
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

/// `guild`: what happens in a club.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogGuildMessage)]
pub struct GuildMessage {
    /// Which guild.
    #[schema(min_length = 1, max_length = 100, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", example = "guild_001")]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub guild_id: String,
    /// What it is called.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "The Dragonslayers"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub guild_name: String,
    /// Its level.
    #[schema(example = 25)]
    pub guild_level: u32,
    /// What happened.
    pub event: GuildEvent,
    /// To whom, and more about it; at most 8 KiB.
    #[serde(default)]
    pub event_data: GuildFacts,
}

/// What goes with a message of the type `guild`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = LogGuildFacts)]
pub struct GuildFacts {
    /// What a conquest is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "Dragon Valley"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub territory: Option<String>,
    /// What it brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 9_007_199_254_740_992_u64, example = 5000)]
    #[schemars(range(max = 9_007_199_254_740_992_u64))]
    pub points_earned: Option<u64>,
    /// How the guild's rank changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$",
        example = "Tier 2 → Tier 1"
    )]
    #[schemars(length(min = 1, max = 100), regex(pattern = LINE))]
    pub rank_change: Option<String>,
    /// Anything else, such as `member_id` and `member_name`.
    #[serde(flatten)]
    #[schema(value_type = std::collections::BTreeMap<String, Object>)]
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
