//! How a connection begins, agrees on a version, stays alive and ends; and errors.

use arrayvec::ArrayVec;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{GameState, Hand, OptionsData, SeatData, Text};
use crate::{Seconds, game::version::SUPPORTED};

/// `connected`: the first message.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Connected<'a> {
    /// The connection's own id.
    pub connection_id: String,
    /// The room, or `lobby`.
    pub room_id: Text<'a>,
    /// Always null: a seat comes with `room_created`, `room_joined` or `reconnected`.
    pub player_name: Option<Text<'a>>,
    /// Always false; see `reconnected`.
    pub reconnected: bool,
    /// Whether people without an account may play on this server; otherwise they have to log in first.
    pub guests_allowed: bool,
}

/// `chat_message`: someone in the room says something.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChatMessage<'a> {
    /// Unique; ids sort by time.
    pub message_id: String,
    /// Who says it.
    pub player: Text<'a>,
    /// Whether it is a bot.
    pub is_bot: bool,
    /// What they say, 1 to 2,000 characters.
    #[schemars(length(min = 1, max = 2000))]
    pub message: Text<'a>,
}

/// `disconnected`: the last message before the server closes the connection.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Disconnected<'a> {
    /// The WebSocket close code that follows.
    pub code: u16,
    /// Why.
    pub reason: Text<'a>,
    /// Whether the close is an orderly one.
    #[serde(rename = "wasClean")]
    pub was_clean: bool,
}

/// `reconnected`: back in the seat; the missed events follow.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reconnected<'a> {
    /// The new connection's id.
    pub connection_id: String,
    /// The room.
    pub room_id: Text<'a>,
    /// What the room is called.
    pub room_name: Text<'a>,
    /// The room's host; empty while there is none.
    pub host: Text<'a>,
    /// Who sits there.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// How the room was set up.
    pub options: OptionsData,
    /// The seat's name.
    pub player_name: Text<'a>,
    /// How many events follow: all after `last_sequence`, or after the last number that the lost connection confirmed.
    pub missed_events: usize,
    /// Whether older events are no longer there.
    pub truncated: bool,
    /// How things stand, with `phase` and `phase_data`.
    pub game_state: GameState<'a>,
    /// The seat's own pieces; null before the start.
    pub hand: Option<Hand>,
    /// The seat's secret, as it was; missing when the account proved the seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token: Option<Text<'a>>,
    /// The highest message number that the server has from this seat: the client counts on from there.
    pub last_client_sequence: Option<u64>,
}

/// `version_accepted`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct VersionAccepted<'a> {
    /// The server's own version.
    pub server_version: Text<'a>,
    /// The version that this connection speaks from now on.
    #[schemars(extend("enum" = SUPPORTED))]
    pub negotiated_version: Text<'a>,
    /// What it can do.
    pub features: Features,
}

/// What the server can do.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Features {
    /// Weak hands may be dealt again.
    pub weak_hand_redeal: bool,
    /// Bots play.
    pub bot_players: bool,
    /// Finished games can be replayed.
    pub replay_system: bool,
}

/// `deprecation_warning`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DeprecationWarning<'a> {
    /// What will go.
    pub deprecated_feature: Text<'a>,
    /// When.
    pub removal_version: Text<'a>,
    /// What to use in its place.
    pub alternative: Text<'a>,
    /// Where to read more.
    pub documentation: Text<'a>,
}

/// `pong`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Pong {
    /// As it came.
    #[schemars(with = "f64")]
    pub client_time: Value,
    /// Milliseconds since the epoch.
    pub server_time: u64,
    /// `server_time` less `client_time`, in milliseconds, never below 0.
    pub latency: f64,
    /// As it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
}

/// `server_time`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ServerTime {
    /// Seconds since the epoch.
    pub server_time: Seconds,
}

/// The `error` of `error` and `validation_error`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ErrorData {
    /// One of the contract's codes.
    pub code: String,
    /// A sentence for a person.
    pub message: String,
    /// The facts.
    #[schemars(with = "Map<String, Value>")]
    pub details: Value,
    /// Seconds since the epoch.
    pub timestamp: Seconds,
    /// Whether the same client may mend it and try again.
    pub recoverable: bool,
}
