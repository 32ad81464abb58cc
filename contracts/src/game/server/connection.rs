//! Messages about the connection: its beginning, its version, its heartbeat and its end; and errors.

use arrayvec::ArrayVec;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{GameState, Hand, OptionsData, SeatData, Text};
use crate::{Seconds, game::version::SUPPORTED};

/// `connected`: the first message on a connection.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Connected<'a> {
    /// The connection's own id, a UUID.
    pub connection_id: String,
    /// The room's id, or `lobby`.
    pub room_id: Text<'a>,
    /// Always null: `room_created`, `room_joined` or `reconnected` give the connection a seat.
    pub player_name: Option<Text<'a>>,
    /// Always false; see the event `reconnected`.
    pub reconnected: bool,
    /// Whether guests may play on this server; otherwise a player must log in first.
    pub guests_allowed: bool,
}

/// `chat_message`: a chat message in the room.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChatMessage<'a> {
    /// The message's unique id; ids sort by time.
    pub message_id: String,
    /// The author's name.
    pub player: Text<'a>,
    /// Whether the player is a bot.
    pub is_bot: bool,
    /// The text, 1 to 2,000 characters.
    #[schemars(length(min = 1, max = 2000))]
    pub message: Text<'a>,
}

/// `disconnected`: the last message before the server closes the connection.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Disconnected<'a> {
    /// The WebSocket close code that follows.
    pub code: u16,
    /// Why the connection is closed.
    pub reason: Text<'a>,
    /// Whether the connection is closed without an error.
    #[serde(rename = "wasClean")]
    pub was_clean: bool,
}

/// `reconnected`: the connection has its seat again; the missed events follow.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Reconnected<'a> {
    /// The new connection's id, a UUID.
    pub connection_id: String,
    /// The room's id.
    pub room_id: Text<'a>,
    /// The room's name.
    pub room_name: Text<'a>,
    /// The name of the room's host; empty if there is none.
    pub host: Text<'a>,
    /// The taken seats in order.
    pub players: ArrayVec<SeatData<'a>, 4>,
    /// The options of the room.
    pub options: OptionsData,
    /// The player's own name.
    pub player_name: Text<'a>,
    /// The number of events that follow: all after `last_sequence`, or after the last number that the lost connection
    /// confirmed.
    pub missed_events: usize,
    /// Whether older events are no longer available.
    pub truncated: bool,
    /// The state of the game, with `phase` and `phase_data`.
    pub game_state: GameState<'a>,
    /// The pieces of the player's own hand; null before the start.
    pub hand: Option<Hand>,
    /// The seat's secret token, unchanged; left out if the account proved the seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_token: Option<Text<'a>>,
    /// The highest message number that the server has received from this seat; the client continues from there.
    pub last_client_sequence: Option<u64>,
}

/// `version_accepted`: the negotiated version and the server's features.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct VersionAccepted<'a> {
    /// The server's own version.
    pub server_version: Text<'a>,
    /// The version of this connection from now on.
    #[schemars(extend("enum" = SUPPORTED))]
    pub negotiated_version: Text<'a>,
    /// The features of the server.
    pub features: Features,
}

/// The features of the server.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Features {
    /// Weak hands may ask for a redeal.
    pub weak_hand_redeal: bool,
    /// Bots can play on this server.
    pub bot_players: bool,
    /// Finished games can be replayed.
    pub replay_system: bool,
}

/// `deprecation_warning`: the client uses a form that will be removed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DeprecationWarning<'a> {
    /// The form that will be removed.
    pub deprecated_feature: Text<'a>,
    /// The version that removes it.
    pub removal_version: Text<'a>,
    /// What to use instead.
    pub alternative: Text<'a>,
    /// Where the documentation is.
    pub documentation: Text<'a>,
}

/// `pong`: the answer to `ping`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Pong {
    /// The client's clock, as it was sent.
    #[schemars(with = "f64")]
    pub client_time: Value,
    /// The server's clock, in milliseconds since 1970.
    pub server_time: u64,
    /// `server_time` minus `client_time` in milliseconds, at least 0.
    pub latency: f64,
    /// The number of the `ping`, as it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
}

/// `server_time`: the answer to `server_time`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ServerTime {
    /// The server's clock, in seconds since 1970.
    pub server_time: Seconds,
}

/// `error`, `validation_error`: a message was refused and has changed nothing.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ErrorData {
    /// One of the contract's codes.
    pub code: String,
    /// What is wrong, in one sentence for people.
    pub message: String,
    /// The facts that belong to the code.
    #[schemars(with = "Map<String, Value>")]
    pub details: Value,
    /// When it happened, in seconds since 1970.
    pub timestamp: Seconds,
    /// Whether the client can correct the message, or send it again later.
    pub recoverable: bool,
}
