//! What a client of contract *game* sends: the `data` of each event. The schemas come from these types; the server
//! reads messages field by field (`decode`), for the precise errors that the contract asks for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vocabulary::{Difficulty, Pace};

/// `connect`: names the version in the envelope's `version`; nothing is required.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Connect {
    /// The version that the client speaks, if not in the envelope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_version: Option<String>,
}

/// `version_info`: what the client can speak.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct VersionInfo {
    /// The version that it would like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_version: Option<String>,
    /// All that it speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supported_versions: Vec<String>,
    /// The oldest that it speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_version: Option<String>,
}

/// `create_room`, in the lobby.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct CreateRoom {
    /// 1 to 50 characters after trimming, none of them a control character or invisible.
    #[schemars(length(min = 1))]
    pub room_name: String,
    /// 1 to 50 characters after trimming, none of them a control character or invisible.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// Listed in the lobby; true if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_public: Option<bool>,
    /// How the room is set up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Options>,
}

/// `create_room.options`; what is missing takes the server's default.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Options {
    /// Whether empty seats get bots at the start; true if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill_with_bots: Option<bool>,
    /// The level of the room's bots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot_difficulty: Option<Difficulty>,
    /// How long a decision may take, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 3600))]
    pub turn_timeout_seconds: Option<u32>,
    /// How fast bots act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace: Option<Pace>,
    /// Variants of the rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Rules>,
}

/// Variants of the rules; what is missing is as usual, `null` takes a limit away.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Rules {
    /// The points that end the game.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 10, max = 200))]
    pub target_score: Option<u32>,
    /// The round that ends the game; `null` for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub max_rounds: Option<u32>,
    /// Which sets compete with the leader's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub competing_types: Option<CompetingTypes>,
    /// How many zeros in a row may be declared; `null` for any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10))]
    pub zero_streak_limit: Option<u32>,
    /// The sum that the last declaration may not make; `null` for none.
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

/// `join_room`: sit down, or come back with the seat's token.
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
    /// With a token: the number of the last event that the client has; all that follow are sent. Default: the last number
    /// that the seat's last connection confirmed by its pongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sequence: Option<u64>,
}

/// `leave_room`, `start_game`, `accept_redeal`, `decline_redeal`: only who it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Named {
    /// The sender's own name.
    #[schemars(length(min = 1))]
    pub player_name: String,
}

/// `room_list`: which part of the list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RoomList {
    /// How many rooms to pass over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// How many to name at the most; 100 if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 200))]
    pub limit: Option<u64>,
}

/// `add_bot`: host only, before the start.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct AddBot {
    /// The seat; the first free one if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 3))]
    pub position: Option<u8>,
    /// The level; the room's own if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<Difficulty>,
}

/// `remove_bot`: host only, before the start.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RemoveBot {
    /// The bot's seat.
    #[schemars(range(min = 0, max = 3))]
    pub position: u8,
}

/// `remove_player`: host only, before the start. The person can't join this room again for a while.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RemovePlayer {
    /// The person's seat.
    #[schemars(range(min = 0, max = 3))]
    pub position: u8,
}

/// `declare`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Declare {
    /// The sender's own name.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// How many piles. Version 0.9.0 may write `value` in its place.
    #[schemars(range(min = 0, max = 8))]
    pub declaration: u8,
}

/// `play`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Play {
    /// The sender's own name.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// `p1` to `p32`. Version 0.9.0 may write `indices` in its place.
    pub piece_ids: Vec<String>,
}

/// `declare` in version 0.9.0; answered with a `deprecation_warning`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct DeclareOld {
    /// The sender's own name.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// How many piles.
    #[schemars(range(min = 0, max = 8))]
    pub value: u8,
}

/// `play` in version 0.9.0; answered with a `deprecation_warning`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct PlayOld {
    /// The sender's own name.
    #[schemars(length(min = 1))]
    pub player_name: String,
    /// Places in the hand as `hand_updated` shows it, from 0 up.
    #[schemars(length(min = 1), inner(range(max = 7)))]
    pub indices: Vec<u8>,
}

/// `sync_request`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SyncRequest {
    /// The last event that the client has; 0 for none.
    pub last_sequence: u64,
    /// `state_hash` of an earlier answer: when nothing has changed since, the state is not sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_state_hash: Option<String>,
}

/// `ping`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Ping {
    /// The client's clock, in milliseconds.
    pub client_time: f64,
    /// Comes back as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
}

/// `chat`: says something to everybody in the room.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Chat {
    /// The sender's own name.
    #[schemars(length(min = 1, max = 50))]
    pub player_name: String,
    /// 1 to 2,000 characters after trimming.
    #[schemars(length(min = 1, max = 2000))]
    pub message: String,
}

/// `server_time`, `get_room_state`: nothing to say.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Empty {}
