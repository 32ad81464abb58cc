//! Rooms, who sits in them and how they were set up.

use arrayvec::ArrayVec;
use schemars::JsonSchema;
use serde::Serialize;
use vocabulary::{Departure, Difficulty, Pace};

use super::{GameState, Text};
use crate::{Seconds, game::client::CompetingTypes};

/// `room_created`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoomCreated<'a> {
    /// The new room.
    pub room_id: Text<'a>,
    /// What it is called.
    pub room_name: Text<'a>,
    /// Who made it, and is its host at position 0.
    pub creator: Text<'a>,
    /// Seconds since the epoch.
    pub created_at: Seconds,
    /// How it was set up.
    pub options: OptionsData,
    /// The seat's secret, told once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token: Option<Text<'a>>,
}

/// `room_joined`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoomJoined<'a> {
    /// The room.
    pub room_id: Text<'a>,
    /// What it is called.
    pub room_name: Text<'a>,
    /// Its host.
    pub host: Text<'a>,
    /// Who sits there, the newcomer too.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// How it was set up.
    pub options: OptionsData,
    /// Null before the start.
    pub game_state: Option<GameState<'a>>,
    /// The seat's secret, told once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token: Option<Text<'a>>,
}

/// `room_left`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoomLeft<'a> {
    /// The room.
    pub room_id: Text<'a>,
    /// `removed` if the host removed the player; left out if the player left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RemovalReason>,
}

/// Why a seat was taken away.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RemovalReason {
    /// The host, or an operator, removed the player.
    Removed,
}

impl RemovalReason {
    /// `None` for a player who left.
    pub(in crate::game) const fn of(departure: Departure) -> Option<Self> {
        match departure {
            Departure::Left => None,
            Departure::Removed => Some(Self::Removed),
        }
    }
}

/// A taken seat.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SeatData<'a> {
    /// Unique in the room.
    pub name: Text<'a>,
    /// 0 to 3.
    #[schemars(range(max = 3))]
    pub position: u8,
    /// Whether the seat was given to a bot.
    pub is_bot: bool,
}

/// A room's options.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct OptionsData {
    /// Listed in the lobby.
    pub is_public: bool,
    /// Whether empty seats get bots at the start.
    pub fill_with_bots: bool,
    /// The level of the room's bots.
    pub bot_difficulty: Difficulty,
    /// How long a decision may take, in seconds.
    pub turn_timeout_seconds: u32,
    /// How fast bots act.
    pub pace: Pace,
    /// The rules of its game.
    pub rules: RulesData,
}

/// The rules of a room's game; `null` = no such limit.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct RulesData {
    /// The points that end the game.
    pub target_score: i64,
    /// The round that ends the game.
    pub max_rounds: Option<u8>,
    /// Which sets compete with the leader's.
    pub competing_types: CompetingTypes,
    /// How many zeros in a row may be declared.
    pub zero_streak_limit: Option<u8>,
    /// The sum that the last declaration may not make.
    pub forbid_total: Option<u8>,
}

/// `player_joined`, to the others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayerJoined<'a> {
    /// Who.
    pub player_name: Text<'a>,
    /// 0 to 3.
    #[schemars(range(max = 3))]
    pub position: u8,
    /// Whether it is a bot.
    pub is_bot: bool,
    /// Whether they came back to their own seat.
    pub reconnected: bool,
    /// Seconds since the epoch.
    pub timestamp: Seconds,
}

/// `player_left`, to the others, before the start.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlayerLeft<'a> {
    /// Who.
    pub player_name: Text<'a>,
    /// The seat that is free now, 0 to 3.
    #[schemars(range(max = 3))]
    pub position: u8,
    /// Who is the host now; null when no person is left.
    pub host: Option<Text<'a>>,
    /// `removed` if the host removed the player; left out if the player left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RemovalReason>,
    /// Seconds since the epoch.
    pub timestamp: Seconds,
}

/// `room_list`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoomListData<'a> {
    /// Waiting rooms first, the newest first. Private rooms are left out.
    pub rooms: Vec<ListedRoom<'a>>,
    /// How many public rooms there are.
    pub total: usize,
}

/// A room in the list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ListedRoom<'a> {
    /// The room.
    pub room_id: Text<'a>,
    /// What it is called.
    pub room_name: Text<'a>,
    /// Its host; empty while there is none.
    pub host: Text<'a>,
    /// `waiting` or `playing`.
    #[schemars(extend("enum" = ["waiting", "playing"]))]
    pub status: Text<'a>,
    /// Who sits there.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// How many seats are taken.
    pub player_count: usize,
    /// Seconds since the epoch.
    pub created_at: Seconds,
}

/// `room_state`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoomState<'a> {
    /// The room.
    pub room_id: Text<'a>,
    /// What it is called.
    pub room_name: Text<'a>,
    /// Its host; empty while there is none.
    pub host: Text<'a>,
    /// `waiting`, `playing` or `finished`.
    #[schemars(extend("enum" = ["waiting", "playing", "finished"]))]
    pub status: Text<'a>,
    /// Who sits there.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// How it was set up.
    pub options: OptionsData,
}
