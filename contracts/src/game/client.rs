//! What a client of contract *game* sends: the `data` of each event. The schemas come from these types; the server
//! decodes messages field by field (`decode`), for the precise errors that the contract requires.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vocabulary::{Difficulty, Pace};

/// `connect`: negotiates the version in the envelope's `version`; no field is required.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Connect {
    /// The client's version, if it is not in the envelope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_version: Option<String>,
}

/// `version_info`: the versions that the client supports.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct VersionInfo {
    /// The version that the client prefers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_version: Option<String>,
    /// All versions that the client supports.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supported_versions: Vec<String>,
    /// The oldest version that the client supports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_version: Option<String>,
}

/// `create_room`: creates a room; only in the lobby.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct CreateRoom {
    /// 1 to 50 characters after trimming, none of them a control character or invisible.
    #[schemars(length(min = 1))]
    pub room_name: String,
    /// 1 to 50 characters after trimming, none of them a control character or invisible.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// Whether the lobby lists the room; true if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_public: Option<bool>,
    /// The options of the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Options>,
}

/// `create_room.options`; a missing field has the server's default.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Options {
    /// Whether bots fill empty seats at the start; true if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill_with_bots: Option<bool>,
    /// The level of the room's bots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot_difficulty: Option<Difficulty>,
    /// The time for a decision, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 3600))]
    pub turn_timeout_seconds: Option<u32>,
    /// How fast bots act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace: Option<Pace>,
    /// Variants of the rules of the game.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Rules>,
}

/// Variants of the rules; a missing field has its default, `null` removes a limit.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Rules {
    /// The total of points that ends the game.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 10, max = 200))]
    pub target_score: Option<u32>,
    /// The round after which the game ends; `null` for no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub max_rounds: Option<u32>,
    /// Which sets compete with the leader's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competing_types: Option<CompetingTypes>,
    /// How often in a row a player may declare zero; `null` for no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10))]
    pub zero_streak_limit: Option<u32>,
    /// The sum of all declarations that the last one must not complete; `null` for no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 32))]
    pub forbid_total: Option<u32>,
}

/// Which sets compete with the leader's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CompetingTypes {
    /// Only sets of the leader's type.
    LeaderType,
    /// A higher type of the same size beats a lower one.
    AnyType,
}

/// `join_room`: takes a seat, or returns to one with its token.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct JoinRoom {
    /// 1 to 50 characters after trimming, none of them a control character or invisible, unique in the room.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// The secret of the seat, from `room_created`, `room_joined` or `reconnected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_token: Option<String>,
    /// Required in the lobby; elsewhere it must be the connection's own room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_id: Option<String>,
    /// With a token: the number of the last event that the client has; all later ones are sent. Default: the last
    /// number that the seat's last connection confirmed with a pong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sequence: Option<u64>,
}

/// `leave_room`, `start_game`, `accept_redeal`, `decline_redeal`: no data except the sender's name.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Named {
    /// The sender's own name.
    #[schemars(length(min = 1))]
    pub player_name: String,
}

/// `room_list`: requests a part of the list of public rooms.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RoomList {
    /// How many rooms to skip; 0 if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// The most rooms to return; 100 if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 200))]
    pub limit: Option<u64>,
}

/// `add_bot`: seats a bot; only the host, before the start.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct AddBot {
    /// The bot's seat, 0 to 3; the first free one if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 3))]
    pub position: Option<u8>,
    /// The bot's level; the room's level if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<Difficulty>,
}

/// `remove_bot`: removes a bot; only the host, before the start.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RemoveBot {
    /// The bot's seat, 0 to 3.
    #[schemars(range(min = 0, max = 3))]
    pub position: u8,
}

/// `remove_player`: removes a person, who can't join this room again for a while; only the host, before the start.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RemovePlayer {
    /// The person's seat, 0 to 3.
    #[schemars(range(min = 0, max = 3))]
    pub position: u8,
}

/// `declare`: declares how many piles the sender will win in this round.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Declare {
    /// The sender's own name.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// The declared piles, 0 to 8. Version 0.9.0 may call the field `value`.
    #[schemars(range(min = 0, max = 8))]
    pub declaration: u8,
}

/// `play`: plays pieces of the sender's hand.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Play {
    /// The sender's own name.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// The ids of the pieces, `p1` to `p32`. Version 0.9.0 may send `indices` instead.
    pub piece_ids: Vec<String>,
}

/// `declare` in version 0.9.0; answered with a `deprecation_warning`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct DeclareOld {
    /// The sender's own name.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// The declared piles, 0 to 8.
    #[schemars(range(min = 0, max = 8))]
    pub value: u8,
}

/// `play` in version 0.9.0; answered with a `deprecation_warning`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct PlayOld {
    /// The sender's own name.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// Positions in the hand as `hand_updated` lists it, counted from 0.
    #[schemars(length(min = 1), inner(range(max = 7)))]
    pub indices: Vec<u8>,
}

/// `sync_request`: requests the events that the client has missed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SyncRequest {
    /// The number of the last event that the client has; 0 for none.
    pub last_sequence: u64,
    /// `state_hash` of an earlier answer; if the state has not changed since, it is not sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_state_hash: Option<String>,
}

/// `ping`: measures the latency of the connection.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Ping {
    /// The client's clock in milliseconds.
    pub client_time: f64,
    /// A number that `pong` returns unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
}

/// `chat`: sends a chat message to everybody in the room.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Chat {
    /// The sender's own name.
    #[schemars(length(min = 1, max = 50))]
    pub player_name: String,
    /// The text, 1 to 2,000 characters after trimming.
    #[schemars(length(min = 1, max = 2000))]
    pub message: String,
}

/// `server_time`, `get_room_state`: a request without data.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Empty {}
