//! Rooms, their players and their options.

use arrayvec::ArrayVec;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vocabulary::{Departure, Difficulty, Pace};

use super::{GameState, Text};
use crate::{Seconds, game::client::CompetingTypes};

/// `room_created`: the sender has created a room and is its host.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoomCreated<'a> {
    /// The new room's id.
    pub room_id: Text<'a>,
    /// The room's name.
    pub room_name: Text<'a>,
    /// The name of the creator, who is the host at position 0.
    pub creator: Text<'a>,
    /// When the room was created, in seconds since 1970.
    pub created_at: Seconds,
    /// The options of the room.
    pub options: OptionsData,
    /// The secret token of the seat, sent only once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token: Option<Text<'a>>,
}

/// `room_joined`: the sender has a seat in the room.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoomJoined<'a> {
    /// The room's id.
    pub room_id: Text<'a>,
    /// The room's name.
    pub room_name: Text<'a>,
    /// The name of the room's host.
    pub host: Text<'a>,
    /// The taken seats, with the new player's.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// The options of the room.
    pub options: OptionsData,
    /// The state of the game; null before the start.
    pub game_state: Option<GameState<'a>>,
    /// The secret token of the seat, sent only once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token: Option<Text<'a>>,
}

/// `room_left`: the receiver has no seat in the room any more.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoomLeft<'a> {
    /// The room's id.
    pub room_id: Text<'a>,
    /// `removed` if the host removed the player; left out if the player left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RemovalReason>,
}

/// Why a player lost a seat.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SeatData<'a> {
    /// The player's name, unique in the room.
    pub name: Text<'a>,
    /// The seat, 0 to 3.
    #[schemars(range(max = 3))]
    pub position: u8,
    /// Whether the seat belongs to a bot.
    pub is_bot: bool,
}

/// The options of a room.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OptionsData {
    /// Whether the lobby lists the room.
    pub is_public: bool,
    /// Whether bots fill empty seats at the start.
    pub fill_with_bots: bool,
    /// The level of the room's bots.
    pub bot_difficulty: Difficulty,
    /// The time for a decision, in seconds.
    pub turn_timeout_seconds: u32,
    /// How fast bots act.
    pub pace: Pace,
    /// The rules of the room's game.
    pub rules: RulesData,
}

/// The rules of a room's game; `null` means no limit.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RulesData {
    /// The total of points that ends the game.
    pub target_score: i64,
    /// The round after which the game ends.
    pub max_rounds: Option<u8>,
    /// Which sets compete with the leader's.
    pub competing_types: CompetingTypes,
    /// How often in a row a player may declare zero.
    pub zero_streak_limit: Option<u8>,
    /// The sum of all declarations that the last one must not complete.
    pub forbid_total: Option<u8>,
}

/// `player_joined`: a player has taken a seat, or returned to one; sent to the others.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlayerJoined<'a> {
    /// The player's name.
    pub player_name: Text<'a>,
    /// The seat, 0 to 3.
    #[schemars(range(max = 3))]
    pub position: u8,
    /// Whether the player is a bot.
    pub is_bot: bool,
    /// Whether a person has returned to their own seat.
    pub reconnected: bool,
    /// When it happened, in seconds since 1970.
    pub timestamp: Seconds,
}

/// `player_left`: a player has left before the start; sent to the others.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlayerLeft<'a> {
    /// The player's name.
    pub player_name: Text<'a>,
    /// The seat that is now free, 0 to 3.
    #[schemars(range(max = 3))]
    pub position: u8,
    /// The name of the current host; null if no person is left.
    pub host: Option<Text<'a>>,
    /// `removed` if the host removed the player; left out if the player left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RemovalReason>,
    /// When it happened, in seconds since 1970.
    pub timestamp: Seconds,
}

/// `room_list`: a part of the list of public rooms.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoomListData<'a> {
    /// The rooms: waiting ones first, the newest first. Private rooms are not listed.
    pub rooms: Vec<ListedRoom<'a>>,
    /// The number of all public rooms.
    pub total: usize,
}

/// A room in the list of public rooms.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListedRoom<'a> {
    /// The room's id.
    pub room_id: Text<'a>,
    /// The room's name.
    pub room_name: Text<'a>,
    /// The name of the room's host; empty if there is none.
    pub host: Text<'a>,
    /// The stage: `waiting` or `playing`.
    #[schemars(extend("enum" = ["waiting", "playing"]))]
    pub status: Text<'a>,
    /// The taken seats in order.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// The number of taken seats.
    pub player_count: usize,
    /// When the room was created, in seconds since 1970.
    pub created_at: Seconds,
}

/// `room_state`: a room, its players and its options.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RoomState<'a> {
    /// The room's id.
    pub room_id: Text<'a>,
    /// The room's name.
    pub room_name: Text<'a>,
    /// The name of the room's host; empty if there is none.
    pub host: Text<'a>,
    /// The stage: `waiting`, `playing` or `finished`.
    #[schemars(extend("enum" = ["waiting", "playing", "finished"]))]
    pub status: Text<'a>,
    /// The taken seats in order.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// The options of the room.
    pub options: OptionsData,
}
