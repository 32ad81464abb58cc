//! The answer to a client that requests missed events.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, value::RawValue};

use super::{GameState, Hand, PhaseData, Text, state::PHASES};

/// `sync_response`: the missed events and the current state.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SyncResponse {
    /// The number of the room's last event.
    pub current_sequence: u64,
    /// The events that this seat missed, in order.
    pub missed_events: Vec<MissedEvent>,
    /// The current state; null if `client_state_hash` was its hash.
    #[schemars(with = "Option<FullState<'static>>")]
    pub full_state: Option<Value>,
    /// Hex SHA-256 of the compact JSON of `full_state` with sorted keys.
    pub state_hash: String,
    /// Whether older events are no longer available.
    pub truncated: bool,
}

/// A missed event in `sync_response`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MissedEvent {
    /// The event's number in its room.
    pub sequence: u64,
    /// The event's name.
    pub event: String,
    /// The event's data exactly as it was sent.
    #[schemars(with = "Map<String, Value>")]
    pub data: Box<RawValue>,
}

/// `sync_response.full_state`, and what `state_hash` is made of.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FullState<'a> {
    /// The phase as in `phase_change`, or `NOT_STARTED`.
    #[schemars(extend("enum" = PHASES))]
    pub phase: Text<'a>,
    /// The data of the current phase.
    pub phase_data: PhaseData<'a>,
    /// The players and their scores.
    pub game_state: GameState<'a>,
    /// The pieces of the player's own hand; null before the start.
    pub hand: Option<Hand>,
}
